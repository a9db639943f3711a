"""Compiled loops: one place that says how, and that they compile wherever the program runs."""

import os
import stat
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

# What a person set for a debugger or for other programs: without a compiler the loops are too
# slow to be of use, and with no threads, or "many" of them, it does not start.
os.environ.pop("NUMBA_DISABLE_JIT", None)
if not (os.environ.get("NUMBA_NUM_THREADS") or "1").strip().lstrip("0").isdecimal():
    del os.environ["NUMBA_NUM_THREADS"]

from numba import config, njit, types
from numba.extending import overload

__all__ = ["fast_kernel", "kernel", "overload", "types"]

Loop = Callable[..., Any]


def kernel(function: Loop) -> Loop:
    """Compile a loop over arrays.

    Kept on disk, so only the first run of an installation compiles; runs beside other
    threads; adds in the order written.
    """
    return _compiled(function)


def fast_kernel(function: Loop) -> Loop:
    """Compile a loop whose sums may be reordered, so that they use the processor's vectors."""
    return _compiled(function, fastmath=True)


def _compiled(function: Loop, **options: bool) -> Loop:
    """Compile, and keep it where that is possible.

    The package's folder and the user's may both be closed: in containers, for service users.
    """
    options |= {"nogil": True}
    try:
        return _njit(function, cache=True, **options)
    except RuntimeError:  # numba finds no folder that it may write to
        config.CACHE_DIR = _own_folder()
    try:
        return _njit(function, cache=True, **options)
    except RuntimeError:
        return _njit(function, **options)


def _njit(function: Loop, **options: bool) -> Loop:
    compiled: Loop = njit(error_model="numpy", **options)(function)
    return compiled


def _own_folder() -> str:
    """Return a temporary folder that lasts, and that nobody else can have written to; "" for none.

    What lies in it will be run.
    """
    try:
        folder = Path(tempfile.gettempdir()) / f"aligner-kernels-{os.getuid()}"
        folder.mkdir(mode=0o700, exist_ok=True)
        found = folder.lstat()
    except (OSError, AttributeError):  # no temporary folder; no users
        return ""
    private = stat.S_ISDIR(found.st_mode) and not found.st_mode & 0o077
    return str(folder) if private and found.st_uid == os.getuid() else ""
