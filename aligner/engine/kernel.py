"""Compiled loops: one place that says how."""

from collections.abc import Callable
from typing import Any

from numba import njit

Loop = Callable[..., Any]


def kernel(function: Loop) -> Loop:
    """Compile a loop over arrays.

    Kept on disk, so only the first run of an installation compiles; runs beside other
    threads; adds in the order written.
    """
    compiled: Loop = njit(cache=True, nogil=True, error_model="numpy")(function)
    return compiled


def fast_kernel(function: Loop) -> Loop:
    """Compile a loop whose sums may be reordered, so that they use the processor's vectors."""
    compiled: Loop = njit(cache=True, nogil=True, fastmath=True, error_model="numpy")(function)
    return compiled
