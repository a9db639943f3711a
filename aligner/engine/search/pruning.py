"""From a band to the beads that are still possible: the cut that leaves the lattice small.

The whole band has dozens of edges a node; a plain score (`candidates.plain_score`) leaves those
whose best complete path comes close to the best path of all (pruning by max-marginals).
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from aligner.engine.kernel import kernel
from aligner.engine.search.band import Band
from aligner.engine.search.lattice import BEAD_TYPES, LAST_RESORT, Lattice
from aligner.engine.sides import Floats, Ints

NEAR = 1.6  # plain score by which a bead's best path may fall short of the best path of all
MOST = (
    300  # edges for each segment; where all is alike, as in texts that do not match, NEAR shrinks
)
STEPS = 64  # of equal size, by which it does
# A long run of nulls costs the opening of a gap, and of each null's own cost all but what is saved.
GAP_OPEN = 0.6
GAP_SAVED = 0.098
# Where a path stands: not in a long gap, or in one of nulls of the target or of the source.
MAIN, GAP_TGT, GAP_SRC = range(3)


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
    graph = _Graph(band.low, band.high, offsets, scores, types, allowed, opening)
    forward, backward = _best_paths(graph)
    best = forward[-1, MAIN]
    if best == -np.inf:
        raise ValueError("no path leads through the band")
    held = _held(band, anchors)
    most = MOST * (len(band.low) + int(band.high[-1]))
    edges = _near_edges(graph, forward, backward, held, near, most)
    row, column, kind, tail, head = edges
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
    """The nodes of a band and the scores of the beads from them, for the kernels."""

    low: Ints
    high: Ints
    offsets: Ints
    scores: Floats
    types: Ints
    allowed: NDArray[np.bool_]
    opening: float


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


@kernel
def _best_paths(graph):  # type: ignore[no-untyped-def]
    """Viterbi from both ends: float64 (nodes, 3) each, to and from MAIN, and in a long gap.

    In a long gap of a side the best path so far, or from there, goes on with a null of that side
    that costs next to nothing.
    """
    low, high, offsets, scores, types, allowed, opening = graph
    rows = low.shape[0]
    nodes = offsets[rows]
    forward = np.full((nodes, 3), -np.inf)
    backward = np.full((nodes, 3), -np.inf)
    forward[0, MAIN] = 0.0
    for i in range(rows):
        for j in range(low[i], high[i] + 1):
            node = offsets[i] + j - low[i]
            here = max(forward[node, MAIN], forward[node, GAP_TGT], forward[node, GAP_SRC])
            forward[node, MAIN] = here
            if here == -np.inf:
                continue
            for k in range(types.shape[0]):
                i2, j2 = i + types[k, 0], j + types[k, 1]
                if not allowed[k] or i2 >= rows or j2 < low[i2] or j2 > high[i2]:
                    continue
                other = offsets[i2] + j2 - low[i2]
                score = scores[node, k]
                forward[other, MAIN] = max(forward[other, MAIN], here + score)
                if k < 2:
                    value = max(here - opening, forward[node, k + 1]) + score + GAP_SAVED
                    forward[other, k + 1] = max(forward[other, k + 1], value)
    backward[nodes - 1] = 0.0
    for i in range(rows - 1, -1, -1):
        for j in range(high[i], low[i] - 1, -1):
            node = offsets[i] + j - low[i]
            best = backward[node, MAIN]
            in_tgt = in_src = -np.inf
            for k in range(types.shape[0]):
                i2, j2 = i + types[k, 0], j + types[k, 1]
                if not allowed[k] or i2 >= rows or j2 < low[i2] or j2 > high[i2]:
                    continue
                other = offsets[i2] + j2 - low[i2]
                score = scores[node, k]
                best = max(best, score + backward[other, MAIN])
                if k == 0:
                    in_tgt = score + GAP_SAVED + backward[other, GAP_TGT]
                elif k == 1:
                    in_src = score + GAP_SAVED + backward[other, GAP_SRC]
            best = max(best, in_tgt - opening, in_src - opening)
            backward[node, MAIN] = best
            backward[node, GAP_TGT] = max(best, in_tgt)
            backward[node, GAP_SRC] = max(best, in_src)
    return forward, backward


@kernel
def _short(graph, forward, backward, node, other, k):  # type: ignore[no-untyped-def]
    """How far the best path over a bead falls short of the best of all."""
    score, opening = graph.scores[node, k], graph.opening
    best = forward[node, MAIN] + score + backward[other, MAIN]
    if k < 2:
        before = max(forward[node, MAIN] - opening, forward[node, k + 1])
        best = max(best, before + score + GAP_SAVED + backward[other, k + 1])
    return forward[-1, MAIN] - best


@kernel
def _near_edges(graph, forward, backward, held, near, most):  # type: ignore[no-untyped-def]
    """List the edges whose best complete path falls short by `near` at most: int64 (5, e).

    Row, column, type, both nodes. Where they are more than `most`, those of the longest run of
    STEPS from the best on that holds no more; the first step is kept whatever it holds, and so
    is what is held.
    """
    low, high, offsets, scores, types, allowed, _ = graph
    rows = low.shape[0]
    counts = np.zeros(STEPS, np.int64)
    result = np.empty((5, 0), np.int64)
    steps = found = 0
    for fill in range(2):
        if fill == 1:
            total = counts[0]
            steps = 1
            while steps < STEPS and total + counts[steps] <= most:
                total += counts[steps]
                steps += 1
            result = np.empty((5, total), np.int64)
        for i in range(rows):
            for j in range(low[i], high[i] + 1):
                node = offsets[i] + j - low[i]
                if forward[node, MAIN] == -np.inf:
                    continue
                for k in range(types.shape[0]):
                    i2, j2 = i + types[k, 0], j + types[k, 1]
                    if not allowed[k] or i2 >= rows or j2 < low[i2] or j2 > high[i2]:
                        continue
                    other = offsets[i2] + j2 - low[i2]
                    if scores[node, k] == -np.inf:
                        continue
                    if k < 3 and held[node, k] and scores[node, k] > LAST_RESORT:
                        step = 0
                    else:
                        short = _short(graph, forward, backward, node, other, k)
                        if not short <= near:
                            continue
                        step = min(max(int(short / near * STEPS), 0), STEPS - 1)
                    if fill == 0:
                        counts[step] += 1
                    elif step < steps:
                        result[0, found] = i
                        result[1, found] = j
                        result[2, found] = k
                        result[3, found] = node
                        result[4, found] = other
                        found += 1
    return result


@kernel
def _trace(graph, forward):  # type: ignore[no-untyped-def]
    """Follow the best path back: the nodes and the types of its beads, int64 (p,) each."""
    low, high, offsets, scores, types, allowed, opening = graph
    rows = low.shape[0]
    nodes = np.empty(rows + high[rows - 1], np.int64)
    kinds = np.empty(rows + high[rows - 1], np.int64)
    length = 0
    i, j, state = rows - 1, high[rows - 1], MAIN
    while i > 0 or j > 0:
        here = offsets[i] + j - low[i]
        if state == MAIN:
            for gap in (GAP_TGT, GAP_SRC):
                if forward[here, gap] == forward[here, MAIN]:
                    state = gap
        best, kind, before, opened = -np.inf, -1, -1, False
        for k in range(types.shape[0]):
            i0, j0 = i - types[k, 0], j - types[k, 1]
            if not allowed[k] or i0 < 0 or j0 < low[i0] or j0 > high[i0]:
                continue
            if state != MAIN and k != state - 1:
                continue
            node = offsets[i0] + j0 - low[i0]
            value = forward[node, MAIN] + scores[node, k]
            opens = False
            if state != MAIN:
                opens = forward[node, MAIN] - opening >= forward[node, k + 1]
                value = max(forward[node, MAIN] - opening, forward[node, k + 1])
                value += scores[node, k] + GAP_SAVED
            if value > best:
                best, kind, before, opened = value, k, node, opens
        nodes[length], kinds[length] = before, kind
        length += 1
        i, j = i - types[kind, 0], j - types[kind, 1]
        if opened:
            state = MAIN
    return nodes[:length][::-1].copy(), kinds[:length][::-1].copy()
