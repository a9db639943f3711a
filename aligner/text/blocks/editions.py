"""Where an edition ends and its book begins: heads, licences, colophons, and their editors."""

import re
from collections.abc import Iterator, Sequence

from aligner.text.blocks.furniture import ends_in_stop, is_sentence
from aligner.text.blocks.neighbours import begins, is_running, line, lines_between, phrases
from aligner.types import Block

GUTENBERG = "Project Gutenberg's frame"
IMPRINT = "imprint"
COLOPHON = "colophon"
TRANSCRIBER = "transcriber's note"
NOTATION = "key to the notation"

# "*** START OF THE PROJECT GUTENBERG EBOOK …", in translated editions, too.
_MARKER = re.compile(r"\*{3,}\s*(?!\*).*gutenberg|\*{1,3}\s?end\*?\s?the small print", re.DOTALL)
_END = re.compile(
    r"\*{3,}\s*(?:end|ende|fin|fine|fim|konec|koniec|конец|кінець|край|loppu|slut|einde|eind|vége|"
    r"sfârșit|son|tamat|終|結)\b"
)
_SMALL_PRINT = re.compile(r"\*{1,3}\s?end\*?\s?the small print")
# A marker that a typist broke ends so, at most this many blocks later.
_MARKER_END = re.compile(r"\*{3}\s*\Z")
MAX_MARKER_BLOCKS = 3
# An edition says what it is in so many blocks, of so many characters.
MAX_HEAD_BLOCKS = 40
MAX_HEAD_BLOCK = 500
# Who names one of these speaks of an edition; other entries must be no sentence.
_STRONG = re.compile(
    r"gutenberg|e-?book|e-?text|feedbooks|wikisource|wikiźród|викитек|distributed proofread|"
    r"for personal use|\bisbn\b|rights reserved|rechte vorbehalten"
)
_YEAR = re.compile(r"\b1[5-9]\d\d\b|\b20\d\d\b")
# What stands under a book is at most this long (characters), licences of Gutenberg's apart.
MAX_TAIL = 8000
# A transcriber's list of corrections has at most so many blocks.
MAX_TRANSCRIBED = 60
# Blank lines that part a note from the book: the next block begins so many lines down.
WIDE_GAP = 4
_RULE = re.compile(r"[\W_]{3,}")
_OPEN = "[({<*_ "


def find(blocks: Sequence[Block]) -> dict[int, str]:
    """Return which blocks are an edition's frame, and what of it, by index."""
    reasons = dict(_gutenberg(blocks))
    begin = next((i for i in range(len(blocks)) if i not in reasons), 0)
    for index, reason in _tail(blocks, begin):
        reasons.setdefault(index, reason)
    for index, reason in _notation(blocks):
        reasons.setdefault(index, reason)
    for index in _head(blocks, begin):
        reasons.setdefault(index, IMPRINT)
    for index in _transcribed(blocks, reasons):
        reasons.setdefault(index, TRANSCRIBER)
    return reasons


def _gutenberg(blocks: Sequence[Block]) -> Iterator[tuple[int, str]]:
    """Find what stands outside Gutenberg's markers: before a start, from an end to a start."""
    outside, index = 0, 0
    inside = False
    while index < len(blocks):
        text = line(blocks[index].text)
        if _MARKER.match(text):
            last = _marker_end(blocks, index)
            if _END.match(text) and not _SMALL_PRINT.match(text):
                outside = index if inside or not outside else outside
                inside = False
            else:
                # A second start, without an end before it, is a marker and no more.
                first = index if inside else outside
                yield from ((i, GUTENBERG) for i in range(first, last + 1))
                inside, outside = True, last + 1
            index = last
        elif _is_gutenbergs_end(blocks[index].text, text):
            outside = index if inside or not outside else outside
            inside = False
        index += 1
    if not inside and outside:
        yield from ((i, GUTENBERG) for i in range(outside, len(blocks)))


def _is_gutenbergs_end(text: str, folded: str) -> bool:
    """Whether a line is the last of a book that says so, or the first of the licence."""
    return (
        ("gutenberg" in folded or "full license" in folded or "etext" in folded)
        and len(text) <= MAX_HEAD_BLOCK
        and folded.lstrip(_OPEN).startswith(phrases("tail"))
    )


