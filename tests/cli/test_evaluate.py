"""`aligner evaluate`, on files and on folders."""

import pytest

from tests.cli.running import aligner, error_line

GOLD = "[0]:[0]\n[1, 2]:[1]\n[3]:[]\n[4]:[2]\n"
TEST = "[0]:[0]:0.9\n[1]:[1]:0.5\n[2]:[]:0.5\n[3]:[]:0.8\n[4]:[]:0.1\n[]:[2]:0.1\n"
# As worked out by hand in test_evaluation.py.
TABLE = [
    "           strict     lax",
    "Precision  0.3333  0.5000",
    "Recall     0.3333  0.6667",
    "F1         0.3333  0.5714",
]


@pytest.fixture
def folder(tmp_path):
    for name, text in (("gold/a.gold", GOLD), ("test/a.beads", TEST), ("test/b.beads", "hello")):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    (tmp_path / "gold" / "a.src").write_text("not looked at", "utf-8")
    (tmp_path / "empty").mkdir()
    return tmp_path


@pytest.mark.parametrize("pair", [("gold/a.gold", "test/a.beads"), ("gold", "test")])
def test_files_and_folders(folder, pair):
    done = aligner("evaluate", *pair, cwd=folder)
    assert done.stderr == b""
    *table, closing = done.stdout.decode().splitlines()
    assert table == TABLE
    assert closing == "6 beads against 3 of gold that are no nulls, in 1 document"
    assert done.returncode == 0


def test_gold_and_test_may_share_a_folder(folder):
    (folder / "test" / "a.gold").write_text(GOLD, "utf-8")
    done = aligner("evaluate", "test", "test", cwd=folder)
    assert done.stdout.decode().splitlines()[: len(TABLE)] == TABLE


def test_many_documents_are_pooled(folder):
    for i in range(9):
        (folder / "gold" / f"x{i}.gold").write_text("[0]:[0]\n", "utf-8")
        (folder / "test" / f"x{i}.align").write_text("[0]:[0]\n", "utf-8")
    done = aligner("evaluate", "gold", "test", cwd=folder)
    assert "Precision  0.7333  0.8000" in done.stdout.decode()  # (2 + 9) / (6 + 9)
    assert "in 10 documents" in done.stdout.decode()


@pytest.mark.parametrize(
    ("pair", "parts"),
    [
        (("gold/a.gold", "missing.beads"), ["missing.beads", "no such file"]),
        (("gold", "test/a.beads"), ["gold: this is a folder, the other is not"]),
        (("gold", "missing"), ["gold: this is a folder, the other is not"]),
        (("empty", "test"), ["empty: no beads files", ".gold"]),
        (("test", "empty"), ["empty: no beads to compare", "a.beads"]),
        (("gold/a.gold", "test/b.beads"), ["test/b.beads, line 1", "no bead", "[0, 1]:[0]"]),
    ],
    ids=str,
)
def test_what_cannot_be_compared_is_one_clear_line(folder, pair, parts):
    done = aligner("evaluate", *pair, cwd=folder)
    assert done.returncode == 1
    line = error_line(done)
    assert all(part in line for part in parts), line
