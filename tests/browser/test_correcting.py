"""Correcting in place, as a person does it: click, type, undo, come back, download."""

import csv
import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from aligner.corrections import bind, load
from aligner.types import Alignment, Bead, Bitext, Move, Span
from tests.browser.conftest import Opened
from tests.formats.writers.sample import izvestia


def begin(reader: Opened, number: int) -> None:
    """Begin to correct, and choose a row."""
    reader.page.get_by_role("button", name="Correct", exact=True).click()
    choose(reader, f"b{number}")


def choose(reader: Opened, row: str) -> None:
    reader.page.locator(f"#{row} > a + *").click(position={"x": 300, "y": 4})


def click(reader: Opened, name: str) -> None:
    reader.page.get_by_role("button", name=name, exact=True).click()


def in_row(reader: Opened, row: str, side: str, button: str) -> None:
    """Press one of the buttons between the segments of a side."""
    cell = reader.page.locator(f"#{row} > [lang={side}]")
    cell.get_by_role("button", name=button).first.click()


def shape(reader: Opened) -> list[list[list[str]]]:
    """The texts of the segments of every row, source and target, as the page shows them."""
    return reader.page.evaluate(
        """[...document.querySelectorAll(".group > li")].map((row) =>
             [row.children[1], row.children[2]].map((cell) => {
               if (cell.className === "gap") return [];
               const spans = [...cell.querySelectorAll("span")];
               return (spans.length ? spans : [cell]).map((piece) =>
                 [...piece.childNodes].filter((n) => n.nodeType === 3).map((n) => n.data).join(""));
             }))"""
    )


def expected_shape(bitext: Bitext, *spans: tuple[Span, Span]) -> list[list[list[str]]]:
    """The same of a bitext, with the beads that touch these spans replaced by them."""
    starts = {(src.start, tgt.start) for src, tgt in spans}
    src_taken = {i for src, _ in spans for i in range(src.start, src.stop)}
    tgt_taken = {i for _, tgt in spans for i in range(tgt.start, tgt.stop)}
    kept = [
        (bead.src, bead.tgt)
        for bead in bitext.alignment.beads
        if not src_taken & set(range(bead.src.start, bead.src.stop))
        and not tgt_taken & set(range(bead.tgt.start, bead.tgt.stop))
    ]
    assert len(starts) == len(spans)
    every = sorted([*kept, *spans], key=lambda pair: (pair[0].start, pair[1].start))
    Alignment(tuple(Bead(*pair) for pair in every), 52, 44)
    return [
        [bitext.src.texts[src.start : src.stop], bitext.tgt.texts[tgt.start : tgt.stop]]
        for src, tgt in every
    ]


def download(reader: Opened, button: str) -> Any:
    with reader.page.expect_download() as caught:
        click(reader, button)
    return caught.value


def corrections(reader: Opened) -> dict[str, Any]:
    found = download(reader, "Download corrections.json")
    assert found.suggested_filename == "corrections.json"
    return json.loads(found.path().read_text("utf-8"))


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
            "source": "seeds/izvestia.txt",
            "target": "seeds/izvestia.txt",
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
    assert reader.here() == "b15"
    # And back.
    back = reader.row(15).locator(".gap a")
    assert back.inner_text() == "in English at 14"
    back.click()
    assert reader.here() == "b14"
