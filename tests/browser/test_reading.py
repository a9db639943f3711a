"""Reading: modes, keys, doubts, links and the place, as a person uses them."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from aligner.types import Block
from tests.browser.conftest import Opened
from tests.browser.looking import ENGLISH, RUSSIAN, box
from tests.formats.writers.sample import izvestia
from tests.formats.writers.test_html import pairs


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
