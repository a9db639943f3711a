"""Where the path may go: a window of target positions for each source position, in pieces.

A *node* (i, j) lies between segments: i source and j target segments are done. A row i of
the band is a window of nodes [low[i], high[i]]. Between two anchors the windows cover the
whole rectangle, so a missing chapter (few rows, thousands of columns, or the reverse) costs
its length and no more.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from aligner.engine.anchors import Chain
from aligner.engine.side import Ints

MARGIN = 7  # nodes to either side of the anchors' rectangle
RECTANGLE = 1 << 18  # nodes of a rectangle without anchors that is searched whole
PIECE = 2000  # source segments of a piece: enough to learn its habits, small in memory
SUPPORT = 4  # anchors in a row, one segment apart, that make a sure cut


@dataclass(frozen=True, slots=True)
class Band:
    """Windows of a piece: int64 (n + 1,) each; row i holds nodes low[i] .. high[i] inclusive."""

    low: Ints
    high: Ints

    @property
    def offsets(self) -> Ints:
        """Where each row begins in an array of all nodes: int64 (n + 2,)."""
        return np.concatenate([[0], np.cumsum(self.high - self.low + 1)])


@dataclass(frozen=True, slots=True)
class Piece:
    """A rectangle of the two texts whose corners are surely on the path."""

    src_start: int
    src_stop: int
    tgt_start: int
    tgt_stop: int


def pieces(chain: Chain, n: int, m: int, size: int = PIECE) -> Iterator[Piece]:
    """Cut the texts, n and m segments long, at sure anchors into pieces of about `size`."""
    steps = (np.diff(chain.src) == 1) & (np.diff(chain.tgt) == 1)
    run = np.convolve(steps, np.ones(SUPPORT, int)) if len(steps) >= SUPPORT else np.empty(0)
    ends = np.nonzero(run[: len(steps)] == SUPPORT)[0]  # steps[e - SUPPORT + 1 .. e] all hold
    sure = ends - SUPPORT // 2 + 1
    i = j = 0
    for at in sure:
        a, b = int(chain.src[at]), int(chain.tgt[at])
        far = max(a - i, b - j) >= size
        if far and max(n - a, m - b) >= size // 2:
            yield Piece(i, a, j, b)
            i, j = a, b
    yield Piece(i, n, j, m)


def windows(chain: Chain, piece: Piece, margin: int = MARGIN) -> Band:
    """Lay the band of a piece around its anchors; positions count from the piece's corner."""
    n, m = piece.src_stop - piece.src_start, piece.tgt_stop - piece.tgt_start
    src, tgt = chain.src - piece.src_start, chain.tgt - piece.tgt_start
    inside = (src >= 0) & (src <= n) & (tgt >= 0) & (tgt <= m)
    corners_i = np.concatenate([[0], src[inside], [n]])
    corners_j = np.concatenate([[0], tgt[inside], [m]])
    low = np.full(n + 1, m, np.int64)
    high = np.zeros(n + 1, np.int64)
    for i0, i1, j0, j1 in zip(
        corners_i[:-1], corners_i[1:], corners_j[:-1], corners_j[1:], strict=True
    ):
        rows = np.arange(i0, i1 + 1)
        left, right = np.full(len(rows), j0), np.full(len(rows), j1)
        if (i1 - i0) * (j1 - j0) > RECTANGLE:
            # Nothing in so large a rectangle matches: leave out the one side, then the other.
            right[:-1] = j0
        low[rows] = np.minimum(low[rows], left - margin)
        high[rows] = np.maximum(high[rows], right + margin)
    # An anchor may be wrong: rows near it see what its neighbours see.
    low = _spread(low, margin, np.minimum)
    high = _spread(high, margin, np.maximum)
    low = np.clip(np.minimum.accumulate(low[::-1])[::-1], 0, m)
    high = np.clip(np.maximum.accumulate(high), 0, m)
    low[0], high[-1] = 0, m
    return Band(low, high)


def _spread(values: Ints, reach: int, extreme: np.ufunc) -> Ints:
    """Take the running extreme over `reach` rows to either side."""
    result = values.copy()
    for step in range(1, min(reach, len(values) - 1) + 1):
        result[step:] = extreme(result[step:], values[:-step])
        result[:-step] = extreme(result[:-step], values[step:])
    return result
