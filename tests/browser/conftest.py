"""A real browser: Debian's chromium, driven by playwright.

Without one these tests are skipped, unless ALIGNER_REQUIRE_BROWSER=1 says that there must be
one: then its lack is a failure.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

import aligner
from aligner.formats.writers import write
from aligner.types import Bitext
from tests import IZVESTIA
from tests.formats.writers.sample import izvestia

ARGUMENTS = [
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--no-first-run"),
]
# What a person would not wait for.
TIMEOUT_MS = 8_000
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def give_up(reason: str) -> None:
    if os.environ.get("ALIGNER_REQUIRE_BROWSER") == "1":
        pytest.fail(f"ALIGNER_REQUIRE_BROWSER=1, but {reason}")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A running browser."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        give_up("playwright is not installed (pip install playwright)")
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        give_up("there is no chromium (apt-get install chromium)")
    with sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield running
        running.close()


@dataclass
class Opened:
    """A page in the browser, and what it did that it should not."""

    page: Any
    url: str
    bitext: Bitext
    requests: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    leaving: int = 0

    def answer(self, dialog: Any) -> None:
        """Leave the page where it asks whether to; whatever else it asks is a fault."""
        if dialog.type == "beforeunload":
            self.leaving += 1
            dialog.accept()
        else:
            self.dialogs.append(dialog.message)
            dialog.dismiss()

    def row(self, number: "int | str") -> Any:
        return self.page.locator(f"#b{number}")

    def here(self) -> str:
        """The id of the chosen row; empty where there is none."""
        return self.page.evaluate("document.querySelector('[aria-current]')?.id ?? ''")

    def labels(self) -> list[str]:
        """The labels of the rows that are shown."""
        links = "[...document.querySelectorAll('.group > li:not([hidden]) > a')]"
        return self.page.evaluate(f"{links}.map((a) => a.firstChild.data.trim())")

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def reload(self) -> None:
        self.page.goto("about:blank")
        self.page.goto(self.url)


@pytest.fixture
def open_page(browser: Any, tmp_path: Path) -> Iterator[Callable[..., Opened]]:
    """Write a bitext's page and open it; fails where the page fetches, asks or throws."""
    opened: list[Opened] = []

    def open_it(bitext: Bitext, anchor: str = "", **context: Any) -> Opened:
        path = tmp_path / f"page{len(opened)}.html"
        write(bitext, path)
        context.setdefault("viewport", {"width": 1280, "height": 900})
        page = browser.new_context(accept_downloads=True, **context).new_page()
        page.set_default_timeout(TIMEOUT_MS)
        here = Opened(page, path.as_uri() + anchor, bitext)
        page.on("request", lambda request: here.requests.append(request.url))
        page.on("dialog", here.answer)
        page.on("pageerror", lambda error: here.errors.append(str(error)))
        page.on("console", lambda m: here.errors.append(m.text) if m.type == "error" else None)
        page.goto(here.url)
        opened.append(here)
        return here

    yield open_it
    for each in opened:
        each.page.context.close()
        assert each.errors == []
        assert each.dialogs == []
        allowed = ("file:", "data:image/svg", "blob:", "about:")
        assert [url for url in each.requests if not url.startswith(allowed)] == []


@pytest.fixture
def reader(open_page: Callable[..., Opened]) -> Opened:
    """The page of the real bitext."""
    return open_page(izvestia())


@pytest.fixture(scope="session")
def before() -> Bitext:
    """What is aligned before anybody corrects it."""
    return aligner.align(IZVESTIA)
