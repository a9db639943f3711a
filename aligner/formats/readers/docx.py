"""Read a Word document: paragraphs, headings, lists and tables, in order."""

import io
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

from aligner.errors import ReadError
from aligner.formats.readers.archive import open_zip, parse_xml, read_entry
from aligner.formats.readers.files import read_bytes
from aligner.formats.readers.found_blocks import FoundBlock, lay_out
from aligner.formats.wall import reading
from aligner.types import BlockKind, Document

if TYPE_CHECKING:
    import docx
    from lxml import etree

_KIND = "a Word document (.docx)"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_TEXT_BOX = f"{_W}txbxContent"
# What is in a paragraph but is not its text: deleted text, and what has paragraphs of its own.
# Nor are the readings of ruby.
_SKIPPED = frozenset({f"{_W}del", f"{_W}moveFrom", f"{_W}rt", _TEXT_BOX, _FALLBACK})
_OFF = frozenset({"0", "false", "off"})
# The Greek letters that the font Symbol has in the place of Latin ones, A to Z and a to z.
_SYMBOLS = dict(
    zip(
        (*range(0x41, 0x5B), *range(0x61, 0x7B)),
        "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖαβχδεφγηιϕκλμνοπθρστυϖωξψζ",
        strict=True,
    )
)
_HEADING_STYLES = ("heading", "title", "subtitle")
# Parts beside the body, and what their text is.
_BESIDE = (
    (re.compile(r"word/footnotes\.xml"), "footnote"),
    (re.compile(r"word/endnotes\.xml"), "endnote"),
    (re.compile(r"word/comments\.xml"), "comment"),
    (re.compile(r"word/header\d*\.xml"), "running head"),
    (re.compile(r"word/footer\d*\.xml"), "running head"),
)


def read(path: Path, *, encoding: str | None = None) -> Document:
    """Read a document.

    Args:
        path: the file.
        encoding: without effect; the format has its own.

    Returns:
        A document of paragraphs, headings and cells, places "paragraph N" (1-based). Notes,
        comments, text boxes, running heads and a table of contents are left out; inserted
        text is read, deleted text is not. Offsets count in the text found
        (`pieces.source`).

    Raises:
        ReadError: no Word document, damaged, with a password, or without text.
    """
    del encoding
    raw, where = read_bytes(path), str(path)
    if raw.startswith(_OLD_OFFICE):
        problem = "this is an old Word document (.doc), or one with a password"
        raise ReadError(problem, where, "open it and save it as .docx without a password")
    with open_zip(raw, where, _KIND) as archive:
        read_entry(archive, "[Content_Types].xml", where, _KIND)
        beside = list(_beside(archive, where))
    body, title = _body(raw, where)
    return lay_out(path, raw, [*body, *beside], title)


def _body(raw: bytes, where: str) -> tuple[list[FoundBlock], str]:
    """Return the body's pieces and the document's title."""
    import docx

    with reading(where, _KIND):
        document = docx.Document(io.BytesIO(raw))
        return list(_paragraphs(document)), document.core_properties.title


def _paragraphs(document: "docx.document.Document") -> Iterator[FoundBlock]:
    column_of, style_of = _Columns(), _styles(document)
    for number, element in enumerate(document.element.body.iter(f"{_W}p"), start=1):
        around = {ancestor.tag for ancestor in element.iterancestors()}
        if _FALLBACK in around:
            continue  # another version of what is read already
        name = style_of.get(_style_id(element), style_of[""])
        kind: BlockKind = "heading" if name.startswith(_HEADING_STYLES) else "paragraph"
        if f"{_W}tbl" in around:
            kind = "cell"
        reason = "text box" if _TEXT_BOX in around else ""
        if name.startswith("toc"):
            reason = "table of contents"
        place, column = f"paragraph {number}", column_of(element)
        for line in _lines(element):
            yield FoundBlock(line, kind, place, reason, column)
        if hidden := " ".join(line for run in _hidden(element) for line in _lines(run) if line):
            yield FoundBlock(hidden, kind, place, reason or "hidden text", column)


