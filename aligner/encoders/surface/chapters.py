"""Where chapters begin, and their numbers: "III", "Chapter 3", "Kapitel drei", "第三回".

A heading is a short line with a number. What else it says, its *frame* ("chapter", "第回", or
nothing), is in no list of words: it stands with other numbers, too, that follow each other.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from aligner.engine.sides import Ints
from aligner.languages.numerals import IDEOGRAPHS, numeral, plain

SHORTEST_TEXT = 100  # segments: below, no heading is needed to find the way
LONGEST = 60  # characters of a heading up to its first mark
MOST_WORDS = 4  # its number's among them
MOST_NUMBER_WORDS = 3
LARGEST = 400  # chapters

_DECORATION = " \t*_#=~·•\"'“”«»[](){}（）【】"
_PHRASE_END = re.compile(r"[.:;,!?—–|。：，、！？\n]|\s-\s|　| {2}")
_WORD = re.compile(rf"[{IDEOGRAPHS}]+(?!\w)|[^\W\d_]+|\d+")
_COUNTED = re.compile(
    rf"(第|제|その)?\s*(\d+|[{IDEOGRAPHS}]+)\s*([回章卷巻節节話话篇部折齣장화부회편])"
)


class _Heading(NamedTuple):
    at: int
    frame: str
    number: int


def chapter_numbers(texts: Sequence[str], breaks: NDArray[np.bool_], lang: str) -> Ints:
    """Tell which segments are the headings of numbered chapters.

    Args:
        texts: of the segments.
        breaks: bool (n,), which begin a paragraph; none where that is not known.
        lang: BCP-47 tag.

    Returns:
        int64 (n,), the number of each; 0 for all others.
    """
    numbers = np.zeros(len(texts), np.int64)
    if len(texts) < SHORTEST_TEXT:
        return numbers
    frames: dict[str, list[_Heading]] = {}
    for heading in _headings(texts, breaks, lang):
        frames.setdefault(heading.frame, []).append(heading)
    for frame, found in frames.items():
        in_row = {
            each.at
            for before, after in pairwise(found)
            if after.number == before.number + 1
            for each in (before, after)
        }
        # A text may be the first chapter alone; that it is no item of a list, nothing says.
        if in_row or (not frame and [each.number for each in found] == [1]):
            for each in found:
                numbers[each.at] = each.number
    return numbers


def _headings(texts: Sequence[str], breaks: NDArray[np.bool_], lang: str) -> Iterator[_Heading]:
    """Yield what may be the heading of a chapter."""
    begins = np.append(breaks, True) if breaks.any() else np.ones(len(texts) + 1, bool)
    begins[0] = True
    for at in np.nonzero(begins[:-1])[0].tolist():
        text = texts[at]
        bare = text.strip(_DECORATION)
        phrase = _PHRASE_END.split(bare, 1)[0].strip(_DECORATION)
        if not 0 < len(phrase) <= LONGEST:
            continue
        found = _read(phrase, lang)
        if found is None or not 0 < found[1] <= LARGEST:
            continue
        if found[0] or (begins[at + 1] and len(bare) <= LONGEST):
            yield _Heading(at, *found)


def _read(phrase: str, lang: str) -> tuple[str, int] | None:
    """Return the frame and the number of a heading; None for what is none."""
    counted = _COUNTED.match(phrase)
    if counted:
        number = numeral([plain(counted[2])], lang)
        return None if number is None else (f"{counted[1] or ''}…{counted[3]}", number)
    words = _WORD.findall(plain(phrase))
    if not 0 < len(words) <= MOST_WORDS:
        return None
    for size in range(min(MOST_NUMBER_WORDS, len(words)), 0, -1):
        for start in (len(words) - size, 0):
            number = numeral(words[start : start + size], lang)
            if number is not None:
                return " ".join(words[:start] + words[start + size :]), number
    return None
