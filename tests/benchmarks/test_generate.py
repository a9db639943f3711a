"""Generated documents: seeded, of the right size, with gold that covers them."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.evaluation import Link
from benchmarks.generate import PASSAGE, Texts, generate, passages
from benchmarks.sets import Pair

SHORT = Pair(
    "short",
    ("Yes.", "No.", "A third one."),
    ("Да.", "Нет. Нет.", "Другое."),
    (Link((0,), (0,)), Link((1,), (1,)), Link((2,), ()), Link((), (2,))),
)
KNOWN = st.sampled_from([(), tuple(passages([SHORT]))])


@settings(max_examples=30, deadline=None)
@given(KNOWN, st.integers(1, 300), st.integers())
def test_gold_covers_every_segment_once_and_in_order(known, size, seed):
    pair = generate(size, known, seed)
    assert [i for link in pair.gold for i in link.src] == list(range(len(pair.src)))
    assert [j for link in pair.gold for j in link.tgt] == list(range(len(pair.tgt)))
    assert size - 2 < max(len(pair.src), len(pair.tgt)) <= size
    assert generate(size, known, seed) == pair


def test_beads_are_what_was_known_but_for_the_speaker():
    pair = generate(200, passages([SHORT]))
    known = {("Yes.", "Да."), ("No.", "Нет. Нет.")}
    whole = [(pair.src[link.src[0]], pair.tgt[link.tgt[0]]) for link in pair.gold if all(
        (link.src, link.tgt)
    )]  # fmt: skip
    assert {tuple(text.split(": ")[1] for text in texts) for texts in whole} == known
    # The speaker makes them differ: the two texts came fifty times and more.
    assert len(set(whole)) > 0.95 * len(whole) > 90


def test_something_is_lost_on_both_sides_and_whole_passages_too():
    pair = generate(20_000)
    nulls = [link.is_null for link in pair.gold]
    assert 0.05 < sum(nulls) / len(nulls) < 0.075
    assert {(len(link.src), len(link.tgt)) for link in pair.gold} == {
        *((1, 1), (2, 1), (1, 2), (1, 0), (0, 1)),
    }
    runs = "".join("0" if null else "1" for null in nulls).split("1")
    assert max(map(len, runs)) >= PASSAGE


def test_both_languages_are_whole():
    pair = generate(3_000)
    assert not re.search("[а-яё]", "".join(pair.src), re.IGNORECASE)
    assert not re.search("[a-z]", "".join(pair.tgt), re.IGNORECASE)
    assert len(set(pair.src)) > 0.99 * len(pair.src)


def test_passages_keep_every_bead():
    long = Pair("long", ("x",) * 90, ("y",) * 90, tuple(Link((i,), (i,)) for i in range(90)))
    cut = passages([long, SHORT])
    assert [len(each) for each in cut] == [PASSAGE, PASSAGE, 90 - 2 * PASSAGE, 4]
    assert cut[-1][2:] == (Texts(("A third one.",), ()), Texts((), ("Другое.",)))
    assert passages([]) == []


@pytest.mark.parametrize("size", [0, 1])
def test_tiny_sizes(size):
    assert generate(size).segments <= 2 * size
