"""Excel workbooks: the table of `aligner.formats.rows`, ready to be read and sorted.

Cells hold text as text: Excel shows `=1` and `1-1` as they are, runs nothing, and keeps it so
when a cell is edited.
"""

import io
import re
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, BinaryIO

from aligner.errors import WriteError
from aligner.formats.losses import NONE, NOT_XML, Losses, Stripper, Without
from aligner.formats.rows import COLUMNS, PLAIN_COLUMNS, Value, to_rows
from aligner.formats.spreadsheet_cells import neutralise
from aligner.types import Bitext

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

# XML takes a carriage return for a line end, and the library does not protect it.
FORBIDDEN = re.compile(f"{NOT_XML.pattern}|\r")
# Excel's own limits ("Excel specifications and limits").
MAX_CELL = 32_767
MAX_ROWS = 1_048_576
# Widths in characters: texts to read, figures to glance at.
TEXT_WIDTH, FIGURE_WIDTH = 60, 11
NUMBERS = ("score", "confidence")


def write(bitext: Bitext, out: BinaryIO, *, full: bool = True, without: Without = NONE) -> Losses:
    """Write one bead a row, under a header that stays in sight.

    Args:
        bitext: what to write.
        out: binary stream.
        full: whether to write what traces a row to its place in the inputs, too.
        without: beads to leave out, and why.

    Returns:
        What the format could not hold.

    Raises:
        WriteError: there are more beads, or more characters in a cell, than Excel takes.
    """
    import xlsxwriter

    count = len(bitext.alignment.beads) - len(without)
    if count >= MAX_ROWS:
        raise WriteError(
            f"a sheet has {MAX_ROWS:,} rows, there are {count:,} beads",
            "",
            "write csv, or cut the texts into parts",
        )
    strip = Stripper(FORBIDDEN)
    columns = COLUMNS if full else PLAIN_COLUMNS
    # Rows go to the disk as they come, so memory does not grow with the bitext.
    with _temporary_folder() as folder, _unwrapped():
        options = {"constant_memory": True, "tmpdir": folder} if folder else {"in_memory": True}
        whole = _NeverClosed()
        with xlsxwriter.Workbook(whole, options) as book:
            _write_sheet(to_rows(bitext, strip, without), count, book, columns)
        out.write(whole.getbuffer())
    return Losses(characters=strip.count, refused=len(without))


class _NeverClosed(io.BytesIO):
    """What the library writes its container to, and once more when it is collected half done."""

    def close(self) -> None:
        """Do nothing: the memory goes with the object."""


@contextmanager
def _temporary_folder() -> Iterator[str]:
    """Yield a folder for what is only needed meanwhile; "" where there is room for none."""
    with ExitStack() as stack:
        folder = ""
        with suppress(OSError):
            folder = stack.enter_context(TemporaryDirectory(prefix="aligner-"))
        yield folder


@contextmanager
def _unwrapped() -> Iterator[None]:
    """Let what the system refuses the library come out as such."""
    from xlsxwriter.exceptions import FileCreateError

    try:
        yield
    except FileCreateError as error:
        raise next((each for each in error.args if isinstance(each, OSError)), error) from error


def _write_sheet(
    rows: Iterable[list[Value]], count: int, book: Any, columns: tuple[str, ...]
) -> None:
    head = book.add_format({"bold": True, "bottom": 1})
    # Excel's own mark for "this is text, whatever it looks like".
    text = book.add_format({"text_wrap": True, "valign": "top", "quote_prefix": True})
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    figure = book.add_format({"num_format": "0.000", "valign": "top"})
    sheet: Worksheet = book.add_worksheet("bitext")
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, count, len(columns) - 1)
    for i, column in enumerate(columns):
        wide = column in ("source", "target")
        sheet.set_column(i, i, TEXT_WIDTH if wide else FIGURE_WIDTH)
        sheet.write_string(0, i, column, head)
    for number, row in enumerate(rows, start=1):
        for i, (column, value) in enumerate(zip(columns, row, strict=False)):
            if isinstance(value, str):
                _check_length(value, column, row[0])
                would_run = neutralise(value) != value
                sheet.write_string(number, i, value, text if would_run else plain)
            else:
                sheet.write_number(number, i, value, figure if column in NUMBERS else plain)


def _check_length(value: str, column: str, number: Value) -> None:
    # Excel counts UTF-16 units; a character beyond the first 65,536 is two.
    if len(value) > MAX_CELL or len(value.encode("utf-16-le")) > 2 * MAX_CELL:
        raise WriteError(
            f"the {column} of bead {number} has {len(value):,} characters, "
            f"a cell of Excel holds {MAX_CELL:,}",
            "",
            "write csv or tsv, or leave such beads out with --for excel",
        )
