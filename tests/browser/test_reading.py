"""Reading: modes, keys, search, filters, doubts, links and the place, as a person uses them."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from aligner.types import Block
from tests.browser.conftest import Opened
from tests.formats.writers.sample import izvestia
from tests.formats.writers.test_html import pairs

ENGLISH, RUSSIAN = "#b2 > [lang=en]", "#b2 > [lang=ru]"


def box(reader: Opened, selector: str) -> dict[str, float]:
    found = reader.page.locator(selector).bounding_box()
    assert found is not None
    return found


def expect(reader: Opened, selector: str, text: str) -> None:
    """Wait until an element says this."""
    from playwright.sync_api import expect as wait

    wait(reader.page.locator(selector)).to_have_text(text)


def choose(reader: Opened, label: str) -> None:
    """Pick something in the View menu."""
    reader.page.locator("summary", has_text="View").click()
    reader.page.get_by_label(label, exact=True).check()
    reader.press("Escape")


def test_both_sides_of_a_row_begin_together(reader: Opened) -> None:
    left, right = box(reader, ENGLISH), box(reader, RUSSIAN)
    assert left["y"] == right["y"]
    assert left["x"] + left["width"] < right["x"]


def test_one_under_the_other(reader: Opened) -> None:
    choose(reader, "one under the other")
    above, below = box(reader, ENGLISH), box(reader, RUSSIAN)
    assert above["x"] == below["x"]
    assert above["y"] + above["height"] <= below["y"]


@pytest.mark.parametrize(
    ("key", "shown", "hidden"), [("4", ENGLISH, RUSSIAN), ("5", RUSSIAN, ENGLISH)]
)
def test_one_side_alone(reader: Opened, key: str, shown: str, hidden: str) -> None:
    reader.press(key)
    assert reader.page.locator(shown).is_visible()
    assert not reader.page.locator(hidden).is_visible()
    reader.press("1")
    assert reader.page.locator(hidden).is_visible()


def test_the_other_side_is_hidden_until_it_is_asked_for(reader: Opened) -> None:
    reader.press("3")
    blurred = f"getComputedStyle(document.querySelector('{RUSSIAN}')).filter"
    assert "blur" in reader.page.evaluate(blurred)
    reader.page.locator(RUSSIAN).click()
    assert reader.page.evaluate(blurred) == "none"
    reader.press("Space")
    assert "blur" in reader.page.evaluate(blurred)


def test_the_sides_can_be_swapped(reader: Opened) -> None:
    reader.press("w")
    assert box(reader, RUSSIAN)["x"] < box(reader, ENGLISH)["x"]
    reader.press("w")
    assert box(reader, RUSSIAN)["x"] > box(reader, ENGLISH)["x"]


def test_settings_last(reader: Opened) -> None:
    choose(reader, "one under the other")
    choose(reader, "dark")
    reader.reload()
    assert reader.page.evaluate("document.documentElement.dataset.mode") == "interlinear"
    colour = "getComputedStyle(document.body).backgroundColor"
    assert reader.page.evaluate(colour) == "rgb(23, 24, 26)"


def test_the_system_says_light_or_dark(open_page: Callable[..., Opened]) -> None:
    colours = [
        open_page(izvestia(), color_scheme=scheme).page.evaluate(
            "getComputedStyle(document.body).backgroundColor"
        )
        for scheme in ("light", "dark")
    ]
    assert colours == ["rgb(251, 250, 246)", "rgb(23, 24, 26)"]


def test_the_text_can_be_made_larger(reader: Opened) -> None:
    before = box(reader, ENGLISH)["height"]
    reader.page.locator("summary", has_text="View").click()
    reader.page.locator("[name=size]").fill("160")
    assert box(reader, ENGLISH)["height"] > before


def test_hovering_lights_both_sides(reader: Opened) -> None:
    colour = "getComputedStyle(document.getElementById('b3')).backgroundColor"
    before = reader.page.evaluate(colour)
    reader.page.locator("#b3 > [lang=ru]").hover()
    assert reader.page.evaluate(colour) != before


def test_keys_go_from_row_to_row(reader: Opened) -> None:
    reader.press("j")
    assert reader.here() == "b1"
    reader.press("j", "ArrowDown", "j")
    assert reader.here() == "b4"
    assert reader.page.evaluate("document.activeElement.id") == "b4"
    reader.press("k", "ArrowUp")
    assert reader.here() == "b2"


def test_keys_work_on_a_russian_keyboard(reader: Opened) -> None:
    """There the key of j types о."""
    reader.page.evaluate(
        """document.body.dispatchEvent(new KeyboardEvent("keydown",
           { key: "о", code: "KeyJ", bubbles: true, cancelable: true }))"""
    )
    assert reader.here() == "b1"


def test_arrows_scroll_until_a_row_is_chosen(reader: Opened) -> None:
    reader.press("ArrowDown")
    assert reader.here() == ""


def test_next_unsure_goes_round_all_doubts(reader: Opened) -> None:
    confidences = enumerate(izvestia().alignment.beads, start=1)
    doubts = [f"b{number}" for number, bead in confidences if bead.confidence < 0.8]
    assert reader.page.locator("#doubts").text_content() == str(len(doubts))
    seen = []
    for _ in range(len(doubts) + 1):
        reader.page.get_by_role("button", name=re.compile("Next unsure")).click()
        seen.append(reader.here())
    assert seen == [*doubts, doubts[0]]
    reader.press("Shift+N")
    assert reader.here() == doubts[-1]


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


def test_a_permalink_goes_to_its_row(open_page: Callable[..., Opened]) -> None:
    reader = open_page(izvestia(), anchor="#b40")
    reader.page.locator("#b40[aria-current]").wait_for()
    assert reader.row(40).is_visible()
    middle = reader.row(40).bounding_box()["y"]
    assert 0 < middle < 900


def test_check_first_leads_to_the_row(reader: Opened) -> None:
    reader.page.locator(".check a").first.click()
    reader.page.locator("#b14[aria-current]").wait_for()


@pytest.mark.parametrize("sides", [("src", "tgt"), ("src",), ("tgt",)])
def test_the_contents_lead_to_the_chapters(
    open_page: Callable[..., Opened], sides: tuple[str, ...]
) -> None:
    """The headings are the source's or, where it has none, the target's."""
    bitext = pairs(90)
    for side in sides:
        document = getattr(bitext, side)
        chapters = {0: "Chapter 1", 40: "Chapter 2", 80: "Chapter 3"}
        blocks = (Block("x"), *(Block(f"{text} {side}", "heading") for text in chapters.values()))
        number = {at: block for block, at in enumerate(chapters, start=1)}
        segments = tuple(
            replace(segment, block=number.get(at, 0))
            for at, segment in enumerate(document.segments)
        )
        bitext = replace(bitext, **{side: replace(document, blocks=blocks, segments=segments)})
    reader = open_page(bitext)
    reader.page.locator("summary", has_text="Contents").click()
    links = reader.page.get_by_role("navigation", name="Contents").get_by_role("link")
    assert links.all_inner_texts() == [f"Chapter {n} {sides[0]}" for n in (1, 2, 3)]
    links.last.click()
    reader.page.locator("#b81[aria-current]").wait_for()
    assert 0 < reader.row(81).bounding_box()["y"] < 900


def test_print_has_both_texts_and_no_controls(open_page: Callable[..., Opened]) -> None:
    reader = open_page(izvestia(), color_scheme="dark")
    choose(reader, "dark")
    reader.press("Shift+E")
    reader.row(2).locator("> p").first.click()
    assert reader.page.locator("#b2 .edit").first.is_visible()
    reader.page.emulate_media(media="print")
    assert not reader.page.locator(".tools").is_visible()
    assert not reader.page.locator(".row-tools").first.is_visible()
    assert not reader.page.locator("#b2 .edit").first.is_visible()
    assert box(reader, ENGLISH)["y"] == box(reader, RUSSIAN)["y"]
    # Dark on white, whatever the screen is.
    colours = "[body, document.querySelector('#b2 > p')].map((e) => getComputedStyle(e).color)"
    ink = reader.page.evaluate(colours.replace("body", "document.body"))
    assert ink == ["rgb(34, 32, 28)"] * 2
    assert len(reader.page.pdf()) > 10_000


def test_a_link_can_be_copied(reader: Opened) -> None:
    reader.page.locator("#b5 > p").first.click()
    reader.page.get_by_role("button", name="Link", exact=True).click()
    reader.page.locator("#toast").wait_for(state="visible")
    assert reader.page.url.endswith("#b5")


def test_the_place_is_kept(reader: Opened) -> None:
    reader.row(30).scroll_into_view_if_needed()
    reader.page.mouse.wheel(0, 300)
    reader.page.wait_for_timeout(600)
    reader.reload()
    reader.page.locator("#toast", has_text="You stopped reading here").wait_for()
    assert reader.page.evaluate("scrollY") > 1000
    reader.page.get_by_role("button", name="Go to the start").click()
    assert reader.page.evaluate("scrollY") == 0


def test_help_lists_the_keys(reader: Opened) -> None:
    reader.press("?")
    assert reader.page.get_by_role("dialog").is_visible()
    # It is longer than the window, and begins at its beginning.
    top, height, whole = reader.page.evaluate(
        "(({ scrollTop, clientHeight, scrollHeight }) => [scrollTop, clientHeight, scrollHeight])"
        "(document.querySelector('dialog'))"
    )
    assert (top, height < whole) == (0, True)
    reader.press("Escape")
    assert not reader.page.get_by_role("dialog").is_visible()


def test_without_javascript_the_page_is_complete(open_page: Callable[..., Opened]) -> None:
    reader = open_page(izvestia(), java_script_enabled=False)
    assert box(reader, ENGLISH)["y"] == box(reader, RUSSIAN)["y"]
    assert not reader.page.locator(".tools").is_visible()
    reader.page.locator(".left-out summary").click()
    assert reader.page.locator(".left-out li").first.is_visible()


@pytest.mark.parametrize("width", [1440, 768, 390])
def test_nothing_is_wider_than_the_window(open_page: Callable[..., Opened], width: int) -> None:
    reader = open_page(izvestia(), viewport={"width": width, "height": 800})
    assert reader.page.evaluate("document.documentElement.scrollWidth") <= width
    reader.page.locator("summary", has_text="Filter").click()
    assert reader.page.evaluate("document.documentElement.scrollWidth") <= width


def test_on_a_narrow_screen_the_sides_stand_one_under_the_other(
    open_page: Callable[..., Opened],
) -> None:
    reader = open_page(izvestia(), viewport={"width": 390, "height": 800})
    above, below = box(reader, ENGLISH), box(reader, RUSSIAN)
    assert above["y"] + above["height"] <= below["y"] + 1


@pytest.mark.parametrize(("width", "narrow"), [(390, True), (1280, False)])
def test_the_facts_are_folded_where_they_would_fill_the_screen(
    open_page: Callable[..., Opened], width: int, narrow: bool
) -> None:
    reader = open_page(izvestia(), viewport={"width": width, "height": 844})
    facts, said = reader.page.locator(".facts"), reader.page.locator(".about > summary")
    assert facts.is_visible() != narrow
    assert said.is_visible() == narrow
    # No doubt is folded.
    assert reader.page.locator(".check a").first.is_visible()
    if narrow:
        assert "about 2.8 of 46 may be wrong" in said.inner_text()
        assert box(reader, "main")["y"] < 844 / 2
        said.click()
        assert facts.is_visible()
        said.click()
        reader.page.set_viewport_size({"width": 1280, "height": 844})
        assert said.is_visible()


@pytest.mark.parametrize(("width", "narrow"), [(390, True), (1280, False)])
def test_the_view_says_where_the_sides_do_not_fit_beside_each_other(
    open_page: Callable[..., Opened], width: int, narrow: bool
) -> None:
    reader = open_page(izvestia(), viewport={"width": width, "height": 844})
    reader.page.locator("summary", has_text="View").click()
    assert reader.page.get_by_text("(in a wider window)").is_visible() == narrow


def test_the_bar_leaves_a_narrow_screen_to_the_text(open_page: Callable[..., Opened]) -> None:
    reader = open_page(izvestia(), viewport={"width": 390, "height": 844})
    reader.press("Shift+E")
    assert box(reader, ".bar")["height"] < 80
    reader.row(9).locator("> p").first.click()
    reader.press("c", "s")
    assert reader.page.get_by_role("button", name="Undo").is_visible()
    assert reader.page.get_by_role("button", name="Download corrections.json").is_visible()
    assert reader.page.get_by_role("button", name="Starred pairs as CSV").is_visible()
    assert box(reader, ".bar")["height"] < 120
