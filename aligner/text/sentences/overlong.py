"""Ends within what no sentence can be: text without full stops, as speech is transcribed.

What is longer than any sentence in print is cut all the same, at clauses or else between words:
whole it would be aligned as one, and nobody could use that.
"""

import logging
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from aligner.text.blocks.furniture import ends_in_stop
from aligner.types import Document

_log = logging.getLogger(__name__)

# Characters. The longest sentence of the novels we measure with has 1,554.
LONGEST = 2000
# Where to cut, the best first; a piece is at least half as long as it may be.
_PLACES = tuple(map(re.compile, (r"[;:—–；：؛]\s|[；：]", r"[,،]\s|[，、]", r"\s")))


def ends(text: str, boundaries: Sequence[int]) -> Iterator[int]:
    """Yield where to cut what lies between boundaries, if it is too long."""
    for start, stop in pairwise([0, *boundaries]):
        at = start
        while stop - at > LONGEST:
            at = _cut(text, at)
            yield at


def _cut(text: str, start: int) -> int:
    low, high = start + LONGEST // 2, start + LONGEST
    for place in _PLACES:
        found = list(place.finditer(text, low, high))
        if found:
            return found[-1].end()
    return high


def tell(document: Document) -> None:
    """Say in the log where the segments of a document were cut so."""
    pieces = [
        one
        for one, other in pairwise(document.segments)
        if one.block == other.block
        and one.stop - one.start > LONGEST // 2
        and not ends_in_stop(one.text)
    ]
    if pieces:
        _log.warning(
            "%s: %s without a sentence end for %s characters or more; cut at clauses and spaces "
            "into pieces of less, which may not match well",
            document.origin.path,
            document.blocks[pieces[0].block].place or "text",
            f"{LONGEST:,}",
        )
