"""Slow twins of the engine's fast paths, so plain that they are obviously right."""

import math
from itertools import pairwise, product

import numpy as np

from aligner.engine.search.lattice import BEAD_TYPES


def all_paths(n, m, allowed):
    """Every alignment of n and m segments, as lists of (i, a, j, b); `allowed(i, a, j, b)`."""

    def walk(i, j):
        if (i, j) == (n, m):
            yield []
            return
        for a, b in BEAD_TYPES:
            if i + a <= n and j + b <= m and allowed(i, a, j, b):
                for rest in walk(i + a, j + b):
                    yield [(i, a, j, b), *rest]

    return list(walk(0, 0))


def kind(bead):
    """0 for a bead with both sides, 1 for source segments alone, 2 for target segments alone."""
    _, a, _, b = bead
    return 1 if b == 0 else 2 if a == 0 else 0


def best_and_posteriors(paths, score, transitions):
    """The best path, each bead's probability, and expected transitions, from every path."""
    follows = [[(kind(x), kind(y)) for x, y in pairwise(path)] for path in paths]
    totals = [
        sum(score[bead] for bead in path) + sum(transitions[pair] for pair in pairs)
        for path, pairs in zip(paths, follows, strict=True)
    ]
    top = max(totals)
    weights = [math.exp(total - top) for total in totals]
    mass = sum(weights)
    probability = dict.fromkeys(score, 0.0)
    expected = np.zeros(transitions.shape)
    for path, pairs, weight in zip(paths, follows, weights, strict=True):
        for bead in path:
            probability[bead] += weight / mass
        for pair in pairs:
            expected[pair] += weight / mass
    return paths[totals.index(top)], probability, expected


def heaviest_chain(column, weight):
    """The largest weight of a strictly increasing subsequence, by trying every subset."""
    best = 0.0
    for chosen in product((False, True), repeat=len(column)):
        picked = [c for c, take in zip(column, chosen, strict=True) if take]
        if all(x < y for x, y in pairwise(picked)):
            best = max(best, sum(w for w, take in zip(weight, chosen, strict=True) if take))
    return best


def cosine_grid(src, tgt, low, high):
    """Cosines of all spans from each node of a band, one dot product at a time."""
    n, span, _ = src.shape
    m = len(tgt)
    cells = []
    for i in range(len(low)):
        for j in range(low[i], high[i] + 1):
            cell = np.full((span, span), np.nan)
            for a, b in product(range(span), repeat=2):
                if i + a + 1 <= n and j + b + 1 <= m:
                    cell[a, b] = src[i, a] @ tgt[j, b]
            cells.append(cell)
    return np.array(cells)
