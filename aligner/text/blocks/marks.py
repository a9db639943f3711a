"""Marks in a text: pictures' places, page numbers, notes and their marks, annotations.

A mark that stands between sentences is cut out of its block. One inside a sentence of plain
text stays: a segment says what the source says from its beginning to its end.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from aligner.text.blocks.furniture import ends_in_stop
from aligner.text.blocks.neighbours import interrupts, line, phrases, words
from aligner.types import Block

PICTURE = "picture"
PAGE_NUMBER = "page number"
NOTE = "note"
NOTE_MARK = "note mark"
ANNOTATION = "annotation"
EMPHASIS = "mark of emphasis"
RULE = "rule"

# A note, or what stands for a picture, has at most so many blocks.
MAX_BRACKETED = 12
# Plain numbers are pages where so many of them, and half of all, stand inside sentences.
MIN_INTERRUPTING = 2
# A running head is at most this long (characters).
MAX_RUNNING_HEAD = 80

_PAGE = r"(?:pg\.?|p\.|page|seite|s\.|стр\.?|с\.|str\.|pág\.?|pag\.?|sivu)"
_PAGE_BLOCK = re.compile(rf"[\[({{]\s*{_PAGE}\s*\d{{1,4}}\s*[\])}}]|\{{\s*\d{{1,4}}\s*\}}", re.I)
_PAGE_MARK = re.compile(rf"[\[{{]\s*{_PAGE}\s*\d{{1,4}}\s*[\]}}]|\{{\s*\d{{1,4}}\s*\}}", re.I)
_PLAIN_NUMBER = re.compile(r"[-–—\[(]?\s*\d{1,4}\s*[-–—\])]?")
_NUMBER = re.compile(r"\d{1,4}")
_NOTE_MARK = re.compile(r"(?<=[.!?…。！？”’\"»)])(?:\[(?:\d{1,3}|[A-Z*†])\])+(?=\s|\Z)")
_ARROW = re.compile(r"[↩↑]\ufe0e?")
_ANNOTATION = re.compile(r"［＃[^［］]*］")
_EMPHASIS = re.compile(r"_[^_\s](?:[^_]*[^_\s])?_")
# Rules as wide as the page; stars and short dashes part scenes, and are found in both texts.
_RULE = re.compile(r"[-=_~─━—–]{30,}")
_BODY = re.compile(r"\[(\d{1,3}|[A-Z*†])\]\s+\S")
_BODY_UNDER_HEADING = re.compile(r"(?:\[\w{1,4}\]|\(\w{1,3}\)|\d{1,3}[.):]|[*†‡]+|\d{1,3}\s)\s*\S")


def find(blocks: Sequence[Block]) -> dict[int, str]:
    """Return which blocks are marks, or notes, as a whole, by index."""
    reasons: dict[int, str] = {}
    for index, reason in (*_bracketed(blocks), *_notes(blocks), *_pages(blocks), *_rules(blocks)):
        reasons.setdefault(index, reason)
    return reasons


def inside(text: str) -> list[tuple[int, int, str]]:
    """Return the marks that stand between a block's sentences: `[start, stop)` and reason."""
    if _EMPHASIS.fullmatch(text):
        return [(0, 1, EMPHASIS), (len(text) - 1, len(text), EMPHASIS)]
    if not any(sign in text for sign in "[{↩↑［"):
        return []
    candidates = sorted(
        (match.start(), match.end(), reason)
        for pattern, reason in (*_MARKS, (_bracket("picture"), PICTURE), (_bracket("note"), NOTE))
        for match in pattern.finditer(text)
    )
    found: list[tuple[int, int, str]] = []
    position = 0
    for start, stop, reason in candidates:
        before = text[position:start].rstrip()
        if start < position or not text[start:stop].strip():
            continue
        if not before or ends_in_stop(before) or not text[stop:].strip(" ]_"):
            found.append((start, stop, reason))
            position = stop
    return found


_MARKS = (
    (_PAGE_MARK, PAGE_NUMBER),
    (_NOTE_MARK, NOTE_MARK),
    (_ARROW, NOTE_MARK),
    (_ANNOTATION, ANNOTATION),
)


