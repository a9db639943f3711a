"""Parquet: read back by us and by pandas' own engine, with types."""

from pathlib import Path

import pytest
from hypothesis import given, settings

from aligner.errors import ReadError
from aligner.formats.readers import parquet as reader
from aligner.formats.readers import read
from aligner.formats.rows import COLUMNS
from aligner.formats.writers import parquet as writer
from aligner.formats.writers import write
from aligner.types import Bitext
from tests.formats.writers.bitexts import as_rows_hold_it, bitexts
from tests.formats.writers.test_tables import pair

pyarrow = pytest.importorskip("pyarrow")


@given(bitexts())
@settings(deadline=None, max_examples=40)
def test_what_is_written_comes_back(
    tmp_path_factory: pytest.TempPathFactory, bitext: Bitext
) -> None:
    path = tmp_path_factory.getbasetemp() / "out.parquet"
    assert write(bitext, path, force=True).characters == 0
    assert reader.read(path) == as_rows_hold_it(bitext)


def test_the_columns_have_types(tmp_path: Path, sample: Bitext) -> None:
    from pyarrow import parquet

    write(sample, tmp_path / "out.parquet")
    table = parquet.read_table(tmp_path / "out.parquet")
    assert tuple(table.column_names) == COLUMNS
    assert table["confidence"].to_pylist() == [b.confidence for b in sample.alignment.beads]
    assert table["src_start"].to_pylist() == [b.src.start for b in sample.alignment.beads]


def test_many_groups_are_one_table(
    tmp_path: Path, sample: Bitext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "ROWS_A_GROUP", 7)
    write(sample, tmp_path / "out.parquet")
    assert reader.read(tmp_path / "out.parquet") == as_rows_hold_it(sample)


def test_lone_surrogates_are_counted(tmp_path: Path) -> None:
    assert write(pair("a\ud800b", "в"), tmp_path / "out.parquet").characters == 1
    assert reader.read(tmp_path / "out.parquet").src.texts == ["ab"]


@pytest.mark.parametrize("content", [b"no table", b"PAR1 no table PAR1"])
def test_what_is_no_parquet_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bad.parquet"
    path.write_bytes(content)
    with pytest.raises(ReadError, match=r"not a \.parquet file"):
        read(path)
