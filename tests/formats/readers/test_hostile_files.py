"""Files made to lose text, to hang or to break out: all of the text, or one line, and soon."""

import json
import random
import re
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest

from aligner.errors import AlignerError, ReadError
from aligner.formats.readers import read
from aligner.formats.writers import write
from aligner.types import Bitext, Document
from benchmarks import growth_cases
from tests.formats.writers.test_tables import pair


def texts_of(path: Path, content: str) -> str:
    path.write_text(content, "utf-8")
    document = read(path)
    assert isinstance(document, Document)
    return " ".join(block.text for block in document.blocks)


@pytest.mark.parametrize(
    "before",
    ["<p><font>", "<div>", "<b>", "<ul><li>", "<table><tr><td>", "<blockquote><span>", "<i></b>"],
)
@pytest.mark.parametrize("levels", [10, 2_500])
def test_no_element_stands_too_deep_to_be_read(tmp_path: Path, before: str, levels: int) -> None:
    words = [f"word{n}" for n in range(levels)]
    page = "".join(f"{before}{word} " for word in words)
    said = texts_of(tmp_path / "a.html", f"<html><body>{page}</body></html>")
    assert [word for word in said.split() if word.startswith("word")] == words


def test_what_stands_in_elements_that_are_closed_again_is_read(tmp_path: Path) -> None:
    page = "<div>" * 3_000 + "<p>Deep inside.</p>" + "</div>" * 3_000 + "<p>Behind it.</p>"
    assert texts_of(tmp_path / "a.html", page) == "Deep inside. Behind it."


@pytest.mark.parametrize("levels", [9, 10, 25, 90])
def test_no_list_or_quotation_of_markdown_stands_too_deep(tmp_path: Path, levels: int) -> None:
    items = [f"Item{n}" for n in range(levels)]
    nested = "".join(f"{'  ' * n}- {item}\n" for n, item in enumerate(items))
    assert texts_of(tmp_path / "a.md", nested).split() == items
    assert (
        texts_of(tmp_path / "b.md", ">" * levels + " Inside.\n\nOutside.\n") == "Inside. Outside."
    )


def test_markdown_that_no_person_nested_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="nested too deep"):
        texts_of(tmp_path / "a.md", ">" * 5_000 + " Inside.\n")


@pytest.mark.parametrize("suffix", ["xlsx", "parquet"])
def test_a_damaged_table_is_read_or_refused_in_one_line(tmp_path: Path, suffix: str) -> None:
    whole = tmp_path / f"whole.{suffix}"
    write(pair("One is here.", "Один здесь."), whole)
    draw = random.Random(suffix)
    path = tmp_path / f"a.{suffix}"
    refused = 0
    for _ in range(150):
        raw = bytearray(whole.read_bytes())
        for _ in range(draw.choice([1, 3, 30])):
            raw[draw.randrange(len(raw))] = draw.randrange(256)
        path.write_bytes(raw)
        try:
            read(path)
        except ReadError as error:
            refused += 1
            assert "\n" not in str(error)
            assert str(path) in str(error)
    assert refused > 15


