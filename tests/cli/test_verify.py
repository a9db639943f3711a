"""`aligner verify`, as a person runs it."""

import csv

import pytest

from tests import IZVESTIA
from tests.cli.running import aligner, error_line


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("verify")
    done = aligner("align", IZVESTIA, "-q", "-o", "a.tmx", "-o", "a.csv", cwd=folder)
    assert done.returncode == 0, done.stderr.decode()
    return folder


@pytest.mark.parametrize("name", ["a.tmx", "a.csv"])
def test_a_whole_export_is_proved(folder, name):
    done = aligner("verify", name, "--source", IZVESTIA, cwd=folder)
    assert (done.returncode, done.stderr) == (0, b"")
    lines = done.stdout.decode().splitlines()
    assert lines[0] == "Left out  26 pieces, the first 3 (all with -v):"
    assert lines[1].startswith("          line 1: OPD 9 Dec 2024")
    assert lines[-2].startswith("Proved    each of 95 segments is in the inputs exactly once")
    assert lines[-1] == "          the pairs are those that were written"
    loud = aligner("verify", name, "--source", IZVESTIA, "-v", cwd=folder)
    assert len(loud.stdout.decode().splitlines()) == 29


def test_the_page_shows_what_is_printed(folder):
    page = (IZVESTIA.parents[1] / "docs" / "command-line.md").read_text("utf-8")
    shown = page[page.index("$ aligner verify izvestia.tmx") :].partition("```")[0].splitlines()
    done = aligner("verify", "a.tmx", "--source", IZVESTIA, cwd=folder)
    assert done.stdout.decode().splitlines() == shown[1:]


def test_what_is_wrong_is_printed_with_its_place(folder):
    with (folder / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    del rows[4]
    rows.insert(10, rows[10])
    rows[20]["target"] = rows[20]["target"].replace(" ", " почти ", 1)
    with (folder / "bad.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    done = aligner("verify", "bad.csv", "--source", IZVESTIA, cwd=folder)
    assert (done.returncode, done.stderr) == (1, b"")
    lines = done.stdout.decode().splitlines()
    assert lines[-1] == "Failed    2 missing, 2 doubled, 1 changed"
    at = lines.index("Missing   2:")
    assert lines[at + 1].startswith(
        f"          {IZVESTIA}, line 11, characters 1034 to 1231: Joe B"
    )
    assert " почти " in lines[-2]
    assert " became " in lines[-2]


def test_texts_that_were_not_aligned_are_no_proof(folder):
    done = aligner("verify", "a.tmx", "--source", IZVESTIA.with_name("tass.txt"), cwd=folder)
    assert done.returncode == 1
    assert b"is not the file that was aligned" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["missing.tmx", "--source", IZVESTIA], "missing.tmx: there is no such file"),
        (["a.tmx", "--source", "missing.txt"], "missing.txt: there is no such file"),
        ([IZVESTIA, "--source", IZVESTIA], "no pairs"),
        (["a.ott", "--source", IZVESTIA], "'.ott'"),
        (["a.tmx", "--source", "a.csv", "--target", "a.csv"], "give it alone"),
    ],
)
def test_what_cannot_be_verified_is_one_clear_line(folder, arguments, part):
    done = aligner("verify", *arguments, cwd=folder)
    assert done.returncode == 1
    assert part in error_line(done)


def test_the_inputs_are_needed(folder):
    assert aligner("verify", "a.tmx", cwd=folder).returncode == 2
