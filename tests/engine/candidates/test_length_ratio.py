"""The texts' ratio of lengths, told where both of them go on."""

import numpy as np
import pytest

from aligner.engine.candidates.widening import length_ratio


def lengths(count, rng):
    return rng.integers(20, 120, count).astype(np.float64)


def test_without_anchors_it_is_that_of_all_there_is():
    none = np.empty(0, np.int64)
    rng = np.random.default_rng(0)
    src, tgt = lengths(40, rng), lengths(50, rng)
    assert length_ratio(src, tgt, (none, none)) == pytest.approx(src.sum() / tgt.sum())


def test_sentences_that_are_split_all_count():
    rng = np.random.default_rng(1)
    src, tgt = lengths(40, rng), lengths(80, rng)
    anchors = np.arange(0, 40, 4), np.arange(0, 80, 8)
    assert length_ratio(src, tgt, anchors) == pytest.approx(src.sum() / tgt.sum())


@pytest.mark.parametrize("start", [0, 30, 60])
def test_what_one_text_has_alone_does_not_count(start):
    rng = np.random.default_rng(2)
    tgt = lengths(60, rng)
    src = np.concatenate([tgt[:start] / 2, lengths(500, rng), tgt[start:] / 2])
    at = np.arange(60)
    anchors = np.where(at < start, at, at + 500), at
    # The anchor before the gap goes with it, and what stands beside the text's ends.
    assert length_ratio(src, tgt, anchors) == pytest.approx(0.5)
    assert length_ratio(tgt, src, anchors[::-1]) == pytest.approx(2.0)


def test_where_nothing_but_one_sided_stretches_is_left_all_counts():
    src, tgt = np.full(600, 50.0), np.full(2, 50.0)
    anchors = np.array([300]), np.array([1])
    assert length_ratio(src, tgt, anchors) == pytest.approx(300.0)
