"""Parquet: our own tables, and anybody's with a source and a target column."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from aligner.formats.readers.files import open_pairs
from aligner.formats.readers.language_choice import ANY
from aligner.formats.readers.pair_table import from_table
from aligner.types import Bitext


def read(path: Path, *, encoding: str | None = None) -> Bitext:
    """Read a table of pairs; see `read_pair`."""
    return read_pair(path, ANY, encoding=encoding)


def read_pair(
    path: Path,
    wanted: tuple[str, str],
    *,
    encoding: str | None = None,  # noqa: ARG001 # always UTF-8
) -> Bitext:
    """Read a table of pairs, as `aligner.formats.readers.delimited` does.

    Args:
        path: a .parquet file.
        wanted: tags of source and target, which choose among more than two languages.
        encoding: not needed.

    Raises:
        ReadError: the file cannot be read, or its columns are unknown.
    """
    from pyarrow import parquet

    with open_pairs(path) as (file, made_by):
        return from_table(_rows(parquet.ParquetFile(file)), path, made_by, wanted, formulas=False)


def _rows(file: Any) -> Iterator[tuple[int, list[str]]]:
    """Yield the names of the columns as a table's first row, then the rows as texts."""
    yield 0, list(file.schema_arrow.names)
    number = 0
    for batch in file.iter_batches():
        for values in zip(*(column.to_pylist() for column in batch.columns), strict=True):
            number += 1
            yield number, ["" if value is None else str(value) for value in values]
