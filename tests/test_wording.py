"""Shares as people read them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.wording import counted, percent, permille, shorten, tally


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (20 / 23, "87 %"),
        (0.8694, "86.9 %"),
        (0.9966, "99.7 %"),
        (0.9996, "99.9 %"),
        (1.0, "100 %"),
        (0.0001, "0.1 %"),
        (0.0, "0 %"),
    ],
)
def test_shares_are_rounded_but_not_to_all_or_nothing(share: float, said: str) -> None:
    assert percent(share) == said


@given(st.floats(0, 1))
def test_only_all_is_all_and_nothing_nothing(share: float) -> None:
    assert (permille(share) == 1000) == (share == 1)
    assert (permille(share) == 0) == (share == 0)
    assert abs(permille(share) - share * 1000) <= 1


@pytest.mark.parametrize(
    ("number", "said"), [(0, "0 beads"), (1, "1 bead"), (2, "2 beads"), (1200, "1,200 beads")]
)
def test_counts(number: int, said: str) -> None:
    assert counted(number, "bead") == said


@given(st.text(), st.integers(1, 20))
def test_a_shortened_text_is_one_line_that_fits(text: str, chars: int) -> None:
    short = shorten(text, chars)
    assert len(short) <= chars
    assert short.isprintable()
    assert short == " ".join(short.split())


def test_only_a_text_that_is_too_long_is_cut() -> None:
    assert shorten("one two", 7) == "one two"
    assert shorten("one two", 6) == "one t…"
    assert shorten("one two", 5) == "one…"  # no space before the mark
    assert shorten(" a\n\tb\x1b[31m ", 20) == "a b [31m"


def test_tally():
    assert tally({"notes": 1200, "empty cells": 0, "tags": 1}) == "notes (1,200), tags (1)"
    assert tally({}) == ""
