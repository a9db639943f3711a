"""`aligner formats`, --help and --version."""

import time

import aligner as package
from aligner.readers import READERS
from aligner.writers import WRITERS
from tests.cli.running import aligner


def test_every_format_has_a_line(tmp_path):
    done = aligner("formats", cwd=tmp_path)
    assert done.returncode == 0
    head, *lines = done.stdout.decode().splitlines()
    assert head.split() == ["read", "write"]
    cells = {line.split()[0]: line.split()[1:3] for line in lines}
    assert cells == {
        suffix: ["yes" if suffix in READERS else "-", "yes" if suffix in WRITERS else "-"]
        for suffix in READERS.keys() | WRITERS.keys()
    }


def test_every_format_can_be_loaded():
    for registry, verb in ((READERS, "read"), (WRITERS, "write")):
        for each in registry.values():
            assert callable(getattr(each.load(), verb)), each


def test_version(tmp_path):
    done = aligner("--version", cwd=tmp_path)
    assert done.stdout.decode().strip().endswith(package.__version__)


def test_help_answers_at_once(tmp_path):
    seconds = []
    for _ in range(3):
        start = time.perf_counter()
        done = aligner("--help", cwd=tmp_path)
        seconds.append(time.perf_counter() - start)
        assert all(name in done.stdout.decode() for name in ("align", "formats", "evaluate"))
    assert min(seconds) < 0.3
