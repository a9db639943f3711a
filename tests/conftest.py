"""Fixtures of several rooms' tests."""

import pytest

from aligner.types import Bitext
from tests.formats.writers.sample import izvestia


@pytest.fixture(scope="session")
def sample() -> Bitext:
    """A real bitext with headings, 2-1 beads, nulls and doubts."""
    return izvestia()
