"""The list of what is in no pair: a line a piece, in the order of the text."""

import pytest

from aligner.formats.left_out_list import from_line, sides, to_line
from aligner.types import Alignment, Bead, Bitext, Block, Document, LeftOut, Origin, Segment, Span

PIECE = LeftOut("Menü", 3, 7, "furniture", "line 1")


def test_a_piece_is_a_line_that_people_can_read() -> None:
    assert to_line(PIECE) == '[3, 7, "furniture", "line 1", "Menü"]'


@pytest.mark.parametrize("char", ["\x7f", "\ud800", "\udfff", "\ufffe", "\uffff", "\n", "\0"])
def test_what_xml_cannot_hold_is_written_otherwise(char: str) -> None:
    piece = LeftOut(f"ü{char}", 0, 2, "x")
    line = to_line(piece)
    assert char not in line
    assert from_line(line) == piece
    assert line.isascii() == (char not in "\n\0")


@pytest.mark.parametrize(
    "line",
    [
        *("[]", '[1, 2, "a", "b"]', '[1, 2, "a", "b", "c", "d"]', '["1", 2, "a", "b", "c"]', '"x"'),
        *('[1, 2, null, "b", "c"]', '[1, 2, "a", 3, "c"]', '[1, 2, "a", "b", 4]', "no JSON"),
    ],
)
def test_what_is_no_piece_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match=r"no piece|Expecting"):
        from_line(line)


def document(*texts: str, left_out: tuple[LeftOut, ...] = ()) -> Document:
    blocks = tuple(Block(text, place=f"line {i}") for i, text in enumerate(texts, start=1))
    segments = tuple(Segment(text, 10 * i, 10 * i + len(text), i) for i, text in enumerate(texts))
    return Document(blocks, "en", Origin("x"), segments, left_out)


def test_each_side_lists_its_own_in_the_order_of_the_text() -> None:
    src = document("a", "b", "c", left_out=(LeftOut("m", 5, 6, "furniture"),))
    tgt = document("d", "e")
    beads = (
        Bead(Span(0, 1), Span(0, 0)),
        Bead(Span(1, 2), Span(0, 1)),
        Bead(Span(2, 3), Span(1, 2)),
    )
    bitext = Bitext(src, tgt, Alignment(beads, 3, 2))
    source, target = sides(bitext, {2: "late", 0: "early"})
    assert source == [
        LeftOut("a", 0, 1, "early", "line 1"),
        LeftOut("m", 5, 6, "furniture"),
        LeftOut("c", 20, 21, "late", "line 3"),
    ]
    assert target == [LeftOut("e", 10, 11, "late", "line 2")]
