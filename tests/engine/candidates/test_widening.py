"""Anchors that mislead are let go where the path keeps to the edge of their band."""

import numpy as np
import pytest

from aligner import engine
from aligner.engine.candidates.widening import possible_beads
from aligner.engine.search.anchors import Chain
from aligner.engine.search.band import Section, lay_band
from aligner.types import Span
from tests.engine.cases import random_vectors, side

SEGMENTS = 200
APART = 20  # segments from one anchor to the next


def sides():
    rng = np.random.default_rng(3)
    vectors = random_vectors(rng, SEGMENTS)
    return side(vectors), side(vectors + 0.05 * rng.normal(size=vectors.shape))


def misled(off):
    """Anchors on the diagonal, but for two that are off."""
    src = np.arange(APART, SEGMENTS, APART)
    tgt = src.copy()
    tgt[[2, 6]] += off
    return Chain(src, tgt)


@pytest.mark.parametrize("off", [-19, -17, 17, 18])
def test_the_path_leads_away_from_anchors_that_mislead(off, monkeypatch):
    monkeypatch.setattr(engine, "find_anchors", lambda *_: misled(off))
    alignment = engine.align(*sides())
    assert [(b.src, b.tgt) for b in alignment.beads] == [
        (Span(i, i + 1), Span(i, i + 1)) for i in range(SEGMENTS)
    ]


def test_a_band_that_is_wide_enough_stays_as_it_is():
    chain, whole = misled(2), Section(0, SEGMENTS, 0, SEGMENTS)
    band = possible_beads(*sides(), chain, whole, 8).band
    assert np.array_equal(band.low, lay_band(chain, whole).low)
    assert np.array_equal(band.high, lay_band(chain, whole).high)
