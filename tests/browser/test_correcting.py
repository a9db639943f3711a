"""Correcting in place, as a person does it: click, type, undo."""

import re
from collections.abc import Callable
from dataclasses import replace

from aligner.types import Move, Span
from tests.browser.conftest import Opened
from tests.browser.correcting import begin, choose, click, expected_shape, in_row, shape
from tests.formats.writers.sample import izvestia


def test_join_with_the_row_below_and_undo(reader: Opened) -> None:
    bitext = izvestia()
    before = shape(reader)
    assert before == expected_shape(bitext)
    begin(reader, 5)
    click(reader, "Join ↓")
    assert shape(reader) == expected_shape(bitext, (Span(6, 8), Span(3, 5)))
    assert reader.here() == "b5"
    assert reader.row(5).locator("> a").inner_text().startswith("5–6")
    click(reader, "Undo")
    assert shape(reader) == before
    click(reader, "Redo")
    assert shape(reader) == expected_shape(bitext, (Span(6, 8), Span(3, 5)))
    reader.press("u")
    assert shape(reader) == before
    reader.press("Shift+U")
    assert shape(reader) == expected_shape(bitext, (Span(6, 8), Span(3, 5)))


def test_join_with_the_row_above_by_key(reader: Opened) -> None:
    begin(reader, 6)
    reader.press("Shift+M")
    assert shape(reader) == expected_shape(izvestia(), (Span(6, 8), Span(3, 5)))


def test_split_between_two_segments(reader: Opened) -> None:
    begin(reader, 9)
    in_row(reader, "b9", "en", "Split here")
    assert shape(reader) == expected_shape(
        izvestia(), (Span(10, 11), Span(7, 8)), (Span(11, 12), Span(8, 8))
    )


def test_move_a_boundary_up_and_down(reader: Opened) -> None:
    bitext = izvestia()
    begin(reader, 9)
    in_row(reader, "b9", "en", "Move the last segment to the row below")
    assert shape(reader) == expected_shape(
        bitext, (Span(10, 11), Span(7, 8)), (Span(11, 13), Span(8, 9))
    )
    choose(reader, "b10")
    in_row(reader, "b10", "en", "Move the first segment to the row above")
    assert shape(reader) == expected_shape(bitext)


def test_a_row_that_gives_away_its_last_segment_is_gone(reader: Opened) -> None:
    """14 and 15 are the two halves of one pair: moving one makes the other whole."""
    begin(reader, 14)
    in_row(reader, "b14", "en", "Move the last segment to the row below")
    assert shape(reader) == expected_shape(izvestia(), (Span(16, 17), Span(12, 13)))


def test_unpair_leaves_both_sides_alone(reader: Opened) -> None:
    begin(reader, 5)
    click(reader, "Unpair")
    assert shape(reader) == expected_shape(
        izvestia(), (Span(6, 7), Span(3, 3)), (Span(7, 7), Span(3, 4))
    )


def test_the_help_tells_apart_what_is_alike(reader: Opened) -> None:
    begin(reader, 5)
    said = {
        name: reader.page.get_by_role("button", name=name, exact=True).get_attribute("title")
        for name in ("✗ Not a translation", "Unpair")
    }
    assert "the next run looks for other counterparts" in said["✗ Not a translation"]
    assert "two rows now, which the next run keeps" in said["Unpair"]
    reader.press("?")
    help_text = reader.page.get_by_role("dialog").inner_text()
    for what, follows in (
        ("✗ Not a translation", "the next run looks for other counterparts"),
        ("Unpair", "two rows at once, which the next run keeps"),
        ("↑ ↓", "at once"),
        ("⚑", "Nothing moves now"),
    ):
        assert follows in help_text[help_text.index(what) :]


def test_what_cannot_be_done_is_said(reader: Opened) -> None:
    begin(reader, 1)
    click(reader, "Join ↑")
    reader.page.locator("#toast", has_text="cannot be done").wait_for()
    assert shape(reader) == expected_shape(izvestia())


def test_confirming_settles_a_doubt(reader: Opened) -> None:
    assert reader.page.locator("#doubts").text_content() == "5"
    begin(reader, 9)
    click(reader, "✓ Right")
    assert reader.page.locator("#doubts").text_content() == "4"
    assert "✓" in reader.row(9).locator("> a").inner_text()
    assert reader.page.locator("#edited").text_content() == "1 row corrected or confirmed"
    click(reader, "✓ Right")
    assert reader.page.locator("#doubts").text_content() == "5"


def test_nothing_leads_to_the_next_doubt_where_there_is_none(
    open_page: Callable[..., Opened],
) -> None:
    bitext = izvestia()
    sure, one = (0.99,) * 45, (0.4,)
    for confidences, expected in ((sure + one, True), (sure + sure[:1], False)):
        beads = tuple(
            replace(bead, confidence=confidence)
            for bead, confidence in zip(bitext.alignment.beads, confidences, strict=True)
        )
        reader = open_page(replace(bitext, alignment=replace(bitext.alignment, beads=beads)))
        button = reader.page.get_by_role("button", name=re.compile("Next unsure"))
        assert button.is_enabled() == expected
        if expected:
            begin(reader, 46)
            reader.press("c")
            assert button.is_disabled()
            reader.press("u")
            assert button.is_enabled()


def test_what_moved_stays_linked_after_an_edit(open_page: Callable[..., Opened]) -> None:
    bitext = izvestia()
    moves = (Move(Span(16, 17), Span(12, 13), 1.0),)
    reader = open_page(replace(bitext, alignment=replace(bitext.alignment, moves=moves)))
    link = reader.row(14).locator(".gap a")
    assert (link.inner_text(), link.get_attribute("href")) == ("in Russian at 15", "#b15")
    choose(reader, "b14")
    reader.press("s")
    assert "★" in reader.row(14).locator("> a").inner_text()
    assert (link.inner_text(), link.get_attribute("href")) == ("in Russian at 15", "#b15")
    link.click()
    reader.page.locator("#b15[aria-current]").wait_for()
    # And back.
    back = reader.row(15).locator(".gap a")
    assert back.inner_text() == "in English at 14"
    back.click()
    reader.page.locator("#b14[aria-current]").wait_for()
