"""The closing summary, on a small bitext made by hand."""

from dataclasses import replace
from pathlib import Path

import pytest

from aligner.cli.summary import SHOWN_CHARS, SHOWN_ITEMS, summarise
from aligner.export.exporting import Exported
from aligner.formats.writers import Losses
from aligner.types import (
    Alignment,
    Bead,
    Bitext,
    Block,
    Document,
    LeftOut,
    Move,
    Origin,
    Provenance,
    Segment,
    Span,
)

NOTHING = Exported({}, {}, {})


def document(texts, lang, left_out=()):
    segments = [Segment(text, 100 * i, 100 * i + len(text)) for i, text in enumerate(texts)]
    return Document((Block(" ".join(texts)),), lang, Origin("t.txt"), tuple(segments), left_out)


def bitext(left_out=()):
    src = document(["One.", "Two.", "Three.", "Four."], "en", left_out)
    tgt = document(["Раз.", "Два-три.", "Пять."], "ru-RU")
    beads = (
        Bead(Span(0, 1), Span(0, 1), 1.0, 1.0),
        Bead(Span(1, 3), Span(1, 2), 1.0, 0.5),
        Bead(Span(3, 4), Span(2, 2), 1.0, 0.9),
        Bead(Span(4, 4), Span(2, 3), 1.0, 0.6),
    )
    alignment = Alignment(beads, 4, 3, (Move(Span(3, 4), Span(2, 3), 0.5),))
    return Bitext(src, tgt, alignment, Provenance("0", "embedded"))


def test_the_whole_summary():
    losses = {Path("out.tmx"): Losses(nulls=2, characters=1), Path("out.csv"): Losses()}
    exported = Exported({path: (path,) for path in losses}, losses, {})
    assert summarise(bitext(), exported, 1.25) == [
        "Aligned     English (en): 4 segments - Russian (ru-RU): 3 segments - 1.2 s",
        "Beads       4: 1 x 1-1, 1 x 2-1, 2 nulls",
        "Nulls       1 source segment and 1 target segment without a counterpart:",
        "            source segment 4: Four.",
        "            target segment 3: Пять.",
        "Moved       source “Four.” (segment 4) matches target “Пять.” (segment 3), out of order",
        "Confidence  75 % on average; about 1.0 of 4 beads may be wrong",
        "Check       2 beads:",
        "            2 (2-1, 50 %): Two. Three. | Два-три.",
        "            4 (0-1, 60 %): - | Пять.",
        "Wrote       out.tmx (2 null alignments left out, 1 character that it forbids taken out)",
        "Wrote       out.csv",
    ]


def test_what_was_left_out_is_listed_shortly_or_in_full():
    pieces = tuple(
        LeftOut(f"Menu {i}\x1b[31m " + "x" * 100, i, i + 1, "page furniture", f"line {i}")
        for i in range(5)
    )
    short = summarise(bitext(pieces), NOTHING, 0)
    at = short.index(f"Left out    5 pieces of the input, the first {SHOWN_ITEMS} (all with -v):")
    shown = [line for line in short if "page furniture" in line]
    assert shown == short[at + 1 : at + 1 + SHOWN_ITEMS]
    assert shown[0].startswith("            line 0: Menu 0 [31m xxx")
    assert shown[0].endswith("x… (page furniture)")
    assert len(shown[0]) <= SHOWN_CHARS + 40
    everything = summarise(bitext(pieces), NOTHING, 0, everything=True)
    assert sum("page furniture" in line for line in everything) == len(pieces)


def alone(count, confidence=1.0):
    """A bitext of source segments, all without a counterpart."""
    beads = tuple(Bead(Span(i, i + 1), Span(0, 0), 0.0, confidence) for i in range(count))
    return Bitext(document(["Lost."] * count, "en"), document([], "ru"), Alignment(beads, count, 0))


def test_segments_without_a_counterpart_are_listed_shortly_or_in_full():
    short, everything = (summarise(alone(5), NOTHING, 0, everything=each) for each in (False, True))
    head = "Nulls       5 source segments and 0 target segments without a counterpart"
    at = short.index(f"{head}, the first {SHOWN_ITEMS} (all with -v):")
    assert [line for line in short if "Lost." in line] == short[at + 1 : at + 1 + SHOWN_ITEMS]
    at = everything.index(f"{head}:")
    assert everything[at + 5] == "            source segment 5: Lost."


@pytest.mark.parametrize(
    ("confidence", "said", "asked"),
    [
        (0.995, "99.5 % on average; hardly any of 9 beads may be wrong", False),
        (0.9, "90 % on average; about 0.9 of 9 beads may be wrong", False),
        (0.7, "70 % on average; about 2.7 of 9 beads may be wrong", False),
        (0.6, "60 % on average; about 3.6 of 9 beads may be wrong", True),
    ],
)
def test_how_much_may_be_wrong_is_said_in_words_where_figures_mislead(confidence, said, asked):
    lines = summarise(alone(9, confidence), NOTHING, 0)
    at = lines.index(f"Confidence  {said}")
    assert ("Hardly a pair is sure" in "".join(lines[at + 1 :])) == asked


