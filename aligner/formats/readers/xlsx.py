"""Excel workbooks: our own, and anybody's whose first sheet has a source and a target column."""

from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import Any

from aligner.errors import ReadError
from aligner.formats.readers.archive import open_zip
from aligner.formats.readers.files import origin, read_bytes
from aligner.formats.readers.language_choice import ANY
from aligner.formats.readers.pair_table import Rows, from_table
from aligner.types import Bitext

# A table of pairs has fewer columns; a sheet may have 16,384.
MAX_COLUMNS = 1_000
# Excel\'s own limit ("Excel specifications and limits").
MAX_ROWS = 1_048_576


def read(path: Path, *, encoding: str | None = None) -> Bitext:
    """Read the first sheet of a workbook; see `read_pair`."""
    return read_pair(path, ANY, encoding=encoding)


def read_pair(
    path: Path,
    wanted: tuple[str, str],
    *,
    encoding: str | None = None,  # noqa: ARG001 # XML says its own
) -> Bitext:
    """Read the first sheet of a workbook, as `aligner.formats.readers.delimited` reads a table.

    Args:
        path: a .xlsx file.
        wanted: tags of source and target, which choose among more than two languages.
        encoding: not needed.

    Raises:
        ReadError: the file cannot be read, or its columns are unknown.
    """
    import openpyxl

    raw = read_bytes(path)
    with open_zip(raw, str(path), "an Excel workbook"):
        # Within the limits: what it unpacks to fills no memory.
        pass
    book = openpyxl.load_workbook(BytesIO(raw), read_only=True, data_only=True)
    return from_table(_rows(book, str(path)), path, origin(path, raw), wanted, formulas=False)


def _rows(book: Any, where: str) -> Rows:
    sheet = book.worksheets[0]
    # What the sheet says of its own size may be anything: one far cell makes millions of
    # empty ones. Where it says too much, or nothing, the table is as wide as its first row.
    width = sheet.max_column
    sheet.reset_dimensions()
    if width is None or width > MAX_COLUMNS:
        width = next((len(cells) for _, cells in _filled(sheet, None, where)), None)
    yield from _filled(sheet, width, where)


def _filled(sheet: Any, width: int | None, where: str) -> Rows:
    """Yield the rows that have anything in their first columns."""
    rows = sheet.iter_rows(max_col=width, values_only=True)
    for number, values in enumerate(islice(rows, MAX_ROWS), start=1):
        # The library makes up all rows before one that says it is far away.
        if values.count(None) == len(values):
            continue
        cells = ["" if value is None else str(value) for value in values]
        if any(cells):
            yield number, cells
    if next(rows, None) is not None:
        problem = f"a row says that it is behind row {MAX_ROWS:,}, the last that a sheet has"
        raise ReadError(problem, where, "open it in its program and save it again")
