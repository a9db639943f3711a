"""What writing costs: the library's plain loop, a few times over, and no memory to speak of."""

import sys
from pathlib import Path

import pytest

from aligner.formats.writers import write
from aligner.pipeline.opening import read
from aligner.types import Bitext
from benchmarks.writing import in_a_process, make_bitext

pytestmark = pytest.mark.no_cover  # measuring takes time

MANY_BEADS = 100_000
# Megabytes, the bitext itself among them.
MAX_MEMORY = 200
# Calls of functions a bead, half as many again as it takes today.
CSV_CALLS, TMX_CALLS = 47, 86


def calls(suffix: str, beads: int, folder: Path) -> int:
    """Count the calls of functions, Python's and C's, that writing so many beads takes."""
    bitext = make_bitext(beads)
    count = 0

    def counted(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counted)
    try:
        write(bitext, folder / f"{beads}{suffix}")
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize(("suffix", "most"), [(".csv", CSV_CALLS), (".tmx", TMX_CALLS)])
def test_a_bead_more_takes_few_calls_more(tmp_path: Path, suffix: str, most: int) -> None:
    """`python -m benchmarks.writing` tells the seconds, beside those of the plain loop."""
    calls(suffix, 10, tmp_path)  # what is imported and kept is done once
    few, some, more = (calls(suffix, beads, tmp_path) for beads in (200, 400, 800))
    assert (some - few) / 200 < most
    assert (more - some) / 400 < most


@pytest.mark.parametrize("suffix", [".csv", ".tmx", ".jsonl"])
def test_a_hundred_thousand_beads_take_little_memory(suffix: str) -> None:
    bitext, peak, _ = in_a_process(suffix, MANY_BEADS)
    assert bitext <= peak <= MAX_MEMORY


@pytest.fixture(scope="module")
def many() -> Bitext:
    return make_bitext(MANY_BEADS)


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".parquet", ".tmx"])
def test_a_hundred_thousand_rows_come_back(tmp_path: Path, many: Bitext, suffix: str) -> None:
    write(many, tmp_path / f"out{suffix}")
    back = read(tmp_path / f"out{suffix}")
    assert isinstance(back, Bitext)
    assert back.alignment == many.alignment
    assert back.src.segments == many.src.segments
    assert back.tgt.segments == many.tgt.segments
