"""What writing costs: the library's plain loop, a few times over, and no memory to speak of."""

from pathlib import Path

import pytest

from aligner.formats.readers.files import read_bytes
from aligner.formats.writers import write
from aligner.pipeline.opening import read
from aligner.types import Bitext
from benchmarks.writing import in_a_process, make_bitext, time_csv, time_tmx

pytestmark = pytest.mark.no_cover  # measuring takes time

# Enough that starting costs nothing beside it.
BEADS = 10_000
MANY_BEADS = 100_000
# Megabytes, the bitext itself among them.
MAX_MEMORY = 200


def test_csv_takes_no_more_than_twice_the_plain_loop(tmp_path: Path) -> None:
    ours, plain = time_csv(make_bitext(BEADS), tmp_path)
    assert len(read_bytes(tmp_path / "ours.csv").splitlines()) == BEADS + 1
    assert ours <= 2 * plain


def test_tmx_takes_no_more_than_three_times_the_plain_loop(tmp_path: Path) -> None:
    ours, plain, pairs_alone = time_tmx(make_bitext(BEADS), tmp_path)
    assert read_bytes(tmp_path / "ours.tmx").count(b"<tu ") == BEADS
    assert ours <= 3 * plain
    assert ours <= 3 * pairs_alone


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
