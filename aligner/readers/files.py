"""From a path to bytes: the one place where a reader touches the disk."""

import hashlib
from pathlib import Path

from aligner.errors import ReadError
from aligner.types import Origin

# The largest input that is read. A long novel is 3 MB; what is larger than this is no
# text that a person aligns, and would need several times its size in memory.
MAX_BYTES = 100_000_000


def read_bytes(path: Path, limit: int = MAX_BYTES) -> bytes:
    """Return a file's bytes.

    Args:
        path: a file, or a pipe.
        limit: bytes; a larger file is refused before it is read.

    Raises:
        ReadError: missing, a folder, unreadable, too large, or empty.
    """
    where = str(path)
    try:
        if path.is_dir():
            raise ReadError("this is a folder, not a file", where, "name a file in it")
        size = path.stat().st_size
        if size > limit:
            raise _too_large(where, limit, f"{size / 1e6:,.0f} MB")
        with path.open("rb") as file:
            # A pipe or a device does not know its size: read no further than the limit.
            raw = file.read(limit + 1)
    except FileNotFoundError as error:
        raise ReadError("there is no such file", where, "check the path") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ReadError(f"the file cannot be read ({reason})", where) from error
    if len(raw) > limit:
        raise _too_large(where, limit, "larger")
    if not raw:
        raise ReadError("the file is empty", where, "give a file with text in it")
    return raw


def origin(path: Path, raw: bytes) -> Origin:
    """Return where a document came from: its path as given and its bytes' hash."""
    return Origin(str(path), hashlib.sha256(raw).hexdigest())


def _too_large(where: str, limit: int, size: str) -> ReadError:
    problem = f"the file is too large ({size}; the limit is {limit / 1e6:,.0f} MB)"
    return ReadError(problem, where, "cut it into parts, chapters for instance")
