"""What a person fixed: where the path must go, and where it may not.

Both ends of a pin, and a boundary known on both sides, are *corners*: nodes that the path goes
through. They stand in order, so a bead agrees with all of them when each lies at or before its
first node, or at or after its last. What does not agree scores -inf before the search, so that
what comes out obeys. A forbidden bead scores so little that it is taken only where there is no
other way.
"""

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aligner.engine.search.anchors import RECTANGLE, Chain
from aligner.engine.search.band import Band, Section, lay_band
from aligner.engine.search.lattice import BEAD_TYPES, LAST_RESORT
from aligner.engine.sides import Floats, Ints
from aligner.types import PINNED, Bead, Constraints, Span

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Axis:
    """How many corners, and how many cuts, one side has up to each position: int64 (n + 1,).

    Args:
        reached, passed: corners at or before the position, and before it.
        cuts_reached, cuts_passed: the same of cuts.
        places: of all that is said of this side, int64.
    """

    reached: Ints
    passed: Ints
    cuts_reached: Ints
    cuts_passed: Ints
    places: Ints

    @classmethod
    def count(
        cls, corners: Ints, cuts: Iterable[int | None], forbids: Iterable[Span], n: int
    ) -> "_Axis":
        """Count along a text of n segments; the corners are in order."""
        at = np.array(sorted(cut for cut in cuts if cut is not None), np.int64)
        forbidden = np.array([end for span in forbids for end in (span.start, span.stop)], np.int64)
        every = np.arange(n + 1)
        return cls(
            np.searchsorted(corners, every, "right"),
            np.searchsorted(corners, every, "left"),
            np.searchsorted(at, every, "right"),
            np.searchsorted(at, every, "left"),
            np.concatenate([corners, at, forbidden]),
        )

    def touched(self, start: int, stop: int) -> bool:
        """Tell whether something is said of positions start to stop."""
        return bool(((self.places >= start) & (self.places <= stop)).any())


