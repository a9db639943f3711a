"""`aligner align --corrections FILE`, as a person runs it after correcting in the page."""

import csv
import json

import pytest

from tests.cli.running import aligner, error_line
from tests.pipeline.test_aligning import ENGLISH, RUSSIAN

PIN = {"source": ENGLISH[1:3], "target": RUSSIAN[1:4]}
GONE = {"source": ["A sentence that was taken out."], "target": []}


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "en.txt").write_text("\n".join(ENGLISH), "utf-8")
    (tmp_path / "ru.txt").write_text("\n".join(RUSSIAN), "utf-8")
    return tmp_path


def correct(folder, **lists):
    content = {"format": "aligner corrections", "version": 1} | lists
    (folder / "c.json").write_text(json.dumps(content), "utf-8")


def align(folder, *more):
    return aligner("align", "en.txt", "ru.txt", "--corrections", "c.json", *more, cwd=folder)


def test_what_was_fixed_is_kept_and_said(folder):
    correct(folder, pins=[PIN])
    done = align(folder, "-o", "out.csv")
    assert done.returncode == 0, done.stderr.decode()
    assert "Corrected   1 bead fixed by a person" in done.stderr.decode()
    assert b"Not found" not in done.stderr
    rows = list(csv.DictReader((folder / "out.csv").read_text("utf-8-sig").splitlines()))
    assert [row["type"] for row in rows] == ["1-1", "2-3", "1-1"]
    assert float(rows[1]["confidence"]) == 1
    assert rows[1]["source"] == " ".join(ENGLISH[1:3])


def test_what_was_refused_is_said(folder):
    refused = {"source": ENGLISH[:1], "target": RUSSIAN[:1]}
    gone = {"source": ["Gone."], "target": ["Нет её."]}
    correct(folder, pins=[PIN], forbids=[refused, gone])
    said = align(folder, "-o", "out.csv").stderr.decode()
    assert "Corrected   1 bead fixed, 1 pair refused by a person" in said


@pytest.mark.parametrize("more", [(), ("--quiet",)], ids=["", "quiet"])
def test_what_does_not_stand_in_the_texts_is_named_in_quiet_too(folder, more):
    correct(folder, pins=[GONE, PIN])
    done = align(folder, *more)
    assert done.returncode == 0
    lines = done.stderr.decode().splitlines()
    at = lines.index("Not found   1 correction, and not obeyed:")
    name = "pin A sentence that was taken out. | -"
    assert lines[at + 1].strip() == f"{name} (the text is not there any more)"


@pytest.mark.parametrize(
    ("lists", "parts"),
    [
        ({"pins": [PIN], "forbids": [PIN]}, ["contradict", "pin In the morn", "forbid In the"]),
        (
            {"pins": [PIN, {"source": ENGLISH[2:3], "target": RUSSIAN[4:5]}]},
            ["contradict", "pin In the morning", "pin They stood", "take one of them out"],
        ),
        ({"pins": [{"source": []}]}, ["c.json, pin 1", "damaged", "download it"]),
        ({"version": 9}, ["c.json", "newer program"]),
        ({"format": "x"}, ["c.json", "no corrections file"]),
    ],
)
def test_corrections_that_cannot_be_obeyed_are_one_clear_line(folder, lists, parts):
    correct(folder, **lists)
    before = sorted(folder.iterdir())
    done = align(folder, "-o", "out.csv")
    assert done.returncode == 1
    line = error_line(done)
    assert all(part in line for part in parts), line
    assert sorted(folder.iterdir()) == before


def test_a_file_that_cannot_be_read_is_one_clear_line(folder):
    assert error_line(align(folder)).endswith("c.json: there is no such file; check the path")
    (folder / "c.json").write_text('{"format": "aligner corr', "utf-8")
    line = error_line(align(folder))
    assert "c.json: this is no corrections file, or it is damaged; download it" in line
    (folder / "c.json").unlink()
    (folder / "c.json").mkdir()
    done = align(folder)
    assert done.returncode == 1
    assert "c.json: this is a folder, not a file; name a file in it" in error_line(done)


def test_the_corrections_are_no_output(folder):
    correct(folder, pins=[PIN])
    (folder / "c.json").rename(folder / "c.tsv")
    done = aligner(
        *("align", "en.txt", "ru.txt", "--corrections", "c.tsv", "-o", "c.tsv", "--force"),
        cwd=folder,
    )
    assert done.returncode == 1
    assert "this is an input" in error_line(done)
