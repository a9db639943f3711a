"""What is unpacked once and kept: whole or not at all, and never in the way."""

import errno
import io
import os
import time
from pathlib import Path
from zipfile import ZipFile

import numpy as np
import pytest

from aligner.kept_arrays import ABANDONED_S, kept_arrays

ARRAYS = {"small": np.arange(3), "table": np.arange(12, dtype=np.uint8).reshape(4, 3)}


class Archive:
    """An .npz, and how often it was opened."""

    def __init__(self):
        file = io.BytesIO()
        np.savez_compressed(file, **ARRAYS)
        self.content, self.opened = file.getvalue(), 0

    def __call__(self):
        self.opened += 1
        return io.BytesIO(self.content)


@pytest.fixture
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "aligner"


def check(arrays):
    assert {name: array.tolist() for name, array in arrays.items()} == {
        name: array.tolist() for name, array in ARRAYS.items()
    }


def test_it_is_unpacked_once_and_then_mapped(cache):
    archive = Archive()
    check(kept_arrays("model", "1", archive))
    found = kept_arrays("model", "1", archive)
    check(found)
    assert archive.opened == 1
    assert isinstance(found["table"].base, np.memmap)
    assert not found["table"].flags.writeable
    assert [path.name for path in cache.iterdir()] == ["model-1"]


def test_what_was_kept_of_another_archive_is_deleted(cache):
    kept_arrays("model", "1", Archive())
    kept_arrays("other", "1", Archive())
    kept_arrays("model", "2", Archive())
    assert {path.name for path in cache.iterdir()} == {"model-2", "other-1"}


@pytest.mark.parametrize("damage", ["cut", "emptied", "deleted", "all deleted"])
def test_what_is_damaged_is_unpacked_anew(cache, damage):
    kept_arrays("model", "1", Archive())
    file = cache / "model-1" / "table.npy"
    if damage == "cut":
        file.write_bytes(file.read_bytes()[:-1])
    elif damage == "emptied":
        file.write_bytes(b"")
    elif damage == "deleted":
        file.unlink()
    else:
        for each in (cache / "model-1").iterdir():
            each.unlink()
    archive = Archive()
    check(kept_arrays("model", "1", archive))
    check(kept_arrays("model", "1", archive))
    assert archive.opened == 1


@pytest.mark.parametrize("place", ["/proc/nowhere", "relative"])
def test_where_nothing_can_be_kept_it_is_unpacked_each_time(place, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", place)
    archive = Archive()
    for _ in range(2):
        check(kept_arrays("model", "1", archive))
    assert archive.opened == 2
    assert not any(tmp_path.iterdir())


def test_of_a_user_without_a_home(monkeypatch):
    def none():
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr(Path, "home", none)
    check(kept_arrays("model", "1", Archive()))


def test_a_full_disk_leaves_nothing_behind(cache, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(ZipFile, "extractall", full)
    check(kept_arrays("model", "1", Archive()))
    assert not any(cache.iterdir())


def test_two_at_once(cache, monkeypatch):
    """The other is done first: what it kept is used."""
    rename = Path.rename

    def late(self, target):
        if self.suffix == ".part":
            monkeypatch.setattr(Path, "rename", rename)
            kept_arrays("model", "1", Archive())
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", late)
    check(kept_arrays("model", "1", Archive()))
    assert [path.name for path in cache.iterdir()] == ["model-1"]


def test_what_a_killed_process_left_is_swept(cache):
    old, young = cache / "model-1.7.part", cache / "model-1.8.part"
    old.mkdir(parents=True)
    young.mkdir()
    then = time.time() - 2 * ABANDONED_S
    os.utime(old, (then, then))
    kept_arrays("model", "1", Archive())
    assert {path.name for path in cache.iterdir()} == {"model-1", "model-1.8.part"}
