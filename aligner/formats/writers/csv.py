"""Comma-separated values, for spreadsheets and pandas.

Excel takes UTF-8 for the local code page unless a byte-order mark says otherwise, and runs
cells that look like formulas: hence the mark, and an apostrophe before such cells.
"""

from typing import BinaryIO

from aligner.formats.losses import NONE, Losses, Without
from aligner.formats.spreadsheet_cells import neutralise
from aligner.formats.writers.delimited import write_rows
from aligner.types import Bitext


def write(
    bitext: Bitext,
    out: BinaryIO,
    *,
    bom: bool = True,
    full: bool = True,
    spreadsheet: bool = False,
    without: Without = NONE,
) -> Losses:
    """Write one bead a row, null alignments as rows with an empty cell.

    Args:
        bitext: what to write.
        out: binary stream.
        bom: whether to begin with a byte-order mark.
        full: whether to write what traces a row to its place in the inputs, too.
        spreadsheet: whether to write bead types ("1–1") and dates so that a spreadsheet shows
            them as they are.
        without: beads to leave out, and why.

    Returns:
        What the format could not hold.
    """
    return write_rows(
        bitext,
        out,
        delimiter=",",
        line_end="\r\n",
        bom=bom,
        full=full,
        protect=neutralise,
        spreadsheet=spreadsheet,
        without=without,
    )
