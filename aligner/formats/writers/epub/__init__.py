"""E-books (EPUB 3) with both texts: a sentence and its translation by turns, or two columns.

A chapter begins at every heading of the source. The book is complete in itself; it is made of
the same bitext as the other exports, so a null alignment stands alone.
"""

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import resources
from pathlib import PurePath
from typing import Any, BinaryIO, Literal

from aligner.formats.losses import NOT_XML, Losses, Stripper
from aligner.formats.writers.epub import package
from aligner.formats.writers.epub.package import Chapter, Entry, Metadata
from aligner.formats.writers.reader_page.page_head import PageSide, describe_side
from aligner.formats.xml_names import UNKNOWN_LANGUAGE
from aligner.types import Bead, Bitext

Layout = Literal["alternating", "columns"]
# Beads in a file of the book where no heading ends it before: reading programs lay out a file
# as a whole, and are slow with long ones.
MAX_CHAPTER = 1_000


@dataclass(frozen=True, slots=True)
class Pages:
    """What the pages of a book share."""

    bitext: Bitext
    sides: tuple[PageSide, PageSide]
    layout: Layout
    strip: Stripper


def write(bitext: Bitext, out: BinaryIO, *, layout: Layout = "alternating") -> Losses:
    """Write the book.

    Args:
        bitext: what to show.
        out: binary stream.
        layout: "alternating" sets a translation under its source, "columns" beside it.

    Returns:
        What the format could not hold.
    """
    strip = Stripper(NOT_XML)
    sides = describe_side(bitext, "src", ""), describe_side(bitext, "tgt", "")
    pages = Pages(bitext, sides, layout, strip)
    title = strip(sides[0].title or PurePath(sides[0].file).stem) or "Bitext"
    chapters = list(_chapters(bitext, title))
    about = Metadata(
        title=title,
        langs=tuple(dict.fromkeys(side.lang or UNKNOWN_LANGUAGE for side in sides)),
        sources=tuple(dict.fromkeys(strip(side.file) for side in sides if strip(side.file))),
        modified=_moment(bitext.provenance.created),
        identity=package.identify(bitext),
        signature=strip(bitext.provenance.signature),
    )
    style = resources.files(__package__).joinpath("style.css").read_bytes()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        _add(book, Entry("mimetype", package.MIMETYPE, zipfile.ZIP_STORED))
        for entry in package.entries(about, chapters):
            _add(book, entry)
        _add(book, Entry("EPUB/style.css", style))
        for chapter in chapters:
            _add(book, Entry(f"EPUB/{chapter.file}", package.page_to_xml(_page(pages, chapter))))
    return Losses(characters=strip.count)


def _chapters(bitext: Bitext, title: str) -> Iterator[Chapter]:
    """Cut the beads at the source's headings, and where a chapter is very long."""
    start, name = 0, title
    beads = bitext.alignment.beads
    number = 0
    for index, bead in enumerate(beads):
        heading = _heading(bitext, bead)
        if index > start and (heading or index - start >= MAX_CHAPTER):
            number += 1
            yield Chapter(number, name, range(start, index))
            start = index
            name = heading or name
        elif heading:
            name = heading
    yield Chapter(number + 1, name, range(start, len(beads)))


def _heading(bitext: Bitext, bead: Bead) -> str:
    """Return the heading that a bead's source is; "" where it is running text."""
    segments = bitext.src_segments(bead)
    if not segments or bitext.src.blocks[segments[0].block].kind != "heading":
        return ""
    return NOT_XML.sub("", bitext.src_text(bead)).strip()


def _page(pages: Pages, chapter: Chapter) -> Any:
    """Return a page; no more than MAX_CHAPTER beads are in memory at a time."""
    root, body = package.page(chapter.title, pages.sides[0].lang or UNKNOWN_LANGUAGE)
    columns = pages.layout == "columns"
    parent = package.add(body, "table", {"class": "beads"}) if columns else body
    put = _put_row if columns else _put_block
    for index in chapter.beads:
        bead = pages.bitext.alignment.beads[index]
        texts = [
            " ".join(pages.strip(text).split())
            for text in (pages.bitext.src_text(bead), pages.bitext.tgt_text(bead))
        ]
        tag = "h2" if _heading(pages.bitext, bead) else "p"
        put(parent, f"b{index + 1}", tag, list(zip(pages.sides, texts, strict=True)))
    return root


Texts = Sequence[tuple[PageSide, str]]


def _put_block(parent: Any, name: str, tag: str, texts: Texts) -> None:
    """Add a bead as paragraphs, one under the other."""
    bead = package.add(parent, "div", {"class": "bead", "id": name})
    for (side, text), place in zip(texts, ("first", "second"), strict=True):
        if text:
            package.add(bead, tag, {"class": place, **_language(side)}, text)


def _put_row(parent: Any, name: str, tag: str, texts: Texts) -> None:
    """Add a bead as a row of two cells."""
    row = package.add(parent, "tr", {"id": name})
    for side, text in texts:
        cell = package.add(row, "td", {})
        if text:
            package.add(cell, tag, _language(side), text)


def _language(side: PageSide) -> dict[str, str]:
    return {**package.language(side.lang or UNKNOWN_LANGUAGE), "dir": side.direction}


def _moment(created: str) -> str:
    """Return when the book was made, in the one form that EPUB takes; now where unknown."""
    try:
        moment = datetime.fromisoformat(created)
    except ValueError:
        moment = datetime.now(UTC)
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _info(name: str, compression: int = zipfile.ZIP_DEFLATED) -> zipfile.ZipInfo:
    # Without the moment of writing, the same bitext gives the same file.
    info = zipfile.ZipInfo(name)
    info.compress_type = compression
    return info


def _add(book: zipfile.ZipFile, entry: Entry) -> None:
    book.writestr(_info(entry.name, entry.compression), entry.content)
