"""The beads that are still possible: a graph of nodes and edges.

A node is a pair of positions, an edge a bead from one node to a later one.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aligner.engine.sides import Ints
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
