"""Mutation testing, on a package of one function."""

import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmarks.mutants import mutants
from benchmarks.mutations import changed_lines, main, spread, stages

MODULE = '''"""Ages."""

def grown_up(age):
    """Whether 18."""
    return age > 17
'''
# Nobody looks at 17 itself.
TEST = """from pack.ages import grown_up

def test_it():
    assert grown_up(30) and not grown_up(2)
"""


@pytest.fixture
def root(tmp_path):
    for name, text in (("pack/ages.py", MODULE), ("tests/test_ages.py", TEST)):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(text)
        (tmp_path / name).with_name("__init__.py").touch()
    return tmp_path


def made(root, text):
    (root / "pack" / "ages.py").write_text(text)
    found = mutants(root, Path("pack/ages.py"))
    for mutant in found:
        compile(mutant.text, "mutant", "exec")
    return [(mutant.line, mutant.before, mutant.after) for mutant in found]


def test_one_dies_and_others_survive(root):
    before = {path: path.read_bytes() for path in root.rglob("*.py")}
    result = CliRunner().invoke(main, ["--root", str(root), "--at-most", "1", "pack"])
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "pack/ages.py:5: age > 17 -> age >= 17",
        "pack/ages.py:5: 17 -> 18",
        "1 of 3 mutants were noticed (33%)",
    ]
    assert "2 survived, at most 1 may" in result.stderr
    assert {path: path.read_bytes() for path in root.rglob("*.py")} == before


def test_tests_that_fail_anyway_notice_nothing(root):
    (root / "tests" / "test_ages.py").write_text("def test_it():\n    assert False\n")
    result = CliRunner().invoke(main, ["--root", str(root), "--sample", "1", "pack"])
    assert result.exit_code == 1
    assert result.stderr.endswith("the tests of pack/ages.py fail unmutated\n")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("x = a + b", [("a + b", "a - b")]),
        ("x = a < b <= c", [("a < b <= c", "a <= b <= c"), ("a < b <= c", "a < b < c")]),
        ("x = not a or b", [("not a or b", "not a and b"), ("not a", "a")]),
        ("x = 'é', True", [("'é'", "''"), ("True", "False")]),
        ("x = a[b:]", [("a[b:]", "a[b + 1:]"), ("a[b:]", "a[:]")]),
        ("f(src, tgt)", [("f(src, tgt)", "pass"), ("f(src, tgt)", "f(tgt, src)")]),
        ("x = f(s=e.src, t=e.tgt)", [("f(s=e.src, t=e.tgt)", "f(s=e.tgt, t=e.src)")]),
        ("a.b = c", [("a.b = c", "pass")]),
        ("a: 'int' = f'{1}'", []),
        ("'''A docstring.'''", []),
        ("if TYPE_CHECKING: f(1)", []),
        ("Kind = Literal['a', 'b']", []),
    ],
)
def test_what_is_made_of_a_line(root, line, expected):
    assert made(root, f"# é\n{line}\n") == [(2, *each) for each in expected]


def test_the_stages_a_module_are_those_of_its_folder_then_of_its_room(root):
    for name in ("tests/a/b/test_c.py", "tests/a/test_d.py"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).touch()
    own = "tests/a/b/test_c.py"
    assert list(stages(root, Path("pack/a/b/c.py"))) == [(own,), ("tests/a/b",), ("tests/a",)]
    assert list(stages(root, Path("pack/a/b/x.py"))) == [("tests/a/b",), ("tests/a",)]
    assert list(stages(root, Path("pack/a/x/c.py"))) == [("tests/a",)]
    assert list(stages(root, Path("pack/ages.py"))) == [("tests/test_ages.py",)]
    assert list(stages(root, Path("pack/x.py"))) == [("tests", "--ignore-glob=tests/*/*")]


def test_lines_changed_since_a_revision(root):
    def git(*words):
        who = ("-c", "user.name=x", "-c", "user.email=x@x")
        subprocess.run(["git", "-C", str(root), *who, *words], check=True, capture_output=True)

    git("init")
    git("add", ".")
    git("commit", "-m", "x")
    (root / "pack" / "ages.py").write_text(f"ONE = 1\n{MODULE}TWO = 2\n")
    assert changed_lines(root, "HEAD") == {Path("pack/ages.py"): {1, 7}}
    assert "nothing to mutate" in CliRunner().invoke(
        main, ["--root", str(root), "--since", "HEAD", "tests"]
    ).stderr  # fmt: skip


def test_a_sample_is_spread_over_the_files(root):
    (root / "pack" / "many.py").write_text("x = 1\n" * 100)
    found = [each for name in ("ages", "many") for each in mutants(root, Path(f"pack/{name}.py"))]
    chosen = spread(found, 4, seed=7)
    assert sorted(mutant.path.stem for mutant in chosen) == ["ages", "ages", "many", "many"]
    assert spread(found, 4, seed=7) == chosen != spread(found, 4, seed=8)
    assert len(spread(found, 1000, seed=1)) == len(found)
