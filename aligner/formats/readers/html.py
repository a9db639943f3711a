"""Read a web page: the article's paragraphs and headings; menus and such are left out."""

import re
from collections.abc import Sequence
from pathlib import Path

from aligner.errors import ReadError
from aligner.formats.readers.files import HEAD_BYTES, read_bytes, refuse_too_many
from aligner.formats.readers.found_blocks import FoundBlock, lay_out
from aligner.formats.readers.markup import Found, blocks, parse, title
from aligner.text.blocks import furniture
from aligner.text.decoding.encodings import decode
from aligner.text.decoding.normalisation import fold
from aligner.types import Document

# Parsed, a page takes about ten times its size in memory; a novel on one page has 4 MB.
MAX_PAGE_BYTES = 50_000_000
# A page whose text stands in links to less than this share, and which has no menu or
# footer, was made by a person or a word processor: all of it is text.
MAX_PLAIN_LINKS = 0.2
# A block with more of its text in links than this is a list of links.
MAX_LINKS = 0.5
# Running text that the extraction missed is taken in where it has at least this share
# of the letters of what it found: a second language in a column of its own, for instance.
MIN_MISSED = 0.25
MIN_MISSED_CHARS = 80
# A title is looked for so many blocks before the article: a date and a byline between.
MAX_ABOVE = 8

# Where a page says its encoding; only the beginning may (HTML standard, 4.2.5.4).
DECLARATION_BYTES = 1024
_DECLARED = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_HTML = re.compile(r"<\s*(?:!doctype\s+html|html|head|body|p|div|br|h[1-6]|table|span)\b", re.I)

# What the pages that this program writes say of themselves.
_OURS = re.compile(rb'<meta name="generator" content="aligner [^"]*">')
_OTHERS = "give the .tmx, .csv or .jsonl of the same run, or align the texts again"

_NO_PAGE = "check what the file is; plain text ends in .txt"


def read(path: Path, *, encoding: str | None = None) -> Document:
    """Read a page.

    Args:
        path: the file.
        encoding: a codec's name; the page's own, or detected, where it is None.

    Returns:
        A document of paragraphs, headings, cells and captions. What stands around the
        article is in `left_out`. Offsets count in the text found (see `pieces.source`).

    Raises:
        ReadError: unreadable, no page, a page of two texts that this program wrote, or
            without text.
    """
    raw = read_bytes(path, MAX_PAGE_BYTES)
    if _OURS.search(raw[:HEAD_BYTES]):
        raise ReadError("this is a page that aligner wrote, to be read", str(path), _OTHERS)
    refuse_too_many(raw.count(b"<"), "tags", path)
    text = _decode(raw, str(path), encoding)
    if not _HTML.search(text):
        raise ReadError("this is not an HTML page: it has no HTML element", str(path), _NO_PAGE)
    root, text = parse(text)
    found = list(blocks(root)) if root is not None else []
    kept = _article(text, found)
    pieces = (
        FoundBlock(
            each.text,
            each.kind,
            f"block {number}",
            "" if number - 1 in kept else each.reason or "page furniture",
            each.column,
        )
        for number, each in enumerate(found, start=1)
    )
    return lay_out(path, raw, pieces, title(root) if root is not None else "")


def _decode(raw: bytes, where: str, encoding: str | None) -> str:
    """Decode by force, else as UTF-8, else as the page says, else by detection."""
    declared = _DECLARED.search(raw[:DECLARATION_BYTES])
    if encoding is None and declared is not None:
        try:
            raw.decode("utf-8")
        except UnicodeDecodeError:
            name = declared[1].decode("ascii")
            try:
                return decode(raw, where, name)
            except ReadError:
                pass  # the page is wrong about itself; detection follows
    return decode(raw, where, encoding)


def _article(text: str, found: Sequence[Found]) -> frozenset[int]:
    """Return which blocks are the page's text, by index."""
    everything = frozenset(
        i for i, each in enumerate(found) if not each.furniture and not each.reason
    )
    characters = sum(len(each.text) for each in found) or 1
    links = sum(each.links for each in found)
    if not any(each.furniture for each in found) and links < MAX_PLAIN_LINKS * characters:
        return everything
    known = _extract(text)
    hits = [i for i in sorted(everything) if _is_known(found[i], known)]
    if not hits:
        return everything
    hits = _with_missed(found, hits, everything)
    inside = range(hits[0], hits[-1] + 1)
    kept = {i for i in inside if i in everything and _is_text(found[i], i in hits)}
    return frozenset(kept | _headline(found, hits[0]))


def _extract(text: str) -> str:
    """Return the article as trafilatura finds it, folded."""
    import trafilatura

    extracted = trafilatura.extract(
        text, include_comments=False, include_tables=True, favor_recall=True, deduplicate=False
    )
    return fold(extracted or "")


def _is_known(each: Found, known: str) -> bool:
    return fold(each.text) in known


def _with_missed(found: Sequence[Found], hits: list[int], everything: frozenset[int]) -> list[int]:
    """Add running text outside the hits, if there is much of it."""
    missed = [
        i
        for i in sorted(everything - set(hits))
        if len(found[i].text) >= MIN_MISSED_CHARS
        and found[i].links < MAX_LINKS * len(found[i].text)
        and furniture.is_sentence(fold(found[i].text))
    ]
    letters = sum(len(found[i].text) for i in hits)
    if sum(len(found[i].text) for i in missed) < MIN_MISSED * letters:
        return hits
    return sorted({*hits, *missed})


def _is_text(each: Found, hit: bool) -> bool:
    """Whether a block inside the article belongs to it."""
    if each.links > MAX_LINKS * len(each.text) and not hit:
        return False
    return hit or not furniture.is_closing(fold(each.text))


def _headline(found: Sequence[Found], begin: int) -> set[int]:
    """Return the page's main heading where it stands just above the article."""
    above = range(max(0, begin - MAX_ABOVE), begin)
    return {i for i in above if found[i].tag == "h1" and not found[i].furniture}
