"""Word links in the page: pointed at with the mouse, or gone to with the keys."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import aligner
from aligner.cli.group import cli
from aligner.types import Bitext
from aligner.types.word_links import WordLinks
from tests import IZVESTIA
from tests.browser.conftest import Opened
from tests.browser.correcting import begin, click, in_row
from tests.cli.running import aligner as run
from tests.formats.writers.sample import izvestia

LIT = "[...(CSS.highlights.get('linked') ?? [])].map((range) => range.toString())"
# The middle of the first occurrence of a text in a cell, in the window.
MIDDLE = """([selector, text]) => {
  const cell = document.querySelector(selector);
  cell.scrollIntoView({ block: "center" });
  const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const at = walker.currentNode.data.indexOf(text);
    if (at < 0) continue;
    const range = new Range();
    range.setStart(walker.currentNode, at);
    range.setEnd(walker.currentNode, at + text.length);
    const box = range.getBoundingClientRect();
    return [box.x + box.width / 2, box.y + box.height / 2];
  }
}"""


@pytest.fixture(scope="module")
def linked() -> Bitext:
    return aligner.align(IZVESTIA, links=True)


@pytest.fixture
def reader(open_page: Callable[..., Opened], linked: Bitext) -> Opened:
    return open_page(linked)


def number_of(bitext: Bitext, text: str) -> int:
    """The number of the row whose source holds a text."""
    beads = enumerate(bitext.alignment.beads, start=1)
    return next(number for number, bead in beads if text in bitext.src_text(bead))


def lit(reader: Opened) -> list[str]:
    reader.page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
    return reader.page.evaluate(LIT)


def point_at(reader: Opened, cell: str, text: str) -> list[str]:
    """Move the mouse to a text as a hand does, by way of another place; return what is lit."""
    x, y = reader.page.evaluate(MIDDLE, [cell, text])
    reader.page.mouse.move(x - 30, y + 5)
    reader.page.mouse.move(x, y, steps=3)
    return lit(reader)


def test_pointing_at_a_word_lights_its_counterpart(reader: Opened, linked: Bitext) -> None:
    row = f"#b{number_of(linked, 'overall outcome')}"
    before = reader.page.locator("main").inner_html()
    assert point_at(reader, f"{row} > [lang=en]", "delegation") == ["delegation", "делегацией"]
    assert point_at(reader, f"{row} > [lang=ru]", "переговоров") == ["переговоров", "negotiations"]
    # Nothing but the light: the text is as it was.
    assert reader.page.locator("main").inner_html() == before
    reader.page.mouse.move(3, 3)
    assert lit(reader) == []


def test_beside_a_word_nothing_is_lit(reader: Opened, linked: Bitext) -> None:
    cell = f"#b{number_of(linked, 'overall outcome')} > [lang=ru]"
    reader.page.locator(cell).scroll_into_view_if_needed()
    box = reader.page.locator(cell).bounding_box()
    reader.page.mouse.move(box["x"] + box["width"] + 4, box["y"] + 8)
    assert lit(reader) == []


def test_it_works_one_under_the_other_and_swapped(reader: Opened, linked: Bitext) -> None:
    row = f"#b{number_of(linked, 'overall outcome')}"
    reader.press("2")
    assert point_at(reader, f"{row} > [lang=ru]", "ясны") in ([], ["ясны", "clear"])
    assert point_at(reader, f"{row} > [lang=ru]", "делегацией") == ["делегацией", "delegation"]
    reader.press("1", "w")
    assert point_at(reader, f"{row} > [lang=en]", "delegation") == ["delegation", "делегацией"]


def test_a_row_of_several_segments(reader: Opened, linked: Bitext) -> None:
    row = f"#b{number_of(linked, 'to a triathlon')}"
    assert point_at(reader, f"{row} > [lang=en]", "compared") == ["compared", "сравнил"]
    assert point_at(reader, f"{row} > [lang=ru]", "серия") == ["серия", "series"]


def test_a_finger_taps_a_word(open_page: Callable[..., Opened], linked: Bitext) -> None:
    reader = open_page(linked, has_touch=True, viewport={"width": 390, "height": 800})
    number = number_of(linked, "overall outcome")
    x, y = reader.page.evaluate(MIDDLE, [f"#b{number} > [lang=en]", "delegation"])
    reader.page.touchscreen.tap(x, y)
    reader.page.wait_for_function("CSS.highlights.has('linked')")
    assert lit(reader) == ["delegation", "делегацией"]
    assert reader.here() == f"b{number}"


def test_arrows_go_from_word_to_word(reader: Opened, linked: Bitext) -> None:
    number = number_of(linked, "overall outcome")
    bead = linked.alignment.beads[number - 1]
    links = linked.word_links(bead)
    src, tgt = linked.src_text(bead), linked.tgt_text(bead)
    reader.row(number).locator("> p").first.click(position={"x": 2, "y": 2})
    reader.page.mouse.move(3, 3)
    assert reader.here() == f"b{number}"
    reader.press("ArrowRight")
    first = links[0]
    words = [src[first.src.start : first.src.stop], tgt[first.tgt.start : first.tgt.stop]]
    assert lit(reader) == words == ["However", "Однако"]
    assert reader.page.locator("#said").text_content() == "However: Однако"
    reader.press("ArrowRight", "ArrowLeft")
    assert lit(reader) == words
    # Backwards from the first is the last word of the other side.
    reader.press("ArrowLeft")
    assert lit(reader) == ["делегацией", "delegation"]
    # Once round.
    own = {link.src.start for link in links}
    across = {link.tgt.start for link in links}
    reader.press(*["ArrowRight"] * (len(own) + len(across)))
    assert lit(reader) == ["делегацией", "delegation"]
    reader.press("j")
    assert lit(reader) == []


def test_links_follow_the_words_into_corrected_rows(reader: Opened, linked: Bitext) -> None:
    number = number_of(linked, "to a triathlon")
    begin(reader, number)
    click(reader, "Join ↓")
    joined = f"#b{number}"
    assert point_at(reader, f"{joined} > [lang=en]", "compared") == ["compared", "сравнил"]
    assert point_at(reader, f"{joined} > [lang=en]", "Geneva") == ["Geneva", "Женеве"]
    assert point_at(reader, f"{joined} > [lang=ru]", "Брюсселе")[1:] == ["Brussels"]
    reader.press("u")
    in_row(reader, f"b{number}", "en", "Split here")
    # The second sentence has lost its counterpart to the first row.
    first = reader.row(number).locator("> [lang=en]")
    assert "compared" not in first.inner_text()
    assert point_at(reader, f"#b{number} > [lang=ru]", "серия") == ["серия", "series"]
    assert point_at(reader, f"#b{number} > [lang=ru]", "сравнил") == []


def test_the_emoji_before_a_word_does_not_shift_it(open_page: Callable[..., Opened]) -> None:
    """JavaScript counts an emoji twice, and a forbidden character not at all."""
    src, tgt = ["🙂🙂 Good\x0b morning, cat!"], ["🙂 С добрым утром, \x01🙂 кошка!"]
    from aligner.types import Block, Document, Origin, Segment

    sides = [
        Document((Block(text),), lang, Origin("x"), (Segment(text, 0, len(text)),))
        for (text,), lang in ((src, "en"), (tgt, "ru"))
    ]
    reader = open_page(aligner.align(*sides, links=True))
    assert point_at(reader, "#b1 > [lang=en]", "cat") == ["cat", "кошка"]
    assert point_at(reader, "#b1 > [lang=ru]", "утром") == ["утром", "morning"]


def test_help_names_the_keys_only_where_there_are_links(
    open_page: Callable[..., Opened], linked: Bitext
) -> None:
    with_links = open_page(linked)
    assert with_links.page.locator("#help", has_text="next word").count() == 1
    plain = open_page(replace(linked, alignment=replace(linked.alignment, links=None)))
    assert plain.page.locator("#help", has_text="next word").count() == 0
    assert point_at(plain, "#b1 > [lang=en]", "security") == []
    plain.row(1).click()
    plain.press("ArrowRight")
    assert lit(plain) == []


def test_rows_that_were_dropped_take_their_links_along(
    open_page: Callable[..., Opened], linked: Bitext
) -> None:
    from aligner.export.filters.sifting import leave_out

    left = leave_out(linked, {0: "unsure", 1: "unsure"})
    assert isinstance(left.alignment.links, WordLinks)
    reader = open_page(left)
    row = f"#b{number_of(left, 'overall outcome')}"
    assert point_at(reader, f"{row} > [lang=en]", "delegation") == ["delegation", "делегацией"]


def test_arrows_follow_the_script(open_page: Callable[..., Opened]) -> None:
    """In a text from right to left the arrow to the left goes on."""
    from tests.browser.test_page import side

    arabic, english = ["هذا كتاب جديد."], ["This is a new book."]
    reader = open_page(aligner.align(side("ar", arabic), side("en", english), links=True))
    reader.row(1).locator("> p").first.click()
    reader.page.mouse.move(3, 3)
    reader.press("ArrowRight")
    first = lit(reader)
    reader.press("ArrowLeft")
    second = lit(reader)
    order = [arabic[0].index(words[0]) for words in (first, second)]
    assert order == sorted(order)
    assert first != second


def test_the_command_line_links_words_for_a_page_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = run("align", IZVESTIA, "-o", "page.html", cwd=tmp_path)
    assert done.returncode == 0
    assert 'id="links"' in (tmp_path / "page.html").read_text("utf-8")
    wanted = []
    monkeypatch.setattr(
        "aligner.pipeline.aligning.align",
        lambda *_, links, **__: wanted.append(links) or izvestia(),
    )
    for name in ("a.tmx", "b.HTML"):
        done_here = CliRunner().invoke(cli, ["align", str(IZVESTIA), "-o", str(tmp_path / name)])
        assert done_here.exit_code == 0, done_here.output
    assert wanted == [False, True]


def test_without_javascript_nothing_is_different(
    open_page: Callable[..., Opened], linked: Bitext
) -> None:
    reader = open_page(linked, java_script_enabled=False)
    assert re.search("A series of international talks", reader.page.locator("main").inner_text())
    assert not reader.page.locator("#links").is_visible()


def test_axe_finds_nothing_while_words_are_lit(
    open_page: Callable[..., Opened], linked: Bitext
) -> None:
    axe: Any = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    reader = open_page(linked, bypass_csp=True)
    reader.row(3).click()
    reader.press("ArrowRight")
    assert lit(reader)
    found = axe.run(reader.page).response["violations"]
    assert [each["id"] for each in found if each["impact"] in ("serious", "critical")] == []
