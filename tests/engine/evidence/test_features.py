"""The columns of the evidence, each against its definition, edge by edge."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.engine.evidence.boundaries import BOUNDARIES, boundary_features
from aligner.engine.evidence.coverage import COVERAGE, coverage_features
from aligner.engine.evidence.features import COSINES, FEATURES, edge_features
from aligner.engine.evidence.surface_features import SURFACE, surface_features
from tests.engine.cases import (
    SEEDS,
    cosine_of,
    edges_of,
    lattice_of,
    random_band,
    random_evidence,
)

SIZES = st.integers(1, 6)


def either(value, otherwise):
    return otherwise if value is None else value


def gain(longer, cosine, otherwise):
    return otherwise if longer is None or cosine is None else longer - cosine


def of_bead(at, i, a, j, b):
    """The columns of cosines of a bead with both sides."""
    cosine = at(i, j, a, b)
    row = {
        "cosine": cosine,
        # The whole of one side with the one segment beside the other side.
        "neighbour_tgt_before": either(at(i, j - 1, a, 1), 0.15),
        "neighbour_tgt_after": either(at(i, j + b, a, 1), 0.15),
        "neighbour_src_before": either(at(i - 1, j, 1, b), 0.15),
        "neighbour_src_after": either(at(i + a, j, 1, b), 0.15),
        # What the bead gains with one segment more, or with one less.
        "longer_tgt_after": gain(at(i, j, a, b + 1), cosine, -0.1),
        "longer_tgt_before": gain(at(i, j - 1, a, b + 1), cosine, -0.1),
        "longer_src_after": gain(at(i, j, a + 1, b), cosine, -0.1),
        "longer_src_before": gain(at(i - 1, j, a + 1, b), cosine, -0.1),
        "shorter_tgt_end": gain(at(i, j, a, b - 1), cosine, -0.3),
        "shorter_tgt_begin": gain(at(i, j + 1, a, b - 1), cosine, -0.3),
        "shorter_src_end": gain(at(i, j, a - 1, b), cosine, -0.3),
        "shorter_src_begin": gain(at(i + 1, j, a - 1, b), cosine, -0.3),
    }
    # A gain of 0.03 is nearly as good as any larger one.
    row |= {f"{name}_sign": math.tanh(row[name] / 0.03) for name in COSINES[5:]}

    def held(own, beyond):
        return 0.0 if own is None else own - either(beyond, 0.15)

    # An outer segment with the bead's other side, against it with the segment beyond that.
    last_src, last_tgt = i + a - 1, j + b - 1
    return row | {
        "first_tgt_held": held(at(i, j, a, 1), at(i - 1, j, 1, 1)),
        "last_tgt_held": held(at(i, last_tgt, a, 1), at(i + a, last_tgt, 1, 1)),
        "first_src_held": held(at(i, j, 1, b), at(i, j - 1, 1, 1)),
        "last_src_held": held(at(last_src, j, 1, b), at(last_src, j + b, 1, 1)),
    }


def of_null(at, i, a, j, n, m):
    """Those of a segment left alone, which lies between the beads before and after it."""
    if a:
        anywhere = [at(i, column, 1, 1) for column in range(m)]
        before, after = at(i, j - 1, 1, 1), at(i, j, 1, 1)
        joined, taken = (2, 1), (i + 1, j)
    else:
        anywhere = [at(row, j, 1, 1) for row in range(n)]
        before, after = at(i - 1, j, 1, 1), at(i, j, 1, 1)
        joined, taken = (1, 2), (i, j + 1)
    near = [either(before, 0.15), either(after, 0.15)]
    gains = [
        gain(at(i - 1, j - 1, *joined), at(i - 1, j - 1, 1, 1), -0.1),
        gain(at(i, j, *joined), at(*taken, 1, 1), -0.1),
    ]
    return {
        "cosine": max((x for x in anywhere if x is not None), default=-1.0),
        "neighbour_tgt_before": max(near),
        "neighbour_tgt_after": min(near),
        "neighbour_src_before": max(gains),
        "neighbour_src_after": min(gains),
        "longer_tgt_after": max(near[0] + gains[0], near[1] + gains[1]),
    }


def of_lengths(src, tgt, i, a, j, b):
    """Gale & Church: the variance of a length is 6.8 a character."""
    scale = src.sum() / tgt.sum()
    x, y = src[i : i + a].sum(), tgt[j : j + b].sum() * scale
    if not a or not b:
        return {"length": math.log(1 + x + y)}
    deviation = abs(x - y) / math.sqrt(6.8 * (x + y) / 2 + 1)
    return {
        "length_ratio": math.log((x + 3) / (y + 3)),
        "length_deviation": min(deviation, 6.0),
        "length": math.log(1 + min(x, y)),
    }


def case(seed, n, m, span):
    rng = np.random.default_rng(seed)
    band = random_band(n, m, rng)
    return random_evidence(rng, n, m, span, band), band, lattice_of(band, span, rng)


@given(SEEDS, SIZES, SIZES, st.integers(1, 4))
@settings(max_examples=80, deadline=None)
def test_cosines_and_lengths_equal_their_definition(seed, n, m, span):
    evidence, band, lattice = case(seed, n, m, span)
    lengths = evidence.src_surface.lengths, evidence.tgt_surface.lengths

    def at(i, j, a, b):
        return cosine_of(evidence, band, i, j, a, b)

    own = FEATURES[: FEATURES.index(SURFACE[0])]
    found = edge_features(evidence, lattice)
    assert found.dtype == np.float32
    assert found.shape == (len(lattice), len(FEATURES))
    for (i, a, j, b), row in zip(edges_of(lattice), found, strict=True):
        row_of = of_bead(at, i, a, j, b) if a and b else of_null(at, i, a, j, n, m)
        row_of |= of_lengths(*lengths, i, a, j, b)
        expected = [row_of.get(name, 0.0) for name in own]
        # The sign of a gain near 0 is 30 times as sensitive to its last digit.
        assert row[: len(own)].tolist() == pytest.approx(expected, abs=2e-5)


@given(SEEDS, SIZES, SIZES)
@settings(max_examples=10, deadline=None)
def test_the_other_columns_stand_under_their_names(seed, n, m):
    evidence, _, lattice = case(seed, n, m, 3)
    found = edge_features(evidence, lattice)
    surfaces = evidence.src_surface, evidence.tgt_surface
    for names, columns in (
        (SURFACE, surface_features(*surfaces, lattice)),
        (BOUNDARIES, boundary_features(*surfaces, lattice)),
        (COVERAGE, coverage_features(evidence.src.tokens, evidence.tgt.tokens, lattice)),
    ):
        start = FEATURES.index(names[0])
        assert FEATURES[start : start + len(names)] == names
        assert np.array_equal(found[:, start : start + len(names)], columns)
    assert len(set(FEATURES)) == len(FEATURES)
