"""What a person sees of the page."""

from tests.browser.conftest import Opened

ENGLISH, RUSSIAN = "#b2 > [lang=en]", "#b2 > [lang=ru]"


def box(reader: Opened, selector: str) -> dict[str, float]:
    found = reader.page.locator(selector).bounding_box()
    assert found is not None
    return found


def expect(reader: Opened, selector: str, text: str) -> None:
    """Wait until an element says this."""
    from playwright.sync_api import expect as wait

    wait(reader.page.locator(selector)).to_have_text(text)
