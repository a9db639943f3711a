"""Whatever is wrong is said in one line, and leaves nothing behind."""

import pytest

from tests.cli.running import aligner, error_line, obey_permissions

ENGLISH = (
    "The river rose during the night. In the morning the bridge was gone.\n\n"
    "Nobody in the village had heard it fall. They stood on the bank and looked.\n"
)
ENGLISH_TOO = (
    "My uncle kept bees behind the house. He talked to them every evening.\n\n"
    "When he died, we had to tell them. That is what people there do.\n"
)
KHMER = "ព្រឹកនេះមានភ្លៀងធ្លាក់។ ផ្លូវត្រូវបានបិទ ហើយគ្មាននរណាមកទេ។"
UKRAINIAN = (
    "Уночі річка піднялася. Вранці мосту вже не було.\n\n"
    "Ніхто в селі не чув, як він упав. Люди стояли на березі й дивилися.\n"
)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "english.txt").write_text(ENGLISH, "utf-8")
    (tmp_path / "english2.txt").write_text(ENGLISH_TOO, "utf-8")
    (tmp_path / "ukrainian.txt").write_text(UKRAINIAN, "utf-8")
    (tmp_path / "khmer.txt").write_text(KHMER, "utf-8")
    (tmp_path / "cat.txt").write_text("Cat.", "utf-8")
    (tmp_path / "dog.txt").write_text("Dog.", "utf-8")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "blank.txt").write_text(" \n\n\t\n", "utf-8")
    (tmp_path / "binary.txt").write_bytes(b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 50)
    (tmp_path / "numbers.txt").write_text("1 2 3\n4 5 6\n", "utf-8")
    (tmp_path / "text.ott").write_text(ENGLISH, "utf-8")
    (tmp_path / "folder.txt").mkdir()
    with (tmp_path / "huge.txt").open("wb") as huge:
        huge.truncate(1 << 30)  # a gigabyte that takes no room on the disk
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "parts"),
    [
        (["missing.txt"], ["missing.txt", "no such file"]),
        (["english.txt", "missing.txt"], ["missing.txt", "no such file"]),
        (["folder.txt"], ["folder.txt", "folder"]),
        (["empty.txt"], ["empty.txt", "empty"]),
        (["blank.txt"], ["blank.txt", "white space"]),
        (["binary.txt"], ["binary.txt", "text"]),
        (["huge.txt"], ["huge.txt", "too large", "cut it into parts"]),
        (["text.ott"], ["text.ott", "'.ott'", ".txt"]),
        (["."], [".: this is a folder", "name a file"]),
        (["noend"], ["noend", "no suffix", ".txt"]),
        (["english.txt", "-"], ["-: the name has no suffix", ".txt"]),
        (["c.en", "c.uk"], ["c.en", "name the pair, c.moses"]),
        (["old.doc"], ["old.doc", "'.doc'; save it as .docx"]),
        (["old.rst"], ["old.rst", "'.rst'; convert it to .md or .html, as pandoc does"]),
        (["old.properties"], ["old.properties", "; export it as .po or .xlf"]),
        (["english.txt"], ["english.txt", "English", "second file"]),
        (["english.txt", "english2.txt"], ["english.txt, english2.txt", "English", "--src-lang"]),
        (["english.txt", "numbers.txt"], ["numbers.txt", "language", "--tgt-lang"]),
        (
            ["english.txt", "khmer.txt"],
            [
                "khmer.txt: ",
                "Khmer (km)",
                "only for Arabic, Chi",
                "--encoder MODEL",
                "LaBSE",
            ],
        ),
        (["cat.txt", "dog.txt"], ["cat.txt, dog.txt: ", "so short a text", "give both with --src"]),
        (
            ["english.txt", "ukrainian.txt", "--src-lang", "qx"],
            ["english.txt: ", "'qx', which is no language that aligner knows"],
        ),
        (["english.txt", "ukrainian.txt", "--src-lang", "!"], ["'!'", "en-GB"]),
        (["english.txt", "ukrainian.txt", "--encoding", "utf-99"], ["utf-99"]),
        (
            ["english.txt", "ukrainian.txt", "--encoder", "./no-such-model"],
            ["./no-such-model", "no such encoder folder"],
        ),
    ],
    ids=" ".join,
)
def test_bad_input_is_one_clear_line(folder, arguments, parts):
    before = sorted(folder.iterdir())
    done = aligner("align", *arguments, "-o", "out.tsv", cwd=folder)
    assert done.returncode == 1
    line = error_line(done)
    assert all(part in line for part in parts), line
    assert sorted(folder.iterdir()) == before


