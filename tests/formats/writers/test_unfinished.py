"""Several files appear together or not at all, at whatever moment the run is killed."""

import json
import os
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from aligner.errors import WriteError
from aligner.formats.writers import unfinished
from aligner.formats.writers.output import write_together
from aligner.formats.writers.unfinished import sweep

# A run that ends before its step number so many: whatever it asks of the system is a step.
KILLED = textwrap.dedent("""
    import os, sys
    from pathlib import Path
    from aligner.formats.writers.output import write_together
    force, last, paths = sys.argv[1] == "force", int(sys.argv[2]), [*map(Path, sys.argv[3:])]
    steps = 0
    def counted(function):
        def step(*arguments, **options):
            global steps
            steps += 1
            if steps == last:
                os._exit(9)
            return function(*arguments, **options)
        return step
    for name in ("link", "replace", "unlink", "fsync", "chmod", "rename"):
        setattr(os, name, counted(getattr(os, name)))
    with write_together(paths, force=force) as outs:
        for path, out in zip(paths, outs):
            out.write(f"new {path.name}".encode())
    os._exit(0)
""")


def run_killed(last: int, paths: list[Path], *, force: bool) -> bool:
    """Run until the step; whether it came to it."""
    word = "force" if force else "no"
    command = [sys.executable, "-c", KILLED, word, str(last), *map(str, paths)]
    code = subprocess.run(command, check=False).returncode
    assert code in (0, 9)
    return code == 9


def moments(paths: list[Path], *, force: bool) -> Iterator[int]:
    """Kill a run at its first step, its second …, until it ends by itself."""
    for last in range(1, 100):
        if not run_killed(last, paths, force=force):
            assert last > 8
            return
        yield last


@pytest.mark.parametrize("folders", [("", "", ""), ("", "b", "b")])
def test_killed_at_any_moment_all_are_old_or_all_are_new(
    tmp_path: Path, folders: tuple[str, ...]
) -> None:
    (tmp_path / "b").mkdir()
    paths = [tmp_path / folder / f"{i}.txt" for i, folder in enumerate(folders)]
    olds = [f"old {path.name}" for path in paths]
    news = [f"new {path.name}" for path in paths]
    seen = set()
    for path, old in zip(paths, olds, strict=True):
        path.write_text(old)
    for _ in moments(paths, force=True):
        for path in paths:
            sweep(path)
        found = [path.read_text() for path in paths]
        assert found in (olds, news)
        assert sorted(each for each in tmp_path.rglob("*") if each.is_file()) == sorted(paths)
        seen.add(found == news)
        for path, old in zip(paths, olds, strict=True):
            path.write_text(old)
    assert seen == {False, True}
    assert [path.read_text() for path in paths] == news


def test_killed_at_any_moment_all_are_there_or_none(tmp_path: Path) -> None:
    paths = [tmp_path / f"{i}.txt" for i in range(3)]
    seen = set()
    for _ in moments(paths, force=False):
        sweep(paths[0])
        there = [path.exists() for path in paths]
        assert len(set(there)) == 1
        assert all(path.read_text() == f"new {path.name}" for path in tmp_path.iterdir())
        seen.add(there[0])
        for path in tmp_path.iterdir():
            path.unlink()
    assert seen == {False, True}


def test_a_run_that_is_alive_is_left_alone(tmp_path: Path) -> None:
    paths = [tmp_path / "a.txt", tmp_path / "b.txt"]
    with write_together(paths) as outs:
        outs[0].write(b"a")
        assert len(list(tmp_path.iterdir())) == 2
        sweep(paths[0])
        assert len(list(tmp_path.iterdir())) == 2
    assert sorted(tmp_path.iterdir()) == paths


def test_one_that_cannot_be_replaced_brings_back_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in a folder where only a file's owner may replace it."""
    paths = [tmp_path / f"{i}.txt" for i in range(3)]
    for path in paths:
        path.write_text("old")
    rename = Path.replace

    def refused(self: Path, target: Path) -> Path:
        if target == paths[2] and self.suffix == ".part":
            raise PermissionError(1, "Operation not permitted")
        return rename(self, target)

    monkeypatch.setattr(Path, "replace", refused)
    with (
        pytest.raises(WriteError, match=r"2\.txt: cannot be written"),
        write_together(paths, force=True) as outs,
    ):
        for out in outs:
            out.write(b"new")
    assert [path.read_text() for path in paths] == ["old"] * 3
    assert sorted(tmp_path.iterdir()) == paths


def test_one_that_appears_meanwhile_takes_the_others_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [tmp_path / f"{i}.txt" for i in range(3)]
    link = os.link

    def late(source: Path, target: Path) -> None:
        if target == paths[1]:
            target.write_text("theirs")
        link(source, target)

    monkeypatch.setattr(os, "link", late)
    with pytest.raises(WriteError, match=r"1\.txt: already exists"), write_together(paths) as outs:
        outs[0].write(b"ours")
    assert paths[1].read_text() == "theirs"
    assert list(tmp_path.iterdir()) == [paths[1]]


def test_without_hard_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refused)
    paths = [tmp_path / "a.txt", tmp_path / "b.txt"]
    for force in (False, True):
        with write_together(paths, force=force) as outs:
            outs[1].write(b"b")
        assert sorted(tmp_path.iterdir()) == paths
    beside = tmp_path / "c"
    beside.write_text("ours")
    with pytest.raises(FileExistsError):
        unfinished.Place(beside, paths[1]).fill(force=False)


def test_where_nothing_can_be_locked_nothing_is_swept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = tmp_path / ".aligner-12-0.part"
    left.touch()
    monkeypatch.setattr(unfinished, "locks", None)
    sweep(tmp_path / "a.txt")
    assert left.exists()
    monkeypatch.undo()
    sweep(tmp_path / "a.txt")
    assert not left.exists()


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"[]",
        b"{}",
        b'{"first": 1, "others": [], "places": [], "force": true}',
        {"places": [["../secret", "mine"]]},
        {"places": [[".aligner-1-0.part", "../secret"]]},
        {"places": [["secret", "mine"]]},
    ],
)
def test_a_journal_reaches_nothing_but_parts_of_its_folder(tmp_path: Path, said: object) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    for secret in (tmp_path / "secret", folder / "secret", folder / "mine"):
        secret.write_text(str(secret))
    journal = folder / ".aligner-1.journal"
    (folder / ".aligner-1-0.part").write_text("bad")
    if isinstance(said, dict):
        said = json.dumps({"first": str(journal), "others": [], "force": True, **said}).encode()
    assert isinstance(said, bytes)
    journal.write_bytes(said)
    sweep(folder / "out.txt")
    for secret in (tmp_path / "secret", folder / "secret", folder / "mine"):
        assert secret.read_text() == str(secret)


def test_of_a_folder_that_is_none_nothing_is_said(tmp_path: Path) -> None:
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    sweep(loop / "a.txt")
    sweep(tmp_path / "missing" / "a.txt")
    with pytest.raises(WriteError, match=r"circle|levels"), write_together([loop]):
        pass
