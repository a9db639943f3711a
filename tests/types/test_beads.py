"""Spans, beads and alignments refuse what they cannot be."""

import pytest

from aligner.types import Alignment, Bead, Constraints, Span


def bead(src, tgt, confidence=1.0):
    return Bead(Span(*src), Span(*tgt), confidence=confidence)


@pytest.mark.parametrize(("start", "stop"), [(-1, 0), (2, 1), (-2, -1)])
def test_what_is_no_interval_is_no_span(start, stop):
    with pytest.raises(ValueError, match="is no interval"):
        Span(start, stop)


def test_an_empty_span_has_a_place_and_no_length():
    assert (len(Span(3, 3)), bool(Span(3, 3))) == (0, False)
    assert (len(Span(0, 2)), bool(Span(0, 1))) == (2, True)
    assert Span(3, 3) != Span(4, 4)


def test_a_bead_needs_a_segment_and_a_probability():
    with pytest.raises(ValueError, match="at least one segment"):
        bead((1, 1), (2, 2))
    for confidence in (-0.1, 1.1, float("nan")):
        with pytest.raises(ValueError, match="is not in"):
            bead((0, 1), (0, 1), confidence)
    assert [bead((0, 1), (0, 1), sure).confidence for sure in (0.0, 1.0)] == [0.0, 1.0]


@pytest.mark.parametrize(
    ("src", "tgt", "kind", "is_null"),
    [((0, 2), (0, 1), "2-1", False), ((0, 1), (0, 3), "1-3", False),
     ((0, 0), (0, 1), "0-1", True), ((0, 1), (4, 4), "1-0", True)],
)  # fmt: skip
def test_kinds(src, tgt, kind, is_null):
    found = bead(src, tgt)
    assert (found.kind, found.is_null) == (kind, is_null)


WHOLE = (bead((0, 1), (0, 2), 0.9), bead((1, 2), (2, 2), 0.25), bead((2, 4), (2, 3), 0.5))


def test_every_segment_is_in_exactly_one_bead():
    assert len(Alignment(WHOLE, 4, 3)) == 3
    assert len(Alignment((), 0, 0)) == 0
    for beads in (WHOLE[1:], (WHOLE[0], WHOLE[2]), (WHOLE[0], *WHOLE), (WHOLE[1], WHOLE[0])):
        with pytest.raises(ValueError, match="a gap or an overlap"):
            Alignment(beads, 4, 3)
    for sizes in ((5, 3), (4, 4), (3, 3), (4, 2)):
        with pytest.raises(ValueError, match=r"beads end at 4:3, the texts at"):
            Alignment(WHOLE, *sizes)


def test_the_least_sure_bead_is_looked_at_first():
    whole = Alignment(WHOLE, 4, 3)
    assert whole.doubtful == (1, 2, 0)
    assert whole.expected_errors == pytest.approx(0.1 + 0.75 + 0.5)
    assert whole.word_links(WHOLE[0]) == ()


def test_constraints_that_contradict_each_other_are_refused():
    one, two = (Span(0, 2), Span(0, 1)), (Span(2, 3), Span(1, 2))
    # Two pins may touch; their order is that of the texts.
    assert Constraints(pins=(two, one)).fixed == (one, two)
    assert Constraints(pins=(one,), cuts=((2, 1),)).fixed == (one, (Span(2, 2), Span(1, 1)))
    # What is known of one side alone cannot contradict.
    assert Constraints(pins=(one,), cuts=((1, None), (None, 5))).fixed == (one,)
    for pins, cuts in (
        ((one, (Span(1, 3), Span(1, 2))), ()),  # both have a source segment
        ((one, (Span(2, 3), Span(0, 2))), ()),  # both have a target segment
        ((one,), ((1, 1),)),  # a boundary in the middle
        ((), ((1, 3), (2, 2))),  # boundaries that cross
    ):
        with pytest.raises(ValueError, match="contradict each other"):
            Constraints(pins=pins, cuts=cuts)
