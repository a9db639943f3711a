"""Read PowerPoint presentations: titles, text boxes, tables, slide by slide."""

import posixpath
import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from aligner.formats.readers.archive import open_zip, parse_xml, read_entry
from aligner.formats.readers.files import read_bytes
from aligner.formats.readers.found_blocks import FoundBlock, lay_out
from aligner.types import BlockKind, Document

_KIND = "a PowerPoint presentation"
_MAIN, _CORE = "ppt/presentation.xml", "docProps/core.xml"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_NOTES, _COMMENTS = "/notesSlide", "/comments"
# Kinds of placeholders (ECMA-376, 19.7.10) that repeat on every slide, and those of titles.
_RUNNING = frozenset({"dt", "ftr", "hdr", "sldNum"})
_TITLES = frozenset({"title", "ctrTitle"})


def read(path: Path, *, encoding: str | None = None) -> Document:
    """Read a presentation.

    Args:
        path: a .pptx file.
        encoding: without effect; the format has its own.

    Returns:
        A document of paragraphs, headings and cells, places "slide N" (from 1, as they are
        shown). Speaker's notes, hidden slides and what repeats on every slide (date, footer,
        number) are left out.

    Raises:
        ReadError: no such presentation, damaged, with a password, or without text.
    """
    del encoding
    raw, where = read_bytes(path), str(path)
    with open_zip(raw, where, _KIND) as archive:
        main = parse_xml(read_entry(archive, _MAIN, where, _KIND), where)
        title = ""
        if _CORE in archive.namelist():
            found = next(parse_xml(archive.read(_CORE), where).iter("{*}title"), None)
            title = "" if found is None else found.text or ""
        return lay_out(path, raw, _pieces(archive, main, where), title)


def _pieces(archive: zipfile.ZipFile, main: etree._Element, where: str) -> Iterator[FoundBlock]:
    targets = _related(archive, _MAIN, where)
    wanted = dict.fromkeys(each.get(_ID, "") for each in main.iter("{*}sldId"))
    parts = [targets[number][1] for number in wanted if number in targets]
    for number, part in enumerate(parts, start=1):
        slide = parse_xml(read_entry(archive, part, where, _KIND), where)
        hidden = "hidden slide" if slide.get("show") in ("0", "false") else ""
        yield from _of_slide(slide, f"slide {number}", hidden)
        for kind, target in _related(archive, part, where).values():
            if kind.endswith(_NOTES) and target in archive.namelist():
                notes = parse_xml(archive.read(target), where)
                yield from _of_slide(notes, f"slide {number}", "speaker's notes")


def _related(archive: zipfile.ZipFile, part: str, where: str) -> dict[str, tuple[str, str]]:
    """Return the kinds and the names of the parts that a part refers to, by their numbers."""
    folder, name = posixpath.split(part)
    entry = f"{folder}/_rels/{name}.rels"
    if entry not in archive.namelist():
        return {}
    found = {}
    for each in parse_xml(archive.read(entry), where).iter("{*}Relationship"):
        target = each.get("Target", "")
        absolute = target[1:] if target.startswith("/") else posixpath.join(folder, target)
        found[each.get("Id", "")] = each.get("Type", ""), posixpath.normpath(absolute)
    return found


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _of_slide(slide: etree._Element, place: str, reason: str) -> Iterator[FoundBlock]:
    rows = slide.iter("{*}tr")
    columns = {cell: i for row in rows for i, cell in enumerate(row.iterchildren(), start=1)}
    for paragraph in slide.iter("{*}p"):
        around = list(paragraph.iterancestors())
        if any(_name(each) == "Fallback" for each in around):
            continue  # of programs that do not know what stands beside it
        shape = next((each for each in around if _name(each) == "sp"), None)
        role = None if shape is None else next(shape.iter("{*}ph"), None)
        kind_of = "" if role is None else role.get("type", "")
        column = next((columns[each] for each in around if each in columns), 0)
        kind: BlockKind = "cell" if column else "heading" if kind_of in _TITLES else "paragraph"
        said = reason or ("running head" if kind_of in _RUNNING else "")
        for line in _lines(paragraph):
            yield FoundBlock(line, kind, place, said, column)


def _lines(paragraph: etree._Element) -> list[str]:
    """Return a paragraph's lines: a break in it separates lines that mean something."""
    parts = []
    for element in paragraph.iter():
        name = _name(element)
        if name == "t":
            parts.append(element.text or "")
        elif name == "br":
            parts.append("\n")
    return "".join(parts).replace("\v", "\n").split("\n")
