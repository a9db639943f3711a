"""The beads that are still possible: a graph of nodes and edges, and the cut that leaves it small.

A node is a pair of positions, an edge a bead from one node to a later one. The whole band
has dozens of edges a node; a plain score (`candidates.plain_score`) leaves those whose best
complete path comes close to the best path of all (pruning by max-marginals).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aligner.engine.kernel import kernel
from aligner.engine.search.band import Band
from aligner.engine.sides import Floats, Ints
from aligner.types import MAX_SPAN

# Bead types (source segments, target segments): one against many, and few against few.
BEAD_TYPES: tuple[tuple[int, int], ...] = (
    (0, 1),
    (1, 0),
    *(
        (a, b)
        for a in range(1, MAX_SPAN + 1)
        for b in range(1, MAX_SPAN + 1)
        if min(a, b) == 1 or (a + b <= MAX_SPAN and max(a, b) <= 5)
    ),
)
# Kinds of beads, as far as they tell what comes next.
BEAD_KINDS = ("both_sides", "src_alone", "tgt_alone")
NEAR = 1.6  # plain score by which a bead's best path may fall short of the best path of all
MOST = (
    300  # edges for each segment; where all is alike, as in texts that do not match, NEAR shrinks
)
STEPS = 64  # of equal size, by which it does
# The plain score of a bead to be taken only where there is no other way: below any sum of others,
# which are about 1 a bead, and exact in float32.
LAST_RESORT = np.float32(-(2.0**20))


@dataclass(frozen=True, slots=True)
class Lattice:
    """Possible beads, ordered by their first node, so that one pass visits them in order.

    Args:
        tail, head: int64 (e,), the nodes that edge e leaves and reaches; 0 is the start,
            `nodes - 1` the end.
        type: int64 (e,), index into BEAD_TYPES.
        i, j: int64 (e,), the first source and target segment.
        a, b: int64 (e,), how many segments of each side.
        plain: float64 (e,), the plain score by which the edge was kept.
        nodes: number of nodes.
    """

    tail: Ints
    head: Ints
    type: Ints
    i: Ints
    j: Ints
    a: Ints
    b: Ints
    plain: NDArray[np.float64]
    nodes: int

    def __len__(self) -> int:
        return len(self.tail)

    @property
    def null(self) -> NDArray[np.bool_]:
        """Which edges are null alignments: bool (e,)."""
        null: NDArray[np.bool_] = (self.a == 0) | (self.b == 0)
        return null

    @property
    def kind(self) -> Ints:
        """Each edge's index in BEAD_KINDS: int64 (e,)."""
        kind: Ints = np.where(self.b == 0, 1, np.where(self.a == 0, 2, 0))
        return kind


def prune(band: Band, scores: Floats, max_span: int, near: float = NEAR) -> Lattice:
    """Keep the edges that lie on a path nearly as good as the best.

    Args:
        band: the windows.
        scores: float32 (nodes, types), the plain score of each bead from each node; -inf
            where it leaves the texts.
        max_span: the longest span allowed.
        near: how far a path may fall short, where that leaves no more edges than MOST.

    Raises:
        ValueError: the scores leave no path.
    """
    types = np.array(BEAD_TYPES)
    allowed = types.max(axis=1) <= max_span
    offsets = band.offsets
    forward, backward = _best_paths(band.low, band.high, offsets, scores, types, allowed)
    if forward[-1] == -np.inf:
        raise ValueError("no path leads through the band")
    most = MOST * (len(band.low) + int(band.high[-1]))
    edges = _near_edges(
        band.low, band.high, offsets, scores, types, allowed, forward, backward, near, most
    )
    row, column, kind, tail, head = edges
    plain = scores[tail, kind].astype(np.float64)
    used, ends = np.unique(np.concatenate([tail, head]), return_inverse=True)
    return Lattice(
        ends[: len(tail)], ends[len(tail) :], kind, row, column,
        types[kind, 0], types[kind, 1], plain, len(used),
    )  # fmt: skip


@kernel
def _best_paths(low, high, offsets, scores, types, allowed):  # type: ignore[no-untyped-def]
    """Viterbi from both ends: best score from the start to each node, and on to the end."""
    rows = low.shape[0]
    nodes = offsets[rows]
    forward = np.full(nodes, -np.inf)
    backward = np.full(nodes, -np.inf)
    forward[0] = 0.0
    for i in range(rows):
        for j in range(low[i], high[i] + 1):
            node = offsets[i] + j - low[i]
            if forward[node] == -np.inf:
                continue
            for k in range(types.shape[0]):
                i2, j2 = i + types[k, 0], j + types[k, 1]
                if not allowed[k] or i2 >= rows or j2 < low[i2] or j2 > high[i2]:
                    continue
                other = offsets[i2] + j2 - low[i2]
                value = forward[node] + scores[node, k]
                forward[other] = max(forward[other], value)
    backward[nodes - 1] = 0.0
    for i in range(rows - 1, -1, -1):
        for j in range(high[i], low[i] - 1, -1):
            node = offsets[i] + j - low[i]
            for k in range(types.shape[0]):
                i2, j2 = i + types[k, 0], j + types[k, 1]
                if not allowed[k] or i2 >= rows or j2 < low[i2] or j2 > high[i2]:
                    continue
                other = offsets[i2] + j2 - low[i2]
                backward[node] = max(backward[node], backward[other] + scores[node, k])
    return forward, backward


@kernel
def _near_edges(low, high, offsets, scores, types, allowed, forward, backward, near, most):  # type: ignore[no-untyped-def]
    """List the edges whose best complete path falls short by `near` at most: int64 (5, e).

    Row, column, type, both nodes. Where they are more than `most`, those of the longest run of
    STEPS from the best on that holds no more; the first step is kept whatever it holds.
    """
    rows = low.shape[0]
    best = forward[-1]
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
                if best - forward[node] - backward[node] > near:
                    continue
                for k in range(types.shape[0]):
                    i2, j2 = i + types[k, 0], j + types[k, 1]
                    if not allowed[k] or i2 >= rows or j2 < low[i2] or j2 > high[i2]:
                        continue
                    other = offsets[i2] + j2 - low[i2]
                    short = best - forward[node] - scores[node, k] - backward[other]
                    if short > near:
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
