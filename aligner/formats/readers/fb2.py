"""Read FictionBook, the e-book of Russian readers: paragraphs, verses, headings, tables."""

from collections.abc import Container, Iterator
from dataclasses import replace
from pathlib import Path

from lxml import etree

from aligner.errors import LanguageError, ReadError
from aligner.formats.readers.archive import open_zip, read_entry
from aligner.formats.readers.files import read_bytes
from aligner.formats.readers.found_blocks import FoundBlock, lay_out
from aligner.formats.readers.xml_elements import read_tree
from aligner.languages.language_tags import canonical
from aligner.types import BlockKind, Document

_KIND = "a FictionBook"
_ZIP = b"PK\x03\x04"
# Elements that hold a line of text (FictionBook 2.1).
_LINES = frozenset({"p", "v", "subtitle", "text-author", "date", "td", "th"})
_CELLS = frozenset({"td", "th"})
# Bodies beside the text, by their names.
_ASIDE = {"notes": "note", "comments": "comment", "footnotes": "note"}


def read(path: Path, *, encoding: str | None = None) -> Document:
    """Read a FictionBook, also in a zip container.

    Args:
        path: a .fb2 or .fb2.zip file.
        encoding: of the file; what it declares itself where it is None.

    Returns:
        A document of paragraphs, verses, headings and cells, places "chapter N" (sections of
        the body, from 1). Notes, the marks that lead to them and what the book says of itself
        are left out.

    Raises:
        ReadError: no FictionBook, damaged, or without text.
    """
    raw, where = read_bytes(path), str(path)
    text = _unpacked(raw, where) if raw.startswith(_ZIP) else raw
    root = read_tree(text, path, encoding, "FictionBook")
    if _name(root) != "FictionBook":
        raise ReadError(f"this is not {_KIND}: its first element is {_name(root)}", where)
    document = lay_out(path, raw, _pieces(root), _said(root, "book-title"))
    try:
        return replace(document, lang=canonical(_said(root, "lang").strip()))
    except LanguageError:
        return document


def _unpacked(raw: bytes, where: str) -> bytes:
    with open_zip(raw, where, _KIND) as archive:
        names = [name for name in archive.namelist() if name.lower().endswith(".fb2")]
        if len(names) != 1:
            problem = f"there are {len(names)} books in it"
            raise ReadError(problem, where, "unpack it, and give one book")
        return read_entry(archive, names[0], where, _KIND)


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _said(root: etree._Element, name: str) -> str:
    """Return what the book says of itself."""
    found = root.find(f"{{*}}description/{{*}}title-info/{{*}}{name}")
    return "" if found is None else "".join(map(str, found.itertext()))


def _pieces(root: etree._Element) -> Iterator[FoundBlock]:
    for part in root.iterchildren("{*}description", "{*}body"):
        if _name(part) == "description":
            for annotation in part.iter("{*}annotation"):
                yield from _lines(annotation, "about the book", "about the book")
            continue
        reason = _ASIDE.get((part.get("name") or "").lower(), "")
        chapter = 0
        for child in part.iterchildren():
            chapter += _name(child) == "section"
            yield from _lines(child, f"chapter {chapter}" if chapter else "beginning", reason)


def _lines(part: etree._Element, place: str, reason: str) -> Iterator[FoundBlock]:
    """Yield the lines of a part of the book, and the marks of notes that stand in them."""
    columns: dict[etree._Element, int] = {}
    for element in part.iter():
        if _name(element) not in _LINES or _inside(element, part, _LINES):
            continue
        kind: BlockKind = "paragraph"
        column = 0
        if _name(element) in _CELLS:
            row = element.getparent()
            assert row is not None  # it stands in the part
            column = columns[row] = columns.get(row, 0) + 1
            kind = "cell"
        elif _name(element) == "subtitle" or _inside(element, part, {"title"}):
            kind = "heading"
        text, marks = _text(element)
        yield FoundBlock(text, kind, place, reason, column)
        yield from (FoundBlock(mark, "paragraph", place, reason or "note mark") for mark in marks)


def _inside(element: etree._Element, part: etree._Element, names: Container[str]) -> bool:
    """Whether an element stands in one of these, in its part."""
    for above in element.iterancestors():
        if _name(above) in names:
            return True
        if above is part:
            return False
    return False


def _text(line: etree._Element) -> tuple[str, list[str]]:
    """Return the text of a line without the marks of notes, and these."""
    parts, marks = [line.text or ""], []
    walk = etree.iterwalk(line, events=("start", "end"))
    for event, element in walk:
        if element is line:
            continue
        if event == "start":
            if _name(element) == "a" and element.get("type") == "note":
                marks.append("".join(map(str, element.itertext())))
                walk.skip_subtree()
            else:
                parts.append(element.text or "")
        else:
            parts.append(element.tail or "")
    return "".join(parts), marks
