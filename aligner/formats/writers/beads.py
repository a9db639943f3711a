"""Beads as segment numbers, one a line: `[0, 1]:[0]:0.93`, the form that Vecalign writes.

Numbers are 0-based; the figure at the end is the bead's confidence. The texts are not in it.
"""

import json
from typing import BinaryIO

from aligner.formats.losses import Losses
from aligner.types import Bitext, Span


def write(bitext: Bitext, out: BinaryIO) -> Losses:
    """Write one bead a line."""
    for bead in bitext.alignment.beads:
        line = f"{_numbers(bead.src)}:{_numbers(bead.tgt)}:{bead.confidence!r}\n"
        out.write(line.encode("ascii"))
    return Losses()


def _numbers(span: Span) -> str:
    return json.dumps(list(range(span.start, span.stop)))
