"""Two segments that begin together: flagged in the browser, known to the next run."""

from collections.abc import Callable
from pathlib import Path

import aligner
from aligner.types import Bitext
from tests import IZVESTIA
from tests.browser.conftest import Opened
from tests.browser.correcting import begin, choose, in_row
from tests.browser.rounds import align, find, rows_of, saved


def flag(reader: Opened, number: int, side: str) -> None:
    choose(reader, f"b{number}")
    in_row(reader, f"b{number}", side, "Say what this begins with")


def test_two_segments_that_begin_together_wherever_they_stand(
    open_page: Callable[..., Opened], before: Bitext, tmp_path: Path
) -> None:
    """A boundary is known, and nothing else: what stood in other rows begins together now."""
    rows = before.alignment.beads
    first = find(before, "1-1", 8)
    third = first + 2
    src, tgt = rows[first - 1].src.start, rows[third - 1].tgt.start
    reader = open_page(before)
    begin(reader, first)
    flag(reader, first, "en")
    flag(reader, third, "ru")
    row = reader.row(third)
    assert "⚑" in row.locator("> a").inner_text()
    line = row.locator(".begun")
    quotes = line.locator("q").all_inner_texts()
    assert before.src.texts[src].startswith(quotes[0].strip("“”«»…"))
    assert before.tgt.texts[tgt].startswith(quotes[1].strip("“”«»…"))
    assert reader.page.locator("#edited").text_content() == "1 row corrected or confirmed"
    content = saved(reader, tmp_path / "corrections.json")
    assert content["cuts"] == [
        {
            "source": [before.src.texts[src]],
            "target": [before.tgt.texts[tgt]],
            "after": {"source": before.src.texts[src - 1], "target": before.tgt.texts[tgt - 1]},
        }
    ]
    assert content["pins"] == []

    after = align(tmp_path, tmp_path / "corrections.json", "after")
    starts = [(bead.src.start, bead.tgt.start) for bead in after.alignment.beads]
    assert (src, tgt) in starts
    # The next page shows it in its row, hands it on, and lets it be taken back.
    page = open_page(aligner.align(IZVESTIA, corrections=tmp_path / "corrections.json"))
    number = starts.index((src, tgt)) + 1
    assert "⚑" in page.row(number).locator("> a").inner_text()
    page.press("Shift+E")
    assert saved(page, tmp_path / "second.json")["cuts"] == content["cuts"]
    filled = page.row(number).locator("> [lang]").first.get_attribute("lang")
    flag(page, number, str(filled))
    assert "⚑" not in page.row(number).locator("> a").inner_text()
    page.press("u")
    assert "⚑" in page.row(number).locator("> a").inner_text()


def test_a_boundary_of_one_row_is_right(
    open_page: Callable[..., Opened], before: Bitext, tmp_path: Path
) -> None:
    number = find(before, "1-1", 8)
    reader = open_page(before)
    begin(reader, number)
    flag(reader, number, "ru")
    flag(reader, number, "en")
    reader.reload()
    assert "⚑" in reader.row(number).locator("> a").inner_text()
    reader.press("Shift+E")
    saved(reader, tmp_path / "corrections.json")
    again = aligner.align(IZVESTIA, corrections=tmp_path / "corrections.json")
    assert rows_of(again) == rows_of(before)
    assert len(again.corrections) == 1


def test_what_cannot_begin_together_is_refused(
    open_page: Callable[..., Opened], before: Bitext
) -> None:
    number = find(before, "1-1", 8)
    reader = open_page(before)
    begin(reader, number + 1)
    reader.press("c")
    flag(reader, number, "en")
    flag(reader, number + 3, "ru")
    reader.page.locator("#toast", has_text="That contradicts a row").wait_for()
    assert reader.page.locator(".begins").count() == 0
    # Another try, and a change of mind.
    flag(reader, number, "en")
    pressed = reader.page.locator(f"#b{number} [aria-pressed=true].edit")
    assert pressed.count() == 1
    reader.page.get_by_role("button", name="Cancel").click()
    assert pressed.count() == 0
