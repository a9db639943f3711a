"""Rows of cells with something between: what csv and tsv share."""

import csv
from collections.abc import Callable
from io import TextIOWrapper
from typing import BinaryIO, TextIO

from aligner.formats.losses import NONE, NOT_UTF8, Losses, Stripper, Without
from aligner.formats.rows import COLUMNS, PLAIN_COLUMNS, TEXT_COLUMNS, to_rows, unchanged
from aligner.formats.spreadsheet_cells import DASHES, date
from aligner.types import Bitext

PYTHONS_LINE_END = "\r\n"
TYPE, CREATED = COLUMNS.index("type"), COLUMNS.index("created")
TEXTS = tuple(i for i, column in enumerate(COLUMNS) if column in TEXT_COLUMNS)


def write_rows(
    bitext: Bitext,
    out: BinaryIO,
    *,
    delimiter: str,
    line_end: str,
    bom: bool,
    full: bool,
    protect: Callable[[str], str] = unchanged,
    spreadsheet: bool = False,
    without: Without = NONE,
) -> Losses:
    """Write a header and one bead a row.

    Args:
        bitext: what to write.
        out: binary stream; it stays open.
        delimiter: what stands between cells.
        line_end: what ends a row.
        bom: whether to begin with a byte-order mark.
        full: whether to write all columns, not the ten plain ones alone.
        protect: changes cells of text so that a spreadsheet takes them as they are.
        spreadsheet: whether to write bead types and dates so that a spreadsheet does, too.
        without: beads to leave out, and why.

    Returns:
        What the format could not hold.
    """
    strip = Stripper(NOT_UTF8)
    width = len(COLUMNS if full else PLAIN_COLUMNS)
    text = TextIOWrapper(out, "utf-8-sig" if bom else "utf-8", newline="")
    try:
        sink = text if line_end == PYTHONS_LINE_END else _LineEnds(text, line_end)
        writer = csv.writer(sink, delimiter=delimiter, lineterminator=PYTHONS_LINE_END)
        writer.writerow(COLUMNS[:width])
        texts = [i for i in TEXTS if i < width]
        for row in to_rows(bitext, strip, without):
            for i in texts:
                row[i] = protect(row[i])  # type: ignore[arg-type] # these columns are texts
            if spreadsheet:
                row[TYPE] = str(row[TYPE]).translate(DASHES)
                row[CREATED] = date(str(row[CREATED]))
            writer.writerow(row[:width])
    finally:
        # Without this, the wrapper would close the stream when it is collected.
        text.detach()
    return Losses(characters=strip.count, refused=len(without))


class _LineEnds:
    r"""Ends rows as wanted.

    Python's writer quotes only the line ends that it writes itself, so it has to write
    `\r\n` for a lone `\r` in a cell to come back.
    """

    def __init__(self, out: TextIO, line_end: str) -> None:
        self.out = out
        self.line_end = line_end

    def write(self, row: str) -> int:
        return self.out.write(row.removesuffix(PYTHONS_LINE_END) + self.line_end)
