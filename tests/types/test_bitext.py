"""What a bitext says of its beads."""

from dataclasses import replace

import pytest

from aligner.types import Alignment, Bead, Bitext, Block, Document, Origin, Segment, Span
from aligner.types.beads import PINNED, Move
from aligner.types.bitext import Provenance
from aligner.types.corrections import SHOWN_CHARS, Correction, Placed, Quote
from aligner.types.documents import LeftOut


def document(texts, lang):
    blocks = tuple(Block(text) for text in texts)
    segments = tuple(Segment(text, 0, len(text), at) for at, text in enumerate(texts))
    return Document(blocks, lang, Origin("x.txt"), segments)


BEADS = (
    Bead(Span(0, 2), Span(0, 1), confidence=0.7),
    Bead(Span(2, 3), Span(1, 1), confidence=0.2),
    Bead(Span(3, 4), Span(1, 3), confidence=0.5),
)
BITEXT = Bitext(
    document(["One.", "Two.", "Three.", "Four."], "en"),
    document(["一二。", "四。", "五。"], "zh"),
    Alignment(BEADS, 4, 3, moves=(Move(Span(0, 1), Span(2, 3), 1.5),)),
)


def said(kind, src, tgt, reason=""):
    return Placed(Correction(kind, Quote(("a",)), Quote(())), src, tgt, reason)


def test_sides_are_joined_as_their_languages_do():
    assert [BITEXT.src_text(bead) for bead in BEADS] == ["One. Two.", "Three.", "Four."]
    assert [BITEXT.tgt_text(bead) for bead in BEADS] == ["一二。", "", "四。五。"]
    assert BITEXT.word_links(BEADS[0]) == ()


def test_an_alignment_of_other_texts_is_refused():
    with pytest.raises(ValueError, match=r"does not fit documents of \(3, 4\) segments"):
        Bitext(BITEXT.tgt, BITEXT.src, BITEXT.alignment)


def test_a_segment_is_of_a_block():
    with pytest.raises(ValueError, match="names block 1"):
        Document((Block("a"),), "en", Origin(""), (Segment("a", 0, 1, 1),))
    with pytest.raises(ValueError, match="names block -1"):
        Document((Block("a"),), "en", Origin(""), (Segment("a", 0, 1, -1),))
    with pytest.raises(ValueError, match="are no interval"):
        Segment("a", 2, 1)


def test_swapped_is_seen_from_the_other_side_and_back():
    other = BITEXT.swapped()
    assert (other.src, other.tgt) == (BITEXT.tgt, BITEXT.src)
    assert [bead.kind for bead in other.alignment.beads] == ["1-2", "0-1", "2-1"]
    assert other.alignment.moves == (Move(Span(2, 3), Span(0, 1), 1.5),)
    assert other.swapped() == BITEXT


def test_what_was_refused_is_refused_wherever_its_segments_are():
    refused = replace(BITEXT, corrections=(said("forbid", Span(3, 4), Span(0, 1)),))
    assert refused.refused == {0, 2}
    for kind in ("pin", "cut", "note", "star"):
        assert not replace(BITEXT, corrections=(said(kind, Span(3, 4), Span(0, 1)),)).refused
    assert not replace(BITEXT, corrections=(said("forbid", None, None),)).refused


def test_a_pinned_bead_is_not_refused():
    pinned = (replace(BEADS[0], flags=(PINNED,)), *BEADS[1:])
    alignment = replace(BITEXT.alignment, beads=pinned)
    corrections = (said("forbid", Span(0, 1), Span(0, 1)),)
    assert replace(BITEXT, alignment=alignment, corrections=corrections).refused == frozenset()


def test_nobody_need_look_again_at_what_is_left_of_a_refused_pair():
    assert BITEXT.unsure(0.8) == [1, 2, 0]
    assert BITEXT.unsure(0.7) == [1, 2]
    refused = replace(BITEXT, corrections=(said("forbid", Span(2, 4), None),))
    assert refused.refused == {1, 2}
    assert [refused.is_decided(index) for index in range(3)] == [False, True, False]
    assert refused.unsure(0.8) == [2, 0]


def test_corrections_that_stand_nowhere_are_listed():
    lost = replace(
        BITEXT, corrections=(said("pin", Span(0, 1), None), said("cut", None, None, "no"))
    )
    assert lost.unmatched == ("cut a | - (no)",)


def test_a_long_correction_is_shown_by_its_beginning():
    long = Correction("note", Quote(("word " * 20, "more")), Quote(("short", "one")))
    kind, _, shown = str(long).partition(" ")
    source, target = shown.split(" | ")
    assert (kind, target) == ("note", "short one")
    assert len(source) <= SHOWN_CHARS
    assert source.startswith("word word") and source.endswith("…")


def test_what_was_left_out_is_the_source_s_first():
    cut = [LeftOut(text, 0, 1, "furniture") for text in "ab"]
    both = replace(BITEXT, src=replace(BITEXT.src, left_out=(cut[0],)),
                   tgt=replace(BITEXT.tgt, left_out=(cut[1],)))  # fmt: skip
    assert [each.text for each in both.left_out] == ["a", "b"]


def test_one_line_says_what_made_it():
    made = Provenance("1.2", "embedded", (("max-span", "8"), ("moves", "yes")))
    assert made.signature == "aligner:1.2|encoder:embedded|max-span:8|moves:yes"
