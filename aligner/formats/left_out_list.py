"""The list of what is in no pair, for formats that hold pairs alone.

A piece is one line of JSON, so that it fits an attribute, a property or a cell whatever is in
its text.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping

from aligner.types import Bitext, Document, LeftOut, Segment

# Why a segment is in no pair of a format that has no null alignments.
NO_COUNTERPART = "no counterpart"

# What JSON leaves as it is and XML 1.0 (section 2.2) or UTF-8 cannot hold.
_FORBIDDEN = re.compile("[\x7f\ud800-\udfff\ufffe\uffff]")


def to_line(piece: LeftOut) -> str:
    """Write a piece as a line that any text format can hold."""
    fields = [piece.start, piece.stop, piece.reason, piece.place, piece.text]
    line = json.dumps(fields, ensure_ascii=False)
    return json.dumps(fields) if _FORBIDDEN.search(line) else line


def from_line(line: str) -> LeftOut:
    """Undo `to_line`.

    Raises:
        ValueError: the line does not say what it should.
    """
    fields = json.loads(line)
    match fields:
        case [int(start), int(stop), str(reason), str(place), str(text)]:
            return LeftOut(text, start, stop, reason, place)
    raise ValueError(f"{line!r} is no piece that was left out")


def pieces(document: Document, segments: Iterable[Segment], reason: str) -> Iterator[LeftOut]:
    """Describe segments of a document as left out."""
    for each in segments:
        place = document.blocks[each.block].place
        yield LeftOut(each.text, each.start, each.stop, reason, place)


def sides(bitext: Bitext, reasons: Mapping[int, str]) -> tuple[list[LeftOut], list[LeftOut]]:
    """Return what each side has in no pair, in the order of the text.

    Args:
        bitext: the documents, with what was left out of them.
        reasons: why a bead is no pair, by its index.
    """
    src, tgt = list(bitext.src.left_out), list(bitext.tgt.left_out)
    for index, reason in reasons.items():
        bead = bitext.alignment.beads[index]
        src += pieces(bitext.src, bitext.src_segments(bead), reason)
        tgt += pieces(bitext.tgt, bitext.tgt_segments(bead), reason)
    return sorted(src, key=_start), sorted(tgt, key=_start)


def _start(piece: LeftOut) -> int:
    return piece.start
