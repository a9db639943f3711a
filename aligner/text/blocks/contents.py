"""Lists of contents: what a book holds, and on which page."""

import re
from collections.abc import Iterator, Sequence

from aligner.text.blocks.neighbours import is_running, line, lines_between, phrases
from aligner.types import Block

REASON = "table of contents"
# A list has at least so many entries; one without page numbers that nothing in the book
# answers to has more.
MIN_ENTRIES = 2
MIN_UNANSWERED = 3
# Lines with page numbers make a list without a heading from so many on.
MIN_PAGED = 3
# Entries and headings are at most this long (characters).
MAX_ENTRY = 300
MAX_HEADING = 120
# Text follows a heading of the book within so many blocks.
MAX_HEADINGS = 4
# Between entries is at most one blank line: the next begins so many lines further down.
USUAL_GAP = 2

_PAGE = re.compile(
    r"(?:(?:[.·•_…]\s?){3,}|…|\s{3,}|\t)[\s.]*(?:p\.|page|s\.|с\.|стр\.)?\s*(?:\d{1,4}|[ivxlc]{1,7})"
    r"\s*\Z",
    re.IGNORECASE,
)
_LEADERS = re.compile(r"(?:[.·•_…]\s?){2,}[\s.]*|\s{3,}")
_NUMBERED = re.compile(r"(?:\w+\s+)?(?:\d{1,3}|[ivxlcdm]{1,8})\b[.:)\s—–-]+(?=\S)")
_ENDS = " .:;,—–-*_"


def find(blocks: Sequence[Block], taken: dict[int, str]) -> dict[int, str]:
    """Return which blocks are lists of contents, by index.

    Args:
        blocks: of a text.
        taken: which are left out already.
    """
    found: dict[int, str] = {}
    later = _headings(blocks)
    text_before = False
    index = 0
    while index < len(blocks):
        block = blocks[index]
        stop = index
        if index not in taken and is_heading(block.text):
            stop = _list_end(blocks, index + 1)
            if not _is_list(blocks[index + 1 : stop], later, stop, text_before):
                stop = index
        found |= dict.fromkeys(range(index, stop), REASON)
        text_before = text_before or (index not in taken and is_running(block.text))
        index = max(index + 1, stop)
    return found | dict.fromkeys(_paged(blocks), REASON)


def is_heading(text: str) -> bool:
    """Whether a line is the heading of a list, as a whole."""
    return len(text) <= MAX_HEADING and line(text).strip(_ENDS + "[]=") in phrases("contents")


def _paged(blocks: Sequence[Block]) -> Iterator[int]:
    """Find runs of lines with leaders and page numbers."""
    run: list[int] = []
    for index in range(len(blocks) + 1):
        if index < len(blocks) and _is_paged(blocks[index]):
            run.append(index)
        else:
            if len(run) >= MIN_PAGED:
                yield from run
            run = []


def _is_paged(block: Block) -> bool:
    return len(block.text) <= MAX_ENTRY and _PAGE.search(block.text) is not None


def _entry(text: str) -> str:
    """Return what an entry names: without its page and leaders."""
    return line(_LEADERS.sub(" ", _PAGE.sub("", text))).strip(_ENDS)


def _names(text: str) -> set[str]:
    """Return what a heading may be called in a list: with its number and without it."""
    name = _entry(text)
    return {name, _NUMBERED.sub("", name, count=1).strip(_ENDS)} - {""}


def _headings(blocks: Sequence[Block]) -> dict[str, int]:
    """Return the names of short blocks, and the last of each."""
    return {
        name: index
        for index, block in enumerate(blocks)
        if len(block.text) <= MAX_HEADING
        for name in _names(block.text)
    }


def _is_list(entries: Sequence[Block], later: dict[str, int], stop: int, text_before: bool) -> bool:
    """Whether blocks under a heading are a list of what the book holds."""
    if len(entries) < MIN_ENTRIES:
        return False
    paged = sum(map(_is_paged, entries))
    answered = any(later.get(name, 0) >= stop for each in entries for name in _names(each.text))
    unanswered = len(entries) >= MIN_UNANSWERED and not text_before
    return 2 * paged >= len(entries) or answered or unanswered


def _list_end(blocks: Sequence[Block], start: int) -> int:
    """Return where a list ends: where its first entries come again, or the book begins."""
    seen: set[str] = set()
    widest = USUAL_GAP
    for index in range(start, len(blocks)):
        block = blocks[index]
        if _is_paged(block):
            continue
        if is_heading(block.text):
            # "List of Illustrations" has a list of its own.
            return index
        if is_running(block.text) or len(block.text) > MAX_ENTRY:
            return _without_heading(blocks, start, index)
        gap = lines_between(blocks[index - 1], block)
        begins = index >= start + MIN_ENTRIES and _text_follows(blocks, index)
        if begins and (_entry(block.text) in seen or gap > widest):
            return index
        if index > start:
            widest = max(widest, gap)
        seen.add(_entry(block.text))
    return start


def _text_follows(blocks: Sequence[Block], index: int) -> bool:
    return any(is_running(each.text) for each in blocks[index + 1 : index + 1 + MAX_HEADINGS])


def _without_heading(blocks: Sequence[Block], start: int, stop: int) -> int:
    """Return where a list ends before running text: its heading is none of the list's."""
    last = stop - 1
    if last > start and not _is_paged(blocks[last]) and blocks[last].kind == "heading":
        return last
    return stop
