"""`aligner convert`, and the options that it shares with `align`, as a person uses them."""

import csv
import json
import signal
import subprocess
import time
import zipfile

import pytest
from lxml import etree

from aligner.formats.writers import WRITERS, write
from aligner.pipeline.opening import read
from tests import IZVESTIA
from tests.cli.running import COMMAND, aligner, environment, error_line
from tests.export.test_filters import FILLER, bitext_of
from tests.formats.writers.sample import izvestia

# What one of our formats that holds pairs gives back to another.
PAIRS = ["csv", "jsonl", "parquet", "tmx", "tsv", "xlf", "xlsx"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("convert")
    write(izvestia(), folder / "in.jsonl")
    write(izvestia(), folder / "in.tmx")
    return folder


def pairs_of(path):
    bitext = read(path)
    beads = [bead for bead in bitext.alignment.beads if not bead.is_null]
    return [(bitext.src_text(b), bitext.tgt_text(b), round(b.confidence, 12)) for b in beads]


@pytest.mark.parametrize("suffix", PAIRS)
def test_pairs_go_through_every_format_and_back(folder, suffix):
    there, back = f"a.{suffix}", f"from-{suffix}.tmx"
    for arguments in ((["in.jsonl", there]), ([there, back])):
        done = aligner("convert", *arguments, cwd=folder)
        assert (done.returncode, done.stdout) == (0, b""), done.stderr.decode()
        assert f"Wrote       {arguments[1]}" in done.stderr.decode()
    assert pairs_of(folder / back) == pairs_of(folder / "in.jsonl")
    units = [etree.parse(folder / name).findall(".//tu") for name in ("in.tmx", back)]
    assert len(units[0]) == len(units[1]) == 43


def test_one_run_writes_every_format_that_needs_no_times(folder):
    names = [f"all{suffix}" for suffix in WRITERS if suffix != ".srt"]
    done = aligner("convert", "in.tmx", *names, "-q", cwd=folder)
    assert (done.returncode, done.stderr, done.stdout) == (0, b"", b"")
    made = {path.name for path in folder.glob("all.*")}
    assert made == {*names, "all.en", "all.ru"} - {"all.moses"}


def test_the_files_that_a_name_stands_for_are_named(folder):
    done = aligner("convert", "in.tmx", "pair.moses", cwd=folder)
    assert "Wrote       pair.en and pair.ru\n" in done.stderr.decode()


def test_a_page_that_we_wrote_is_no_input(folder):
    write(izvestia(), folder / "page.html")
    for command in (["convert", "page.html", "page.csv"], ["align", "page.html"]):
        done = aligner(*command, cwd=folder)
        assert done.returncode == 1
        line = error_line(done)
        assert "page.html: this is a page that aligner wrote" in line
        assert "the .tmx, .csv or .jsonl of the same run" in line


def test_existing_files_and_the_input_are_kept(folder):
    (folder / "old.csv").write_text("precious")
    done = aligner("convert", "in.tmx", "old.csv", cwd=folder)
    assert done.returncode == 1
    assert "old.csv: already exists" in error_line(done)
    assert (folder / "old.csv").read_text() == "precious"
    done = aligner("convert", "in.tmx", "in.tmx", "--force", cwd=folder)
    assert "in.tmx: this is an input" in error_line(done)


def test_a_kill_in_the_middle_leaves_the_old_file_whole(tmp_path):
    write(bitext_of(*FILLER * 20_000), tmp_path / "big.jsonl")
    (tmp_path / "out.tmx").write_text("precious")
    command = [*COMMAND, "convert", "big.jsonl", "out.tmx", "--force"]
    with subprocess.Popen(command, cwd=tmp_path, env=environment()) as process:
        end = time.monotonic() + 60
        while not list(tmp_path.glob(".aligner-*.part")) and time.monotonic() < end:
            time.sleep(0.01)
        process.kill()
    assert process.returncode == -signal.SIGKILL
    assert (tmp_path / "out.tmx").read_text() == "precious"


@pytest.mark.parametrize(
    ("arguments", "code", "part"),
    [
        (["missing.tmx", "x.csv"], 1, "there is no such file"),
        ([str(IZVESTIA), "x.csv"], 1, "no pairs; align it with its translation"),
        (["in.tmx", "x.odt"], 1, "'.odt'"),
        (["in.tmx", "x.srt"], 1, "neither text came from subtitles"),
        (["in.tmx", "x.csv", "--for", "omegat"], 1, "no output is one that OmegaT imports"),
        (["in.tmx"], 2, "Missing argument 'OUTPUTS...'"),
        (["in.tmx", "x.csv", "--drop", "spelling"], 2, "there is no check 'spelling'"),
        (["in.tmx", "x.csv", "--drop", "unsure=2"], 2, "between 0 and 1"),
        (["in.tmx", "x.csv", "--for", "word"], 2, "'word' is not one of"),
    ],
)
def test_what_cannot_be_done_is_one_clear_line(folder, arguments, code, part):
    before = sorted(folder.iterdir())
    done = aligner("convert", *arguments, cwd=folder)
    assert done.returncode == code
    assert part in done.stderr.decode().splitlines()[-1]
    assert sorted(folder.iterdir()) == before


def test_languages_can_be_named_and_pick_the_sides(folder):
    (folder / "plain.csv").write_text("source,target\nOne.,Раз.\n", "utf-8")
    done = aligner("convert", "plain.csv", "nameless.tmx", "nameless.tsv", cwd=folder)
    lines = done.stderr.decode().splitlines()
    assert [line for line in lines if line.startswith("Note ")] == [
        "Note        nameless.tmx names no languages; give them with --src-lang and --tgt-lang"
    ]
    done = aligner(
        *("convert", "plain.csv", "plain.tmx", "--src-lang", "en-GB", "--tgt-lang", "ru"),
        cwd=folder,
    )
    assert done.returncode == 0
    assert read(folder / "plain.tmx").src.lang == "en-GB"
    done = aligner("convert", "plain.tmx", "turned.tmx", "--src-lang", "ru", cwd=folder)
    assert done.returncode == 0
    turned = read(folder / "turned.tmx")
    assert (turned.src.lang, turned.src.texts) == ("ru", ["Раз."])
    assert (turned.tgt.lang, turned.tgt.texts) == ("en-GB", ["One."])


@pytest.mark.parametrize("given", [[], ["--tgt-lang", "ru"], ["--src-lang", "en"]])
def test_a_language_that_nobody_names_turns_nothing(folder, given):
    """XLIFF that is not yet translated need not say into which language."""
    (folder / "untold.xlf").write_text(
        '<xliff version="1.2"><file source-language="en"><body><trans-unit id="1">'
        "<source>One.</source><target>Раз.</target></trans-unit></body></file></xliff>",
        "utf-8",
    )
    done = aligner("convert", "untold.xlf", "untold.jsonl", *given, "--force", cwd=folder)
    assert done.returncode == 0
    told = read(folder / "untold.jsonl")
    assert (told.src.lang, told.src.texts, told.tgt.texts) == ("en", ["One."], ["Раз."])


def test_what_is_dropped_is_counted_and_listed(folder):
    options = ["--drop", "unsure=0.6", "--drop", "not-1-1"]
    done = aligner("convert", "in.jsonl", "dropped.tmx", "dropped.csv", *options, cwd=folder)
    text = done.stderr.decode()
    assert done.returncode == 0
    assert "Dropped     10 of 46 beads, 36 kept: unsure 3, not-1-1 10" in text
    assert "Beads       46: 36 x 1-1, 7 x 2-1, 3 nulls" in text
    rows = list(csv.DictReader((folder / "dropped.csv").read_text("utf-8-sig").splitlines()))
    assert {row["type"] for row in rows} == {"1-1"}
    # The memory lists what it lacks, so that its coverage can be proved all the same.
    proof = aligner("verify", "dropped.tmx", "--source", IZVESTIA, "-v", cwd=folder)
    assert proof.returncode == 0, proof.stdout.decode()
    assert "(dropped: unsure, not-1-1)" in proof.stdout.decode()
    lost = aligner("verify", "dropped.csv", "--source", IZVESTIA, cwd=folder)
    assert lost.returncode == 1


def test_flags_are_a_column_and_drop_nothing(folder):
    done = aligner("convert", "in.jsonl", "flags.csv", "--flag", "unsure=0.6", cwd=folder)
    assert done.returncode == 0
    assert "Dropped" not in done.stderr.decode()
    rows = list(csv.DictReader((folder / "flags.csv").read_text("utf-8-sig").splitlines()))
    assert len(rows) == 46
    flagged = [float(row["confidence"]) < 0.6 for row in rows]
    assert [row["flags"] == "unsure" for row in rows] == flagged


def test_the_same_options_are_there_when_aligning(folder):
    options = ["--drop", "not-1-1", "--flag", "numbers", "--for", "trados"]
    done = aligner("align", IZVESTIA, "-o", "x.tmx", "-o", "x.jsonl", *options, cwd=folder)
    assert done.returncode == 0, done.stderr.decode()
    assert "Dropped     7 of 44 beads, 37 kept: not-1-1 7" in done.stderr.decode()
    assert read(folder / "x.tmx").src.lang == "en-US"
    lines = (folder / "x.jsonl").read_text("utf-8").splitlines()[1:]
    assert {json.loads(line)["type"] for line in lines} == {"1-1"}
    piped = aligner("align", IZVESTIA, "-q", "--drop", "not-1-1", cwd=folder)
    assert len(piped.stdout.decode().splitlines()) == 1 + 37


def test_what_a_program_would_refuse_is_named_even_in_quiet(folder):
    bitext = bitext_of(FILLER[0], ("The score:", "1-1"), ("x" * 33_000, "y"))
    write(bitext, folder / "score.jsonl")
    done = aligner("convert", "score.jsonl", "score.csv", "--for", "excel", "-q", cwd=folder)
    assert done.returncode == 1
    problem = "target '1-1' would become a date or a number"
    assert done.stderr.decode().splitlines() == [f"Refused     score.csv, row 3, id 2: {problem}"]
    assert (folder / "score.csv").exists()
    loud = aligner("convert", "score.jsonl", "score.xlsx", "--for", "excel", cwd=folder)
    assert loud.returncode == 0
    assert "score.xlsx (1 bead that would be refused left out)" in loud.stderr.decode()


@pytest.mark.parametrize("layout", ["alternating", "columns"])
def test_a_book_is_set_as_wanted(folder, layout):
    done = aligner("convert", "in.tmx", f"{layout}.epub", "--book", layout, cwd=folder)
    assert done.returncode == 0
    with zipfile.ZipFile(folder / f"{layout}.epub") as book:
        page = book.read("EPUB/chapter-0001.xhtml").decode()
    assert ("<table" in page) == (layout == "columns")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["idle.epub", "--book", "columns"], []),
        (["idle.tmx", "--book", "columns"], ["--book does nothing here: it is for .epub"]),
        (["idle.tsv", "--no-bom"], ["--no-bom does nothing here: it is for .csv"]),
        (["quiet.tsv", "--no-bom", "--quiet"], []),
    ],
    ids=str,
)
def test_options_that_do_nothing_are_named(folder, options, said):
    done = aligner("convert", "in.tmx", *options, cwd=folder)
    assert done.returncode == 0
    notes = [line for line in done.stderr.decode().splitlines() if line.startswith("Note ")]
    assert len(notes) == len(said)
    assert all(part in line for part, line in zip(said, notes, strict=True))


def test_the_layout_of_one_file_is_nothing_to_two(tmp_path):
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("Nothing of this is aligned. The two are alike.\n", "utf-8")
    done = aligner("align", "a.txt", "b.txt", "--layout", "alternating", cwd=tmp_path)
    assert "Note        --layout does nothing here" in done.stderr.decode()


def test_help_describes_the_checks(tmp_path):
    for command in ("align", "convert"):
        text = aligner(command, "--help", cwd=tmp_path).stdout.decode()
        assert "  near-duplicate    the same but for marks, case and digits\n" in text
        assert "  unsure=0.5        confidence below LIMIT\n" in text
