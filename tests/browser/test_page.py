"""The page as a whole: safe, quick on a novel, usable by everybody, right in other scripts."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from aligner.formats.writers import write
from aligner.types import (
    Alignment,
    Bead,
    Bitext,
    Block,
    Correction,
    Document,
    LeftOut,
    Origin,
    Placed,
    Provenance,
    Quote,
    Span,
)
from tests.browser.conftest import Opened
from tests.formats.writers.sample import izvestia
from tests.formats.writers.test_html import EVIL, pairs, word_for_word

NOVEL_BEADS = 20_000
# Seconds of processor that the page takes; what a person takes for at once, on an idle machine.
AT_ONCE = 1.0
PARSED = 2.5  # likewise, until all of a novel is there


def evil_bitext() -> Bitext:
    """Every text of the page is an attack."""
    bitext = pairs(len(EVIL))
    sides = []
    for side in (bitext.src, bitext.tgt):
        segments = tuple(
            replace(segment, text=evil) for segment, evil in zip(side.segments, EVIL, strict=True)
        )
        sides.append(
            replace(
                side,
                title=" ".join(EVIL),
                origin=Origin("".join(EVIL)),
                blocks=(Block("".join(EVIL), "heading"),),
                segments=segments,
                left_out=tuple(LeftOut(evil, 0, 1, evil, evil) for evil in EVIL),
            )
        )
    beads = tuple(
        replace(bead, confidence=0.4, flags=tuple(EVIL)) for bead in bitext.alignment.beads
    )
    alignment = replace(bitext.alignment, beads=beads)
    signature = Provenance(EVIL[0], EVIL[1], ((EVIL[2], EVIL[3]),), EVIL[4])
    quote = Quote(tuple(EVIL))
    corrections = (
        Placed(Correction("pin", quote, quote, " ".join(EVIL)), Span(0, 1), Span(0, 1)),
        Placed(Correction("forbid", quote, quote, EVIL[1]), Span(1, 2), Span(2, 3)),
        *(Placed(Correction("note", quote, quote, evil), reason=evil) for evil in EVIL),
    )
    return Bitext(sides[0], sides[1], alignment, signature, corrections)


def test_nothing_that_a_text_says_is_run(open_page: Callable[..., Opened]) -> None:
    """The fixture fails on any dialog, request or error; here the page is used, too."""
    reader = open_page(evil_bitext())
    reader.page.get_by_role("button", name="Correct", exact=True).click()
    reader.page.locator("#b2 > a + *").click(position={"x": 300, "y": 4})
    for key in ("m", "s", "c", "e"):
        reader.press(key)
    reader.page.get_by_label("Note").fill(" ".join(EVIL))
    reader.press("Tab")
    reader.reload()
    reader.page.get_by_label("Search both texts").fill("<script>")
    reader.page.wait_for_timeout(300)
    assert reader.page.locator(".noted").all_inner_texts() == [" ".join(EVIL)] * 2
    assert reader.page.locator("img").count() == 0


@pytest.fixture
def server() -> Iterator[tuple[str, list[str]]]:
    """A server on this machine: its address, and the paths that it was asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    running = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=running.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{running.server_port}", asked
    running.shutdown()


def test_the_policy_stops_what_would_get_in(
    open_page: Callable[..., Opened], server: tuple[str, list[str]]
) -> None:
    """Even markup that got into the page could run nothing and fetch nothing."""
    address, asked = server
    reader = open_page(izvestia())
    reader.page.evaluate(
        """(address) => {
             document.body.insertAdjacentHTML("beforeend",
               `<img src="data:x" onerror="window.ran = 1"><img src="${address}/x.png">`);
             const script = document.createElement("script");
             script.textContent = "window.ran = 2";
             document.body.append(script);
             fetch(`${address}/fetched`).catch(() => {});
           }""",
        address,
    )
    reader.page.wait_for_timeout(300)
    assert reader.page.evaluate("window.ran ?? null") is None
    assert asked == []
    assert len([error for error in reader.errors if "Content Security Policy" in error]) >= 4
    # The fixture would take these for the page's own.
    reader.errors.clear()
    reader.requests.clear()


