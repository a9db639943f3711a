"""Sums and maxima over all paths of a lattice: the semi-Markov chain's inference.

Forward-backward gives each bead's posterior probability, Viterbi the best path (Sarawagi &
Cohen 2004, "Semi-Markov conditional random fields"). A bead's kind may make the next bead's
kind likelier: what is left out is often left out in runs. So each node keeps one sum for each
kind of bead that can end there, and both visit each edge once a pass.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from aligner.engine.kernel import kernel
from aligner.engine.search.lattice import BEAD_KINDS, Lattice
from aligner.engine.sides import Ints

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
    total, edges, expected = _forward_backward(
        lattice.tail, lattice.head, lattice.kind, potentials, transitions, lattice.nodes
    )
    return Sums(float(total), edges, expected)


def best_path(lattice: Lattice, potentials: Doubles, transitions: Doubles = INDIFFERENT) -> Ints:
    """Find the edges of the path with the largest sum of potentials, in order: int64 (p,)."""
    path: Ints = _viterbi(
        lattice.tail, lattice.head, lattice.kind, potentials, transitions, lattice.nodes
    )
    return path


@kernel
def _log_add(x, y):  # type: ignore[no-untyped-def]
    """log(exp(x) + exp(y)), safe at -inf."""
    if x < y:
        x, y = y, x
    return x if y == -np.inf else x + np.log1p(np.exp(y - x))


@kernel
def _forward_backward(tail, head, kind, potentials, transitions, nodes):  # type: ignore[no-untyped-def]
    """Sum over the paths to each node, by the last edge's kind, and on from it, by the next's.

    `reached[u, s]` are the paths to u that end in kind s, `entered[u, k]` those to u on which
    kind k comes next; `leaving[u, k]` and `left[u, s]` are the same from u to the end.
    """
    edges, kinds = tail.shape[0], transitions.shape[0]
    reached = np.full((nodes, kinds), -np.inf)
    entered = np.full((nodes, kinds), -np.inf)
    leaving = np.full((nodes, kinds), -np.inf)
    left = np.full((nodes, kinds), -np.inf)
    entered[0] = 0.0
    node = 0
    for e in range(edges):
        if tail[e] != node:
            node = tail[e]
            for k in range(kinds):
                for s in range(kinds):
                    entered[node, k] = _log_add(
                        entered[node, k], reached[node, s] + transitions[s, k]
                    )
        k = kind[e]
        reached[head[e], k] = _log_add(reached[head[e], k], entered[node, k] + potentials[e])
    left[nodes - 1] = 0.0
    for e in range(edges - 1, -1, -1):
        node, k = tail[e], kind[e]
        leaving[node, k] = _log_add(leaving[node, k], potentials[e] + left[head[e], k])
        if e == 0 or tail[e - 1] != node:
            for s in range(kinds):
                for k in range(kinds):
                    left[node, s] = _log_add(left[node, s], transitions[s, k] + leaving[node, k])
    total = -np.inf
    for s in range(kinds):
        total = _log_add(total, reached[nodes - 1, s])
    probability = np.empty(edges)
    for e in range(edges):
        k = kind[e]
        probability[e] = np.exp(entered[tail[e], k] + potentials[e] + left[head[e], k] - total)
    expected = np.zeros((kinds, kinds))
    for node in range(1, nodes):
        for s in range(kinds):
            for k in range(kinds):
                expected[s, k] += np.exp(
                    reached[node, s] + transitions[s, k] + leaving[node, k] - total
                )
    return total, probability, expected


@kernel
def _viterbi(tail, head, kind, potentials, transitions, nodes):  # type: ignore[no-untyped-def]
    edges, kinds = tail.shape[0], transitions.shape[0]
    best = np.full((nodes, kinds), -np.inf)  # of the paths to a node that end in a kind
    through = np.full((nodes, kinds), -1)
    entered = np.zeros((nodes, kinds))
    before = np.full((nodes, kinds), -1)  # the kind of the edge before, if this kind comes next
    node = 0
    for e in range(edges):
        if tail[e] != node:
            node = tail[e]
            for k in range(kinds):
                entered[node, k] = -np.inf
                for s in range(kinds):
                    value = best[node, s] + transitions[s, k]
                    if value > entered[node, k]:
                        entered[node, k], before[node, k] = value, s
        k = kind[e]
        value = entered[node, k] + potentials[e]
        if value > best[head[e], k]:
            best[head[e], k], through[head[e], k] = value, e
    last = int(np.argmax(best[nodes - 1]))
    length = 0
    node, k = nodes - 1, last
    while node > 0:
        length += 1
        node = tail[through[node, k]]
        k = before[node, k]
    path = np.empty(length, np.int64)
    node, k = nodes - 1, last
    while node > 0:
        length -= 1
        path[length] = through[node, k]
        node = tail[through[node, k]]
        k = before[node, k]
    return path
