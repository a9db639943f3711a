"""Cosines between the spans that begin at the nodes of a band.

`grid[node, a - 1, b - 1]` compares the span of `a` source segments from the node's i with
the span of `b` target segments from its j; NaN where a span leaves its text or the node
lies outside the band.
"""

from dataclasses import dataclass

import numpy as np

from aligner.engine.kernel import kernel
from aligner.engine.search.band import Band
from aligner.engine.sides import Floats, Ints

ROWS = 8  # rows of the band multiplied at once: their windows overlap almost wholly


@dataclass(frozen=True, slots=True)
class Cosines:
    """The grid of a band: float32 (nodes, max_span, max_span), and where to find a node."""

    grid: Floats
    low: Ints
    high: Ints
    offsets: Ints

    @classmethod
    def compute(cls, src: Floats, tgt: Floats, band: Band) -> "Cosines":
        """Multiply span vectors, float32 (n, max_span, d) and (m, max_span, d), within a band."""
        n, span, dimension = src.shape
        m = len(tgt)
        offsets = band.offsets
        grid = np.full((int(offsets[-1]), span, span), np.nan, np.float32)
        for start in range(0, n, ROWS):
            stop = min(start + ROWS, n)
            first, last = int(band.low[start]), int(min(band.high[stop - 1] + 1, m))
            if first >= last:
                continue
            block = (
                src[start:stop].reshape(-1, dimension) @ tgt[first:last].reshape(-1, dimension).T
            )
            block = block.reshape(stop - start, span, last - first, span)
            _spread(block, start, first, band.low, band.high, offsets, n, m, grid)
        return cls(grid, band.low, band.high, offsets)

    def at(self, i: Ints, j: Ints, a: Ints, b: Ints) -> Floats:
        """Look up cosines: float32 (e,), NaN for spans that do not exist or are too long."""
        i, j, a, b = (np.ascontiguousarray(np.broadcast_to(x, np.shape(i))) for x in (i, j, a, b))
        found: Floats = _look_up(self.grid, self.low, self.high, self.offsets, i, j, a, b)
        return found


@kernel
def _spread(block, start, first, low, high, offsets, n, m, grid):  # type: ignore[no-untyped-def]
    """Copy a block of products into the grid, leaving NaN where a span passes the end."""
    span = block.shape[1]
    for r in range(block.shape[0]):
        i = start + r
        for j in range(max(low[i], first), min(high[i] + 1, m)):
            node = offsets[i] + j - low[i]
            for a in range(min(span, n - i)):
                for b in range(min(span, m - j)):
                    grid[node, a, b] = block[r, a, j - first, b]


@kernel
def _look_up(grid, low, high, offsets, i, j, a, b):  # type: ignore[no-untyped-def]
    """Gather `grid` at each edge; see `Cosines.at`."""
    result = np.full(i.shape[0], np.nan, np.float32)
    rows = low.shape[0]
    span = grid.shape[1]
    for e in range(i.shape[0]):
        row, column = i[e], j[e]
        if row < 0 or row >= rows or column < low[row] or column > high[row]:
            continue
        if a[e] < 1 or b[e] < 1 or a[e] > span or b[e] > span:
            continue
        result[e] = grid[offsets[row] + column - low[row], a[e] - 1, b[e] - 1]
    return result
