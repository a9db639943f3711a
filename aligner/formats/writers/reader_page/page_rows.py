"""What a row of the page shows: a bead's number, its two cells, and how sure it is."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from aligner.formats.losses import Stripper
from aligner.formats.writers.reader_page.carried_corrections import NONE, Remark, remarks
from aligner.types import DOUBTFUL, PINNED, UNSURE, Bead, Bitext, Document, Segment
from aligner.wording import permille

# What the margin says of a doubt.
MARKS = {"": "", "d1": "?", "d2": "??"}
# Rows that the browser lays out together, or not at all while they are out of sight: few
# enough to be quick, many enough that a novel has hundreds of groups and not thousands.
ROWS_A_GROUP = 60


@dataclass(frozen=True, slots=True)
class Cell:
    """One side of a row.

    Args:
        texts: of its segments; none in a null alignment's empty cell.
        opens: whether it begins a paragraph.
        breaks: for each segment, whether a new paragraph begins with it inside the cell.
        heading: whether it is a heading.
        moved: number of the row where its counterpart stands, out of order; 0 for none.
    """

    texts: tuple[str, ...]
    opens: bool
    breaks: tuple[bool, ...]
    heading: bool
    moved: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """One bead.

    Args:
        number: 1-based, as in the other formats.
        classes: what the style sheet looks at.
        mark: what says in the margin that this is unsure, or confirmed; empty for neither.
        permille: confidence in thousandths, of which 1000 is no doubt at all.
        flags: the bead's, in words.
        time: of the subtitle that it begins in; empty for other texts.
        both: whether a paragraph begins on both sides, or on the only one there is.
        remark: what a person said of it.
    """

    number: int
    src: Cell
    tgt: Cell
    classes: str
    mark: str
    permille: int
    flags: str
    time: str
    both: bool
    remark: Remark


def groups(bitext: Bitext, strip: Stripper) -> Iterator[list[Row]]:
    """Yield the rows in groups, each of which begins where a paragraph does, if it can."""
    group: list[Row] = []
    for row in _rows(bitext, strip):
        opens = row.src.opens or row.tgt.opens
        if len(group) >= ROWS_A_GROUP and (opens or len(group) >= 2 * ROWS_A_GROUP):
            yield group
            group = []
        group.append(row)
    if group:
        yield group


def _rows(bitext: Bitext, strip: Stripper) -> Iterator[Row]:
    src_moved, tgt_moved = _moved(bitext)
    remarked = remarks(bitext, strip)
    src_block = tgt_block = -1
    for number, bead in enumerate(bitext.alignment.beads, start=1):
        src_segments, tgt_segments = bitext.src_segments(bead), bitext.tgt_segments(bead)
        src = _cell(bitext.src, src_segments, src_block, tgt_moved.get(number, 0), strip)
        tgt = _cell(bitext.tgt, tgt_segments, tgt_block, src_moved.get(number, 0), strip)
        src_block = src_segments[-1].block if src_segments else src_block
        tgt_block = tgt_segments[-1].block if tgt_segments else tgt_block
        remark = remarked.get(number, NONE)
        doubt = "" if bitext.is_decided(number - 1) else _doubt(bead)
        both = (src.opens or not src.texts) and (tgt.opens or not tgt.texts)
        yield Row(
            number,
            src,
            tgt,
            " ".join(_classes(bead, src, tgt, remark, doubt, both=both)),
            "✓" if PINNED in bead.flags else MARKS[doubt],
            permille(bead.confidence),
            ", ".join(bead.flags),
            _time(bitext.src, src_segments) or _time(bitext.tgt, tgt_segments),
            both,
            remark,
        )


def _cell(
    document: Document, segments: Sequence[Segment], last: int, moved: int, strip: Stripper
) -> Cell:
    blocks = [segment.block for segment in segments]
    breaks = tuple(now != before for before, now in itertools.pairwise(blocks))
    return Cell(
        tuple(strip(segment.text) for segment in segments),
        bool(blocks) and blocks[0] != last,
        (False, *breaks) if blocks else (),
        bool(blocks) and document.blocks[blocks[0]].kind == "heading",
        moved,
    )


def _time(document: Document, segments: Sequence[Segment]) -> str:
    block = document.blocks[segments[0].block] if segments else None
    return block.place if block and block.kind == "cue" else ""


def _doubt(bead: Bead) -> str:
    """Return the class of an unsure row, or of a doubtful one; empty of others."""
    if bead.confidence < DOUBTFUL:
        return "d2"
    return "d1" if bead.confidence < UNSURE else ""


def _classes(
    bead: Bead, src: Cell, tgt: Cell, remark: Remark, doubt: str, *, both: bool
) -> Iterator[str]:
    if src.heading or tgt.heading:
        yield "h"
    elif both:
        yield "p"
    if bead.is_null:
        yield "null"
    if doubt:
        yield doubt
    if PINNED in bead.flags:
        yield "pinned"
    if remark.begins:
        yield "begins"
    if remark.refused:
        yield "refused"
    if remark.star:
        yield "starred"


def _moved(bitext: Bitext) -> tuple[dict[int, int], dict[int, int]]:
    """Return, for source and target, the rows that moved and where their counterpart is.

    Of a block of several rows each leads to the row at the same share of the other block.
    """
    moves = bitext.alignment.moves
    if not moves:
        return {}, {}
    beads = list(enumerate(bitext.alignment.beads, start=1))
    src_row = {i: number for number, bead in beads for i in range(bead.src.start, bead.src.stop)}
    tgt_row = {i: number for number, bead in beads for i in range(bead.tgt.start, bead.tgt.stop)}
    src_moved: dict[int, int] = {}
    tgt_moved: dict[int, int] = {}
    for move in moves:
        for one, other, row_of, counterpart, moved in (
            (move.src, move.tgt, src_row, tgt_row, src_moved),
            (move.tgt, move.src, tgt_row, src_row, tgt_moved),
        ):
            for i in range(one.start, one.stop):
                place = other.start + (i - one.start) * len(other) // len(one)
                moved.setdefault(row_of[i], counterpart[place])
    return src_moved, tgt_moved
