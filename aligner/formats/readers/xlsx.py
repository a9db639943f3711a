"""Excel workbooks: our own, and anybody's whose first sheet has a source and a target column."""

from io import BytesIO
from pathlib import Path

from aligner.errors import ReadError
from aligner.formats.readers.archive import open_zip
from aligner.formats.readers.files import origin, read_bytes
from aligner.formats.readers.pair_table import Rows, from_table
from aligner.types import Bitext


def read(path: Path, *, encoding: str | None = None) -> Bitext:  # noqa: ARG001 # XML says its own
    """Read the first sheet of a workbook, as `aligner.formats.readers.delimited` reads a table.

    Args:
        path: a .xlsx file.
        encoding: not needed.

    Raises:
        ReadError: the file cannot be read, or its columns are unknown.
    """
    import openpyxl

    raw = read_bytes(path)
    with open_zip(raw, str(path), "an Excel workbook"):
        # Within the limits: what it unpacks to fills no memory.
        pass
    try:
        book = openpyxl.load_workbook(BytesIO(raw), read_only=True, data_only=True)
    except (KeyError, ValueError, OSError) as error:
        problem = f"this is not an Excel workbook, or it is damaged ({error})"
        raise ReadError(problem, str(path), "save it as .xlsx") from error
    return from_table(_rows(book), path, origin(path, raw), formulas=False)


def _rows(book: object) -> Rows:
    sheet = book.worksheets[0]  # type: ignore[attr-defined] # openpyxl has no types
    for number, values in enumerate(sheet.iter_rows(values_only=True), start=1):
        cells = ["" if value is None else str(value) for value in values]
        if any(cells):
            yield number, cells
