"""Arrays that are unpacked once and then kept in the user's cache, as files that are mapped.

What comes compressed takes longer to unpack than a short text takes to align. Kept, it costs
nothing to load, only what is looked at takes memory, and processes share it. Where nothing can be
kept, all is as it would be without.
"""

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any
from zipfile import ZipFile

if TYPE_CHECKING:
    from numpy.typing import NDArray

Arrays = Mapping[str, "NDArray[Any]"]
CONTENTS = "contents"  # the names of the files that there must be
PART = ".part"
ABANDONED_S = 3600.0  # age from which something half written is nobody's any more


def kept_arrays(name: str, key: str, archive: Callable[[], IO[bytes]]) -> Arrays:
    """Return the arrays of an archive, kept or unpacked.

    Args:
        name: of what they are.
        key: of the archive; what was kept of others of the same name is deleted.
        archive: opens it, an .npz.

    Returns:
        The arrays by name; read-only where they are kept.
    """
    import numpy as np

    folder = _folder(name, key)
    if folder is not None and (found := _load(folder)) is not None:
        return found
    with archive() as file:
        if folder is not None:
            with suppress(OSError):  # a closed folder, a full disk; or another process was first
                _keep(folder, file)
                _sweep(folder, name)
            if (found := _load(folder)) is not None:
                return found
        file.seek(0)
        with np.load(file, allow_pickle=False) as arrays:
            return dict(arrays)


def _folder(name: str, key: str) -> Path | None:
    """Return where to keep arrays: in the user's cache, wherever that is by custom."""
    named = os.environ.get("LOCALAPPDATA" if sys.platform == "win32" else "XDG_CACHE_HOME")
    try:
        if named:
            cache = Path(named)
        else:
            cache = Path.home() / ("Library/Caches" if sys.platform == "darwin" else ".cache")
    except RuntimeError:  # a user without a home
        return None
    return cache / "aligner" / f"{name}-{key}" if cache.is_absolute() else None


def _load(folder: Path) -> Arrays | None:
    """Return what a folder keeps; None if that is nothing, or damaged."""
    import numpy as np

    try:
        names = (folder / CONTENTS).read_text("utf-8").split("\n")
        return {
            name.removesuffix(".npy"): np.asarray(np.load(folder / name, mmap_mode="r"))
            for name in names
        }
    except (OSError, ValueError, EOFError):
        return None


def _keep(folder: Path, archive: IO[bytes]) -> None:
    """Write a folder beside and rename it: it is there whole or not at all."""
    folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = Path(tempfile.mkdtemp(PART, f"{folder.name}.", folder.parent))
    try:
        with ZipFile(archive) as file:
            file.extractall(part)
            (part / CONTENTS).write_text("\n".join(file.namelist()), "utf-8")
        shutil.rmtree(folder, ignore_errors=True)  # it is damaged, or it would have been loaded
        part.rename(folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _sweep(folder: Path, name: str) -> None:
    """Delete what an older version kept, and what a process that was killed left half written."""
    for other in folder.parent.glob(f"{name}-*"):
        fresh = other.suffix == PART and time.time() - other.stat().st_mtime < ABANDONED_S
        if other != folder and not fresh:
            shutil.rmtree(other, ignore_errors=True)
