"""Rows of the page by themselves: what they show, where they lead, and what they hand on."""

from dataclasses import replace

import pytest

from aligner.formats.losses import NOT_XML, Stripper
from aligner.formats.writers.reader_page.carried_corrections import Remark, handed_on, remarks
from aligner.formats.writers.reader_page.page_rows import ROWS_A_GROUP, Row, groups
from aligner.types import (
    Alignment,
    Bead,
    Bitext,
    Block,
    BlockKind,
    Correction,
    CorrectionKind,
    Document,
    Move,
    Origin,
    Placed,
    Quote,
    Segment,
    Span,
)


def document(
    count: int, blocks: list[int] | None = None, kind: BlockKind = "paragraph"
) -> Document:
    numbers = blocks or [0] * count
    segments = tuple(Segment(str(i), i, i + 1, number) for i, number in enumerate(numbers))
    held = tuple(Block("", kind, 0, f"place {i}") for i in range(max(numbers, default=0) + 1))
    return Document(held, "en", Origin("x"), segments)


def rows(bitext: Bitext) -> list[Row]:
    return [row for group in groups(bitext, Stripper(NOT_XML)) for row in group]


def alone(n: int, m: int, *moves: Move) -> Bitext:
    """Segments without a counterpart: first all of the source, then all of the target."""
    beads = [Bead(Span(i, i + 1), Span(0, 0)) for i in range(n)]
    beads += [Bead(Span(n, n), Span(j, j + 1)) for j in range(m)]
    return Bitext(document(n), document(m), Alignment(tuple(beads), n, m, moves))


def test_rows_that_moved_lead_to_the_same_share_of_the_other_block() -> None:
    found = rows(alone(4, 8, Move(Span(1, 3), Span(2, 6), 0.5)))
    # The link stands in the empty cell, where the counterpart is missed.
    assert [row.tgt.moved for row in found] == [0, 7, 9, *[0] * 9]
    assert [row.src.moved for row in found] == [*[0] * 6, 2, 2, 3, 3, 0, 0]


def test_a_row_leads_where_its_first_segment_moved() -> None:
    bitext = alone(0, 3)
    beads = (
        Bead(Span(0, 2), Span(0, 0)),
        *(replace(b, src=Span(2, 2)) for b in bitext.alignment.beads),
    )
    moves = (Move(Span(0, 1), Span(2, 3), 0.5), Move(Span(1, 2), Span(0, 1), 0.5))
    found = rows(Bitext(document(2), document(3), Alignment(beads, 2, 3, moves)))
    assert [row.tgt.moved for row in found] == [4, 0, 0, 0]
    assert [row.src.moved for row in found] == [0, 1, 0, 1]


def test_a_paragraph_opens_where_the_block_is_another_than_before() -> None:
    beads = (
        Bead(Span(0, 1), Span(0, 2)),
        Bead(Span(1, 3), Span(2, 2)),
        Bead(Span(3, 4), Span(2, 3)),
    )
    bitext = Bitext(
        document(4, [0, 0, 1, 1]), document(3, [0, 1, 1], "heading"), Alignment(beads, 4, 3)
    )
    found = rows(bitext)
    assert [(row.src.opens, row.tgt.opens, row.both) for row in found] == [
        (True, True, True),
        (False, False, False),
        (False, False, False),
    ]
    assert [row.src.breaks for row in found] == [(False,), (False, True), (False,)]
    assert [row.tgt.breaks for row in found] == [(False, True), (), (False,)]
    assert [row.tgt.heading for row in found] == [True, False, True]
    assert [row.number for row in found] == [1, 2, 3]
    assert found[1].classes.split() == ["null"]


