"""From a band to the beads that are still possible: the cut that leaves the lattice small.

The whole band has dozens of edges a node; a plain score (`candidates.plain_score`) leaves those
whose best complete path comes close to the best path of all (pruning by max-marginals).
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from aligner.engine.search.band import Band
from aligner.engine.search.lattice import BEAD_TYPES, LAST_RESORT, Lattice
from aligner.engine.sides import Floats, Ints
from aligner.native import loops

Doubles = NDArray[np.float64]

NEAR = 1.6  # plain score by which a bead's best path may fall short of the best path of all
MOST = (
    300  # edges for each segment; where all is alike, as in texts that do not match, NEAR shrinks
)
STEPS = 64  # of equal size, by which it does
# A long run of nulls costs the opening of a gap, and of each null's own cost all but what is saved.
GAP_OPEN = 0.6
GAP_SAVED = 0.098
# Where a path stands: not in a long gap, or in one of nulls of the target or of the source.
STATES = MAIN, GAP_TGT, GAP_SRC = range(3)


class Pruned(NamedTuple):
    """What pruning leaves.

    Args:
        lattice: the beads.
        first_path: int64 (p,), edges of the best path by the plain score, in order.
        score: of that path.
    """

    lattice: Lattice
    first_path: Ints
    score: float


def prune(
    band: Band,
    scores: Floats,
    max_span: int,
    near: float = NEAR,
    anchors: tuple[Ints, Ints] | None = None,
) -> Pruned:
    """Keep the edges that lie on a path nearly as good as the best.

    A run of nulls of one side costs what its nulls do or, where that is less, the opening of a
    gap and next to nothing for each: what one text lacks may be long (two-piece affine gap
    costs, as in minimap2: Li 2018, bioinformatics 34, section 2.2).

    Args:
        band: the windows.
        scores: float32 (nodes, types), the plain score of each bead from each node; -inf
            where it leaves the texts.
        max_span: the longest span allowed.
        near: how far a path may fall short, where that leaves no more edges than MOST.
        anchors: int64 (k,) each, rising: segments whose 1-1 beads stay whatever they score (but a
            last resort), and so do the nulls between them. None where they are too rare to say
            where the texts are together: then no run of nulls costs less than its nulls do.

    Raises:
        ValueError: the scores leave no path.
    """
    types = np.array(BEAD_TYPES)
    allowed = types.max(axis=1) <= max_span
    offsets = band.offsets
    opening = np.inf if anchors is None else GAP_OPEN
    graph = _Graph(band.low, band.high, offsets, scores, types, allowed, opening, GAP_SAVED)
    forward, backward = (np.full((int(offsets[-1]), len(STATES)), -np.inf) for _ in range(2))
    loops.best_paths(*graph, forward, backward)
    best = forward[-1, MAIN]
    if best == -np.inf:
        raise ValueError("no path leads through the band")
    held = _held(band, anchors)
    most = MOST * (len(band.low) + int(band.high[-1]))
    row, column, kind, tail, head = _near_edges(graph, (forward, backward), held, near, most)
    plain = scores[tail, kind].astype(np.float64)
    used, ends = np.unique(np.concatenate([tail, head]), return_inverse=True)
    lattice = Lattice(
        ends[: len(tail)], ends[len(tail) :], kind, row, column,
        types[kind, 0], types[kind, 1], plain, len(used),
    )  # fmt: skip
    nodes, kinds = _trace(graph, forward)
    keys = tail * len(types) + kind
    return Pruned(lattice, np.searchsorted(keys, nodes * len(types) + kinds), float(best))


class _Graph(NamedTuple):
    """The nodes of a band and the scores of the beads from them, as the loops take them."""

    low: Ints
    high: Ints
    offsets: Ints
    scores: Floats
    types: Ints
    allowed: NDArray[np.bool_]
    opening: float
    saved: float


def _held(band: Band, anchors: tuple[Ints, Ints] | None) -> NDArray[np.bool_]:
    """Mark the beads that stay whatever they score: bool (nodes, 3), null tgt, null src, 1-1."""
    held = np.zeros((int(band.offsets[-1]), 3), np.bool_)
    if anchors is None:
        return held
    rows, last = len(band.low) - 1, int(band.high[-1])
    i = j = 0
    for a, b in [*zip(*(each.tolist() for each in anchors), strict=True), (rows, last)]:
        for row in range(i, a):
            if band.low[row] <= j <= band.high[row]:
                held[band.offsets[row] + j - band.low[row], 1] = True
        for column in range(j, b):
            if band.low[a] <= column <= band.high[a]:
                held[band.offsets[a] + column - band.low[a], 0] = True
        if a < rows and b < last and band.low[a] <= b <= band.high[a]:
            held[band.offsets[a] + b - band.low[a], 2] = True
        i, j = a + 1, b + 1
    return held


def _near_edges(
    graph: _Graph, paths: tuple[Doubles, Doubles], held: NDArray[np.bool_], near: float, most: int
) -> Ints:
    """List the edges whose best complete path falls short by `near` at most: int64 (5, e).

    Row, column, type, both nodes. Where they are more than `most`, those of the longest run of
    STEPS from the best on that holds no more; the first step is kept whatever it holds, and so
    is what is held.
    """
    near_edges = *graph, *paths, held, near, LAST_RESORT
    counts = np.zeros(STEPS, np.int64)
    loops.count_near_edges(*near_edges, counts)
    totals = np.cumsum(counts)
    steps = max(int(np.searchsorted(totals, most, side="right")), 1)
    edges: Ints = np.empty((5, totals[steps - 1]), np.int64)
    loops.list_near_edges(*near_edges, STEPS, steps, edges)
    return edges


def _trace(graph: _Graph, forward: Doubles) -> tuple[Ints, Ints]:
    """Follow the best path back: the nodes and the types of its beads, int64 (p,) each."""
    most = len(graph.low) + int(graph.high[-1])
    nodes, kinds = np.empty(most, np.int64), np.empty(most, np.int64)
    length = loops.trace(*graph, forward, nodes, kinds)
    return nodes[:length][::-1].copy(), kinds[:length][::-1].copy()