def test_of_texts_with_many_doubts_it_is_said_what_is_sure():
    beads = [Bead(Span(i, i + 1), Span(i, i + 1), 0.0, 0.9 if i < 2 else 0.1) for i in range(6)]
    both = Bitext(
        document(["a"] * 6, "en"), document(["b"] * 6, "ru"), Alignment(tuple(beads), 6, 6)
    )
    lines = summarise(both, NOTHING, 0)
    assert "            2 of 6 pairs are surer than 80 %" in lines
    assert not any("Hardly a pair" in line for line in lines)


def goes_on_alone(before, inside, behind):
    """Two pairs with two between them, and what the target alone has around them and within."""
    beads, i, j = [], 0, 0
    for step in (before, None, inside, None, behind):
        if step is None:
            beads.append(Bead(Span(i, i + 1), Span(j, j + 1)))
            i, j = i + 1, j + 1
        else:
            beads += [Bead(Span(i, i), Span(k, k + 1)) for k in range(j, j + step)]
            j += step
    texts = [f"Строка {number}." for number in range(j)]
    return Bitext(document(["a"] * i, "en"), document(texts, "ru"), Alignment(tuple(beads), i, j))


def test_where_a_text_goes_on_alone_is_said_in_the_words_of_a_reader():
    lines = summarise(goes_on_alone(30, 40, 50), NOTHING, 0)
    at = lines.index("Nulls       0 source segments and 120 target segments without a counterpart:")
    assert lines[at + 1 : at + 4] == [
        "            the Russian text goes on for 50 segments behind the end of the English one",
        "            the Russian text has 40 segments that the English one lacks, "
        "from “Строка 31.” (segment 32)",
        "            the Russian text begins 30 segments before the English one",
    ]
    assert not any("target segment" in line for line in lines[at + 1 :])


def test_what_is_no_long_stretch_is_listed():
    lines = summarise(goes_on_alone(30, 3, 4), NOTHING, 0)
    at = next(i for i, line in enumerate(lines) if line.startswith("Nulls"))
    assert lines[at].endswith("without a counterpart, the first 3 (all with -v):")
    assert lines[at + 1] == "            the Russian text begins 30 segments before the English one"
    assert lines[at + 2 : at + 5] == [
        f"            target segment {number + 1}: Строка {number}." for number in (31, 32, 33)
    ]


def test_the_file_of_what_was_left_out_is_named_where_there_are_two():
    piece = LeftOut("Menu", 0, 4, "menu", "line 1")
    whole = bitext([piece])
    assert any(line == "            line 1: Menu (menu)" for line in summarise(whole, NOTHING, 0))
    other = replace(whole, tgt=replace(whole.tgt, origin=Origin("folder/other.txt")))
    assert "            t.txt, line 1: Menu (menu)" in summarise(other, NOTHING, 0)


def test_three_passages_that_moved_are_told_and_the_others_counted():
    whole = bitext()
    moves = whole.alignment.moves * 5
    many = replace(whole, alignment=replace(whole.alignment, moves=moves))
    lines = [line for line in summarise(many, NOTHING, 0) if "out of order" in line]
    assert len(lines) == SHOWN_ITEMS
    assert "            and 2 more (all with -v)" in summarise(many, NOTHING, 0)


def test_two_empty_texts():
    empty = Bitext(document([], "en"), document([], "ru"), Alignment((), 0, 0))
    assert summarise(empty, NOTHING, 0) == [
        "Aligned     English (en): 0 segments - Russian (ru): 0 segments - 0.0 s",
        "Beads       0",
    ]


def test_rare_bead_types_are_counted_together():
    kinds = [(1, 1)] * 1000 + [(2, 1)] * 3 + [(1, 2)] * 3 + [(3, 1), (1, 3)] * 2
    kinds += [(2, 2)] * 2 + [(3, 2), (2, 3), (5, 4)]
    beads, i, j = [], 0, 0
    for a, b in kinds:
        beads.append(Bead(Span(i, i + a), Span(j, j + b)))
        i, j = i + a, j + b
    both = Bitext(
        document(["a"] * i, "en"), document(["b"] * j, "ru"), Alignment(tuple(beads), i, j)
    )
    assert summarise(both, NOTHING, 0)[1] == (
        "Beads       1,015: 1,000 x 1-1, 3 x 2-1, 3 x 1-2, 2 x 3-1, 2 x 1-3, 2 x 2-2, "
        "3 of other types"
    )
