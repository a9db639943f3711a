"""What grows too fast is told; a part of what is timed, with the rest left to the command."""

import re
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmarks import growth, growth_cases
from benchmarks.growth_cases import Case


def loops(count: Callable[[int], int], size: int) -> Callable[[], object]:
    return partial(sum, range(count(size)))


@pytest.mark.parametrize(("power", "is_told"), [(1, False), (2, True)])
def test_what_grows_too_fast_is_told(power: int, is_told: bool) -> None:
    case = Case("sum", partial(loops, lambda n: 200 * n if power == 1 else n * n // 20))
    size, times = growth.grown(case)
    assert times[0] < times[2]
    assert growth.is_too_much(times) == is_told, (size, times)


def test_a_part_of_the_cases(tmp_path: Path) -> None:
    """All of them, small: each runs, whatever becomes of it."""
    start = time.process_time()
    names = []
    for case in growth_cases.cases(tmp_path):
        growth.seconds(case.make(400), 1)
        names.append(case.name)
    assert len(set(names)) == len(names) > 3000
    # What takes a millisecond at this size takes an hour at that of a book, if it is squared.
    assert time.process_time() - start < 120


def test_the_command() -> None:
    done = CliRunner().invoke(growth.main, ["--most", "4000", "fold '('", "normalise '('"])
    assert done.exit_code == 0, done.output
    assert re.fullmatch(r"2 cases, 0 grow faster than n log n\n", done.output)