@cache
def _opening(section: str) -> str:
    """What a section's words begin, as a pattern: "[Illustration", "[Footnote 3"."""
    names = "|".join(map(re.escape, words(section)))
    number = r"\s*\[?[\w*†]{0,4}\]?\s*" if section == "note" else r"\s*[\divx]*\s*"
    return rf"\[_?(?:{names})_?{number}"


@cache
def _bracket(section: str) -> re.Pattern[str]:
    """A picture's place or a note, from bracket to bracket; other brackets may stand inside."""
    inner = r"[^\[\]]*+(?:\[[^\[\]]*+\][^\[\]]*+)*+"
    rest = rf":{inner}" if section == "note" else rf"(?:[:.—-]{inner})?"
    return re.compile(rf"{_opening(section)}{rest}\]", re.IGNORECASE)


def _bracketed(blocks: Sequence[Block]) -> Iterator[tuple[int, str]]:
    """Find notes and pictures whose brackets open in one block and close in another."""
    for index, block in enumerate(blocks):
        text = block.text.lstrip()
        if not text.startswith("[") or text.count("[") <= text.count("]"):
            continue
        for section, reason in (("picture", PICTURE), ("note", NOTE)):
            if re.match(rf"{_opening(section)}[:.]", text, re.IGNORECASE):
                last = _closing(blocks, index)
                yield from ((i, reason) for i in range(index, last + 1))


def _closing(blocks: Sequence[Block], index: int) -> int:
    depth = 0
    for last in range(index, min(len(blocks), index + MAX_BRACKETED)):
        depth += blocks[last].text.count("[") - blocks[last].text.count("]")
        if depth <= 0:
            return last
    return index - 1


def _notes(blocks: Sequence[Block]) -> Iterator[tuple[int, str]]:
    """Find notes: under their heading, or where their mark stands behind a word before."""
    marked: set[str] = set()
    index = 0
    while index < len(blocks):
        text = blocks[index].text
        body = _BODY.match(text)
        stop = index
        if line(text).strip(" .:_*") in phrases("notes"):
            stop = _notes_end(blocks, index + 1)
        elif body and body[1] in marked:
            stop = index + 1
        yield from ((i, NOTE) for i in range(index, stop))
        marked |= {m[1] for m in re.finditer(r"(?<=[^\s\[(])\[(\d{1,3}|[A-Z*†])\]", text)}
        index = max(index + 1, stop)


def _notes_end(blocks: Sequence[Block], start: int) -> int:
    """Return where the notes under a heading end; before it where there are none."""
    if start >= len(blocks) or not _BODY_UNDER_HEADING.match(blocks[start].text):
        return start - 1
    for index in range(start, len(blocks)):
        if blocks[index].kind == "heading" and not _BODY_UNDER_HEADING.match(blocks[index].text):
            return index
    return len(blocks)


def _pages(blocks: Sequence[Block]) -> Iterator[tuple[int, str]]:
    """Find page numbers and running heads that stand as blocks of their own."""
    plain: dict[str, list[int]] = {}
    for index, block in enumerate(blocks):
        text = block.text.strip()
        if len(text) > MAX_RUNNING_HEAD:
            continue
        if _PAGE_BLOCK.fullmatch(text):
            yield index, PAGE_NUMBER
        elif _PLAIN_NUMBER.fullmatch(text) or _NUMBER.search(text):
            plain.setdefault(_NUMBER.sub("", line(text)), []).append(index)
    for indices in plain.values():
        interrupting = sum(interrupts(blocks, index) for index in indices)
        if interrupting >= MIN_INTERRUPTING and 2 * interrupting >= len(indices):
            yield from ((index, PAGE_NUMBER) for index in indices)


def _rules(blocks: Sequence[Block]) -> Iterator[tuple[int, str]]:
    """Find rules across the page."""
    for index, block in enumerate(blocks):
        if _RULE.fullmatch(block.text.strip()):
            yield index, RULE
