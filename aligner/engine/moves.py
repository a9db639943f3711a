"""Passages that match but stand out of order: found among what the path leaves without a partner.

A path goes forward on both sides, so of two passages that changed places one is left out on
both. Its segments are each other's nearest among all that was left out, and follow each other.
"""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from aligner.engine.nearest import find_nearest
from aligner.engine.sides import Floats, Ints
from aligner.types import Bead, Move, Span

PAIRS = 1 << 27  # similarities beyond which nothing is looked for: seconds, and memory
LEAST = 0.45  # cosine of a match
MARGIN = 0.05  # cosine by which a match must beat the second nearest, on both sides
STEP = 2  # segments from one match of a passage to the next
# A single segment can match by chance: it must be surer than one of a passage.
LEAST_ALONE, MARGIN_ALONE = 0.7, 0.2
FLAG = "moved"


class Alone(NamedTuple):
    """Segments of one side that were left without a partner.

    Args:
        at: int64 (k,), their indices, rising.
        vectors: float16 (k, d), of unit length.
    """

    at: Ints
    vectors: NDArray[np.float16]

    @classmethod
    def of(cls, nulls: Sequence[int], vectors: Floats, first: int) -> "Alone":
        """Take the rows of `vectors`, whose first is that of segment `first`."""
        at = np.array(nulls, np.int64)
        return cls(at, vectors[at - first].astype(np.float16))

    @classmethod
    def joined(cls, parts: Sequence["Alone"]) -> "Alone":
        """Put together what the sections found, in their order."""
        return cls(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))


class LeftAlone:
    """What the sections of the texts leave alone, as long as it can still be compared."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._parts: list[tuple[Alone, Alone]] = []
        self._sizes = 0, 0

    def take(self, src: Alone, tgt: Alone) -> None:
        """Take up what the next section leaves; past `PAIRS` nothing is kept any more."""
        self._sizes = self._sizes[0] + len(src.at), self._sizes[1] + len(tgt.at)
        if self._sizes[0] * self._sizes[1] <= PAIRS:
            self._parts.append((src, tgt))
        else:
            self._parts.clear()

    def moves(self, beads: Sequence[Bead]) -> tuple[Move, ...]:
        """Find the passages that moved; see `find_moves`."""
        if not self._parts:
            return ()
        src, tgt = zip(*self._parts, strict=True)
        return find_moves(Alone.joined(src), Alone.joined(tgt), beads)


class _Match(NamedTuple):
    src: int
    tgt: int
    cosine: float
    margin: float


def find_moves(src: Alone, tgt: Alone, beads: Sequence[Bead]) -> tuple[Move, ...]:
    """Find the passages that moved.

    Args:
        src: what the source has alone.
        tgt: what the target has alone.
        beads: the path. Between the two places of what moved it has a bead with both sides.

    Returns:
        In order of the source; the score is the mean cosine of the matching segments.
    """
    if not len(src.at) or not len(tgt.at):
        return ()
    places = tuple(_places(beads, each.at, side) for side, each in enumerate((src, tgt)))
    return tuple(
        Move(
            Span(passage[0].src, passage[-1].src + 1),
            Span(passage[0].tgt, passage[-1].tgt + 1),
            sum(match.cosine for match in passage) / len(passage),
        )
        for passage in _passages(
            _matches(src, tgt, places), (set(src.at.tolist()), set(tgt.at.tolist()))
        )
        if len(passage) > 1
        or (passage[0].cosine >= LEAST_ALONE and passage[0].margin >= MARGIN_ALONE)
    )


def flagged(beads: Sequence[Bead], moves: Sequence[Move]) -> tuple[Bead, ...]:
    """Flag the null alignments that lie in a passage that moved."""
    sources = {i for move in moves for i in range(move.src.start, move.src.stop)}
    targets = {j for move in moves for j in range(move.tgt.start, move.tgt.stop)}
    return tuple(
        Bead(bead.src, bead.tgt, bead.score, bead.confidence, tuple(sorted({*bead.flags, FLAG})))
        if (not bead.tgt and bead.src.start in sources)
        or (not bead.src and bead.tgt.start in targets)
        else bead
        for bead in beads
    )


def _places(beads: Sequence[Bead], at: Ints, side: int) -> Ints:
    """How many beads with both sides precede each segment of a side: int64 (k,)."""
    ends = [(bead.src, bead.tgt)[side].stop for bead in beads if not bead.is_null]
    return np.searchsorted(np.array(ends, np.int64), at, side="right")


def _matches(src: Alone, tgt: Alone, places: Sequence[Ints]) -> Iterator[_Match]:
    """Yield segments that are each other's nearest by a margin and not at the same place."""
    there = find_nearest(src.vectors, tgt.vectors)
    back = find_nearest(tgt.vectors, src.vectors)
    margin = there.first - np.maximum(there.second, back.second[there.nearest])
    good = there.mutual & (there.first >= LEAST) & (margin >= MARGIN)
    for row in np.nonzero(good & (places[0] != places[1][there.nearest]))[0]:
        column = there.nearest[row]
        cosine = float(there.first[row])
        yield _Match(int(src.at[row]), int(tgt.at[column]), cosine, float(margin[row]))


def _passages(
    matches: Iterator[_Match], alone: tuple[AbstractSet[int], AbstractSet[int]]
) -> list[list[_Match]]:
    """Put matches that follow each other on both sides, with nothing paired between, together."""
    passages: list[list[_Match]] = []
    for match in matches:
        last = passages[-1][-1] if passages else match
        if (
            0 < match.src - last.src <= STEP
            and 0 < match.tgt - last.tgt <= STEP
            and alone[0] >= set(range(last.src, match.src))
            and alone[1] >= set(range(last.tgt, match.tgt))
        ):
            passages[-1].append(match)
        else:
            passages.append([match])
    return passages
