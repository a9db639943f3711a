"""The closing summary, on a small bitext made by hand."""

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
        "Moved       source segment 4 matches target segment 3, out of order",
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
    assert ("The texts hardly look like translations" in "".join(lines[at + 1 :])) == asked


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
