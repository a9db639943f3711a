"""Sums and maxima over all paths of a lattice: the semi-Markov chain's inference.

Forward-backward gives each bead's posterior probability, Viterbi the best path (Sarawagi &
Cohen 2004, "Semi-Markov conditional random fields"). Both visit each edge once a pass.
"""

import numpy as np
from numpy.typing import NDArray

from aligner.engine.kernel import kernel
from aligner.engine.lattice import Lattice
from aligner.engine.side import Ints

Doubles = NDArray[np.float64]


def posteriors(lattice: Lattice, potentials: Doubles) -> tuple[float, Doubles]:
    """Compute each edge's posterior.

    Args:
        lattice: the possible beads.
        potentials: float64 (e,), log-potential of each edge.

    Returns:
        The log of the sum over all paths, and float64 (e,) probabilities.
    """
    total, probability = _forward_backward(lattice.tail, lattice.head, potentials, lattice.nodes)
    return float(total), probability


def best_path(lattice: Lattice, potentials: Doubles) -> Ints:
    """Find the edges of the path with the largest sum of potentials, in order: int64 (p,)."""
    path: Ints = _viterbi(lattice.tail, lattice.head, potentials, lattice.nodes)
    return path


@kernel
def _log_add(x, y):  # type: ignore[no-untyped-def]
    """log(exp(x) + exp(y)), safe at -inf."""
    if x < y:
        x, y = y, x
    return x if y == -np.inf else x + np.log1p(np.exp(y - x))


@kernel
def _forward_backward(tail, head, potentials, nodes):  # type: ignore[no-untyped-def]
    edges = tail.shape[0]
    forward = np.full(nodes, -np.inf)
    backward = np.full(nodes, -np.inf)
    forward[0] = 0.0
    backward[nodes - 1] = 0.0
    for e in range(edges):
        forward[head[e]] = _log_add(forward[head[e]], forward[tail[e]] + potentials[e])
    for e in range(edges - 1, -1, -1):
        backward[tail[e]] = _log_add(backward[tail[e]], backward[head[e]] + potentials[e])
    total = forward[nodes - 1]
    result = np.empty(edges)
    for e in range(edges):
        result[e] = np.exp(forward[tail[e]] + potentials[e] + backward[head[e]] - total)
    return total, result


@kernel
def _viterbi(tail, head, potentials, nodes):  # type: ignore[no-untyped-def]
    best = np.full(nodes, -np.inf)
    through = np.full(nodes, -1)
    best[0] = 0.0
    for e in range(tail.shape[0]):
        value = best[tail[e]] + potentials[e]
        if value > best[head[e]]:
            best[head[e]], through[head[e]] = value, e
    length = 0
    node = nodes - 1
    while node > 0:
        length += 1
        node = tail[through[node]]
    path = np.empty(length, np.int64)
    node = nodes - 1
    while node > 0:
        length -= 1
        path[length] = through[node]
        node = tail[through[node]]
    return path