@pytest.fixture(scope="module")
def novel(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    """A novel's page, and the size of its text in bytes."""
    bitext = pairs(
        NOVEL_BEADS,
        "It was the best of times, it was the worst of times, it was the age of reason.",
        "Это было лучшее из всех времён, это было худшее из всех времён, это был век разума.",
    )
    last = bitext.src.segments[-1]
    segments = (*bitext.src.segments[:-1], replace(last, text="The very last word."))
    bitext = word_for_word(replace(bitext, src=replace(bitext.src, segments=segments)))
    path = tmp_path_factory.mktemp("novel") / "novel.html"
    write(bitext, path)
    text = sum(len(s.text.encode()) for side in (bitext.src, bitext.tgt) for s in side.segments)
    return path, text


@pytest.fixture
def open_novel(browser: Any, novel: tuple[Path, int]) -> Any:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield lambda anchor="": _open(context, novel[0].as_uri() + anchor)
    context.close()


def _open(context: Any, url: str) -> Any:
    page = context.new_page()
    page.set_default_timeout(20_000)
    page.goto(url)
    return page


def test_a_novel_is_small(novel: tuple[Path, int]) -> None:
    path, text = novel
    assert path.stat().st_size <= 4 * text


def processor(page: Any) -> Callable[[], float]:
    """Return what tells the seconds of processor that a page has taken from now on."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def seconds() -> float:
        metrics = session.send("Performance.getMetrics")["metrics"]
        return next(each["value"] for each in metrics if each["name"] == "TaskDuration")

    return seconds


def test_a_novel_is_painted_at_once(open_novel: Any, novel: tuple[Path, int]) -> None:
    page = open_novel("#b1")
    seconds = processor(page)
    page.goto("about:blank")
    page.goto(novel[0].as_uri())
    page.evaluate(
        """new Promise((done) => new PerformanceObserver((list) => {
             if (list.getEntriesByName("first-contentful-paint").length) done();
           }).observe({ type: "paint", buffered: true }))"""
    )
    assert seconds() < PARSED


def test_search_in_a_novel_answers_at_once(open_novel: Any) -> None:
    page = open_novel()
    page.locator("main.ready").wait_for()
    page.locator("#query").click()
    seconds = processor(page)
    page.keyboard.press("e")
    page.locator("#hits", has_text="20000").wait_for()
    assert seconds() < AT_ONCE


def test_a_word_in_a_novel_is_lit_at_once(open_novel: Any) -> None:
    page = open_novel(f"#b{NOVEL_BEADS}")
    page.locator("[aria-current]").wait_for()
    seconds = processor(page)
    page.keyboard.press("ArrowRight")
    page.wait_for_function("CSS.highlights.has('linked')")
    assert seconds() < AT_ONCE
    assert page.locator("#said").text_content() == "The: Это"


def test_the_last_bead_of_a_novel_is_reached(open_novel: Any) -> None:
    page = open_novel(f"#b{NOVEL_BEADS}")
    last = page.locator(f"#b{NOVEL_BEADS}")
    page.locator(f"#b{NOVEL_BEADS}[aria-current]").wait_for()
    page.wait_for_timeout(300)
    assert 0 < last.bounding_box()["y"] < 900
    page.keyboard.press("Control+Home")
    page.keyboard.press("Control+End")
    # A busy machine scrolls, and lays out what comes into sight, as late as it likes.
    # (Its own waiting would have the page evaluate a string, which the page's policy forbids.)
    end = "scrollY + innerHeight >= document.documentElement.scrollHeight - 2"
    for _ in range(100):
        if page.evaluate(end):
            break
        page.keyboard.press("Control+End")
        page.wait_for_timeout(100)
    assert page.evaluate(end)
    assert page.locator(".signature").is_visible()


def test_correcting_a_novel_is_quick(open_novel: Any) -> None:
    page = open_novel(f"#b{NOVEL_BEADS // 2}")
    page.locator("[aria-current]").wait_for()
    page.keyboard.press("Shift+E")
    seconds = processor(page)
    page.keyboard.press("m")
    page.locator(".made").wait_for()
    assert seconds() < AT_ONCE


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", ["reading", "menu", "correcting", "help"])
def test_axe_finds_nothing(open_page: Callable[..., Opened], scheme: str, state: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    reader = open_page(izvestia(), color_scheme=scheme, bypass_csp=True)
    if state == "menu":
        reader.page.locator("summary", has_text="View").click()
    elif state == "correcting":
        reader.press("Shift+E")
        reader.page.locator("#b9 > p").first.click()
        reader.press("c", "s", "x")
        reader.page.get_by_label("Say what this begins with").first.click()
        reader.page.get_by_label("Say what this begins with").last.click()
        assert reader.page.locator(".begun").is_visible()
    elif state == "help":
        reader.press("?")
    response = axe.run(reader.page).response
    assert len(response["passes"]) > 15
    found = response["violations"]
    assert [(each["id"], [node["html"][:120] for node in each["nodes"]]) for each in found] == []


def side(lang: str, texts: list[str]) -> Document:
    from aligner.types import Segment

    segments = tuple(Segment(text, 0, len(text), i) for i, text in enumerate(texts))
    return Document(tuple(Block(text) for text in texts), lang, Origin("x"), segments)


def two_sides(src: Document, tgt: Document) -> Bitext:
    n = len(src.segments)
    beads = tuple(Bead(Span(i, i + 1), Span(i, i + 1), 1.0, 0.95) for i in range(n))
    return Bitext(src, tgt, Alignment(beads, n, n), Provenance("0.1.0", "embedded"))


def test_arabic_runs_from_right_to_left(open_page: Callable[..., Opened]) -> None:
    arabic = ["هذا كتاب جديد، وقد قرأته أمس.", "أين المكتبة؟"]
    english = ["This is a new book, and I read it yesterday.", "Where is the library?"]
    reader = open_page(two_sides(side("ar", arabic), side("en", english)))
    style = "getComputedStyle(document.querySelector('#b1 > [lang=ar]'))"
    assert reader.page.evaluate(f"{style}.direction") == "rtl"
    # The line begins at the right edge of its column.
    edges = reader.page.evaluate(
        """(() => { const cell = document.querySelector("#b1 > [lang=ar]");
             const range = document.createRange(); range.selectNodeContents(cell);
             const [text, box] = [range.getBoundingClientRect(), cell.getBoundingClientRect()];
             return [box.right - text.right, text.left - box.left]; })()"""
    )
    assert edges[0] < 1 < edges[1]


def test_japanese_breaks_its_lines(open_page: Callable[..., Opened]) -> None:
    japanese = ["これは新しい本で、昨日読みました。" * 12]
    reader = open_page(two_sides(side("ja", japanese), side("en", ["A new book. " * 12])))
    assert reader.page.evaluate("document.documentElement.scrollWidth") <= 1280
    cell = reader.page.locator("#b1 > [lang=ja]").bounding_box()
    assert cell["height"] > 3 * 20
