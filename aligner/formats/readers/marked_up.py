"""Read XML documents: DocBook, DITA, TEI, and any other with text in it."""

from dataclasses import dataclass, replace
from pathlib import Path

from lxml import etree

from aligner.errors import LanguageError
from aligner.formats.readers.files import read_bytes
from aligner.formats.readers.found_blocks import FoundBlock, lay_out
from aligner.formats.readers.xml_elements import read_tree
from aligner.formats.xml_names import XML_LANG
from aligner.languages.language_tags import canonical
from aligner.types import BlockKind, Document

# By their names in DocBook 5.1, DITA 1.3 and TEI P5. What is not the running text, and why.
_ASIDE = {
    **dict.fromkeys(("footnote", "fn", "note"), "note"),  # (one with a place, of TEI)
    **dict.fromkeys(("teiheader", "prolog", "bookmeta", "topicmeta", "info"), "metadata"),
    **dict.fromkeys(("bookinfo", "articleinfo", "chapterinfo", "sectioninfo"), "metadata"),
    **dict.fromkeys(("programlisting", "screen", "literallayout", "synopsis"), "code"),
    **dict.fromkeys(("codeblock", "msgblock", "egxml", "funcsynopsis"), "code"),
    **dict.fromkeys(("draft-comment", "required-cleanup", "remark"), "comment"),
    **dict.fromkeys(("toc", "index", "indexterm", "fw"), "furniture"),
    **dict.fromkeys(("equation", "math", "svg", "style", "script"), "formula"),
}
# Titles of what is otherwise metadata are read.
_METADATA_TITLES = frozenset({"info", "bookinfo", "articleinfo", "chapterinfo", "sectioninfo"})
_HEADINGS = frozenset({"title", "subtitle", "head", "navtitle", "searchtitle", "titleabbrev"})
_CELLS = frozenset({"entry", "cell", "stentry", "td", "th"})
_ROWS = frozenset({"row", "strow", "sthead", "tr"})
_BREAKS = frozenset({"lb", "br", "sbr"})
# Elements that hold a line of text, whatever is in it.
_LINES = _HEADINGS | {"para", "simpara", "p", "l", "ab", "shortdesc", "cmd", "sli", "term", "dt"}
# Those that may stand in a line of text and are none of its words.
_APART = (
    _LINES | _CELLS | {*_ASIDE}
    | {"li", "item", "listitem", "dd", "dlentry", "varlistentry", "entrytbl", "step", "info", "lg"}
)  # fmt: skip
# Those that are words of a line that they stand in: a technical term, a book's title.
_WORDS = frozenset({"term", "title"})


def read(path: Path, *, encoding: str | None = None) -> Document:
    """Read a document; every element with text of its own is a block.

    Args:
        path: a .xml, .dbk, .dita or .tei file.
        encoding: of the file; what it declares itself where it is None.

    Returns:
        A document of paragraphs, headings and cells, places "line N". Notes, metadata but for
        titles, code, comments to authors, contents and formulas are left out.

    Raises:
        ReadError: no XML, damaged, or without text.
    """
    raw = read_bytes(path)
    root = read_tree(raw, path, encoding, "XML")
    pieces = _pieces(root)
    title = next((each.text for each in pieces if each.kind == "heading" and not each.reason), "")
    document = lay_out(path, raw, pieces, title)
    try:
        return replace(document, lang=canonical(root.get(XML_LANG) or root.get("lang") or ""))
    except LanguageError:
        return document


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname.lower() if isinstance(element.tag, str) else ""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in the tree we are: of what block, kind and reason text is, and in which column."""

    block: int = -1
    kind: BlockKind = "paragraph"
    reason: str = ""
    column: int = 0


def _pieces(root: etree._Element) -> list[FoundBlock]:
    """Return the blocks of a tree in order; what stands apart in one follows it."""
    blocks: list[tuple[_Place, int, list[str]]] = []
    columns = _columns(root)
    places = [_Place()]
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            place = _enter(element, places[-1], columns)
            if place.block < 0 and (_name(element) in _LINES or _has_text(element)):
                place = replace(place, block=len(blocks))
                blocks.append((place, element.sourceline or 0, []))
            places.append(place)
            text = "\n" if _name(element) in _BREAKS else element.text
        else:
            places.pop()
            text = element.tail
        if text and places[-1].block >= 0:
            blocks[places[-1].block][2].append(text if text == "\n" else text.replace("\n", " "))
    return [
        FoundBlock(line, place.kind, f"line {number}", place.reason, place.column)
        for place, number, parts in blocks
        for line in "".join(parts).split("\n")
    ]


def _enter(element: etree._Element, place: _Place, columns: dict[etree._Element, int]) -> _Place:
    name = _name(element)
    above = element.getparent()
    in_line = place.block >= 0 and above is not None and _name(above) in _LINES
    if place.block >= 0 and (name not in _APART or (in_line and name in _WORDS)):
        return place  # a part of the line
    place = replace(place, block=-1)
    if name in _ASIDE and not (name == "note" and element.get("place") is None):
        place = replace(place, reason=place.reason or _ASIDE[name])
    if name in _HEADINGS:
        told = above is not None and _name(above) in _METADATA_TITLES
        place = replace(place, kind="heading", reason="" if told else place.reason)
    elif name in _CELLS:
        place = replace(place, kind="cell", column=columns.get(element, 0))
    return place


def _columns(root: etree._Element) -> dict[etree._Element, int]:
    """Return the numbers of the cells in their rows, from 1."""
    rows = (each for each in root.iter() if _name(each) in _ROWS)
    return {cell: number for row in rows for number, cell in enumerate(row, start=1)}


def _has_text(element: etree._Element) -> bool:
    return any(text.strip() for text in (element.text or "", *(c.tail or "" for c in element)))
