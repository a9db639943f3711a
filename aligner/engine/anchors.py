"""Anchors: segment pairs that surely belong together, in order, found without all pairs.

A segment and its nearest neighbour are a candidate when each is the other's nearest and
the second nearest is clearly farther (the margin idea of Artetxe & Schwenk 2019,
arXiv:1811.01136). The heaviest increasing chain of the candidates is kept (patience
with a Fenwick tree, O(k log k)). A rectangle too large for all pairs is first cut by a
chain over evenly spaced samples, so time and memory stay linear in the texts.
"""

import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aligner.engine.kernel import kernel
from aligner.engine.side import Floats, Ints

Sketches = NDArray[Any]  # (n, d), numbers of any kind, rows of any length

PAIRS = 1 << 25  # similarities computed for one rectangle: 0.1 s, and bounded memory
ROWS = 1024  # rows of similarities held at once
COLUMNS = 8192  # and columns
MARGIN = 0.03  # cosine by which the nearest must beat the second nearest
LEAST = 0.3  # cosine below which nothing is an anchor
SMALLEST = 4  # rectangles with a shorter side are left to the search


@dataclass(frozen=True, slots=True)
class Chain:
    """Anchors in order: int64 (k,) each, strictly increasing on both sides."""

    src: Ints
    tgt: Ints


def find_anchors(src: Sketches, tgt: Sketches) -> Chain:
    """Find the chain of anchors of two texts.

    Args:
        src: one vector a segment.
        tgt: likewise.
    """
    found: list[tuple[Ints, Ints]] = []
    todo = [(0, len(src), 0, len(tgt))]
    while todo:
        i0, i1, j0, j1 = todo.pop()
        if min(i1 - i0, j1 - j0) < SMALLEST:
            continue
        complete = (i1 - i0) * (j1 - j0) <= PAIRS
        rows = np.arange(i0, i1)
        if not complete:
            rows = np.linspace(i0, i1 - 1, max(SMALLEST, PAIRS // (j1 - j0))).astype(np.int64)
        a, b = _chain(src, tgt, rows, j0, j1)
        found.append((a, b))
        if not complete and len(a):
            corners_a = np.concatenate([[i0 - 1], a, [i1]])
            corners_b = np.concatenate([[j0 - 1], b, [j1]])
            inner = zip(
                corners_a[:-1] + 1, corners_a[1:], corners_b[:-1] + 1, corners_b[1:], strict=True
            )
            todo.extend((int(p), int(q), int(r), int(s)) for p, q, r, s in inner)
    src_at = np.concatenate([a for a, _ in found] or [np.empty(0, np.int64)])
    tgt_at = np.concatenate([b for _, b in found] or [np.empty(0, np.int64)])
    order = np.argsort(src_at)
    return Chain(src_at[order], tgt_at[order])


def _chain(src: Sketches, tgt: Sketches, rows: Ints, j0: int, j1: int) -> tuple[Ints, Ints]:
    """Find the heaviest increasing chain of mutual nearest neighbours in a rectangle."""
    blocks = [rows[start : start + ROWS] for start in range(0, len(rows), ROWS)]
    best = _Best.empty(len(rows), j1 - j0)
    for start in range(j0, j1, COLUMNS):
        stop = min(start + COLUMNS, j1)
        target = _unit(tgt[start:stop]).T
        # Side by side, but taken up in order: the same result on any machine.
        for at, found in enumerate(_side_by_side(partial(_compare, src, target), blocks)):
            best.take(found, at * ROWS, start - j0)
    margin = best.first - best.second
    mutual = best.back[best.nearest] == np.arange(len(rows))
    picked = np.nonzero(mutual & (margin > MARGIN) & (best.first > LEAST))[0]
    nearest = best.nearest[picked]
    chain = _heaviest_chain(nearest, margin[picked].astype(np.float64), j1 - j0)
    return rows[picked[chain]], nearest[chain] + j0


@dataclass(frozen=True, slots=True)
class _Best:
    """The nearest of each row and of each column, and how near.

    Args:
        nearest: int64 (r,), the column nearest to each row.
        first: float32 (r,), its similarity.
        second: float32 (r,), that of the second nearest.
        back: int64 (c,), the row nearest to each column.
        back_first: float32 (c,), its similarity.
    """

    nearest: Ints
    first: Floats
    second: Floats
    back: Ints
    back_first: Floats

    @classmethod
    def empty(cls, rows: int, columns: int) -> "_Best":
        least = np.full(rows, -1.0, np.float32)
        return cls(
            np.zeros(rows, np.int64),
            least,
            least.copy(),
            np.full(columns, -1, np.int64),
            np.full(columns, -1.0, np.float32),
        )

    def take(self, found: "_Best", row: int, column: int) -> None:
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


def _compare(src: Sketches, target: Floats, rows: Ints) -> _Best:
    """Find the nearest among some rows of `src` and all columns of `target`, (d, c)."""
    block = _unit(src[rows]) @ target
    here = np.arange(len(block))
    back = block.argmax(axis=0)
    back_first = block[back, np.arange(block.shape[1])]
    nearest = block.argmax(axis=1)
    first = block[here, nearest]
    block[here, nearest] = -1.0
    return _Best(nearest, first, block.max(axis=1), back, back_first)


def _unit(sketches: Sketches) -> Floats:
    """Scale rows to unit length: float32; zeros stay zeros."""
    rows: Floats = sketches.astype(np.float32)
    length = np.sqrt(np.einsum("ij,ij->i", rows, rows))
    rows /= np.maximum(length, np.float32(1e-9))[:, None]
    return rows


def _side_by_side(work: Callable[[Ints], _Best], parts: Sequence[Ints]) -> Iterable[_Best]:
    """Work on all processors, if there is more than one part."""
    if len(parts) == 1:
        return map(work, parts)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(work, parts))


@kernel
def _heaviest_chain(column: Ints, weight: NDArray[np.float64], columns: int) -> Ints:
    """Positions of the strictly increasing subsequence of `column` with the largest weight."""
    size = column.shape[0]
    total = np.zeros(size)
    previous = np.full(size, -1)
    best_sum = np.zeros(columns + 1)
    best_at = np.full(columns + 1, -1)
    for q in range(size):
        at = -1
        value = 0.0
        k = column[q]  # the tree is 1-based: a prefix query up to `column - 1`
        while k > 0:
            if best_sum[k] > value:
                value, at = best_sum[k], best_at[k]
            k -= k & -k
        total[q] = value + weight[q]
        previous[q] = at
        k = column[q] + 1
        while k <= columns:
            if total[q] > best_sum[k]:
                best_sum[k], best_at[k] = total[q], q
            k += k & -k
    length = 0
    last = int(np.argmax(total)) if size > 0 else -1
    q = last
    while q >= 0:
        length += 1
        q = int(previous[q])
    kept = np.empty(length, np.int64)
    q = last
    while q >= 0:
        length -= 1
        kept[length] = q
        q = int(previous[q])
    return kept
