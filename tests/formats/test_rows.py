"""Rows by themselves: where a row's text comes from, and how it is taken apart again."""

import pytest

from aligner.errors import ReadError
from aligner.formats.document_builder import SideBuilder, split_at_cuts
from aligner.formats.pair_digest import of_pairs
from aligner.formats.rows import (
    Traces,
    from_rows,
    join_with_cuts,
    parse_signature,
    to_rows,
)
from aligner.types import (
    Alignment,
    Bead,
    Bitext,
    Block,
    Document,
    Origin,
    Provenance,
    Segment,
    Span,
)

BLOCKS = (
    Block("One. Two.", "paragraph", 0, "line 1"),
    Block("Three", "heading", 20, "line 2"),
    Block("Four.", "paragraph", 30, "line 3"),
)
SEGMENTS = (
    Segment("One.", 0, 4, 0),
    Segment("Two.", 5, 9, 0),
    Segment("Three", 20, 25, 1),
    Segment("Four.", 30, 35, 2),
)
DOCUMENT = Document(BLOCKS, "en", Origin("a.txt", "12ab"), SEGMENTS)


def test_a_trace_names_all_offsets_and_each_block_once() -> None:
    traces = Traces(DOCUMENT, str.upper)
    assert traces.follow([]) == ("", "", "", "", "", ())
    assert traces.follow(SEGMENTS[2:3]) == ("THREE", "", "20..25", "1:heading", "LINE 2", ())
    assert traces.follow(SEGMENTS[:3]) == (
        "ONE. TWO. THREE",
        "5 10",
        "0..4 5..9 20..25",
        "0 0 1:heading",
        "LINE 1; LINE 2",
        (),
    )


@pytest.mark.parametrize(
    ("lang", "text", "cuts"), [("en", "a bb ccc", [2, 5]), ("ja", "abbccc", [1, 3])]
)
def test_texts_are_joined_and_cut_as_the_language_has_it(
    lang: str, text: str, cuts: list[int]
) -> None:
    assert join_with_cuts(["a", "bb", "ccc"], lang) == (text, cuts)
    assert split_at_cuts(text, cuts, lang) == ["a", "bb", "ccc"]
    assert split_at_cuts(text, [], lang) == [text]


@pytest.mark.parametrize("cuts", [[5, 2], [-1], [-1, 2], [9], [2, 9]])
def test_cuts_that_are_in_no_text_are_refused(cuts: list[int]) -> None:
    with pytest.raises(ValueError, match="do not fit a text of 8"):
        split_at_cuts("a bb ccc", cuts, "en")
    assert split_at_cuts("a bb ccc", [8], "ja") == ["a bb ccc", ""]
    assert split_at_cuts("a bb ccc", [0], "ja") == ["", "a bb ccc"]


def test_without_offsets_they_count_in_the_texts_one_after_another() -> None:
    side = SideBuilder()
    assert side.add(["One.", "Two!!"], place="line 1") == Span(0, 2)
    assert side.add([]) == Span(2, 2)
    assert side.add(["Three"]) == Span(2, 3)
    assert side.segments == [
        Segment("One.", 0, 4, 0),
        Segment("Two!!", 5, 10, 0),
        Segment("Three", 11, 16, 1),
    ]
    document = side.document("en", Origin("x"), "Title")
    assert document.blocks == (
        Block("One. Two!!", "cell", 0, "line 1"),
        Block("Three", "cell", 11, ""),
    )
    assert (document.title, document.lang, document.origin) == ("Title", "en", Origin("x"))


def test_a_block_goes_on_in_the_next_row_and_has_its_own_place() -> None:
    side = SideBuilder()
    side.add(["a", "b"], chars="0..1 2..3", blocks="0 1:heading", place="line 1; line 2")
    side.add(["c"], chars="4..5", blocks="1:heading", place="line 2")
    side.add(["d", "e"], chars="6..7 8..9", blocks="2 3", place="here")
    assert [
        (each.text, each.kind, each.start, each.place)
        for each in side.document("en", Origin("x")).blocks
    ] == [
        ("a", "paragraph", 0, "line 1"),
        ("b c", "heading", 2, "line 2"),
        ("d", "paragraph", 6, "here"),
        ("e", "paragraph", 8, "here"),
    ]
    assert [each.block for each in side.segments] == [0, 1, 1, 2, 3]


@pytest.mark.parametrize(
    ("more", "problem"),
    [
        ({"chars": "0..1"}, "1 offsets for 2 segments"),
        ({"chars": "0..1 2..3 4..5"}, "3 offsets for 2 segments"),
        ({"blocks": "1"}, "1 blocks for 2 segments"),
        ({"blocks": "0:table 1"}, "no block kind 'table'"),
        ({"chars": "0-1 2-3"}, "invalid literal"),
    ],
)
def test_what_does_not_fit_the_texts_is_refused(more: dict[str, str], problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        SideBuilder().add(["a", "b"], **more)


def test_rows_say_all_of_a_bead_and_come_back() -> None:
    tgt = Document(
        (Block("Раз. Два."),), "ru", Origin("b.txt", "34"), (Segment("Раз. Два.", 0, 9),)
    )
    beads = (
        Bead(Span(0, 2), Span(0, 1), 1.5, 0.5, ("a", "b")),
        Bead(Span(2, 3), Span(1, 1)),
        Bead(Span(3, 4), Span(1, 1)),
    )
    provenance = Provenance("1", "e", (("layout", "auto"),), "2020-01-02T03:04:05Z")
    bitext = Bitext(DOCUMENT, tgt, Alignment(beads, 4, 1), provenance)
    signature = f"{provenance.signature}|pairs:{of_pairs(bitext, {1})}"
    rows = list(to_rows(bitext, without={1}))
    assert [row[0] for row in rows] == [1, 3]
    assert rows[0] == [
        *(1, "One. Two.", "Раз. Два.", "2-1", 1.5, 0.5, 0, 2, 0, 1, "a; b", "5", ""),
        *("0..4 5..9", "0..9", "0 0", "0", "line 1", ""),
        *("en", "ru", "a.txt", "b.txt", "12ab", "34", signature, "2020-01-02T03:04:05Z"),
    ]
    assert parse_signature(signature, "now") == Provenance("1", "e", provenance.settings, "now")
    assert parse_signature("anything") == Provenance("", "", (), "")


def test_a_row_needs_a_text_on_one_side_only() -> None:
    rows = [
        ("row 1", {"source": "a", "target": "б", "score": "2", "confidence": "0.5"}),
        ("row 2", {"source": "", "target": ""}),
        ("row 3", {"source": "", "target": "в", "flags": "x; y", "confidence": "0"}),
        ("row 4", {"source": "c"}),
    ]
    assert from_rows(rows).alignment.beads == (
        Bead(Span(0, 1), Span(0, 1), 2.0, 0.5),
        Bead(Span(1, 1), Span(1, 2), 0.0, 0.0, ("x", "y")),
        Bead(Span(1, 2), Span(2, 2), 0.0, 1.0),
    )


@pytest.mark.parametrize(
    "row",
    [
        {"source": "a b", "src_start": "0", "src_stop": "2", "src_cuts": ""},
        {"source": "a b", "src_start": "0", "src_stop": "1", "src_cuts": "2"},
        {"source": "a b", "src_start": "0", "src_stop": "2", "src_cuts": "7"},
    ],
)
def test_a_row_whose_cuts_do_not_fit_is_named(row: dict[str, str]) -> None:
    with pytest.raises(ReadError) as caught:
        from_rows([("out.csv, line 7", row)])
    assert caught.value.where == "out.csv, line 7"
