"""`aligner align --abbreviations FILE`: obeyed, said in the export, and proved with it."""

import json

import pytest

import aligner as program
from tests.cli.running import aligner, error_line

ENGLISH = "They saw Bgm. Miller in the old house. She left in the morning. It rained all day."
GERMAN = "Sie sahen Bgm. Müller im alten Haus. Am Morgen ging sie. Es regnete den ganzen Tag."


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "en.txt").write_text(ENGLISH, "utf-8")
    (tmp_path / "de.txt").write_text(GERMAN, "utf-8")
    (tmp_path / "own.txt").write_text("[never en]\nbgm\n", "utf-8")
    return tmp_path


def align(folder, *more):
    given = "--src-lang", "en", "--tgt-lang", "de", "--abbreviations", "own.txt"
    return aligner("align", "en.txt", "de.txt", *given, *more, cwd=folder)


def test_the_file_is_obeyed_and_verify_says_so(folder):
    done = align(folder, "-o", "out.jsonl")
    assert done.returncode == 0, done.stderr.decode()
    first = program.read(folder / "out.jsonl")
    assert first.src.texts[0] == "They saw Bgm. Miller in the old house."
    digest = dict(first.provenance.settings)["abbreviations"]
    head = json.loads((folder / "out.jsonl").read_text("utf-8").splitlines()[0])
    assert digest in json.dumps(head)
    proved = aligner("verify", "out.jsonl", "--source", "en.txt", "--target", "de.txt", cwd=folder)
    assert proved.returncode == 0
    assert f"a file of abbreviations (SHA-256 {digest}" in proved.stdout.decode()


def test_without_it_nothing_is_said(folder):
    bitext = program.align(folder / "en.txt", folder / "de.txt", src_lang="en", tgt_lang="de")
    assert bitext.src.texts[0] == "They saw Bgm."
    assert "abbreviations" not in dict(bitext.provenance.settings)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[openers]\nThe\n", "own.txt, line 1: [openers] is no list of abbreviations"),
        ("", "own.txt: there are no abbreviations in it"),
    ],
)
def test_a_bad_file_is_one_clear_line(folder, content, said):
    (folder / "own.txt").write_text(content, "utf-8")
    done = align(folder, "-o", "out.csv")
    assert done.returncode == 1
    assert said in error_line(done)
    assert not (folder / "out.csv").exists()


def test_the_file_is_no_output(folder):
    (folder / "own.txt").rename(folder / "own.tsv")
    given = "--abbreviations", "own.tsv", "-o", "own.tsv", "--force"
    done = aligner("align", "en.txt", "de.txt", *given, cwd=folder)
    assert done.returncode == 1
    assert (folder / "own.tsv").read_text("utf-8") == "[never en]\nbgm\n"


def test_lines_are_not_split_and_a_note_says_so(folder):
    done = align(folder, "--segments", "lines", "-o", "out.csv")
    assert done.returncode == 0
    assert "--abbreviations does nothing here" in done.stderr.decode()