def test_one_far_cell_makes_no_million_of_empty_ones(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    rows = {"A1": "source", "B1": "target", "A2": "One.", "B2": "Один.", "XFD1048576": "far"}
    for place, value in rows.items():
        book.active[place] = value
    book.save(tmp_path / "a.xlsx")
    bitext = read(tmp_path / "a.xlsx")
    assert isinstance(bitext, Bitext)
    assert bitext.src.texts == ["One."]


def test_a_first_pair_without_a_target_makes_the_table_no_narrower(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for place, value in {"A1": "One.", "A2": "Two.", "B2": "Два."}.items():
        book.active[place] = value
    book.save(tmp_path / "a.xlsx")
    bitext = read(tmp_path / "a.xlsx")
    assert isinstance(bitext, Bitext)
    assert (bitext.src.texts, bitext.tgt.texts) == (["One.", "Two."], ["Два."])


def test_drawings_that_double_without_end_are_stopped(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(doubling_pdf(60))
    with pytest.raises(ReadError, match="more time or memory"):
        read(path)


def doubling_pdf(depth: int) -> bytes:
    """Return a document whose page draws a form twice, which draws another twice, and so on."""
    objects = ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>"]
    drawing = "/F Do /F Do"
    objects.append(
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R"
        "/Resources<</XObject<</F 5 0 R>>>>>>"
    )
    objects.append(f"<</Length {len(drawing)}>>stream\n{drawing}\nendstream")
    for number in range(5, 5 + depth):
        named = f"/Resources<</XObject<</F {number + 1} 0 R>>>>"
        head = f"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]{named}/Length {len(drawing)}>>"
        objects.append(f"{head}stream\n{drawing}\nendstream")
    objects.append("<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Length 1>>stream\nq\nendstream")
    body = "".join(f"{n} 0 obj\n{each}\nendobj\n" for n, each in enumerate(objects, start=1))
    return f"%PDF-1.4\n{body}trailer<</Root 1 0 R/Size {len(objects) + 1}>>\n%%EOF".encode()


def altered(tmp_path: Path, change: Any) -> Path:
    """Write a bitext as JSON lines, with its first two lines changed."""
    path = tmp_path / "a.jsonl"
    write(pair("One is here.", "Один здесь."), path)
    head, bead, *rest = path.read_text("utf-8").splitlines()
    described, paired = json.loads(head), json.loads(bead)
    change(described, paired)
    lines = [json.dumps(described), json.dumps(paired), *rest]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


@pytest.mark.parametrize("tag", ["../../x", "e\0n", "\ud800", "=1+1", "e" * 500, "en/../..", " "])
def test_a_language_that_is_none_is_not_read(tmp_path: Path, caplog: Any, tag: str) -> None:
    path = altered(tmp_path, lambda head, _: head["src"].update(lang=tag))
    bitext = read(path)
    assert isinstance(bitext, Bitext)
    assert bitext.src.lang == ""
    assert "no language tag" in caplog.text
    for suffix in ("tmx", "csv", "moses", "html", "xlf", "epub"):
        write(bitext, tmp_path / f"out.{suffix}")
    assert not list(tmp_path.parent.glob("x*"))


@pytest.mark.parametrize(
    "change",
    [
        lambda head, _: head["src"].update(lang=None),
        lambda head, _: head["src"].update(sha256=7),
        lambda head, _: head["src"].update(title=None),
        lambda head, _: head["provenance"].update(created=None),
        lambda head, _: head["provenance"].update(settings={"a": 1}),
        lambda _, bead: bead.update(score=float("nan")),
        lambda _, bead: bead.update(score=float("inf")),
        lambda _, bead: bead.update(score=None),
        lambda _, bead: bead.update(confidence=None),
        lambda _, bead: bead.update(flags=[1]),
        lambda _, bead: bead["src_segments"][0].update(text=None),
        lambda _, bead: bead["src_segments"][0].update(block="0"),
        lambda head, _: head.update(moves=[{"src": [5, 6], "tgt": [5, 6], "score": 0}]),
    ],
)
def test_metadata_of_another_kind_are_refused_in_one_line(tmp_path: Path, change: Any) -> None:
    path = altered(tmp_path, change)
    with pytest.raises(AlignerError) as caught:
        read(path)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_no_column_of_a_spreadsheet_runs(tmp_path: Path) -> None:
    def change(head: dict[str, Any], bead: dict[str, Any]) -> None:
        bead["flags"] = ["=HYPERLINK(1)"]
        head["provenance"] |= {"version": "", "encoder": "=x", "created": "=1"}
        head["provenance"]["settings"] = {"=a": "=b"}
        head["src"] |= {"lang": "=en", "sha256": "=2", "file": "=3"}

    bitext = read(altered(tmp_path, change))
    assert isinstance(bitext, Bitext)
    write(bitext, tmp_path / "out.csv")
    cells = (tmp_path / "out.csv").read_text("utf-8-sig").replace("\n", ",").split(",")
    assert not [cell for cell in cells if cell.strip('"').startswith(("=", "+", "@"))]
    again = read(tmp_path / "out.csv")
    assert isinstance(again, Bitext)
    assert again.alignment.beads[0].flags == ("=HYPERLINK(1)",)


@pytest.mark.parametrize("unit", ["{", "<b>", "{\\", "<a href="])
@pytest.mark.parametrize("suffix", ["srt", "vtt", "ass"])
def test_cues_of_marks_alone_are_refused_in_no_time(tmp_path: Path, suffix: str, unit: str) -> None:
    around = growth_cases.AROUND[f".{suffix}"]
    path = tmp_path / f"a.{suffix}"
    path.write_text(f"{around[0]}{unit * 200_000}{around[1]}", "utf-8")
    start = time.process_time()
    if suffix == "ass" and "{" not in unit:
        read(path)  # braces alone are its marks
    else:
        with pytest.raises(ReadError, match=r"too many marks of styling: [0-9,]+ at line"):
            read(path)
    assert time.process_time() - start < 3


def test_a_song_with_a_mark_a_syllable_is_read(tmp_path: Path) -> None:
    before, after = growth_cases.AROUND[".ass"]
    head, _, fields = before.rpartition("Dialogue: ")
    song = "".join(f"{{\\k{i}}}la" for i in range(300))
    path = tmp_path / "a.ass"
    path.write_text(head + f"Dialogue: {fields}{song}\n" * 500 + after, "utf-8")
    found = read(path)
    assert isinstance(found, Document)
    assert {block.text for block in found.blocks} == {"la" * 300}


@pytest.mark.parametrize("row", ["1048577", "9999999999", "1048576"])
def test_a_row_that_says_it_is_far_away(tmp_path: Path, row: str) -> None:
    """The library makes up all rows before it: more than a sheet has are refused."""
    whole, path = tmp_path / "whole.xlsx", tmp_path / "far.xlsx"
    write(pair("a", "b"), whole)
    with zipfile.ZipFile(whole) as archive, zipfile.ZipFile(path, "w") as made:
        for name in archive.namelist():
            content = archive.read(name)
            if name.endswith("sheet1.xml"):
                content = re.sub(rb'r="([A-Z]*)2"', rb'r="\g<1>' + row.encode() + b'"', content)
            made.writestr(name, content)
    start = time.process_time()
    if row == "1048576":
        found = read(path)
        assert isinstance(found, Bitext)
        assert found.src.texts == ["a"]
    else:
        with pytest.raises(ReadError, match="behind row 1,048,576"):
            read(path)
    assert time.process_time() - start < 5
