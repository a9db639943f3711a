"""It starts everywhere: closed folders, odd settings, other languages, nowhere to put things."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests import ROOT
from tests.cli.running import aligner, obey_permissions

TEXTS = {"a.txt": "The dog barks.\nThe cat sleeps.\n", "b.txt": "Собака лает.\nКошка спит.\n"}
ALIGN = ("align", "a.txt", "b.txt", "--src-lang", "en", "--tgt-lang", "ru")
NOWHERE = "/proc/nowhere"  # where nobody can make anything


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    for name, text in TEXTS.items():
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    "settings",
    [
        {"OMP_NUM_THREADS": "0"},
        {"OMP_NUM_THREADS": "many", "MKL_NUM_THREADS": "-3", "OPENBLAS_NUM_THREADS": "x"},
        {"LC_ALL": "C", "LANG": "C"},
        {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONOPTIMIZE": "1"},
        {"PYTHONWARNINGS": "error"},
        {"TMPDIR": NOWHERE},
        {"TERM": "dumb", "COLUMNS": "0"},
        {"TZ": "Nowhere/Never"},
    ],
    ids=str,
)
def test_odd_settings(texts: Path, settings: dict[str, str]) -> None:
    done = aligner(*ALIGN, "-o", "out.tsv", cwd=texts, env_more=settings)
    assert done.returncode == 0, done.stderr.decode()
    assert len((texts / "out.tsv").read_text("utf-8").splitlines()) == 3
    assert b"Traceback" not in done.stderr


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package in folders that may not be written to."""
    root = tmp_path_factory.mktemp("closed")
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "aligner", root / "aligner", ignore=ignored)
    folders = [root, *(path for path in root.rglob("*") if path.is_dir())]
    for folder in folders:
        folder.chmod(0o555)
    yield root
    for folder in folders:
        folder.chmod(0o755)


def run_closed(closed: Path, cwd: Path, **settings: str) -> subprocess.CompletedProcess[bytes]:
    """Run the closed package without a home of its own."""
    outside = {"PATH": os.environ["PATH"], "PYTHONPATH": str(closed), "HOME": NOWHERE}
    return subprocess.run(
        [sys.executable, "-m", "aligner", *ALIGN, "-o", "out.tsv", "--force"],
        cwd=cwd,
        env=outside | {"XDG_CACHE_HOME": NOWHERE} | settings,
        capture_output=True,
        check=False,
        timeout=300,
        preexec_fn=obey_permissions,
    )


def test_in_closed_folders_without_a_home(closed: Path, texts: Path, tmp_path: Path) -> None:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    done = run_closed(closed, texts, TMPDIR=str(temporary))
    assert done.returncode == 0, done.stderr.decode()
    assert not any(temporary.iterdir())


def told(*arguments: str, cwd: Path) -> str:
    """The one line that a command says."""
    done = aligner(*arguments, cwd=cwd, preexec_fn=obey_permissions)
    lines = done.stderr.decode().splitlines()
    assert (done.returncode, len(lines)) == (1, 1)
    assert "fault" not in lines[0]
    return lines[0]


LONG = "x" * 300


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("align", "loop.txt"), "symbolic links"),
        (("align", f"{LONG}.txt"), "too long"),
        (("align", "closed/a.txt"), "ermission denied"),
        (("align", "closed"), "folder"),
        (("align", "a.txt", "--corrections", "loop.txt"), "symbolic links"),
        (("align", "a.txt", "--corrections", f"{LONG}.json"), "too long"),
        (("align", "a.txt", "--corrections", "closed/a.json"), "ermission denied"),
        (("align", "a.txt", "--abbreviations", "loop.txt"), "symbolic links"),
        (("align", "a.txt", "--abbreviations", "closed/a.txt"), "ermission denied"),
        (("align", "a.txt", "-o", "loop.txt", "--force"), "symbolic links"),
        (("align", "a.txt", "-o", "loop.txt/a.tmx"), "symbolic links"),
        (("align", "a.txt", "-o", f"{LONG}.tmx"), "too long"),
        (("align", "a.txt", "-o", "closed/a.tmx"), "ermission denied"),
        (("align", "a.txt", "-o", "a.txt/a.tmx"), "a.txt"),
        (("convert", "loop.txt", "a.csv"), "symbolic links"),
        (("convert", f"{LONG}.tmx", "a.csv"), "too long"),
        (("verify", "loop.tmx", "--source", "a.txt"), "no such file"),
        (("evaluate", "loop.txt", "a.txt"), "symbolic links"),
        (("evaluate", f"{LONG}.tmx", "a.txt"), ""),
        (("evaluate", "closed/a.tmx", "a.txt"), "ermission denied"),
    ],
)
def test_paths_that_lead_nowhere(texts: Path, arguments: tuple[str, ...], said: str) -> None:
    (texts / "loop.txt").symlink_to("loop.txt")
    (texts / "closed").mkdir()
    (texts / "closed").chmod(0)
    try:
        assert said in told(*arguments, cwd=texts)
    finally:
        (texts / "closed").chmod(0o700)
