"""Shares as people read them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.wording import percent, permille


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
