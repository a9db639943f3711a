"""Tables in other people's programs: pandas and LibreOffice read what was written."""

import csv
import os
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from aligner.formats.rows import COLUMNS
from aligner.formats.writers import write
from aligner.types import Bitext

# Seconds: LibreOffice makes its profile, starts and converts.
PATIENCE = 120
# Commas, quotation marks, UTF-8: LibreOffice's name for our csv.
AS_UTF8 = "csv:Text - txt - csv (StarCalc):44,34,76"


@pytest.fixture
def tricky(sample: Bitext) -> Bitext:
    """The real bitext, with cells that spreadsheets like to change."""
    texts = ["=1+1", "+7 495", "-5", "@home", "1-1", "007", "1,5", "TRUE", 'a "b", c', "12/05/2024"]
    segments = tuple(
        replace(segment, text=text)
        for segment, text in zip(sample.tgt.segments, texts, strict=False)
    )
    return replace(
        sample, tgt=replace(sample.tgt, segments=segments + sample.tgt.segments[len(texts) :])
    )


@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".parquet", ".xlsx"])
def test_pandas_reads_it(tmp_path: Path, tricky: Bitext, suffix: str) -> None:
    pandas = pytest.importorskip("pandas")
    path = tmp_path / f"out{suffix}"
    write(tricky, path)
    if suffix == ".parquet":
        frame = pandas.read_parquet(path)
    elif suffix == ".xlsx":
        frame = pandas.read_excel(path, keep_default_na=False)
    else:
        frame = pandas.read_csv(path, sep="\t" if suffix == ".tsv" else ",", keep_default_na=False)
    beads = tricky.alignment.beads
    protected = "'" if suffix == ".csv" else ""
    texts = [tricky.tgt_text(bead) for bead in beads]
    expected = [protected + text if text[:1] in tuple("=+-@") else text for text in texts]
    assert list(frame.columns) == list(COLUMNS)
    assert list(frame["source"]) == [tricky.src_text(bead) for bead in beads]
    assert list(frame["target"]) == expected
    assert list(frame["confidence"]) == pytest.approx([bead.confidence for bead in beads])


def test_libreoffice_opens_the_csv(tmp_path: Path, tricky: Bitext) -> None:
    """Texts come back as they were, and no cell becomes a formula."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        pytest.skip("libreoffice is not installed (Debian: libreoffice-calc)")
    write(tricky, tmp_path / "out.csv")
    back = tmp_path / "back"
    # By hand, LibreOffice asks with the right answers filled in; headless, they are given.
    command = [program, "--headless", f"--infilter={AS_UTF8.removeprefix('csv:')}"]
    command += ["--convert-to", AS_UTF8, "--outdir", str(back)]
    done = subprocess.run(
        [*command, str(tmp_path / "out.csv")],
        env=os.environ | {"HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    with (back / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    beads = tricky.alignment.beads
    assert [row["source"] for row in rows] == [tricky.src_text(bead) for bead in beads]
    assert [row["type"] for row in rows] == [bead.kind for bead in beads]
    # What would have run: 2 instead of 1+1, -5 as a number.
    assert [row["target"] for row in rows][1:4] == ["'=1+1", "'+7 495", "'-5"]
    assert [float(row["confidence"]) for row in rows] == pytest.approx(
        [bead.confidence for bead in beads]
    )
