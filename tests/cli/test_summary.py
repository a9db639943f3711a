"""The closing summary, on a small bitext made by hand."""

from pathlib import Path

from aligner.cli.summary import SHOWN_CHARS, SHOWN_ITEMS, summarise
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
from aligner.writers import Losses


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
    assert summarise(bitext(), losses, 1.25) == [
        "Aligned     English (en): 4 segments - Russian (ru-RU): 3 segments - 1.2 s",
        "Beads       4: 1 x 1-1, 1 x 2-1",
        "Nulls       1 source segment and 1 target segment without a counterpart",
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
    short = summarise(bitext(pieces), {}, 0)
    at = short.index(f"Left out    5 pieces of the input, the first {SHOWN_ITEMS} (all with -v):")
    shown = [line for line in short if "page furniture" in line]
    assert shown == short[at + 1 : at + 1 + SHOWN_ITEMS]
    assert shown[0].startswith("            line 0: Menu 0 [31m xxx")
    assert shown[0].endswith("x… (page furniture)")
    assert len(shown[0]) <= SHOWN_CHARS + 40
    everything = summarise(bitext(pieces), {}, 0, everything=True)
    assert sum("page furniture" in line for line in everything) == len(pieces)


def test_two_empty_texts():
    empty = Bitext(document([], "en"), document([], "ru"), Alignment((), 0, 0))
    assert summarise(empty, {}, 0) == [
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
    assert summarise(both, {}, 0)[1] == (
        "Beads       1,015: 1,000 x 1-1, 3 x 2-1, 3 x 1-2, 2 x 3-1, 2 x 1-3, 2 x 2-2, "
        "3 of other types"
    )
