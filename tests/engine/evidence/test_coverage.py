"""What the kernels say of coverage, against the definition on all pairs of tokens."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.engine.evidence.coverage import COVERAGE, COVERAGE_KINDS, coverage_features
from tests.engine.cases import SEEDS, edges_of, random_lattice, random_tokens


def best(own, segment, other, segments):
    """The highest similarity of each token of a segment to one of others; none is below 0."""
    mine = own.vectors[own.starts[segment] : own.starts[segment + 1]]
    theirs = [other.vectors[other.starts[s] : other.starts[s + 1]] for s in segments]
    if not sum(map(len, theirs)):
        return np.zeros(len(mine))
    return (mine @ np.concatenate(theirs).T).max(axis=1, initial=0.0)


def weights_of(own, segment):
    return own.weights[own.starts[segment] : own.starts[segment + 1]].astype(float)


def of_bead(own, other, start, size, at, length):
    """One side's columns of a bead, in the order of COVERAGE_KINDS."""
    count = len(other.starts) - 1
    inside = range(at, at + length)
    outside = [s for s in range(at - 2, at + length + 2) if 0 <= s < count and s not in inside]
    total = covered = lost = won = losing = uncovered = 0.0
    shares, drawn = [1.0], []
    for segment in range(start, start + size):
        weights = weights_of(own, segment)
        within, beyond = (best(own, segment, other, each) for each in (inside, outside))
        total += weights.sum()
        covered += weights @ within
        lost += weights @ np.maximum(beyond - within, 0)
        won += weights @ np.maximum(within - beyond, 0)
        losing += weights[beyond > within].sum()
        drawn.append(0.0)
        if weights.sum() > 0:
            shares.append(weights @ within / weights.sum())
            uncovered += max(0.4 - shares[-1], 0)
            drawn[-1] = weights @ np.maximum(beyond - within, 0) / weights.sum()
    total = max(total, 1e-6)
    return [
        *(covered / total, covered, lost / total, won / total, lost, min(shares)),
        *(drawn[0], drawn[-1], losing / total, won, uncovered),
    ]


def of_null(own, other, segment, at):
    """Those of a segment left alone at a place of the other text, and zeros."""
    count = len(other.starts) - 1
    weights = weights_of(own, segment)
    total = weights.sum() + 1e-6
    covered = weights @ best(own, segment, other, range(count))
    ones = max(weights @ best(own, segment, other, [s]) for s in range(count))
    beside = weights @ best(own, segment, other, range(max(at - 1, 0), min(at + 1, count)))
    row = [covered / total, covered, ones / total, beside / total, beside, total]
    return row + [0.0] * (len(COVERAGE_KINDS) - len(row))


@given(SEEDS, st.integers(1, 6), st.integers(1, 6))
@settings(max_examples=15, deadline=None)
def test_coverage_is_that_of_all_pairs_of_tokens(seed, n, m):
    rng = np.random.default_rng(seed)
    src, tgt = random_tokens(rng, n), random_tokens(rng, m)
    lattice = random_lattice(n, m, rng)
    nothing = [0.0] * len(COVERAGE_KINDS)
    for (i, a, j, b), row in zip(
        edges_of(lattice), coverage_features(src, tgt, lattice), strict=True
    ):
        if a and b:
            expected = of_bead(src, tgt, i, a, j, b) + of_bead(tgt, src, j, b, i, a)
        elif a:
            expected = of_null(src, tgt, i, j) + nothing
        else:
            expected = nothing + of_null(tgt, src, j, i)
        assert row.tolist() == pytest.approx(expected, abs=1e-4)


def test_without_tokens_nothing_is_said():
    rng = np.random.default_rng(0)
    lattice, tokens = random_lattice(2, 3, rng), random_tokens(rng, 2)
    for pair in ((None, tokens), (tokens, None)):
        found = coverage_features(*pair, lattice)
        assert found.shape == (len(lattice), len(COVERAGE))
        assert not found.any()
