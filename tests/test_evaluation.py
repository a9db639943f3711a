"""The scorer against figures worked out by hand and a slow twin written from the definitions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.errors import ReadError
from aligner.evaluation import Counts, Link, count, evaluate, links, parse_links
from aligner.types import Alignment, Bead, Span

GOLD = [Link((0,), (0,)), Link((1, 2), (1,)), Link((3,), ()), Link((4,), (2,))]


def test_gold_against_itself_is_perfect():
    result = evaluate([(GOLD, GOLD)])
    assert (result.strict.f1, result.lax.f1) == (1.0, 1.0)
    assert result.counts == Counts(4, 4, 4, 3, 3, 3)


def test_figures_worked_out_by_hand():
    # 0-0 is right; the 2-1 was cut in two, each half laxly right and 2:[] wrong; the null is
    # right; 4 was paired with nothing and 2 with nothing: two wrong nulls.
    test = [
        Link((0,), (0,)),
        Link((1,), (1,)),
        Link((2,), ()),
        Link((3,), ()),
        Link((4,), ()),
        Link((), (2,)),
    ]
    assert count(GOLD, test) == Counts(6, 2, 3, 3, 1, 2)
    result = evaluate([(GOLD, test)])
    assert result.strict.precision == pytest.approx(2 / 6)
    assert result.strict.recall == pytest.approx(1 / 3)
    assert result.strict.f1 == pytest.approx(1 / 3)
    assert result.lax.precision == pytest.approx(3 / 6)
    assert result.lax.recall == pytest.approx(2 / 3)


def test_counts_are_pooled_not_averaged():
    small = ([Link((0,), (0,))], [Link((0,), (0,))])
    large = (
        [Link((i,), (i,)) for i in range(9)],
        [Link((i,), (i + 1,)) for i in range(9)],
    )
    assert evaluate([small, large]).strict.precision == pytest.approx(1 / 10)


def test_nothing_scores_zero():
    result = evaluate([([], [])])
    assert (result.strict.precision, result.strict.recall, result.strict.f1) == (0.0, 0.0, 0.0)


def test_a_bead_twice_counts_once_and_an_empty_one_never():
    assert count(GOLD, [GOLD[0], GOLD[0], Link((), ())]) == Counts(1, 1, 1, 3, 1, 1)


def test_links_of_an_alignment():
    alignment = Alignment((Bead(Span(0, 2), Span(0, 1)), Bead(Span(2, 2), Span(1, 2))), 2, 2)
    assert links(alignment) == [Link((0, 1), (0,)), Link((), (1,))]


def test_lines_of_a_beads_file():
    assert parse_links(["[0, 1]:[0]:0.93\n", "\n", " [ ] : [2,3]\n"]) == [
        Link((0, 1), (0,)),
        Link((), (2, 3)),
    ]


def test_a_line_that_is_no_bead_is_named():
    with pytest.raises(ReadError, match=r"gold\.beads, line 2: 'hello' is no bead; write one"):
        parse_links(["[0]:[0]\n", "hello\n"], "gold.beads")


_side = st.lists(st.integers(0, 6), max_size=3, unique=True).map(sorted).map(tuple)
_beads = st.lists(st.builds(Link, _side, _side), max_size=8)


@given(_beads, _beads)
def test_equals_the_definitions_read_word_by_word(gold, test):
    gold_set = {link for link in gold if link.src or link.tgt}
    test_set = {link for link in test if link.src or link.tgt}

    def lax(link, others):
        return link in others or any(
            source in other.src and target in other.tgt
            for other in others
            for source in link.src
            for target in link.tgt
        )

    whole_gold = {link for link in gold_set if link.src and link.tgt}
    whole_test = {link for link in test_set if link.src and link.tgt}
    assert count(gold, test) == Counts(
        len(test_set),
        sum(link in gold_set for link in test_set),
        sum(lax(link, gold_set) for link in test_set),
        len(whole_gold),
        sum(link in whole_test for link in whole_gold),
        sum(lax(link, whole_test) for link in whole_gold),
    )
