"""A minute of what `benchmarks.fuzz` tries for hours, the same in every run."""

import random
from collections.abc import Callable

import pytest
from click.testing import CliRunner

from aligner.errors import ReadError
from benchmarks import fuzz
from benchmarks.fuzz_inputs import GROUPS, Group

pytestmark = pytest.mark.no_cover  # what it covers is not held to anything

COUNTS = {
    "text": 1500,
    "readers": 1500,
    "encoders": 1500,
    "corrections": 3000,
    "writers": 600,
    "verify": 600,
}


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.name)
def test_nothing_breaks_and_nothing_is_lost(group: Group) -> None:
    tally = fuzz.run(group, seed=1, count=COUNTS[group.name])
    assert tally.inputs == COUNTS[group.name]
    assert tally.refused < tally.inputs
    assert tally.faults == []


def group_of(trial: Callable[[random.Random], None]) -> Group:
    return Group("made up", lambda _: trial)


def test_what_breaks_is_told_and_can_be_tried_again() -> None:
    def trial(chance: random.Random) -> None:
        if chance.random() < 0.1:
            raise KeyError("lost")
        if chance.random() < 0.1:
            raise ReadError("no", "a.txt")

    one, again = (fuzz.run(group_of(trial), seed=3, count=200) for _ in range(2))
    assert one == again
    assert 0 < len(one.faults) < 60
    assert all("KeyError: 'lost' (test_fuzz.py, " in fault for fault in one.faults)
    assert 0 < one.refused < 60
    assert fuzz.run(group_of(trial), seed=4, count=200).faults != one.faults


def test_what_takes_too_long_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fuzz, "TOO_LONG_S", 0.01)
    tally = fuzz.run(group_of(lambda _: sum(range(3_000_000)) and None), seed=1, count=1)
    assert tally.faults[0].startswith("0: took 0.")


def test_the_command() -> None:
    done = CliRunner().invoke(fuzz.main, ["--seconds", "0.2", "corrections"])
    assert done.exit_code == 0, done.output
    assert done.output.startswith("corrections ")
    assert done.output.rstrip().endswith(" 0 faults")
