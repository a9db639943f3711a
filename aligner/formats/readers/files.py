"""From a path to bytes: the one place where a reader touches the disk."""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, TypeVar

from aligner.errors import ReadError
from aligner.types import Origin

# The largest input that is read. A long novel is 3 MB; what is larger than this is no
# text that a person aligns, and would need several times its size in memory.
MAX_BYTES = 100_000_000
# Files of pairs are read bit by bit, and can be larger; what fills memory is the pairs: two
# million of them take about 3 GB.
MAX_PAIR_BYTES = 1_000_000_000
MAX_PAIRS = 2_000_000
# More lines, paragraphs or tags than a library of books has: they would fill memory.
MAX_BLOCKS = 2_000_000
# Bytes by which it is told whether a file is text.
HEAD_BYTES = 1 << 16
# Bytes that are hashed at once.
CHUNK_BYTES = 1 << 20
CUT = "cut it into parts, chapters for instance"

T = TypeVar("T")


def read_bytes(path: Path, limit: int = MAX_BYTES) -> bytes:
    """Return a file's bytes.

    Args:
        path: a file, or a pipe.
        limit: bytes; a larger file is refused before it is read.

    Raises:
        ReadError: missing, a folder, unreadable, too large, or empty.
    """
    with _opened(path, limit) as file:
        return read_whole(file, path, limit)


def read_whole(file: BinaryIO, path: Path, limit: int = MAX_BYTES) -> bytes:
    """Return the bytes of a file that is open; arguments and errors as for `read_bytes`."""
    # A pipe or a device does not know its size: read no further than the limit.
    raw = file.read(limit + 1)
    if len(raw) > limit:
        raise _too_large(str(path), limit, "larger")
    if not raw:
        raise ReadError("the file is empty", str(path), "give a file with text in it")
    return raw


@contextmanager
def open_pairs(path: Path) -> Iterator[tuple[BinaryIO, Origin]]:
    """Open a file of pairs, to be read bit by bit, and tell where it came from.

    Raises:
        ReadError: missing, a folder, unreadable, too large, or empty.
    """
    with _opened(path, MAX_PAIR_BYTES) as file:
        if not path.is_file():
            # A pipe cannot be read twice.
            raw = read_whole(file, path)
            yield BytesIO(raw), origin(path, raw)
            return
        if not file.read(1):
            raise ReadError("the file is empty", str(path), "give a file with text in it")
        file.seek(0)
        digest = hashlib.sha256()
        while chunk := file.read(CHUNK_BYTES):
            digest.update(chunk)
        file.seek(0)
        yield file, Origin(str(path), digest.hexdigest())


def at_most(pairs: Iterable[T], path: Path) -> Iterator[T]:
    """Hand pairs on, but no more than memory holds.

    Raises:
        ReadError: there are more than `MAX_PAIRS`.
    """
    for number, pair in enumerate(pairs):
        if number == MAX_PAIRS:
            raise ReadError(f"the file has more than {MAX_PAIRS:,} pairs", str(path), CUT)
        yield pair


def refuse_too_many(count: int, what: str, path: Path) -> None:
    """Refuse a file that holds so many pieces that they would fill memory.

    Raises:
        ReadError: there are more than `MAX_BLOCKS`.
    """
    if count > MAX_BLOCKS:
        raise ReadError(f"the file has more than {MAX_BLOCKS:,} {what}", str(path), CUT)


@contextmanager
def _opened(path: Path, limit: int) -> Iterator[BinaryIO]:
    where = str(path)
    try:
        if path.is_dir():
            raise ReadError("this is a folder, not a file", where, "name a file in it")
        size = path.stat().st_size
        if size > limit:
            raise _too_large(where, limit, f"{size / 1e6:,.0f} MB")
        file = path.open("rb")
    except FileNotFoundError as error:
        raise ReadError("there is no such file", where, "check the path") from error
    except (OSError, ValueError) as error:
        raise _unreadable(where, error) from error
    with file:
        try:
            yield file
        except OSError as error:
            raise _unreadable(where, error) from error


def _unreadable(where: str, error: Exception) -> ReadError:
    # A library's own errors may be of this kind, too, and have several lines.
    reason = getattr(error, "strerror", None) or str(error)
    return ReadError(f"the file cannot be read ({' '.join(reason.split())})", where)


def origin(path: Path, raw: bytes) -> Origin:
    """Return where a document came from: its path as given and its bytes' hash."""
    return Origin(str(path), hashlib.sha256(raw).hexdigest())


def _too_large(where: str, limit: int, size: str) -> ReadError:
    problem = f"the file is too large ({size}; the limit is {limit / 1e6:,.0f} MB)"
    return ReadError(problem, where, CUT)
