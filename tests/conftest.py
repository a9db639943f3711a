"""Fixtures of several rooms' tests."""

from pathlib import Path

import pytest

from aligner.types import Bitext
from tests.formats.writers.sample import izvestia

# Tests of a browser and of other programs: they take long, and the package's lines that they
# run have tests of their own.
UNMEASURED = {"browser", "benchmarks"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if item.path.relative_to(here).parts[0] in UNMEASURED:
            item.add_marker("no_cover")
    # Last, or what they import or keep for later would count as not run.
    items.sort(key=lambda item: item.get_closest_marker("no_cover") is not None)


@pytest.fixture(scope="session")
def sample() -> Bitext:
    """A real bitext with headings, 2-1 beads, nulls and doubts."""
    return izvestia()