@pytest.mark.parametrize(
    ("blocks", "sizes"),
    [
        ([0] * 130, [2 * ROWS_A_GROUP, 10]),
        ([0] * ROWS_A_GROUP + [1] * 70, [ROWS_A_GROUP, 70]),
        ([0] * (ROWS_A_GROUP - 1) + [1] * 71, [2 * ROWS_A_GROUP, 10]),
        ([*range(130)], [ROWS_A_GROUP, ROWS_A_GROUP, 10]),
    ],
)
def test_a_group_begins_with_a_paragraph_if_it_can(blocks: list[int], sizes: list[int]) -> None:
    count = len(blocks)
    beads = tuple(Bead(Span(i, i + 1), Span(0, 0)) for i in range(count))
    bitext = Bitext(document(count, blocks), document(0), Alignment(beads, count, 0))
    assert [len(group) for group in groups(bitext, Stripper(NOT_XML))] == sizes


@pytest.mark.parametrize(
    ("confidence", "shown", "mark"),
    [(0.0, "d2", "??"), (0.3, "d2", "??"), (1.0, "", "")],
)
def test_doubts_are_shown(confidence: float, shown: str, mark: str) -> None:
    beads = (Bead(Span(0, 1), Span(0, 1), 0, confidence),)
    (row,) = rows(Bitext(document(1), document(1), Alignment(beads, 1, 1)))
    assert (row.classes, row.mark) == (f"p {shown}".strip(), mark)


NOTHING = Quote(())


def said(kind: CorrectionKind, src: Span | None, tgt: Span | None, note: str = "") -> Placed:
    return Placed(Correction(kind, NOTHING, NOTHING, note), src, tgt)


def paired(*corrections: Placed) -> Bitext:
    """Rows of segments 0-1 and 0, 2 and 1-2, 3 and 3."""
    beads = (
        Bead(Span(0, 2), Span(0, 1)),
        Bead(Span(2, 3), Span(1, 3)),
        Bead(Span(3, 4), Span(3, 4)),
    )
    return Bitext(document(4), document(4), Alignment(beads, 4, 4), corrections=corrections)


def test_remarks_stand_at_the_row_of_their_first_segment() -> None:
    bitext = paired(
        said("star", Span(1, 3), Span(3, 4)),
        said("note", Span(1, 1), Span(2, 3), "one"),
        said("note", None, Span(2, 3), "two"),
        said("note", None, Span(1, 2), "one"),
        said("pin", Span(3, 4), Span(3, 4), "why"),
        said("forbid", Span(3, 4), Span(3, 4), "unseen"),
        replace(said("note", None, None, "lost"), reason="not there any more"),
    )
    assert remarks(bitext, Stripper(NOT_XML)) == {
        1: Remark(star=True),
        2: Remark(note="one\ntwo"),
        3: Remark(note="why", refused=3 in {index + 1 for index in bitext.refused}),
    }


def test_a_cut_at_the_head_of_a_row_is_shown_and_others_are_handed_on() -> None:
    shown = said("cut", Span(2, 3), Span(1, 2))
    inside = said("cut", Span(1, 2), Span(1, 2))
    noted = said("cut", Span(2, 3), Span(1, 2), "why")
    half = said("cut", Span(3, 5), None), said("cut", None, Span(3, 4))
    refused = said("forbid", Span(0, 3), Span(2, 2))
    after = Quote(("Lost.",), "Before.")
    lost = Placed(Correction("pin", after, NOTHING, "gone"), reason="not there any more")
    bitext = paired(shown, inside, noted, *half, refused, lost, said("pin", Span(0, 2), Span(0, 1)))
    assert remarks(bitext, Stripper(NOT_XML))[2].begins
    assert handed_on(bitext) == {
        "cuts": [
            {"src": (1, 2), "tgt": (1, 2)},
            {"src": (2, 3), "tgt": (1, 2), "note": "why"},
            {"src": (3, 4), "tgt": None},
            {"src": None, "tgt": (3, 4)},
        ],
        "forbids": [{"src": (0, 3), "tgt": (2, 2)}],
        "unmatched": [
            {
                "list": "pins",
                "entry": {
                    "source": ("Lost.",),
                    "target": (),
                    "after": {"source": "Before."},
                    "note": "gone",
                },
            }
        ],
    }
    assert handed_on(paired(shown)) == {"cuts": [], "forbids": [], "unmatched": []}
