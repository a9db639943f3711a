"""What a run leaves beside the files that it writes while it writes them.

    .aligner-TOKEN-0.part   a file that is not in its place yet
    .aligner-TOKEN-0.old    the one that was there, until all are in their places
    .aligner-TOKEN.journal  which parts go where, from the moment when all are on the disk

Each is locked by the run that made it, so that another can tell whether that run is still alive.
A journal names files of its own folder alone: where outputs go to several folders, each has one,
and the first of them decides whether the run had come so far.
"""

import json
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

locks: Any = None
with suppress(ImportError):  # Windows has other locks; what is left behind there stays
    import fcntl as locks

_PART = re.compile(r"\.aligner-[0-9a-f]+-\d+\.part")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a file is written, and where it will be: two names in one folder."""

    beside: Path
    final: Path

    @property
    def old(self) -> Path:
        """Where the file that was there before is kept meanwhile."""
        return self.beside.with_suffix(".old")

    def fill(self, *, force: bool, keep_old: bool = False) -> None:
        """Rename the file.

        Args:
            force: whether a file that is there may be replaced.
            keep_old: whether to keep that one, so that it can be restored.

        Raises:
            FileExistsError: one is there, and may not be replaced.
            OSError: the system refuses.
        """
        if not force:
            _create(self.beside, self.final)
            return
        if keep_old:
            # Where there are no hard links, there is no way back from the rename.
            with suppress(OSError):
                os.link(self.final, self.old)
        self.beside.replace(self.final)

    def restore(self, *, force: bool) -> None:
        """Undo `fill`, as far as it came."""
        if self.old.exists():
            self.old.replace(self.final)
            # Of two names of one file, a rename takes neither away.
            self.old.unlink(missing_ok=True)
        elif not force and not self.beside.exists():
            self.final.unlink(missing_ok=True)


def _create(beside: Path, final: Path) -> None:
    """Rename a file to a name that nobody has: a link fails where somebody has it by now."""
    try:
        os.link(beside, final)
    except FileExistsError:
        raise
    except OSError:
        # A file system without hard links: look, then rename.
        if final.exists():
            raise FileExistsError(str(final)) from None
        beside.replace(final)
    else:
        beside.unlink()


def part(folder: Path, token: str, number: int) -> Path:
    """Return the name of a file that is not in its place yet."""
    return folder / f".aligner-{token}-{number}.part"


@contextmanager
def claimed(path: Path) -> Iterator[BinaryIO]:
    """Make a file and keep it locked, so that no other run takes it for left behind."""
    stream = path.open("xb")
    try:
        _lock(stream)
        yield stream
    finally:
        # Where the disk is full, closing fails as writing did, which has been told.
        with suppress(OSError):
            stream.close()


def _lock(stream: BinaryIO) -> bool:
    """Lock a file; False where another run holds it, or where nothing can be locked."""
    if locks is None:
        return False
    try:
        locks.flock(stream, locks.LOCK_EX | locks.LOCK_NB)
    except OSError:
        return False
    return True


@contextmanager
def journal(token: str, places: Sequence[Place], *, force: bool) -> Iterator[None]:
    """Write down what goes where; when the first folder's is there, the files are as good as new.

    Raises:
        OSError: the system refuses.
    """
    folders = list(dict.fromkeys(place.final.parent for place in places))
    journals = [folder / f".aligner-{token}.journal" for folder in folders]
    with ExitStack() as stack:
        for path in reversed(journals):
            own = [place for place in places if place.final.parent == path.parent]
            said = {
                "first": str(journals[0]),
                "others": [str(each) for each in journals[1:]],
                "places": [[place.beside.name, place.final.name] for place in own],
                "force": force,
            }
            half = path.with_suffix(".part")
            stack.callback(path.unlink, missing_ok=True)
            stack.callback(half.unlink, missing_ok=True)
            stream = stack.enter_context(claimed(half))
            stream.write(json.dumps(said).encode())
            stream.flush()
            os.fsync(stream.fileno())
            half.replace(path)
        yield


def sweep(file: Path) -> None:
    """Put right what runs that were killed left beside a file: finish them, or tidy up.

    What cannot be put right is left to the next.
    """
    with suppress(OSError, RuntimeError):
        left = sorted(file.resolve().parent.glob(".aligner-*"))
        for path in left:
            if path.suffix == ".journal":
                with suppress(OSError, ValueError, KeyError, TypeError), _abandoned(path):
                    _finish(path)
        for path in left:
            if path.suffix in (".part", ".old"):
                with suppress(OSError), _abandoned(path):
                    path.unlink(missing_ok=True)


@contextmanager
def _abandoned(path: Path) -> Iterator[None]:
    """Take over a file that nobody holds any more.

    Raises:
        OSError: its run is still alive, or it is gone.
    """
    with path.open("rb") as stream:
        if not _lock(stream):
            raise BlockingIOError(str(path))
        yield


def _finish(path: Path) -> None:
    """Do what journals say, if their run had come so far, and take them away."""
    said = json.loads(path.read_bytes())
    first = Path(said["first"])
    if path != first:
        if first.name == path.name and first.exists():
            with _abandoned(first):
                _finish(first)
        else:
            path.unlink()
        return
    others = [each for each in map(Path, said["others"]) if each.name == path.name]
    for each in (path, *others):
        if each.exists():
            _fill(each)
    for each in (*others, path):
        each.unlink(missing_ok=True)


def _fill(path: Path) -> None:
    said = json.loads(path.read_bytes())
    for beside, final in said["places"]:
        # Names alone: a journal reaches no other folder, whoever wrote it.
        if _PART.fullmatch(beside) and Path(final).name == final:
            place = Place(path.parent / beside, path.parent / final)
            if place.beside.exists():
                with suppress(FileExistsError):
                    place.fill(force=bool(said["force"]))
