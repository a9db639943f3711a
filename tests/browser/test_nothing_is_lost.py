"""Whatever happens to the page, what a person said of its rows is not lost."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from aligner.formats.writers import write
from aligner.types import Alignment, Bead, Bitext, Origin, Span
from tests.browser.conftest import Opened
from tests.browser.correcting import begin, choose, click, corrections, download, shape
from tests.formats.writers.sample import izvestia


def second_tab(reader: Opened, url: str = "") -> Opened:
    """Open the page, or another, in a tab of its own in the same browser."""
    page = reader.page.context.new_page()
    page.set_default_timeout(8_000)
    other = Opened(page, url or reader.url, reader.bitext)
    page.on("dialog", other.answer)
    page.goto(other.url)
    return other


def settled(reader: Opened, text: str) -> None:
    """Wait until the page says so much of what was corrected."""
    reader.page.locator("#edited", has_text=text).wait_for(state="attached")


def test_two_tabs_keep_what_each_of_them_did(reader: Opened) -> None:
    other = second_tab(reader)
    begin(reader, 5)
    click(reader, "Join ↓")
    begin(other, 9)
    other.press("c")
    settled(reader, "2 rows")
    settled(other, "2 rows")
    choose(reader, "b12")
    reader.press("x")
    settled(other, "3 rows")
    assert shape(reader) == shape(other)
    said = corrections(other)
    assert [len(said[name]) for name in ("pins", "forbids")] == [2, 1]
    # Undo takes back what was done here, not what the other did since.
    other.press("u")
    settled(reader, "2 rows")
    assert "✗" in reader.row(12).locator("> a").inner_text()
    for each in (reader, other):
        each.reload()
        settled(each, "2 rows")
    assert shape(reader) == shape(other)


def test_tabs_that_never_heard_of_each_other_are_put_together(reader: Opened) -> None:
    """As when a browser tells tabs late, or not at all: each merges before it writes."""
    other = second_tab(reader)
    for each in (reader, other):
        each.page.evaluate("addEventListener('storage', (e) => e.stopImmediatePropagation(), true)")
    begin(reader, 5)
    reader.press("c")
    begin(other, 9)
    other.press("s", "c")
    reader.reload()
    settled(reader, "2 rows")


FILL = """() => {
  let text = "x".repeat(1 << 20);
  for (let i = 0; text.length; i++) {
    try { localStorage.setItem(`fill ${i}`, text); }
    catch { text = text.slice(0, text.length >> 1); }
  }
}"""
EMPTY = "() => Object.keys(localStorage).filter((k) => k.startsWith('fill')).forEach((k) => localStorage.removeItem(k))"  # noqa: E501


def test_a_full_browser_says_so_and_offers_the_download(reader: Opened) -> None:
    begin(reader, 5)
    reader.press("c")
    warning = reader.page.locator("#unkept")
    assert not warning.is_visible()
    reader.page.evaluate(FILL)
    choose(reader, "b9")
    reader.press("c")
    choose(reader, "b12")
    reader.press("x")
    assert warning.is_visible()
    # It lasts, and what is newer than the kept copy is what counts.
    reader.page.wait_for_timeout(300)
    assert warning.is_visible()
    said = download(reader, "Download it now").path().read_text("utf-8")
    assert said.count('"after"') == 3
    reader.page.evaluate(EMPTY)
    choose(reader, "b14")
    reader.press("c")
    assert not warning.is_visible()
    reader.reload()
    settled(reader, "4 rows")


def of_another_run(bitext: Bitext) -> Bitext:
    """The same texts with other beads: the fifth and the sixth are one."""
    beads = bitext.alignment.beads
    one, other = beads[4:6]
    joined = Bead(Span(one.src.start, other.src.stop), Span(one.tgt.start, other.tgt.stop))
    changed = (*beads[:4], joined, *beads[6:])
    sizes = len(bitext.src.segments), len(bitext.tgt.segments)
    return replace(bitext, alignment=Alignment(changed, *sizes))


def test_a_page_of_another_run_takes_over_what_was_said(reader: Opened, tmp_path: Path) -> None:
    begin(reader, 5)
    reader.press("c")
    choose(reader, "b9")
    click(reader, "Join ↓")
    choose(reader, "b12")
    reader.press("x", "e")
    reader.page.get_by_label("Note").fill("other speaker")
    choose(reader, "b20")
    reader.press("s")
    said = corrections(reader)
    write(of_another_run(izvestia()), tmp_path / "next.html")
    other = second_tab(reader, (tmp_path / "next.html").as_uri())
    other.page.get_by_role("button", name="Correct", exact=True).click()
    settled(other, "3 rows")
    names = ("pins", "cuts", "forbids", "notes", "stars")
    again = corrections(other)
    assert {name: again[name] for name in names} == {name: said[name] for name in names}
    # Once taken over, it is there, and not taken over again.
    kept = shape(other)
    other.reload()
    assert shape(other) == kept
    again = corrections_of(other)
    assert {name: again[name] for name in names} == {name: said[name] for name in names}


def corrections_of(reader: Opened) -> dict[str, Any]:
    reader.page.get_by_role("button", name="Correct", exact=True).click()
    return corrections(reader)


def test_the_first_click_after_a_note_counts(reader: Opened) -> None:
    begin(reader, 5)
    click(reader, "Note")
    reader.page.get_by_label("Note").press_sequentially("look again")
    click(reader, "☆ Star")
    assert "★" in reader.row(5).locator("> a").inner_text()
    assert reader.row(5).locator("> .noted").inner_text() == "look again"
    click(reader, "Note")
    reader.page.get_by_label("Note").press_sequentially(", please")
    reader.row(9).click(position={"x": 300, "y": 4})
    assert reader.here() == "b9"
    assert reader.row(5).locator("> .noted").inner_text() == "look again, please"
    # All that was typed is undone at once.
    reader.press("u")
    assert reader.row(5).locator("> .noted").inner_text() == "look again"


def test_a_note_that_is_being_typed_is_kept(reader: Opened) -> None:
    begin(reader, 5)
    click(reader, "Note")
    reader.page.get_by_label("Note").press_sequentially("half a no")
    reader.reload()
    assert reader.row(5).locator("> .noted").inner_text() == "half a no"


def test_a_beginning_inside_a_joined_row_is_taken_back(reader: Opened) -> None:
    begin(reader, 9)
    flag = "Say what this begins with: nothing moves before the next run"
    for lang in ("en", "ru"):
        reader.row(9).locator(f"> [lang={lang}]").get_by_role("button", name=flag).click()
    assert "⚑" in reader.row(9).locator("> a").inner_text()
    assert len(corrections(reader)["cuts"]) == 1
    choose(reader, "b8")
    click(reader, "Join ↓")
    assert reader.page.locator("li.begins, .begun").count() == 0
    assert corrections(reader)["cuts"] == []
    reader.press("u")
    assert "⚑" in reader.row(9).locator("> a").inner_text()
    assert len(corrections(reader)["cuts"]) == 1


@pytest.mark.parametrize(("button", "hidden"), [("Join ↓", 6), ("Join ↑", 4)])
def test_a_row_that_is_hidden_is_not_joined(reader: Opened, button: str, hidden: int) -> None:
    begin(reader, 5)
    before = shape(reader)
    reader.page.evaluate(f"document.getElementById('b{hidden}').hidden = true")
    click(reader, button)
    assert shape(reader) == before
    message = reader.page.locator("#toast")
    assert "filter hides" in message.inner_text()
    message.get_by_role("button", name="Show all rows").click()
    click(reader, button)
    assert len(shape(reader)) == len(before) - 1


def test_no_folder_of_the_writer_is_in_the_page(open_page: Callable[..., Opened]) -> None:
    bitext = izvestia()
    for folder, side in (("/home/jane/secret/", "src"), ("C:\\Users\\Jane\\secret\\", "tgt")):
        document = getattr(bitext, side)
        bitext = replace(bitext, **{side: replace(document, origin=Origin(f"{folder}a.txt"))})
    reader = open_page(bitext)
    content = reader.page.content()
    assert "secret" not in content
    assert "jane" not in content.lower()
    assert "a.txt" in reader.page.locator(".about").inner_text()
    begin(reader, 5)
    reader.press("c")
    assert corrections(reader)["made_for"]["source"] == "a.txt"


EDGE = "(row) => getComputedStyle(document.querySelector(row), '::before').borderInlineStartWidth"


def test_forced_colours_mark_only_what_is_marked(open_page: Callable[..., Opened]) -> None:
    reader = open_page(izvestia(), forced_colors="active")
    plain = ".group > li:not(.d1, .d2)"
    assert reader.page.evaluate(EDGE, plain) == "0px"
    assert reader.page.evaluate(EDGE, ".group > li:is(.d1, .d2)") == "3px"
    reader.page.locator(plain).first.click()
    assert reader.page.evaluate(EDGE, "[aria-current]") == "3px"


@pytest.mark.parametrize("swapped", [False, True])
def test_what_is_hidden_until_asked_is_printed(reader: Opened, swapped: bool) -> None:
    reader.press("3")
    if swapped:
        reader.press("w")
    blurred = "[...document.querySelectorAll('.group > li > p')].filter((cell) => getComputedStyle(cell).filter !== 'none').length"  # noqa: E501
    assert reader.page.evaluate(blurred) > 10
    reader.page.emulate_media(media="print")
    assert reader.page.evaluate(blurred) == 0


def test_leaving_with_what_no_file_holds_is_asked_about(reader: Opened) -> None:
    waiting = reader.page.locator("#waiting")
    reader.row(3).click()
    reader.reload()
    assert reader.leaving == 0
    begin(reader, 5)
    reader.press("c")
    reader.reload()
    assert reader.leaving == 1
    # And on opening it is seen that there is something.
    assert waiting.is_visible()
    with reader.page.expect_download():
        waiting.click()
    assert not waiting.is_visible()
    reader.reload()
    assert reader.leaving == 1
    assert not waiting.is_visible()
