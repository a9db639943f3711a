"""Search and filters, as a person uses them."""

import pytest

from tests.browser.conftest import Opened
from tests.browser.looking import expect
from tests.formats.writers.sample import izvestia


def rows_with(text: str) -> list[int]:
    """Numbers of the rows that hold a text on either side."""
    bitext = izvestia()
    return [
        number
        for number, bead in enumerate(bitext.alignment.beads, start=1)
        if text in f"{bitext.src_text(bead)}\n{bitext.tgt_text(bead)}".lower()
    ]


def test_search_finds_on_both_sides(reader: Opened) -> None:
    hits = rows_with("moscow")
    reader.press("/")
    reader.page.keyboard.type("moscow")
    expect(reader, "#hits", str(len(hits)))
    for at, number in enumerate(hits, start=1):
        reader.press("Enter")
        assert reader.here() == f"b{number}"
        expect(reader, "#hits", f"{at} of {len(hits)}")
    reader.press("Enter")
    assert reader.here() == f"b{hits[0]}"
    reader.press("Shift+Enter")
    assert reader.here() == f"b{hits[-1]}"
    assert reader.page.evaluate("CSS.highlights.get('found').size") >= 1
    reader.press("Escape")
    expect(reader, "#hits", "")
    assert reader.page.evaluate("CSS.highlights.has('found')") is False
    assert reader.page.evaluate("document.activeElement.id") == f"b{hits[-1]}"
    reader.press("/")
    reader.page.keyboard.type("стол")
    expect(reader, "#hits", str(len(rows_with("стол"))))


@pytest.mark.parametrize("query", ["stoltenberg", "STOLTENBERG", "Stöltenberg"])
def test_search_does_not_mind_capitals_and_accents(reader: Opened, query: str) -> None:
    reader.page.get_by_label("Search both texts").fill(query)
    expect(reader, "#hits", str(len(rows_with("stoltenberg"))))


def test_a_match_across_segments_is_marked_where_it_is(reader: Opened) -> None:
    reader.page.get_by_label("Search both texts").fill("an end. Russian Deputy")
    expect(reader, "#hits", "1")
    marked = "[...CSS.highlights.get('found')].map((range) => range.toString())"
    assert reader.page.evaluate(marked) == ["an end. Russian Deputy"]


def test_search_says_when_there_is_nothing(reader: Opened) -> None:
    reader.page.get_by_label("Search both texts").fill("qqq")
    expect(reader, "#hits", "no match")


def test_filters_by_confidence_and_type(reader: Opened) -> None:
    beads = list(enumerate(izvestia().alignment.beads, start=1))
    reader.page.locator("summary", has_text="Filter").click()
    reader.page.locator("[name=limit]").fill("75")
    assert reader.labels() == [str(n) for n, bead in beads if bead.confidence <= 0.75]
    reader.page.get_by_label("no counterpart").uncheck()
    expected = [str(n) for n, b in beads if b.confidence <= 0.75 and not b.is_null]
    assert reader.labels() == expected
    assert reader.page.locator("#filtered").text_content() == f"{len(expected)} of {len(beads)}"
    reader.page.get_by_label("joined or split").uncheck()
    reader.page.get_by_label("1–1", exact=True).uncheck()
    assert reader.labels() == []
    reader.page.locator(".nothing button").click()
    assert len(reader.labels()) == len(beads)


def test_filtered_rows_are_skipped_by_keys(reader: Opened) -> None:
    reader.page.locator("summary", has_text="Filter").click()
    reader.page.locator("[name=limit]").fill("60")
    reader.press("Escape")
    reader.page.locator("#b14 > p").first.click()
    reader.press("j", "j")
    assert reader.here() == "b23"
