"""Beads as segment numbers, one a line, as Vecalign and `aligner.formats.writers.beads` write them.

The file holds no text, so what it gives is an alignment, not a bitext.
"""

import re
from pathlib import Path

from aligner.errors import ReadError
from aligner.formats.readers.files import read_bytes
from aligner.types import Alignment, Bead, Span

LINE = re.compile(r"\s*\[([\d,\s]*)\]\s*:\s*\[([\d,\s]*)\]\s*(?::\s*(\S+)\s*)?")
REMEDY = "write beads as [0, 1]:[0]:0.93, every segment in exactly one, in order"


def read_alignment(path: Path) -> Alignment:
    """Read an alignment whose beads are in order and leave no segment out.

    The figure at the end of a line is the bead's confidence when it is in [0, 1]; other
    programs write a cost there, which says nothing about ours.

    Raises:
        ReadError: a line is no bead, or the beads have a gap or overlap.
    """
    beads: list[Bead] = []
    lines = read_bytes(path).decode("utf-8-sig", errors="replace").splitlines()
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        where = f"{path}, line {number}"
        found = LINE.fullmatch(line)
        if found is None:
            raise ReadError("this is no bead", where, REMEDY)
        before = beads[-1] if beads else None
        try:
            src = _span(found[1], before.src.stop if before else 0)
            tgt = _span(found[2], before.tgt.stop if before else 0)
            beads.append(Bead(src, tgt, confidence=_confidence(found[3])))
        except ValueError as error:
            raise ReadError(str(error), where, REMEDY) from error
    if not beads:
        raise ReadError("there are no beads", str(path), REMEDY)
    return Alignment(tuple(beads), beads[-1].src.stop, beads[-1].tgt.stop)


def _span(numbers: str, start: int) -> Span:
    """Return the numbers as a span; an empty one stands where the bead before it ended."""
    segments = [int(number) for number in numbers.replace(",", " ").split()]
    if segments != list(range(start, start + len(segments))):
        raise ValueError(f"segments {segments} do not follow segment {start - 1}")
    return Span(start, start + len(segments))


def _confidence(figure: str | None) -> float:
    try:
        value = float(figure or "")
    except ValueError:
        return 1.0
    return value if 0.0 <= value <= 1.0 else 1.0
