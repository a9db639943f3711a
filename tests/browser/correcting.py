"""What a person does to correct rows, and how the page shows them then."""

import json
from typing import Any

from aligner.types import Alignment, Bead, Bitext, Span
from tests.browser.conftest import Opened


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
