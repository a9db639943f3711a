"""Read OpenDocument texts and presentations: paragraphs, headings, lists, tables, slides."""

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from aligner.errors import ReadError
from aligner.formats.readers.archive import open_zip, parse_xml, read_entry
from aligner.formats.readers.files import read_bytes
from aligner.formats.readers.found_blocks import FoundBlock, lay_out
from aligner.types import BlockKind, Document

_KIND = "an OpenDocument file"
_CONTENT, _META, _MANIFEST = "content.xml", "meta.xml", "META-INF/manifest.xml"
# Elements around paragraphs that are not the document's running text (OpenDocument 1.3, part 3).
_BESIDE = {
    "note": "note",
    "annotation": "comment",
    "table-of-content": "table of contents",
    "illustration-index": "table of contents",
    "table-index": "table of contents",
    "alphabetical-index": "index",
    "bibliography": "bibliography",
    "notes": "speaker's notes",
    "text-box": "text box",
}
# Inside a paragraph: what has paragraphs of its own, and what is not shown.
_OWN = frozenset({"note", "annotation", "frame", "text-box"})
_HIDDEN = frozenset({"ruby-text", "tracked-changes", "hidden-text", "hidden-paragraph"})
MOST_SPACES = 100  # that one mark may stand for


def read(path: Path, *, encoding: str | None = None) -> Document:
    """Read a text or a presentation.

    Args:
        path: a .odt or .odp file.
        encoding: without effect; the format has its own.

    Returns:
        A document of paragraphs, headings and cells, places "paragraph N" or "slide N" (from
        1). Notes, comments, tables of contents, indices, text boxes of a text and speaker's
        notes are left out; deleted text and the readings of words are not read.

    Raises:
        ReadError: no such document, damaged, with a password, or without text.
    """
    del encoding
    raw, where = read_bytes(path), str(path)
    with open_zip(raw, where, _KIND) as archive:
        content = read_entry(archive, _CONTENT, where, _KIND)
        if _MANIFEST in archive.namelist() and b"encryption-data" in archive.read(_MANIFEST):
            raise ReadError("it is protected by a password", where, "remove the password first")
        meta = archive.read(_META) if _META in archive.namelist() else b""
    root = parse_xml(content, where)
    body = next(root.iter("{*}text", "{*}presentation"), None)
    if body is None or _name(root) != "document-content":
        raise ReadError("it is neither a text nor a presentation", where, "save it as .odt")
    title = _title(meta, where) if meta else ""
    return lay_out(path, raw, _pieces(body, is_text=_name(body) == "text"), title)


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _title(meta: bytes, where: str) -> str:
    found = next(parse_xml(meta, where).iter("{*}title"), None)
    return "" if found is None else found.text or ""


def _pieces(body: etree._Element, *, is_text: bool) -> Iterator[FoundBlock]:
    rows = body.iter("{*}table-row")
    columns = {cell: i for row in rows for i, cell in enumerate(row.iterchildren(), start=1)}
    slides = {page: i for i, page in enumerate(body.iter("{*}page"), start=1)}
    for number, element in enumerate(body.iter("{*}p", "{*}h"), start=1):
        around = list(element.iterancestors())
        names = [_name(each) for each in around[: around.index(body)]]
        if not _HIDDEN.isdisjoint(names):
            continue
        reasons = (_BESIDE[name] for name in names if name in _BESIDE)
        reason = next((each for each in reasons if is_text or each != "text box"), "")
        cell = next((each for each in around if _name(each).endswith("table-cell")), None)
        column = 0 if cell is None else columns.get(cell, 0)
        kind: BlockKind = "cell" if column else "heading" if _name(element) == "h" else "paragraph"
        slide = next((slides[each] for each in around if each in slides), 0)
        place = f"slide {slide}" if slide else f"paragraph {number}"
        for line in _lines(element):
            yield FoundBlock(line, kind, place, reason, column)


def _lines(paragraph: etree._Element) -> list[str]:
    """Return a paragraph's lines: breaks typed inside it separate lines that mean something."""
    parts = [_said(paragraph.text)]
    walk = etree.iterwalk(paragraph, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        if element is paragraph:
            continue
        name = _name(element)
        if event == "start":
            if name in _OWN or name in _HIDDEN:
                walk.skip_subtree()
            elif name == "s":
                parts.append(" " * _count(element))
            elif name == "tab":
                parts.append("\t")
            elif name == "line-break":
                parts.append("\n")
            else:
                parts.append(_said(element.text))
        else:
            parts.append(_said(element.tail))
    return "".join(parts).split("\n")


def _said(text: str | None) -> str:
    """Return text in which the ends of the file's own lines are spaces."""
    return (text or "").replace("\n", " ")


def _count(spaces: etree._Element) -> int:
    said = next((str(value) for name, value in spaces.items() if str(name).endswith("}c")), "1")
    return min(int(said), MOST_SPACES) if said.isdecimal() else 1
