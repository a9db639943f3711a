"""Sums and maxima over all paths of a lattice: the semi-Markov chain's inference.

Forward-backward gives each bead's posterior probability, Viterbi the best path (Sarawagi &
Cohen 2004, "Semi-Markov conditional random fields"). A bead's kind may make the next bead's
kind likelier: what is left out is often left out in runs. So each node keeps one sum for each
kind of bead that can end there, and both visit each edge once a pass.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from aligner.engine.search.lattice import BEAD_KINDS, Lattice
from aligner.engine.sides import Ints
from aligner.native import loops

Doubles = NDArray[np.float64]
# Transitions that prefer nothing.
INDIFFERENT: Doubles = np.zeros((len(BEAD_KINDS), len(BEAD_KINDS)))


class Sums(NamedTuple):
    """What the sum over all paths says.

    Args:
        total: its log; -inf where there is no path, and the rest then means nothing.
        edges: float64 (e,), each edge's posterior probability.
        transitions: float64 (kinds, kinds), how often a kind follows another, expected.
    """

    total: float
    edges: Doubles
    transitions: Doubles


def posteriors(lattice: Lattice, potentials: Doubles, transitions: Doubles = INDIFFERENT) -> Sums:
    """Compute each edge's posterior.

    Args:
        lattice: the possible beads.
        potentials: float64 (e,), log-potential of each edge.
        transitions: float64 (kinds, kinds), log-potential of a kind (column) after another.
    """
    sums = [np.full((lattice.nodes, len(transitions)), -np.inf) for _ in range(4)]
    edges, expected = np.empty(len(lattice)), np.zeros_like(transitions)
    total = loops.forward_backward(
        lattice.tail, lattice.head, lattice.kind, potentials, transitions, *sums, edges, expected
    )
    return Sums(total, edges, expected)


def best_path(lattice: Lattice, potentials: Doubles, transitions: Doubles = INDIFFERENT) -> Ints:
    """Find the edges of the path with the largest sum of potentials, in order: int64 (p,)."""
    shape = lattice.nodes, len(transitions)
    best, through = np.full(shape, -np.inf), np.full(shape, -1)
    entered, before = np.zeros(shape), np.full(shape, -1)
    path: Ints = np.empty(lattice.nodes, np.int64)
    length = loops.viterbi(
        lattice.tail, lattice.head, lattice.kind, potentials, transitions,
        best, through, entered, before, path,
    )  # fmt: skip
    return path[:length][::-1].copy()
