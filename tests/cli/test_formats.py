"""`aligner formats`, --help and --version."""

import subprocess
import sys

import aligner as package
from aligner.formats.readers import NOT_READ, READERS
from aligner.formats.writers import WRITERS
from tests import ROOT
from tests.cli.running import aligner, environment
from tests.test_layers import HEAVY as PACKAGES


def test_every_format_has_a_line(tmp_path):
    done = aligner("formats", cwd=tmp_path)
    assert done.returncode == 0
    head, *lines = done.stdout.decode().partition("\n\n")[0].splitlines()
    assert head.split() == ["read", "write"]
    cells = {line.split()[0]: line.split()[1:3] for line in lines}
    assert cells == {
        suffix: ["yes" if suffix in READERS else "-", "yes" if suffix in WRITERS else "-"]
        for suffix in READERS.keys() | WRITERS.keys()
    }


def test_what_needs_an_extra_says_which(tmp_path):
    lines = aligner("formats", cwd=tmp_path).stdout.decode().splitlines()
    needing = {line.split()[0]: line.split("; needs ")[1] for line in lines if "needs" in line}
    install = "pip install 'bitext-aligner[{}]'"
    assert needing == {f".{extra}": install.format(extra) for extra in ("parquet", "xlsx")}


def test_what_is_read_of_every_format_is_said(tmp_path):
    printed = aligner("formats", cwd=tmp_path).stdout.decode().partition("\n\n")[2]
    said = " ".join(printed.split())
    page = " ".join((ROOT / "docs" / "reading.md").read_text("utf-8").replace("`", "").split())
    for suffix, each in READERS.items():
        assert each.content
        assert f": {each.content}" in said, suffix
        assert suffix in said.partition(each.content)[0].split(":")[-2].split()
    assert f"Not read: {NOT_READ}" in said
    assert f"Not read: {NOT_READ}" in page


def test_every_format_can_be_loaded():
    for registry, verb in ((READERS, "read"), (WRITERS, "write")):
        for each in registry.values():
            assert callable(getattr(each.load(), verb)), each


def test_version(tmp_path):
    done = aligner("--version", cwd=tmp_path)
    assert done.stdout.decode().strip().endswith(package.__version__)


# Modules that `aligner --help` imports, beyond those of a bare interpreter: some 120 today.
FEW = 150


def imported(*command, cwd):
    """The modules that an interpreter imports, as it reports them itself."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", *command],
        cwd=cwd,
        env=environment(),
        capture_output=True,
        check=True,
    )
    return {line.rpartition(b"|")[2].strip().decode() for line in done.stderr.splitlines()}


def test_help_answers_at_once(tmp_path):
    """Counted in imports, which are what takes the time: click, and no library of a format."""
    bare = imported("-c", "pass", cwd=tmp_path)
    more = imported("-m", "aligner", "--help", cwd=tmp_path) - bare
    assert "click" in more
    assert len(more) < FEW
    assert more.isdisjoint(set(PACKAGES) - {"click"})
    done = aligner("--help", cwd=tmp_path)
    assert all(name in done.stdout.decode() for name in ("align", "formats", "evaluate"))
