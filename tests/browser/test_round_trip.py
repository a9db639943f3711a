"""Align, correct in the browser, align again: the person's word holds, and nothing else changes."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

import aligner
from aligner.types import Bitext
from tests import IZVESTIA
from tests.browser.conftest import Opened
from tests.browser.correcting import begin, choose, click, in_row, shape
from tests.browser.rounds import align, find, rows_of, saved


def correct_five(reader: Opened, bitext: Bitext) -> list[list[str]]:
    """Join, split, move, confirm and refuse a row each; return what the refused one says."""
    joined = find(bitext, "1-1", 6)
    parted = find(bitext, "2-1", joined + 2)
    moved = find(bitext, "2-1", parted)
    confirmed = find(bitext, "1-1", moved + 2)
    refused = find(bitext, "1-1", confirmed + 2)
    begin(reader, joined)
    click(reader, "Join ↓")
    choose(reader, f"b{parted}")
    in_row(reader, f"b{parted}", "en", "Split here")
    choose(reader, f"b{moved}")
    in_row(reader, f"b{moved}", "en", "Move the last segment to the row below")
    choose(reader, f"b{confirmed}")
    reader.press("c")
    choose(reader, f"b{refused}")
    reader.press("x")
    return rows_of(bitext)[refused - 1]


LISTS = ("pins", "cuts", "forbids", "notes", "stars")


def test_five_rows_corrected_in_the_browser(
    open_page: Callable[..., Opened], before: Bitext, tmp_path: Path
) -> None:
    reader = open_page(before)
    refused = correct_five(reader, before)
    wanted = shape(reader)
    saved(reader, tmp_path / "corrections.json")
    after = align(tmp_path, tmp_path / "corrections.json", "after")

    # All rows are as the person left them; the refused one has given way, and its neighbours
    # may have taken what it held.
    rows = rows_of(after)
    at = wanted.index(refused)
    assert refused not in rows
    head, tail = wanted[: at - 1], wanted[at + 2 :]
    assert rows[: len(head)] == head
    assert rows[-len(tail) :] == tail
    assert [bead.kind for bead in after.alignment.beads if "pinned" in bead.flags] == [
        *("2-2", "1-1", "1-0", "1-1", "2-1", "1-1")
    ]

    # The page of the second run shows it, and again nothing changes.
    page = open_page(after)
    marked = page.page.locator(".group > li.pinned")
    assert marked.count() == 6
    assert all("✓" in text for text in marked.locator("> a").all_inner_texts())
    again = align(tmp_path, tmp_path / "corrections.json", "again")
    assert again.alignment == after.alignment
    again_text, after_text = (
        (tmp_path / f"{name}.html").read_text("utf-8") for name in ("again", "after")
    )
    assert rows_in(again_text) == rows_in(after_text)


def rows_in(page: str) -> str:
    return page[page.index("<main") : page.index("</main>")]


@pytest.fixture(scope="module")
def corrections(before: Bitext, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Corrections of every kind, as the page names them; some stand nowhere in the text."""
    src, tgt = before.src.texts, before.tgt.texts
    ones = [bead for bead in before.alignment.beads if bead.kind == "1-1"]
    pin, cut, refused, noted, starred = (
        {
            "source": src[bead.src.start : bead.src.stop],
            "target": tgt[bead.tgt.start : bead.tgt.stop],
            "after": {"source": src[bead.src.start - 1], "target": tgt[bead.tgt.start - 1]},
        }
        for bead in (ones[5], ones[15], ones[25], ones[7], ones[8])
    )
    half = {"source": [], "target": cut["target"], "after": {"target": cut["after"]["target"]}}
    gone = {"source": ["Gone."], "target": [], "after": {"source": "Before."}, "note": "was here"}
    content = {
        "pins": [pin | {"note": "sure"}, gone],
        "cuts": [cut | {"note": "a chapter"}, half],
        "forbids": [refused | {"note": "another topic"}],
        "notes": [noted | {"note": "look <b>here</b>\nand there"}],
        "stars": [noted, starred, {"source": [], "target": ["Нет её."]}],
    }
    path = tmp_path_factory.mktemp("kept") / "first.json"
    path.write_text(json.dumps({"format": "aligner corrections", "version": 1} | content), "utf-8")
    return path


def test_a_second_round_holds_the_first(
    open_page: Callable[..., Opened], corrections: Path, tmp_path: Path
) -> None:
    first = json.loads(corrections.read_text("utf-8"))
    corrected = aligner.align(IZVESTIA, corrections=corrections)
    reader = open_page(corrected)
    number = find(corrected, "2-1", 1)
    begin(reader, number)
    reader.press("c")
    second = saved(reader, tmp_path / "second.json")
    texts = rows_of(corrected)[number - 1]
    added = [pin for pin in second["pins"] if pin not in first["pins"]]
    assert [[pin["source"], pin["target"]] for pin in added] == [texts]
    second["pins"].remove(added[0])
    assert {name: second[name] for name in LISTS} == {name: first[name] for name in LISTS}
    again = aligner.align(IZVESTIA, corrections=tmp_path / "second.json")
    assert rows_of(again) == rows_of(corrected)


