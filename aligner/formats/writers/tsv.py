"""Tab-separated values, for the shell and for programs: no mark, no apostrophes.

A cell that holds a tab, a line end or a quotation mark stands in quotation marks; segments
hold neither tabs nor line ends, so `cut` and `awk` can be used.
"""

from typing import BinaryIO

from aligner.formats.losses import Losses
from aligner.formats.writers.delimited import write_rows
from aligner.types import Bitext


def write(bitext: Bitext, out: BinaryIO, *, bom: bool = False, full: bool = True) -> Losses:
    """Write one bead a row, null alignments as rows with an empty cell.

    Args:
        bitext: what to write.
        out: binary stream, such as standard output's buffer.
        bom: whether to begin with a byte-order mark.
        full: whether to write what traces a row to its place in the inputs, too.

    Returns:
        What the format could not hold.
    """
    return write_rows(bitext, out, delimiter="\t", line_end="\n", bom=bom, full=full)
