"""Each vector's nearest neighbour among those of another text, and how far the second one is.

Similarities are computed block by block and forgotten, so memory stays linear in the texts.
"""

from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aligner.engine.sides import Floats, Ints
from aligner.engine.threads import side_by_side

Vectors = NDArray[Any]  # (n, d), numbers of any kind, rows of any length

ROWS = 256  # rows of similarities held at once: with 2048 columns they stay in the cache
COLUMNS = 2048
TINY = np.float32(1e-9)  # length of a vector that has no direction


@dataclass(frozen=True, slots=True)
class Nearest:
    """The nearest of each row and of each column, and how near.

    Args:
        nearest: int64 (r,), the column nearest to each row.
        first: float32 (r,), its cosine.
        second: float32 (r,), that of the second nearest; -1 where there is none.
        back: int64 (c,), the row nearest to each column.
        back_first: float32 (c,), its cosine.
    """

    nearest: Ints
    first: Floats
    second: Floats
    back: Ints
    back_first: Floats

    @property
    def mutual(self) -> NDArray[np.bool_]:
        """Which rows are the nearest of their nearest: bool (r,)."""
        mutual: NDArray[np.bool_] = self.back[self.nearest] == np.arange(len(self.nearest))
        return mutual

    @classmethod
    def empty(cls, rows: int, columns: int) -> "Nearest":
        """Return what is known before anything has been compared."""
        return cls(
            np.zeros(rows, np.int64),
            np.full(rows, -1.0, np.float32),
            np.full(rows, -1.0, np.float32),
            np.full(columns, -1, np.int64),
            np.full(columns, -1.0, np.float32),
        )

    def take(self, found: "Nearest", row: int, column: int) -> None:
        """Take up what was found in a block that begins at a row and a column."""
        rows = slice(row, row + len(found.first))
        first, second = self.first[rows], self.second[rows]
        better = found.first > first
        second[:] = np.maximum(np.minimum(first, found.first), np.maximum(second, found.second))
        self.nearest[rows][better] = found.nearest[better] + column
        first[better] = found.first[better]
        columns = slice(column, column + len(found.back))
        better = found.back_first > self.back_first[columns]
        self.back[columns][better] = found.back[better] + row
        self.back_first[columns][better] = found.back_first[better]


def find_nearest(own: Vectors, other: Vectors, rows: Ints | None = None) -> Nearest:
    """Compare vectors by cosine.

    Args:
        own: (n, d).
        other: (c, d).
        rows: int64 (r,), the rows of `own` that are asked about; all by default.
    """
    rows = np.arange(len(own)) if rows is None else rows
    blocks = [rows[start : start + ROWS] for start in range(0, len(rows), ROWS)]
    best = Nearest.empty(len(rows), len(other))
    for start in range(0, len(other), COLUMNS):
        target = unit(other[start : start + COLUMNS].astype(np.float32)).T
        for at, found in enumerate(side_by_side(partial(_compare, own, target), blocks)):
            best.take(found, at * ROWS, start)
    return best


def _compare(own: Vectors, target: Floats, rows: Ints) -> Nearest:
    """Find the nearest among some rows of `own` and all columns of `target`, (d, c)."""
    block = unit(own[rows].astype(np.float32)) @ target
    here = np.arange(len(block))
    back = block.argmax(axis=0)
    back_first = block[back, np.arange(block.shape[1])]
    nearest = block.argmax(axis=1)
    first = block[here, nearest]
    block[here, nearest] = -1.0
    return Nearest(nearest, first, block.max(axis=1), back, back_first)


def unit(vectors: Floats) -> Floats:
    """Scale rows to unit length, in place: of a long text they are large; zeros stay zeros."""
    lengths = np.sqrt(np.einsum("ij,ij->i", vectors, vectors))
    vectors /= np.maximum(lengths, TINY)[:, None]
    return vectors
