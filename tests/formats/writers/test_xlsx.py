"""Excel workbooks: read back by us and by openpyxl, and never run."""

import subprocess
import sys
import zipfile
from dataclasses import replace
from math import isclose
from pathlib import Path

import pytest
from hypothesis import given, settings

from aligner.errors import ReadError, WriteError
from aligner.formats.readers import read, xlsx
from aligner.formats.rows import COLUMNS
from aligner.formats.writers import write
from aligner.formats.writers import xlsx as xlsx_writer
from aligner.types import Bitext
from tests.formats.writers.bitexts import as_rows_hold_it, bitexts
from tests.formats.writers.test_tables import pair
from tests.formats.writers.test_tmx import legal

openpyxl = pytest.importorskip("openpyxl")
pytest.importorskip("xlsxwriter")


@given(bitexts())
@settings(deadline=None, max_examples=40)
def test_what_is_written_comes_back(
    tmp_path_factory: pytest.TempPathFactory, bitext: Bitext
) -> None:
    path = tmp_path_factory.getbasetemp() / "out.xlsx"
    bitext = legal(bitext, xlsx_writer.FORBIDDEN)
    assert write(bitext, path, force=True).characters == 0
    back, expected = xlsx.read(path), as_rows_hold_it(bitext)
    # Excel has fifteen digits.
    for bead, wanted in zip(back.alignment.beads, expected.alignment.beads, strict=True):
        assert isclose(bead.score, wanted.score, rel_tol=1e-14)
        assert isclose(bead.confidence, wanted.confidence, rel_tol=1e-14)
    assert without_figures(back) == without_figures(expected)


def without_figures(bitext: Bitext) -> Bitext:
    """Return the bitext without scores and confidences."""
    beads = tuple(replace(b, score=0.0, confidence=1.0) for b in bitext.alignment.beads)
    return replace(bitext, alignment=replace(bitext.alignment, beads=beads))


def test_openpyxl_sees_texts_and_numbers(tmp_path: Path, sample: Bitext) -> None:
    write(sample, tmp_path / "out.xlsx")
    rows = list(openpyxl.load_workbook(tmp_path / "out.xlsx").active.iter_rows())
    assert tuple(cell.value for cell in rows[0]) == COLUMNS
    assert [row[3].value for row in rows[1:]] == [bead.kind for bead in sample.alignment.beads]
    assert {row[5].data_type for row in rows[1:]} == {"n"}


@pytest.mark.parametrize("text", ["=1+1", "=HYPERLINK(0)", "+7", "-1", "@x"])
def test_formulas_are_texts(tmp_path: Path, text: str) -> None:
    write(pair(text, "да"), tmp_path / "out.xlsx")
    cell = openpyxl.load_workbook(tmp_path / "out.xlsx").active["B2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


def test_a_cell_that_excel_cannot_hold_is_refused_by_name(tmp_path: Path) -> None:
    write(pair("x" * 32_767, "y"), tmp_path / "fits.xlsx")
    assert xlsx.read(tmp_path / "fits.xlsx").src.texts == ["x" * 32_767]
    with pytest.raises(WriteError, match="source of bead 1 has 40,000 characters"):
        write(pair("x" * 40_000, "y"), tmp_path / "long.xlsx")
    assert not (tmp_path / "long.xlsx").exists()


def test_forbidden_characters_are_counted(tmp_path: Path) -> None:
    assert write(pair("a\x00b\ud800", "в"), tmp_path / "out.xlsx").characters == 2
    assert xlsx.read(tmp_path / "out.xlsx").src.texts == ["ab"]


def test_other_peoples_workbooks_are_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["en", "ru"], ["One", "Раз"], [None, "Два"], [3, "Три"]):
        book.active.append(row)
    book.save(tmp_path / "theirs.xlsx")
    bitext = xlsx.read(tmp_path / "theirs.xlsx")
    assert (bitext.src.lang, bitext.src.texts) == ("en", ["One", "3"])
    assert [bead.kind for bead in bitext.alignment.beads] == ["1-1", "0-1", "1-1"]


def test_what_is_no_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bad.xlsx"
    path.write_text("no workbook")
    with pytest.raises(ReadError, match="not an Excel workbook"):
        xlsx.read(path)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("x.txt", "no workbook either")
    with pytest.raises(ReadError, match=r"not a \.xlsx file"):
        read(path)


def test_a_bomb_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", b" " * 50_000_000)
    with pytest.raises(ReadError):
        xlsx.read(path)


def test_the_sample_survives_both_ways(tmp_path: Path, sample: Bitext) -> None:
    write(sample, tmp_path / "out.xlsx")
    assert xlsx.read(tmp_path / "out.xlsx") == as_rows_hold_it(
        replace(sample, src=replace(sample.src, title=""))
    )


def test_a_disk_without_room_is_told_in_one_line(tmp_path: Path, sample: Bitext) -> None:
    """A limit on the size of files stands in for it; in a process of its own, as it stays."""
    write(sample, tmp_path / "in.jsonl")
    program = """
import gc, resource, signal, sys
import aligner
from aligner.formats.writers import write
bitext = aligner.read("in.jsonl")
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
for limit in (0, 10, 1000, 4000):
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
    try:
        write(bitext, "out.xlsx")
    except aligner.AlignerError as error:
        print(error)
gc.collect()
"""
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    line = "out.xlsx: cannot be written (file too large); choose a disk that takes larger files"
    assert done.stdout.splitlines() == [line] * 4
    assert done.stderr == ""
    assert [path.name for path in tmp_path.iterdir()] == ["in.jsonl"]
