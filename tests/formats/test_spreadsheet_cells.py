"""Cells as spreadsheets need them: nothing runs, and everything comes back."""

import pytest

from aligner.formats.spreadsheet_cells import SIGNS, date, neutralise, restore, undate


@pytest.mark.parametrize("sign", SIGNS)
def test_a_formula_is_made_plain_and_comes_back(sign: str) -> None:
    for cell in (sign, f"{sign}1+1", f"'{sign}1", f"''{sign}1"):
        assert neutralise(cell) == f"'{cell}"
        assert restore(f"'{cell}") == cell


def test_a_formula_that_nobody_made_plain_keeps_its_sign() -> None:
    assert restore("=1+1") == "=1+1"


@pytest.mark.parametrize("cell", ["", "a", "a=1", "'", "''", "'tis", " =1", "1-1"])
def test_other_cells_are_left_alone(cell: str) -> None:
    assert neutralise(cell) == cell
    assert restore(cell) == cell


def test_a_moment_is_written_as_spreadsheets_take_it() -> None:
    assert date("2020-01-02T03:04:05Z") == "2020-01-02 03:04:05"
    assert undate("2020-01-02 03:04:05") == "2020-01-02T03:04:05Z"
    for other in ("", "2020-01-02", "2020-01-02T03:04:05", "12020-1-02 03:04:05"):
        assert date(other) == other
    assert undate("2020-01-02T03:04:05Z") == "2020-01-02T03:04:05Z"
