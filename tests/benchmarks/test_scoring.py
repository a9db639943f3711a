"""Calibration against figures worked out by hand."""

import pytest

from aligner.evaluation import Link
from benchmarks.scoring import calibration_error, score
from benchmarks.sets import DevelopmentSet, Pair
from benchmarks.systems import Result

LINKS = tuple(Link((i,), (i,)) for i in range(4))


def test_calibration_worked_out_by_hand():
    # One bin: 0.95 and 1.0 said, one of two right: |1 - 1.95| = 0.95. Another: 0.62 and 0.68
    # said, both right: |2 - 1.3| = 0.7. Over four beads: 1.65 / 4.
    found = Result(LINKS, (0.95, 1.0, 0.62, 0.68))
    assert calibration_error([(LINKS[1:], found)]) == pytest.approx(1.65 / 4)


def test_bins_are_pooled_over_documents():
    # Half of the beads are right where 0.5 is said: calibrated together, though not apart.
    sure = Result(LINKS[:1], (0.5,))
    assert calibration_error([(LINKS, sure), (LINKS[1:], sure)]) == pytest.approx(0.0)
    assert calibration_error([(LINKS, sure)]) == pytest.approx(0.5)


def test_who_says_no_confidence_has_no_calibration():
    assert calibration_error([(LINKS, Result(LINKS))]) is None


def test_coarse_gold_is_scored_after_merging():
    texts, units = ("a b c",) * 4, ("p", "p", "q", "q")
    gold = (Link((0, 1), (0, 1)), Link((2, 3), (2, 3)))

    def found(*_):
        return Result(LINKS, (1.0,) * 4)

    coarse = DevelopmentSet("s", (Pair("x", texts, texts, gold, units, units),))
    merged = score(found, coarse)
    assert merged.evaluation.strict.f1 == 1.0
    assert merged.calibration_error is None
    plain = score(found, DevelopmentSet("s", (Pair("x", texts, texts, gold),)))
    assert plain.evaluation.strict.f1 == 0.0
    assert plain.calibration_error == pytest.approx(1.0)
