"""Files that appear whole or not at all.

A file is written beside its final place, under a hidden name, and renamed when everything
is on the disk. Whatever goes wrong before that leaves the old file, or none.
"""

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from aligner.errors import WriteError

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
        raise _write_error(error, path) from error


def _check(path: Path, *, force: bool) -> None:
    if path.is_dir():
        raise WriteError("is a folder", str(path), "name a file in it")
    if path.exists():
        if not path.is_file():
            raise WriteError("is no ordinary file", str(path), "name another file")
        if not force:
            raise WriteError(
                "already exists", str(path), "choose another name, or --force to replace it"
            )
    folder = path.resolve().parent
    if not folder.is_dir():
        raise WriteError("there is no such folder", str(path.parent), "make it first")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise WriteError("the folder may not be written to", str(path.parent), "choose another")


@contextmanager
def write_whole(path: Path, *, force: bool = False) -> Iterator[BinaryIO]:
    """Open a binary stream whose content becomes the file when the block ends well.

    Args:
        path: the file to be; a symbolic link is followed.
        force: whether an existing file may be replaced.

    Yields:
        The stream to write to.

    Raises:
        WriteError: the file cannot be written; nothing of it is left behind.
    """
    check_writable(path, force=force)
    final = path.resolve()
    beside = final.with_name(f".aligner-{secrets.token_hex(TOKEN_BYTES)}.part")
    try:
        with beside.open("xb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        # The work in between may have taken hours: look again before replacing anything.
        _check(path, force=force)
        if final.exists():
            beside.chmod(final.stat().st_mode)
        beside.replace(final)
    except OSError as error:
        raise _write_error(error, path) from error
    finally:
        beside.unlink(missing_ok=True)


def _write_error(error: OSError, path: Path) -> WriteError:
    reason = (error.strerror or str(error)).lower()
    remedy = REMEDIES.get(error.errno or 0, "choose another folder")
    return WriteError(f"cannot be written ({reason})", str(path), remedy)
