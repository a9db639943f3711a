"""What the kernels say of coverage, against the definition on all pairs of tokens."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.engine.evidence.coverage import COVERAGE_KINDS, coverage_features
from aligner.engine.sides import Tokens
from tests.engine.cases import SEEDS, random_lattice, random_vectors


def random_tokens(rng, segments):
    starts = np.concatenate([[0], np.cumsum(rng.integers(1, 5, segments))])
    weights = rng.random(starts[-1]).astype(np.float32)
    return Tokens(starts, random_vectors(rng, starts[-1], 8), weights)


def best(own, segment, other, start, stop):
    """The highest similarity of each token of a segment to one of others; none is below 0."""
    mine = own.vectors[own.starts[segment] : own.starts[segment + 1]]
    theirs = other.vectors[other.starts[start] : other.starts[stop]]
    if not len(theirs):
        return np.zeros(len(mine))
    return (mine @ theirs.T).max(axis=1, initial=0.0)


def weight(own, segment):
    return own.weights[own.starts[segment] : own.starts[segment + 1]]


@given(SEEDS, st.integers(1, 6), st.integers(1, 6))
@settings(max_examples=30, deadline=None)
def test_coverage_is_that_of_all_pairs_of_tokens(seed, n, m):
    rng = np.random.default_rng(seed)
    src, tgt = random_tokens(rng, n), random_tokens(rng, m)
    lattice = random_lattice(n, m, rng)
    features = coverage_features(src, tgt, lattice)
    half = len(COVERAGE_KINDS)
    edges = zip(lattice.i, lattice.a, lattice.j, lattice.b, features, strict=True)
    for i, a, j, b, row in edges:
        for own, other, start, size, at, length, found in (
            (src, tgt, i, a, j, b, row[:half]),
            (tgt, src, j, b, i, a, row[half:]),
        ):
            if size == 0:
                assert not found.any()
                continue
            segments = range(start, start + size)
            weights = np.concatenate([weight(own, s) for s in segments])
            if length:
                covered = np.concatenate([best(own, s, other, at, at + length) for s in segments])
            else:
                covered = best(own, start, other, 0, len(other.starts) - 1)
            assert found[0] == pytest.approx((weights @ covered) / weights.sum(), abs=1e-4)
            assert found[1] == pytest.approx(weights @ covered, abs=1e-4)
            if not length:
                count = len(other.starts) - 1
                one = [weights @ best(own, start, other, s, s + 1) for s in range(count)]
                beside = best(own, start, other, max(at - 1, 0), min(at + 1, count))
                assert found[2] == pytest.approx(max(one) / weights.sum(), abs=1e-4)
                assert found[4] == pytest.approx(weights @ beside, abs=1e-4)
                assert found[5] == pytest.approx(weights.sum(), abs=1e-4)
