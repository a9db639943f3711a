"""Files that appear whole or not at all, several of them together.

Each is written beside its final place, under a hidden name; when everything is on the disk,
they are renamed. Whatever goes wrong before that leaves the old files, or none. What a run
that was killed left behind is put right by the next that writes into the folder (`unfinished`).
"""

import errno
import os
import secrets
import signal
import stat
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from aligner.errors import WriteError
from aligner.formats.writers import unfinished
from aligner.formats.writers.unfinished import Place

# Long enough that two runs in one folder never meet, short enough for any file system.
TOKEN_BYTES = 6

REMEDIES = {
    errno.ENOSPC: "free some space or choose another disk",
    errno.EDQUOT: "free some space or choose another disk",
    errno.EFBIG: "choose a disk that takes larger files",
    errno.EACCES: "choose a folder that you may write to",
    errno.EPERM: "choose a folder that you may write to",
    errno.EROFS: "choose a folder that you may write to",
    errno.ENAMETOOLONG: "choose a shorter name",
    errno.ELOOP: "its links lead in a circle; choose another name",
}


def check_writable(path: Path, *, force: bool = False) -> None:
    """Refuse a path that could not be written, before any work is done for it.

    Args:
        path: the file to be.
        force: whether an existing file may be replaced.

    Raises:
        WriteError: the path exists (and `force` is false), is no ordinary file, or its
            folder is missing or may not be written to.
    """
    try:
        _check(path, force=force)
    except OSError as error:
        raise write_error(error, path) from error


def _check(path: Path, *, force: bool) -> None:
    with suppress(FileNotFoundError):
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise WriteError("is a folder", str(path), "name a file in it")
        if not stat.S_ISREG(mode):
            raise WriteError("is no ordinary file", str(path), "name another file")
        if not force:
            raise _exists(path)
    folder = _final(path).parent
    if not folder.is_dir():
        raise WriteError("there is no such folder", str(path.parent), "make it first")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise WriteError("the folder may not be written to", str(path.parent), "choose another")


def _exists(path: Path) -> WriteError:
    return WriteError("already exists", str(path), "choose another name, or --force to replace it")


def _final(path: Path) -> Path:
    """Return where a file will be: a symbolic link is followed."""
    try:
        return path.resolve()
    except RuntimeError as error:  # Python 3.11 and 3.12 call a circle of links that
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP)) from error


@dataclass(frozen=True, slots=True)
class _Part:
    """A file that is being written: as it was named, its stream, and where it will be."""

    path: Path
    stream: BinaryIO
    place: Place


@contextmanager
def write_together(paths: Iterable[Path], *, force: bool = False) -> Iterator[list[BinaryIO]]:
    """Open binary streams whose contents become the files when the block ends well.

    All files are new then; if anything goes wrong, all are what they were.

    Args:
        paths: the files to be; symbolic links are followed.
        force: whether existing files may be replaced.

    Yields:
        The streams to write to.

    Raises:
        WriteError: a file cannot be written; nothing is left behind.
    """
    paths = tuple(paths)
    if not paths:
        yield []
        return
    token = secrets.token_hex(TOKEN_BYTES)
    for path in paths:
        check_writable(path, force=force)
    with ExitStack() as stack:
        parts: list[_Part] = []
        for number, path in enumerate(paths):
            with _told(path):
                final = _final(path)
                place = Place(unfinished.part(final.parent, token, number), final)
                stack.callback(place.beside.unlink, missing_ok=True)
                stream = stack.enter_context(unfinished.claimed(place.beside))
                parts.append(_Part(path, stream, place))
        with _told(paths[0]):
            yield [part.stream for part in parts]
        for part in parts:
            # The work in between may have taken hours: look again before replacing anything.
            check_writable(part.path, force=force)
            with _told(part.path):
                part.stream.flush()
                os.fsync(part.stream.fileno())
                if part.place.final.exists():
                    part.place.beside.chmod(part.place.final.stat().st_mode)
        with _undisturbed():
            _commit(parts, token, force=force)


@contextmanager
def write_whole(path: Path, *, force: bool = False) -> Iterator[BinaryIO]:
    """Open one stream, as `write_together` opens several."""
    with write_together((path,), force=force) as streams:
        yield streams[0]


def _commit(parts: Sequence[_Part], token: str, *, force: bool) -> None:
    """Put the parts in their places: from the first rename on, the rest will follow.

    A run that is killed in between has left a journal, by which the next one goes on.
    """
    with ExitStack() as stack:
        if len(parts) > 1:
            with _told(parts[0].path):
                stack.enter_context(
                    unfinished.journal(token, [part.place for part in parts], force=force)
                )
        done: list[_Part] = []
        try:
            for part in parts:
                done.append(part)
                with _told(part.path):
                    part.place.fill(force=force, keep_old=len(parts) > 1)
        except WriteError:
            for part in reversed(done):
                part.place.restore(force=force)
            raise
        for part in parts:
            part.place.old.unlink(missing_ok=True)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Say of which file it is that the system refuses something."""
    try:
        yield
    except FileExistsError as error:
        raise _exists(path) from error
    except OSError as error:
        raise write_error(error, path) from error


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Let Ctrl-C and a polite kill wait for the end of a few renames."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def write_error(error: OSError, path: Path) -> WriteError:
    """Say what the system refuses, and what to do."""
    reason = (error.strerror or str(error)).lower()
    remedy = REMEDIES.get(error.errno or 0, "choose another folder")
    return WriteError(f"cannot be written ({reason})", str(path), remedy)
