"""Cosines between the spans that begin at the nodes of a band.

`grid[node, a - 1, b - 1]` compares the span of `a` source segments from the node's i with
the span of `b` target segments from its j; NaN where a span leaves its text or the node
lies outside the band.
"""

from dataclasses import dataclass

import numpy as np

from aligner.engine.search.band import Band
from aligner.engine.sides import Floats, Ints
from aligner.native import loops

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
            loops.spread(block, start, first, band.low, band.high, offsets, n, m, grid)
        return cls(grid, band.low, band.high, offsets)

    def at(self, i: Ints, j: Ints, a: Ints, b: Ints) -> Floats:
        """Look up cosines: float32 (e,), NaN for spans that do not exist or are too long."""
        i, j, a, b = (np.ascontiguousarray(np.broadcast_to(x, np.shape(i))) for x in (i, j, a, b))
        found: Floats = np.empty(len(i), np.float32)
        loops.look_up(self.grid, self.low, self.high, self.offsets, i, j, a, b, found)
        return found