def test_what_was_handed_on_is_shown(
    open_page: Callable[..., Opened], corrections: Path, tmp_path: Path
) -> None:
    """Notes and stars stand in their rows, without JavaScript too; the lost ones are listed."""
    corrected = aligner.align(IZVESTIA, corrections=corrections)
    plain = open_page(corrected, java_script_enabled=False)
    assert plain.page.locator(".noted").all_inner_texts() == ["sure", "look <b>here</b>\nand there"]
    assert plain.page.locator(".starred > a").filter(has_text="★").count() == 2
    assert plain.page.locator("#not-found summary").inner_text() == (
        "Not found: 2 corrections that stand nowhere in these texts"
    )
    assert plain.page.locator("#not-found li").count() == 2

    # They can be taken back.
    reader = open_page(corrected)
    starred = reader.page.locator(".starred")
    starred.last.locator("> p").first.click()
    reader.press("s")
    assert starred.count() == 1
    reader.press("Shift+E")
    assert reader.page.locator("#edited").text_content() == "No new corrections yet"
    starred.first.locator("> p").first.click()
    reader.press("e")
    reader.page.get_by_label("Note").fill("")
    reader.press("Tab")
    second = saved(reader, tmp_path / "second.json")
    assert second["notes"] == []
    assert [len(star["source"]) for star in second["stars"]] == [1, 0]


def test_a_remark_on_a_row_that_is_another_now_stays_with_its_first_segment(
    open_page: Callable[..., Opened], before: Bitext, tmp_path: Path
) -> None:
    number = find(before, "2-1", 1)
    rows = rows_of(before)
    (first, second), target = rows[number - 1]
    entry = {"source": [first, second], "target": target, "note": "both?"}
    pin = {"source": [first], "target": target}
    content = {"pins": [pin], "notes": [entry], "stars": [entry]}
    path = tmp_path / "corrections.json"
    path.write_text(json.dumps({"format": "aligner corrections", "version": 1} | content), "utf-8")
    corrected = aligner.align(IZVESTIA, corrections=path)
    reader = open_page(corrected)
    row = reader.page.locator(".starred")
    assert row.locator("[lang=en]").inner_text() == first
    assert row.locator(".noted").inner_text() == "both?"


def test_notes_and_stars_alone_can_be_downloaded(
    open_page: Callable[..., Opened], before: Bitext, tmp_path: Path
) -> None:
    reader = open_page(before)
    begin(reader, 5)
    reader.press("s")
    assert reader.page.locator("#edited").text_content() == "No corrections yet"
    found = saved(reader, tmp_path / "corrections.json")
    assert [star["source"] for star in found["stars"]] == [rows_of(before)[4][0]]
    assert aligner.align(IZVESTIA, corrections=tmp_path / "corrections.json").unmatched == ()


def test_what_was_refused_may_be_put_together_again(
    open_page: Callable[..., Opened], before: Bitext, corrections: Path, tmp_path: Path
) -> None:
    content = json.loads(corrections.read_text("utf-8"))
    (refused,) = content["forbids"]
    after = {"source": refused["source"][0], "target": refused["after"]["target"]}
    content["pins"] += [
        {**refused, "target": []},
        {"source": [], "target": refused["target"], "after": after},
    ]
    first = tmp_path / "first.json"
    first.write_text(json.dumps(content), "utf-8")
    corrected = aligner.align(IZVESTIA, corrections=first)
    at = 1 + rows_of(corrected).index([refused["source"], []])
    reader = open_page(corrected)
    begin(reader, at)
    click(reader, "Join ↓")
    second = saved(reader, tmp_path / "second.json")
    assert second["forbids"] == []
    again = aligner.align(IZVESTIA, corrections=tmp_path / "second.json")
    assert again.unmatched == corrected.unmatched
    assert len(again.unmatched) == 2
    assert rows_of(again) == rows_of(before)


def test_what_was_refused_is_marked_and_not_asked_for_again(
    open_page: Callable[..., Opened], before: Bitext, tmp_path: Path
) -> None:
    number = find(before, "1-1", 11)
    reader = open_page(before)
    begin(reader, number)
    reader.press("x")
    saved(reader, tmp_path / "corrections.json")
    pair = before.alignment.beads[number - 1]
    after = aligner.align(IZVESTIA, corrections=tmp_path / "corrections.json")
    alone = [
        n
        for n, bead in enumerate(after.alignment.beads, start=1)
        if bead.is_null and (bead.src == pair.src or bead.tgt == pair.tgt)
    ]
    assert len(alone) == 2

    page = open_page(after)
    marked = page.page.locator(".group > .refused")
    assert marked.evaluate_all("rows => rows.map((row) => row.id)") == [f"b{n}" for n in alone]
    for n in alone:
        assert page.row(n).locator("> a").inner_text() == f"{n} ✗"
        assert "refused" in page.row(n).locator("> a b").get_attribute("title")
        assert page.page.locator(f".check [href='#b{n}']").count() == 0
    doubts = page.page.locator(".group > :is(.d1, .d2)").count()
    assert page.page.locator("#doubts").inner_text() == str(doubts)
    # The mark stays with a row that is made anew, until something else is said of it.
    choose(page, f"b{alone[0]}")
    page.press("s")
    assert page.row(alone[0]).locator("> a").inner_text() == f"{alone[0]} ✗ ★"
    page.press("Shift+E", "c")
    assert page.row(alone[0]).locator("> a").inner_text() == f"{alone[0]} ✓ ★"
