"""Fixtures of several rooms' tests."""

import importlib
import pkgutil
from contextlib import suppress
from pathlib import Path

import pytest

import aligner
from aligner.types import Bitext
from tests.formats.writers.sample import izvestia

# Tests of a browser and of other programs: they take long, and the package's lines that they
# run have tests of their own.
UNMEASURED = {"browser", "benchmarks"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    import_all()
    here = Path(__file__).parent
    for item in items:
        if item.path.relative_to(here).parts[0] in UNMEASURED:
            item.add_marker("no_cover")


def import_all() -> None:
    """Import every module now: what is first imported by an unmeasured test counts as not run."""
    for module in pkgutil.walk_packages(aligner.__path__, "aligner."):
        with suppress(ImportError):  # of what an extra brings
            importlib.import_module(module.name)


@pytest.fixture(scope="session")
def sample() -> Bitext:
    """A real bitext with headings, 2-1 beads, nulls and doubts."""
    return izvestia()