def _marker_end(blocks: Sequence[Block], index: int) -> int:
    """Return the last block of a marker: titles are long, and lines are not."""
    for last in range(index, min(len(blocks), index + MAX_MARKER_BLOCKS)):
        if _MARKER_END.search(blocks[last].text):
            return last
    return index


def _tail(blocks: Sequence[Block], begin: int) -> Iterator[tuple[int, str]]:
    """Find what stands under a book, from a line that says so to the end."""
    length = 0
    start = len(blocks)
    for index in range(len(blocks) - 1, begin, -1):
        length += len(blocks[index].text)
        if length > MAX_TAIL:
            break
        if begins(blocks[index].text, "tail"):
            start = index
    while start < len(blocks) and start > begin + 1 and _RULE.fullmatch(blocks[start - 1].text):
        start -= 1
    yield from ((index, COLOPHON) for index in range(start, len(blocks)))


def _head(blocks: Sequence[Block], begin: int) -> Iterator[int]:
    """Find lines of an edition among a text's first blocks."""
    taken = -2
    for index in range(begin, min(len(blocks), begin + MAX_HEAD_BLOCKS)):
        block = blocks[index]
        goes_on = (
            taken == index - 1
            and lines_between(blocks[taken], block) == 1
            and not is_sentence(block.text)
            and line(blocks[taken].text).startswith(("produced", "e-text", "etext", "this file"))
        )
        if goes_on or _is_head(block.text):
            yield index
            taken = index


def _is_head(text: str) -> bool:
    if len(text) > MAX_HEAD_BLOCK or not begins(text.lstrip("*[( "), "head"):
        return False
    folded = line(text)
    if folded.startswith(("project gutenberg's", "project gutenberg’s")):
        # "Project Gutenberg's Emma, by Jane Austen"; sentences may begin so, too.
        return not ends_in_stop(text)
    if folded.startswith(("copyright", "©")):
        return _YEAR.search(text) is not None or not is_sentence(text)
    return _STRONG.search(folded) is not None or not is_sentence(text)


def _notation(blocks: Sequence[Block]) -> Iterator[tuple[int, str]]:
    """Find the key to an edition's signs, between two rules."""
    for index in range(min(len(blocks), MAX_HEAD_BLOCKS)):
        if begins(blocks[index].text, "notation"):
            rules = [
                i
                for i in range(index + 1, min(len(blocks), index + MAX_HEAD_BLOCKS))
                if _RULE.fullmatch(blocks[i].text)
            ]
            first = index - 1 if index and _RULE.fullmatch(blocks[index - 1].text) else index
            last = rules[0] if rules else index
            yield from ((i, NOTATION) for i in range(first, last + 1))
            return


def _transcribed(blocks: Sequence[Block], taken: dict[int, str]) -> Iterator[int]:
    """Find notes of those who typed a book: in brackets, behind a colon, under a heading."""
    for index, block in enumerate(blocks):
        text = line(block.text).lstrip(_OPEN)
        entries = [each for each in phrases("transcriber") if text.startswith(each)]
        if not entries or index in taken:
            continue
        entry = max(entries, key=len)
        rest = text[len(entry) :].strip(" _*")
        if block.text.lstrip().startswith("["):
            yield from range(index, _closing(blocks, index) + 1)
        elif rest in ("", ":", ".", ".:"):
            yield index
            yield from _under(blocks, index)
        elif rest.startswith((":", ".", "—", "-")):
            yield index


def _closing(blocks: Sequence[Block], index: int) -> int:
    """Return the block where a bracket closes that a block opens."""
    depth = 0
    for last in range(index, min(len(blocks), index + MAX_TRANSCRIBED)):
        depth += blocks[last].text.count("[") - blocks[last].text.count("]")
        if depth <= 0:
            return last
    return index


def _under(blocks: Sequence[Block], index: int) -> Iterator[int]:
    """Find what belongs to a heading: up to the next, or to a wide gap."""
    for i in range(index + 1, min(len(blocks), index + 1 + MAX_TRANSCRIBED)):
        parted = i > index + 1 and lines_between(blocks[i - 1], blocks[i]) >= WIDE_GAP
        heading = blocks[i].kind == "heading" and not is_running(blocks[i].text)
        if parted or heading:
            return
        yield i
