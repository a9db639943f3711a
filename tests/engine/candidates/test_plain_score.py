"""The plain score of every bead, against its definition."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.engine.candidates.plain_score import plain_scores
from aligner.engine.search.lattice import BEAD_TYPES, LAST_RESORT
from tests.engine.cases import SEEDS, cosine_of, random_band, random_evidence


def expected(evidence, band, i, j, a, b):
    src, tgt = evidence.src_surface.lengths, evidence.tgt_surface.lengths
    if i + a > len(src) or j + b > len(tgt):
        return -math.inf
    if not a or not b:
        return -0.1
    cosine = cosine_of(evidence, band, i, j, a, b)
    if cosine is None:
        return -math.inf
    if evidence.src_astray[i : i + a].any() or evidence.tgt_astray[j : j + b].any():
        return float(LAST_RESORT)
    # The whole of each side with the one segment before, and after, the other side.
    beside = [(i, j - 1, a, 1), (i, j + b, a, 1), (i - 1, j, 1, b), (i + a, j, 1, b)]
    known = [x for x in (cosine_of(evidence, band, *each) for each in beside) if x is not None]
    neighbours = sum(known) / len(known) if known else 0.15
    x, y = src[i : i + a].sum(), tgt[j : j + b].sum() * src.sum() / tgt.sum()
    return (cosine - 0.6 * neighbours) * math.log2(1 + min(x, y) / max(x, y))


@given(SEEDS, st.integers(1, 6), st.integers(1, 6), st.integers(1, 4))
@settings(max_examples=60, deadline=None)
def test_plain_scores_equal_their_definition(seed, n, m, span):
    rng = np.random.default_rng(seed)
    band = random_band(n, m, rng)
    evidence = random_evidence(rng, n, m, span, band)
    found = plain_scores(evidence)
    assert found.shape == (band.offsets[-1], len(BEAD_TYPES))
    nodes = [(i, j) for i in range(n + 1) for j in range(band.low[i], band.high[i] + 1)]
    for (i, j), row in zip(nodes, found.tolist(), strict=True):
        scores = [expected(evidence, band, i, j, a, b) for a, b in BEAD_TYPES]
        assert row == pytest.approx(scores, abs=1e-5)