@pytest.mark.parametrize(
    ("outputs", "parts"),
    [
        (["out.odp"], ["out.odp", "'.odp'", ".csv"]),
        (["out"], ["out: the name has no suffix", "out.tmx"]),
        (["taken"], ["taken: this is a folder"]),
        (["old.tsv"], ["old.tsv", "exists", "--force"]),
        (["new.tsv", "new.tsv"], ["new.tsv", "twice"]),
        (["nowhere/out.tsv"], ["nowhere", "folder"]),
        (["taken.tsv"], ["taken.tsv", "folder"]),
        (["locked/out.tsv"], ["locked", "may not be written to"]),
    ],
    ids=" ".join,
)
def test_outputs_are_checked_before_the_work_begins(tmp_path, outputs, parts):
    (tmp_path / "old.tsv").write_text("precious", "utf-8")
    (tmp_path / "taken.tsv").mkdir()
    (tmp_path / "taken").mkdir()
    (tmp_path / "locked").mkdir(mode=0o555)
    before = sorted(tmp_path.rglob("*"))
    options = [each for path in ["first.tsv", *outputs] for each in ("-o", path)]
    # The input is missing, too: a complaint about the output shows that it was looked at first.
    done = aligner("align", "missing.txt", *options, cwd=tmp_path, preexec_fn=obey_permissions)
    assert done.returncode == 1
    line = error_line(done)
    assert all(part in line for part in parts), line
    assert sorted(tmp_path.rglob("*")) == before
    assert (tmp_path / "old.tsv").read_text("utf-8") == "precious"


def test_an_unreadable_input_is_one_clear_line(tmp_path):
    (tmp_path / "secret.txt").write_text(ENGLISH, "utf-8")
    (tmp_path / "secret.txt").chmod(0)
    done = aligner("align", "secret.txt", cwd=tmp_path, preexec_fn=obey_permissions)
    assert done.returncode == 1
    assert "secret.txt: the file cannot be read" in error_line(done)


def test_an_input_is_never_written_over(tmp_path):
    copy = tmp_path / "pairs.tsv"
    copy.write_text("en\tru\nA dog.\tСобака.\n", "utf-8")
    done = aligner("align", "pairs.tsv", "-o", "pairs.tsv", "--force", cwd=tmp_path)
    assert done.returncode == 1
    assert "pairs.tsv: this is an input" in error_line(done)


@pytest.mark.parametrize("how", ["name", "symlink", "hard link"])
def test_neither_of_a_pair_of_inputs_is_written_over(tmp_path, how):
    for lang, text in (("en", "A dog.\n"), ("ru", "Собака.\n")):
        (tmp_path / f"q.{lang}").write_text(text, "utf-8")
    name = "q.moses" if how == "name" else "other.moses"
    if how == "symlink":
        (tmp_path / "other.ru").symlink_to("q.ru")
    elif how == "hard link":
        (tmp_path / "other.ru").hardlink_to(tmp_path / "q.ru")
    for command in (["convert", "q.moses", name], ["align", "q.moses", "-o", name]):
        done = aligner(*command, "--force", cwd=tmp_path)
        assert done.returncode == 1
        where = name if how == "name" else "other.ru"
        assert f"{where}: this is an input" in error_line(done)
    assert (tmp_path / "q.ru").read_text("utf-8") == "Собака.\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["align"],
        ["align", "a.txt", "b.txt", "c.txt"],
        ["align", "a.txt", "--segments", "words"],
        ["align", "a.txt", "--max-span", "0"],
        ["align", "a.txt", "--no-such-option"],
        ["aling", "a.txt"],
        ["evaluate", "a.beads"],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_code_2(tmp_path, arguments):
    done = aligner(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.decode().splitlines()[-1].startswith("Error: ")
    assert done.stdout == b""


def test_a_traceback_is_shown_only_when_asked_for(tmp_path):
    quiet = aligner("align", "missing.txt", "-v", cwd=tmp_path)
    assert b"Traceback" not in quiet.stderr
    loud = aligner("align", "missing.txt", "-vv", cwd=tmp_path)
    assert b"Traceback" in loud.stderr
    assert loud.stderr.splitlines()[-1] == quiet.stderr.splitlines()[-1]
    assert loud.returncode == quiet.returncode == 1