class Rules:
    """Constraints laid out for looking up; positions count from the beginning of the texts."""

    def __init__(self, constraints: Constraints, n: int, m: int, max_span: int) -> None:
        """Lay out the constraints on texts of n and m segments."""
        fixed = constraints.fixed
        corners = sorted(
            {(src.start, tgt.start) for src, tgt in fixed}
            | {(src.stop, tgt.stop) for src, tgt in fixed}
        )
        self._corners = np.array(corners, np.int64).reshape(-1, 2)
        self._forbids = constraints.forbids
        self._src, self._tgt = (
            _Axis.count(
                self._corners[:, side],
                (cut[side] for cut in constraints.cuts),
                (forbid[side] for forbid in constraints.forbids),
                length,
            )
            for side, length in enumerate((n, m))
        )
        # What stands after each number of corners: whether a pin, and of which type. A pin of
        # no type, (0, 0), is put together from any beads that the search finds there.
        self._pinned = np.zeros(len(corners) + 1, np.bool_)
        self._type = np.zeros((len(corners) + 1, 2), np.int64)
        number = {corner: count for count, corner in enumerate(corners, start=1)}
        for src, tgt in constraints.pins:
            after, size = number[src.start, tgt.start], (len(src), len(tgt))
            self._pinned[after] = True
            if size in BEAD_TYPES and max(size) <= max_span:
                self._type[after] = size

    def touch(self, section: Section) -> bool:
        """Tell whether some constraint may concern a section."""
        return self._src.touched(section.src_start, section.src_stop) or self._tgt.touched(
            section.tgt_start, section.tgt_stop
        )

    def agreeing(self, chain: Chain) -> Chain:
        """Keep the anchors at whose first node a bead may begin."""
        after = self._after(chain.src, chain.tgt)
        before = np.maximum(self._src.passed[chain.src], self._tgt.passed[chain.tgt])
        kept = (after > before) | ((after == before) & ~self._pinned[after])
        return Chain(chain.src[kept], chain.tgt[kept])

    def widened(self, band: Band, chain: Chain, section: Section) -> Band:
        """Widen the windows of a section so that a path leads through its corners.

        Args:
            band: the windows around all anchors.
            chain: all anchors.
            section: where.
        """
        kept = self.agreeing(chain)
        src = np.concatenate([kept.src, self._corners[:, 0]])
        tgt = np.concatenate([kept.tgt, self._corners[:, 1]])
        order = np.lexsort((tgt, src))
        bound = lay_band(Chain(src[order], tgt[order]), section)
        both = Band(np.minimum(band.low, bound.low), np.maximum(band.high, bound.high))
        # Corners far from the anchors would make it as wide as the texts are long.
        near = both.offsets[-1] <= band.offsets[-1] + bound.offsets[-1] + RECTANGLE
        return both if near else bound

    def obeying(self, scores: Floats, band: Band, section: Section) -> Floats:
        """Lower the scores of beads that must not be: float32 (nodes, types), a copy."""
        rows = np.repeat(np.arange(len(band.low)), band.high - band.low + 1)
        columns = np.arange(len(rows)) - band.offsets[rows] + band.low[rows]
        i, j = section.src_start + rows, section.tgt_start + columns
        result = scores.copy()
        for kind, (a, b) in enumerate(BEAD_TYPES):
            result[~self._agree(i, j, a, b), kind] = -np.inf
            forbidden = self._forbidden(i, j, a, b)
            result[forbidden, kind] = np.minimum(result[forbidden, kind], LAST_RESORT)
        return result

    def mended(self, free: Sequence[Bead], bound: Sequence[Bead]) -> list[Bead]:
        """Take beads that obey only where those chosen freely do not.

        So what a person corrects in one place changes nothing in another, though it changes
        what the model thinks of this text.

        Args:
            free: the beads of a section as the evidence has them.
            bound: as they must be.
        """
        i, j = (np.array([span.start for span in side]) for side in _sides(free))
        a, b = (np.array([len(span) for span in side]) for side in _sides(free))
        right = self._agree(i, j, a, b) & ~self._forbidden(i, j, a, b)
        wrong = {bead for bead, each in zip(free, right.tolist(), strict=True) if not each}
        shared = {_node(bead) for bead in free} & {_node(bead) for bead in bound}
        result: list[Bead] = []
        for old, new in zip(_stretches(free, shared), _stretches(bound, shared), strict=True):
            keep = wrong.isdisjoint(old) and _sides(old) != _sides(new)
            result += old if keep else new
        return result

    def _agree(self, i: Ints, j: Ints, a: Ints | int, b: Ints | int) -> Mask:
        """Tell which beads of a and b segments, from nodes (i, j), agree with pins and cuts."""
        src, tgt = self._src, self._tgt
        # A bead beyond the end is none; where it would end does not matter.
        i_stop = np.minimum(i + a, len(src.reached) - 1)
        j_stop = np.minimum(j + b, len(tgt.reached) - 1)
        after = self._after(i, j)
        between = after == np.maximum(src.passed[i_stop], tgt.passed[j_stop])
        uncut = (src.cuts_passed[i_stop] <= src.cuts_reached[i]) & (
            tgt.cuts_passed[j_stop] <= tgt.cuts_reached[j]
        )
        pin_a, pin_b = self._type[after].T
        is_pin = (pin_a == a) & (pin_b == b)
        agree: Mask = between & np.where(pin_a + pin_b > 0, is_pin, uncut)
        return agree

    def _forbidden(self, i: Ints, j: Ints, a: Ints | int, b: Ints | int) -> Mask:
        """Tell which beads hold all that belongs apart."""
        forbidden = np.zeros(len(i), np.bool_)
        for src, tgt in self._forbids:
            # The nodes come in order of i; most forbids are elsewhere.
            if not src or i[0] <= src.start <= i[-1]:
                forbidden |= _hold(i, a, src) & _hold(j, b, tgt)
        return forbidden

    def _after(self, i: Ints, j: Ints) -> Ints:
        """Count the corners at or before each node."""
        after: Ints = np.minimum(self._src.reached[i], self._tgt.reached[j])
        return after


def _hold(start: Ints, size: Ints | int, span: Span) -> Mask:
    """Tell which spans hold all of another; an empty one is held by empty ones."""
    if not span:
        return np.broadcast_to(np.equal(size, 0), start.shape)
    held: Mask = (start <= span.start) & (start + size >= span.stop)
    return held


def _node(bead: Bead) -> tuple[int, int]:
    return bead.src.start, bead.tgt.start


def _sides(beads: Sequence[Bead]) -> tuple[list[Span], list[Span]]:
    return [bead.src for bead in beads], [bead.tgt for bead in beads]


def _stretches(beads: Sequence[Bead], nodes: Set[tuple[int, int]]) -> list[list[Bead]]:
    """Part beads in order where one begins at one of these nodes; the first one does."""
    result: list[list[Bead]] = []
    for bead in beads:
        if _node(bead) in nodes:
            result.append([])
        result[-1].append(bead)
    return result


def pinned(beads: Iterable[Bead], pins: Sequence[tuple[Span, Span]]) -> Iterator[Bead]:
    """Make one bead of what stands between the ends of each pin; nobody doubts it."""
    at = {(src.start, tgt.start): (src, tgt) for src, tgt in pins}
    rest = iter(beads)
    for bead in rest:
        pin = at.get((bead.src.start, bead.tgt.start))
        if pin is None:
            yield bead
            continue
        last, score = bead, bead.score
        while (last.src.stop, last.tgt.stop) != (pin[0].stop, pin[1].stop):
            last = next(rest)
            score += last.score
        yield Bead(*pin, score, 1.0, (PINNED,))
