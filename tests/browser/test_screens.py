"""The page without JavaScript, and on screens wide and narrow."""

from collections.abc import Callable

import pytest

from tests.browser.conftest import Opened
from tests.browser.looking import ENGLISH, RUSSIAN, box
from tests.formats.writers.sample import izvestia


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
