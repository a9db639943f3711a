"""Rows of cells with something between: what csv and tsv share."""

import csv
from collections.abc import Callable
from io import TextIOWrapper
from typing import BinaryIO, TextIO

from aligner.rows import COLUMNS, PLAIN_COLUMNS, TEXT_COLUMNS, Value, to_rows, unchanged
from aligner.types import Bitext
from aligner.writers.losses import NOT_UTF8, Losses, Stripper

IS_TEXT = tuple(column in TEXT_COLUMNS for column in COLUMNS)


def write_rows(
    bitext: Bitext,
    out: BinaryIO,
    *,
    delimiter: str,
    line_end: str,
    bom: bool,
    full: bool,
    protect: Callable[[str], str] = unchanged,
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

    Returns:
        What the format could not hold.
    """
    strip = Stripper(NOT_UTF8)
    width = len(COLUMNS if full else PLAIN_COLUMNS)
    text = TextIOWrapper(out, "utf-8-sig" if bom else "utf-8", newline="")
    try:
        writer = csv.writer(_LineEnds(text, line_end), delimiter=delimiter)
        writer.writerow(COLUMNS[:width])
        for row in to_rows(bitext, strip):
            writer.writerow(_protect(row[:width], protect))
    finally:
        # Without this, the wrapper would close the stream when it is collected.
        text.detach()
    return Losses(characters=strip.count)


class _LineEnds:
    r"""Ends rows as wanted.

    Python's writer quotes only the line ends that it writes itself, so it has to write
    `\r\n` for a lone `\r` in a cell to come back.
    """

    def __init__(self, out: TextIO, line_end: str) -> None:
        self.out = out
        self.line_end = line_end

    def write(self, row: str) -> int:
        return self.out.write(row.removesuffix("\r\n") + self.line_end)


def _protect(row: list[Value], protect: Callable[[str], str]) -> list[Value]:
    return [
        protect(value) if is_text and isinstance(value, str) else value
        for value, is_text in zip(row, IS_TEXT, strict=False)
    ]