def _hidden(paragraph: "etree._Element") -> Iterator["etree._Element"]:
    """Yield the runs of a paragraph that are not shown; those of a text box have their own."""
    for mark in paragraph.iter(f"{_W}vanish"):
        run = next(islice(mark.iterancestors(), 1, None), None)
        if run is None or run.tag != f"{_W}r" or not _is_hidden(run):
            continue  # the mark of a paragraph, or one that was changed
        if next(run.iterancestors(f"{_W}p"), None) is paragraph:
            yield run


def _is_hidden(run: "etree._Element") -> bool:
    mark = run.find(f"{_W}rPr/{_W}vanish")
    return mark is not None and mark.get(f"{_W}val") not in _OFF


def _symbols(text: str, font: str | None) -> str:
    """Return what characters of the font Symbol show, where Unicode has it."""
    if font != "Symbol":
        return text
    return "".join(_SYMBOLS.get(ord(c) & 0xFF, c) if "\uf020" <= c <= "\uf0ff" else c for c in text)


def _symbol(element: "etree._Element") -> str:
    try:
        return chr(int(element.get(f"{_W}char") or "", 16))
    except (ValueError, OverflowError):
        return ""


def _font(text: "etree._Element") -> str | None:
    run = text.getparent()
    fonts = None if run is None else run.find(f"{_W}rPr/{_W}rFonts")
    return None if fonts is None else fonts.get(f"{_W}ascii") or fonts.get(f"{_W}hAnsi")


def _styles(document: "docx.document.Document") -> dict[str, str]:
    """Return the names of the paragraph styles by their ids; "" is the one without a name.

    They are listed once: the library looks through all of them for every paragraph.
    """
    from docx.enum.style import WD_STYLE_TYPE

    default = document.styles.default(WD_STYLE_TYPE.PARAGRAPH)
    names = {
        style.style_id or "": (style.name or "").lower()
        for style in document.styles
        if style.type == WD_STYLE_TYPE.PARAGRAPH
    }
    return {**names, "": (default.name or "").lower() if default is not None else ""}


def _style_id(paragraph: "etree._Element") -> str:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return "" if style is None else style.get(f"{_W}val") or ""


class _Columns:
    """Tells the column that a paragraph stands in, from 1; 0 outside tables."""

    def __init__(self) -> None:
        self._row: etree._Element | None = None
        self._cells: dict[etree._Element, int] = {}

    def __call__(self, paragraph: "etree._Element") -> int:
        cell = next(paragraph.iterancestors(f"{_W}tc"), None)
        row = None if cell is None else cell.getparent()
        if cell is None or row is None:
            return 0
        if row is not self._row:
            self._row = row
            self._cells = {each: i for i, each in enumerate(row.iterchildren(f"{_W}tc"), start=1)}
        return self._cells.get(cell, 0)


def _beside(archive: ZipFile, where: str) -> Iterator[FoundBlock]:
    """Yield what stands in notes, comments, headers and footers: all left out."""
    for name in archive.namelist():
        reason = next((reason for pattern, reason in _BESIDE if pattern.fullmatch(name)), "")
        if reason:
            root = parse_xml(read_entry(archive, name, where, _KIND), where)
            for element in root.iter(f"{_W}p"):
                yield FoundBlock(" ".join(_lines(element)), "paragraph", name, reason)


def _lines(paragraph: "etree._Element") -> list[str]:
    """Return the lines of a paragraph, or of a hidden run.

    Breaks typed inside it separate lines that mean something.
    """
    text: list[str] = []
    pending = list(reversed(paragraph))
    while pending:
        element = pending.pop()
        tag = element.tag
        if tag in _SKIPPED or (tag == f"{_W}r" and _is_hidden(element)):
            continue
        if tag == f"{_W}t":
            text.append(_symbols(element.text or "", _font(element)))
        elif tag == f"{_W}sym":
            text.append(_symbols(_symbol(element), element.get(f"{_W}font")))
        elif tag in (f"{_W}br", f"{_W}cr"):
            text.append("\n")
        elif tag in (f"{_W}tab", f"{_W}ptab"):
            text.append("\t")
        elif tag == f"{_W}noBreakHyphen":
            text.append("\u2011")
        pending.extend(reversed(element))
    return "".join(text).split("\n")
