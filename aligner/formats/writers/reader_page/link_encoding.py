"""Word links as the page carries them: short, and not looked at before they are needed.

A row's links are a run of signed numbers in base64 VLQ, as in source maps (ECMA-426, section
"base64 VLQ"): five bits a letter, small numbers first. For each link and side it says how
far from the end of the word before the word begins, and how long it is. Places count UTF-16
units of the cell's text, as JavaScript does. A link takes four letters or five.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from aligner.formats.losses import NOT_XML
from aligner.languages.table import separator
from aligner.types import Bead, Bitext, Segment, Word

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
BITS = 5  # of a number in each letter; the sixth says that it goes on
BETWEEN_ROWS = ";"
# From here on a character takes two UTF-16 units.
ASTRAL = "\U00010000"


def encode(bitext: Bitext) -> str:
    """Write the links of all rows, in order; empty where there are none."""
    if not bitext.alignment.links:
        return ""
    return BETWEEN_ROWS.join("".join(_row(bitext, bead)) for bead in bitext.alignment.beads)


def _row(bitext: Bitext, bead: Bead) -> Iterator[str]:
    src = _Cell(bitext.src_segments(bead), bead.src.start, separator(bitext.src.lang))
    tgt = _Cell(bitext.tgt_segments(bead), bead.tgt.start, separator(bitext.tgt.lang))
    for link in bitext.word_links(bead):
        yield src.step(link.src)
        yield tgt.step(link.tgt)


class _Cell:
    """A cell's text as the page shows it, and how far its words have been told."""

    def __init__(self, segments: Sequence[Segment], first: int, between: str) -> None:
        self._segments = segments
        self._first = first
        self._starts = [0]
        for segment in segments:
            self._starts.append(self._starts[-1] + shown_length(segment.text) + len(between))
        self._reached = 0

    def step(self, word: Word) -> str:
        """Say where a word stands, from the end of the one before."""
        at = word.segment - self._first
        text = self._segments[at].text
        start = self._starts[at] + shown_length(text[: word.start])
        length = shown_length(text[word.start : word.stop])
        gap, self._reached = start - self._reached, start + length
        return _vlq(gap) + _vlq(length)


def shown_length(text: str) -> int:
    """Count the UTF-16 units of a text on the page."""
    if text.isascii() and text.isprintable():
        return len(text)
    shown = NOT_XML.sub("", text)
    return len(shown) + sum(char >= ASTRAL for char in shown)


@lru_cache(maxsize=1 << 12)
def _vlq(number: int) -> str:
    """Write a signed number: the sign in the lowest bit, then five bits a letter."""
    rest = abs(number) << 1 | (number < 0)
    letters = []
    while True:
        rest, digit = rest >> BITS, rest & ((1 << BITS) - 1)
        letters.append(LETTERS[digit | (1 << BITS if rest else 0)])
        if not rest:
            return "".join(letters)
