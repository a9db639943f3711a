"""What was corrected, noted and starred: kept between visits, shown, and downloaded."""

import csv
import json
import re
from collections.abc import Callable
from dataclasses import replace

from aligner.corrections import bind, load
from aligner.types import Span
from tests.browser.conftest import Opened
from tests.browser.correcting import (
    begin,
    choose,
    click,
    corrections,
    download,
    expected_shape,
    in_row,
    shape,
)
from tests.formats.writers.sample import izvestia


def test_everything_is_kept_between_visits(reader: Opened) -> None:
    begin(reader, 5)
    click(reader, "Join ↓")
    choose(reader, "b9")
    reader.press("c", "s")
    kept = shape(reader)
    reader.reload()
    assert shape(reader) == kept
    assert "✓ ★" in reader.row(9).locator("> a").inner_text()
    reader.page.get_by_role("button", name="Correct", exact=True).click()
    click(reader, "Undo")
    click(reader, "Undo")
    click(reader, "Undo")
    assert shape(reader) == expected_shape(izvestia())


def test_the_downloaded_corrections_name_texts(reader: Opened) -> None:
    bitext = izvestia()
    src, tgt = bitext.src.texts, bitext.tgt.texts
    begin(reader, 5)
    click(reader, "Join ↓")
    choose(reader, "b9")
    reader.press("c")
    choose(reader, "b12")
    reader.press("x")
    reader.press("e")
    reader.page.get_by_label("Note").fill("other speaker")
    choose(reader, "b20")
    assert corrections(reader) == {
        "format": "aligner corrections",
        "version": 1,
        "made_for": {
            "source": "izvestia.txt",
            "target": "izvestia.txt",
            "signature": bitext.provenance.signature,
        },
        "pins": [
            {
                "source": src[6:8],
                "target": tgt[3:5],
                "after": {"source": src[5], "target": tgt[2]},
            },
            {
                "source": src[10:12],
                "target": tgt[7:8],
                "after": {"source": src[9], "target": tgt[6]},
            },
        ],
        "cuts": [],
        "forbids": [
            {
                "source": src[14:15],
                "target": tgt[10:11],
                "after": {"source": src[13], "target": tgt[9]},
                "note": "other speaker",
            }
        ],
        "notes": [],
        "stars": [],
    }


def test_the_next_run_finds_what_was_corrected(reader: Opened) -> None:
    """Five beads corrected in the browser stand where the person left them."""
    bitext = izvestia()
    begin(reader, 5)
    click(reader, "Join ↓")
    choose(reader, "b9")
    in_row(reader, "b9", "en", "Split here")
    choose(reader, "b14")
    in_row(reader, "b14", "en", "Move the last segment to the row below")
    choose(reader, "b23")
    reader.press("c")
    choose(reader, "b34")
    reader.press("x")
    found = download(reader, "Download corrections.json")
    bound = bind(load(found.path()), bitext.src, bitext.tgt)
    assert bound.missed == ()
    assert bound.pins == (
        (Span(6, 8), Span(3, 5)),
        (Span(10, 11), Span(7, 8)),
        (Span(11, 12), Span(8, 8)),
        (Span(16, 17), Span(12, 13)),
        (bitext.alignment.beads[22].src, bitext.alignment.beads[22].tgt),
    )
    wrong = bitext.alignment.beads[33]
    assert bound.forbids == ((wrong.src, wrong.tgt),)


def test_starred_pairs_are_a_safe_table(open_page: Callable[..., Opened]) -> None:
    bitext = izvestia()
    first, second, *others = bitext.src.segments
    evil = replace(second, text='=HYPERLINK("x"), "quoted"')
    bitext = replace(bitext, src=replace(bitext.src, segments=(first, evil, *others)))
    reader = open_page(bitext)
    choose(reader, "b2")
    click(reader, "☆ Star")
    choose(reader, "b4")
    reader.press("s")
    reader.page.get_by_role("button", name="Correct", exact=True).click()
    found = download(reader, "Starred pairs as CSV")
    assert found.suggested_filename == "starred.csv"
    with found.path().open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["id", "source", "target", "note"]
    assert rows[1] == ["2", f"'{evil.text}", bitext.tgt.texts[0], ""]
    assert rows[2][1] == " ".join(bitext.src.texts[4:6])


def test_the_filter_shows_what_is_starred_or_touched(reader: Opened) -> None:
    choose(reader, "b7")
    reader.press("s")
    begin(reader, 9)
    reader.press("c")
    reader.page.locator("summary", has_text="Filter").click()
    reader.page.get_by_label("only starred").check()
    assert reader.labels() == ["7"]
    reader.page.get_by_label("only starred").uncheck()
    reader.page.get_by_label("only corrected or confirmed").check()
    assert reader.labels() == ["9"]


def test_a_note_is_shown_and_searched_for_nothing_else(reader: Opened) -> None:
    begin(reader, 9)
    click(reader, "Note")
    reader.page.get_by_label("Note").fill("<b>look</b> again")
    choose(reader, "b10")
    assert reader.row(9).locator(".noted").inner_text() == "<b>look</b> again"
    reader.page.get_by_label("Search both texts").fill("split here")
    reader.page.locator("#hits", has_text="no match").wait_for()


def test_confirmed_beads_of_the_last_run_are_shown_as_such(
    open_page: Callable[..., Opened],
) -> None:
    bitext = izvestia()
    beads = list(bitext.alignment.beads)
    beads[8] = replace(beads[8], confidence=1.0, flags=("pinned",))
    reader = open_page(replace(bitext, alignment=replace(bitext.alignment, beads=tuple(beads))))
    assert re.search("9 +✓", reader.row(9).locator("> a").inner_text())
    assert reader.page.locator("#doubts").text_content() == "4"


def test_keyboard_alone_can_do_everything(reader: Opened) -> None:
    """From the first key to the download, without the mouse."""
    reader.press("Shift+E")
    for _ in range(9):
        reader.press("j")
    assert reader.here() == "b9"
    # Tab goes to the buttons of the row, first those between its segments.
    names = []
    for _ in range(5):
        reader.press("Tab")
        names.append(reader.page.evaluate("document.activeElement.getAttribute('aria-label')"))
    assert "Split here" in names
    while reader.page.evaluate("document.activeElement.getAttribute('aria-label')") != "Split here":
        reader.press("Shift+Tab")
    reader.press("Enter")
    assert shape(reader) == expected_shape(
        izvestia(), (Span(10, 11), Span(7, 8)), (Span(11, 12), Span(8, 8))
    )
    button = reader.page.get_by_role("button", name="Download corrections.json")
    button.focus()
    with reader.page.expect_download() as caught:
        reader.press("Enter")
    pins = json.loads(caught.value.path().read_text("utf-8"))["pins"]
    assert [len(pin["source"]) for pin in pins] == [1, 1]
    assert [len(pin["target"]) for pin in pins] == [1, 0]
