"""One input's text, and which of its characters an export has accounted for.

White space does not count, and neither do characters that XML cannot hold: the formats take
them out and say so.
"""

import re
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from aligner.formats.losses import NOT_XML
from aligner.languages.table import separator
from aligner.text.decoding.normalisation import fold
from aligner.verification.raw_text import Unread

# How far ahead (characters without white space) a piece is looked for before it is looked for
# everywhere: the next pages. A short text that repeats itself is then found where it is next.
AHEAD = 10_000
UNACCOUNTED = re.compile(b"\0+")
WHITE_SPACE = re.compile(r"(\s+)")


class Place(NamedTuple):
    """`[start, stop)` in the text, and whether the characters were accounted for before."""

    start: int
    stop: int
    taken: bool = False


def key(text: str) -> str:
    """Return what of a text counts."""
    packed = "".join(text.split())
    return packed if NOT_XML.search(packed) is None else NOT_XML.sub("", packed)


class SourceText:
    """An input's text, with a mark for every character that is accounted for.

    Args:
        path: the input, as the user gave it.
        sha256: of its bytes.
        text: the text that offsets count in.
        places: where its blocks begin, and what a person calls the place, in order.
        unread: what of its letters reading does not find, where that is known.
    """

    def __init__(
        self,
        path: str,
        sha256: str,
        text: str,
        places: Sequence[tuple[int, str]] = (),
        unread: Unread | None = None,
    ) -> None:
        self.path = path
        self.sha256 = sha256
        self.text = text
        self.places = places
        self.unread = unread
        self.marks = bytearray(len(text))

    def place(self, start: int) -> str:
        """Return what a person calls the place of an offset; "" where nothing is known."""
        index = bisect_right(self._starts, start) - 1
        return self.places[index][1] if index >= 0 else ""

    @cached_property
    def _starts(self) -> list[int]:
        return [start for start, _ in self.places]

    @cached_property
    def _offsets(self) -> list[int]:
        """The offsets of the characters that count."""
        text = NOT_XML.sub(" ", self.text)
        return [i for i, char in enumerate(text) if not char.isspace()]

    @cached_property
    def _packed(self) -> str:
        return "".join([self.text[i] for i in self._offsets])

    def holds(self, text: str, start: int, stop: int) -> bool:
        """Whether the text stands there, white space aside."""
        return stop <= len(self.text) and key(self.text[start:stop]) == key(text)

    def has_its_words(
        self, text: str, start: int, stop: int, lang: str = "", *, joined: bool = False
    ) -> bool:
        """Whether a text that stands there has its white space where the input has it.

        Args:
            text: of the export.
            start: where it stands in the input.
            stop: where it ends there.
            lang: of the text.
            joined: whether it may be several segments: what stands between two of them is
                then the language's separator.
        """
        here = self.text[start:stop]
        if _folded(here) == _folded(text):
            return True
        if not joined or separator(lang):
            return False
        gaps, own, packed = _gaps(here), _gaps(text), key(text)
        return own <= gaps and all(_may_close(packed[at - 1], packed[at]) for at in gaps - own)

    def is_free(self, start: int, stop: int) -> bool:
        """Whether none of these characters is accounted for."""
        return 1 not in self.marks[start:stop]

    def is_accounted(self, start: int, stop: int) -> bool:
        """Whether all of these characters are accounted for."""
        return 0 not in self.marks[start:stop]

    def take(self, start: int, stop: int) -> Place:
        """Mark characters as accounted for."""
        stop = min(stop, len(self.text))
        self.marks[start:stop] = b"\1" * (stop - start)
        return Place(start, stop)

    def find(self, text: str, reached: int) -> Place | None:
        """Find a text by itself.

        Args:
            text: what to find.
            reached: the offset where it is looked for first: behind the piece before.

        Returns:
            Its first free place there, on the pages that follow, or anywhere; else a place that
            is taken already; None where it is not in the text.
        """
        wanted = key(text)
        if not wanted:
            return None
        begin = bisect_left(self._offsets, reached)
        if self._packed.startswith(wanted, begin):
            here = self._unpack(begin, len(wanted))
            if not here.taken:
                return here
        taken = None
        ranges = (begin, begin + AHEAD + len(wanted)), (0, len(self._packed))
        for first, last in ranges:
            for at in _occurrences(self._packed, wanted, first, last):
                place = self._unpack(at, len(wanted))
                if not place.taken:
                    return place
                taken = taken or place
        return taken

    def _unpack(self, at: int, length: int) -> Place:
        start, stop = self._offsets[at], self._offsets[at + length - 1] + 1
        return Place(start, stop, taken=not self.is_free(start, stop))

    def unaccounted(self, start: int = 0, stop: int = sys.maxsize) -> Iterator[tuple[int, int]]:
        """Yield what is not accounted for, white space aside, cut where a block begins.

        Args:
            start: of the stretch to look at.
            stop: of the stretch to look at; without them, it is all of the text.
        """
        for match in UNACCOUNTED.finditer(self.marks, start, stop):
            first, last = match.span()
            cuts = self._starts[bisect_right(self._starts, first) : bisect_left(self._starts, last)]
            for edges in pairwise([first, *cuts, last]):
                yield from self._trimmed(*edges)

    def _trimmed(self, start: int, stop: int) -> Iterator[tuple[int, int]]:
        piece = self.text[start:stop]
        if key(piece):
            start += len(piece) - len(piece.lstrip())
            yield start, start + len(piece.strip())


def _gaps(text: str) -> set[int]:
    """Return where white space is inside a text: how many characters that count are before it."""
    gaps: set[int] = set()
    count = 0
    for run in WHITE_SPACE.split(text):
        if run.isspace():
            gaps.add(count)
        else:
            count += len(key(run))
    return gaps - {0, count}


def _may_close(before: str, after: str) -> bool:
    """Whether white space between two characters may go where two segments are joined."""
    return not all(char.isascii() and char.isalnum() for char in (before, after))


def _folded(text: str) -> str:
    """Fold white space as segments do, also where XML cannot hold it."""
    return fold(NOT_XML.sub(lambda match: " " if match[0].isspace() else "", text))


def rebuild(pieces: Iterable[tuple[int, str]]) -> str:
    """Lay pieces out at their offsets, with white space between."""
    parts: list[str] = []
    end = 0
    for start, text in sorted(pieces):
        parts += "\n" * max(0, start - end), text
        end = max(start, end) + len(text)
    return "".join(parts)


def _occurrences(text: str, wanted: str, first: int, last: int) -> Iterator[int]:
    at = text.find(wanted, first, last)
    while at >= 0:
        yield at
        at = text.find(wanted, at + 1, last)
