"""Lines of a page, with their boxes, to paragraphs that may go over page ends.

A paragraph ends where the typesetter shows it: by a wider gap, another size of type, an
indent, or a line into which the next word would still have fitted.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import median
from typing import NamedTuple

# A gap this many times the usual distance of lines begins a paragraph.
WIDE_GAP = 1.3
# Lines of a paragraph are at most so many line heights apart (a typescript's are two).
MAX_DISTANCE = 2.3
# Type is another size from this ratio on.
SIZE_RATIO = 1.1
# So many line heights: less is no indent, and less is no room for a word.
MIN_INDENT = 0.8
MIN_ROOM = 0.4
# A line that is cut for no reason that shows still reaches so far across its column.
RAGGED = 0.55
# Lines whose right ends tell the column's: all but the few that stick out.
RIGHT_QUANTILE = 0.95

# What PDFium writes for a hyphen at a line's end; the line end itself it drops.
LINE_END_HYPHENS = "\x02\ufffe"
_SOFT_HYPHEN = "\u00ad"
_HYPHENS = "-\u2010" + LINE_END_HYPHENS + _SOFT_HYPHEN
_LAST_PART = re.compile(r"[^\W\d_]+\Z")
_FIRST_PART = re.compile(r"[^\W\d_]+")
_HYPHENED = re.compile(r"[^\W\d_]+-[^\W\d_]+")
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)
# What begins an entry of a list; the lines after the first may stand further in.
_BULLET = re.compile(r"[•▪▫‣◦●○■□◆➢✓\uf0b7]\s*")
_ITEM = re.compile(r"(?:[-–—]|\(?(?:\d{1,3}|[A-Za-z])[.)])\s+\S")
_FINAL_STOP = re.compile(r"[.!?…:。！？]['\"”»’)\]]*\Z")


class Gap(NamedTuple):
    """White space in a line that is wider than between words: where in its text, and on the page.

    Args:
        at, stop: offsets of what it separates: the end of a word, the start of the next.
        left, right: the same on the page, in points.
        next_word: the width of the word behind it.
    """

    at: int
    stop: int
    left: float
    right: float
    next_word: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line of print; lengths in points, the page's foot is 0."""

    text: str
    page: int  # 1-based
    number: int  # on its page, 0-based
    left: float
    right: float
    top: float
    bottom: float
    first_word: float  # its width
    gaps: tuple[Gap, ...] = ()
    column: int = 0  # of those that were drawn row by row, from 1; 0 of a line over them all

    @property
    def height(self) -> float:
        """How high the type stands."""
        return self.top - self.bottom


@dataclass(frozen=True)
class Paragraph:
    """Lines that belong together; `hyphened` are words that the text writes with a hyphen."""

    lines: tuple[Line, ...]
    hyphened: frozenset[str]

    @cached_property
    def text(self) -> str:
        """The lines as one, without hyphens that only broke a word."""
        text = ""
        for line in self.lines:
            text = _join(text, line.text, self.hyphened)
        for hyphen in LINE_END_HYPHENS:
            text = text.replace(hyphen, "-")
        return text.replace(_SOFT_HYPHEN, "").translate(_LIGATURES)


@dataclass(frozen=True, slots=True)
class _Column:
    left: float
    right: float
    distance: float  # from a line's top to the next line's


def paragraphs(pages: Sequence[Sequence[Line]]) -> list[Paragraph]:
    """Put lines together to paragraphs.

    Args:
        pages: each page's lines, in reading order.
    """
    groups: list[list[Line]] = []
    last: tuple[Line, _Column] | None = None
    for lines in pages:
        for run in _runs(lines):
            column = _column(run)
            for index, line in enumerate(run):
                if last and (_follows(last[0], line, column) if index else _goes_over(*last, line)):
                    groups[-1].append(line)
                else:
                    groups.append([line])
                last = (line, column)
    words = " ".join(line.text for lines in pages for line in lines)
    hyphened = frozenset(word.lower() for word in _HYPHENED.findall(words))
    return [Paragraph(tuple(group), hyphened) for group in groups]


def _runs(lines: Sequence[Line]) -> list[list[Line]]:
    """Cut a page's lines into runs that go down: a column each, roughly."""
    runs: list[list[Line]] = []
    for line in lines:
        last = runs[-1][-1] if runs else None
        if last and line.column == last.column and line.top < last.top + line.height / 2:
            runs[-1].append(line)
        else:
            runs.append([line])
    return runs


def _column(run: Sequence[Line]) -> _Column:
    """Measure a column by the lines of its commonest size."""
    height = median(line.height for line in run)
    usual = [line for line in run if line.height < SIZE_RATIO * height] or list(run)
    rights = sorted(line.right for line in usual)
    distances = [
        a.top - b.top
        for a, b in zip(run, run[1:], strict=False)  # noqa: RUF007
        if _same_size(a, b) and a.top > b.top
    ]
    return _Column(
        left=min(line.left for line in usual),
        right=rights[min(len(rights) - 1, int(RIGHT_QUANTILE * len(rights)))],
        distance=sorted(distances)[len(distances) // 3] if distances else height,
    )


def _follows(line: Line, following: Line, column: _Column) -> bool:
    """Whether the next line of a column belongs to the same paragraph."""
    if not _same_size(line, following):
        return False
    widest = min(WIDE_GAP * column.distance, MAX_DISTANCE * line.height)
    if line.top - following.top > widest:
        return False
    if _BULLET.match(following.text):
        return False
    indented = following.left - line.left > MIN_INDENT * line.height
    at_edge = line.left - column.left < MIN_INDENT * line.height
    hangs = _BULLET.match(line.text) or _ITEM.match(line.text)
    if indented and at_edge and not hangs:
        return False
    return _is_full(line, following, column) or _goes_on(line, following, column)


def _goes_on(line: Line, following: Line, column: _Column) -> bool:
    """Whether a line that is not full breaks off in mid-sentence: ragged ones do, lists do not."""
    if _FINAL_STOP.search(line.text) or not following.text[:1].islower():
        return False
    return line.right - column.left >= RAGGED * (column.right - column.left)


def _goes_over(line: Line, column: _Column, following: Line) -> bool:
    """Whether a paragraph goes on in the next column or on the next page."""
    if not _same_size(line, following) or _FINAL_STOP.search(line.text):
        return False
    if line.page == following.page and bool(line.column) != bool(following.column):
        return False  # a title over columns, or what stands below them
    return _is_full(line, following, column) or following.text[:1].islower()


def _is_full(line: Line, following: Line, column: _Column) -> bool:
    """Whether the next line's first word would not have fitted on this line."""
    if line.text[-1:] in _HYPHENS:
        return True
    room = column.right - line.right
    return room < following.first_word + MIN_ROOM * line.height


def _same_size(a: Line, b: Line) -> bool:
    low, high = sorted((a.height, b.height))
    return high <= SIZE_RATIO * low


def _join(text: str, line: str, hyphened: frozenset[str]) -> str:
    """Join a line to the text before it, mending a word that was broken."""
    if not text:
        return line
    if text[-1] not in _HYPHENS:
        return f"{text} {line}"
    head = _LAST_PART.search(text[:-1])
    tail = _FIRST_PART.match(line)
    if head is None or tail is None:
        return f"{text} {line}"
    # "Jean-Paul" keeps its hyphen, and so does a word that the text writes so elsewhere.
    keeps = not tail[0][0].islower() or f"{head[0]}-{tail[0]}".lower() in hyphened
    keeps = keeps and text[-1] != _SOFT_HYPHEN
    return (text if keeps else text[:-1]) + line
