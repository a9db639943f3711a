"""Compiled loops over arrays: what would be too slow in Python, and the one door to it.

`source/` holds them, a header for each room that uses them; `building.py`, at the top of the
tree, compiles them when the package is built, once for each level of processors. A loop allocates
nothing and is handed all it reads and fills. It gives the same bits at every level.
"""

import ctypes
import platform
import sys
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import Any, Literal, NamedTuple

import numpy as np

__all__ = ["Level", "level", "loops"]

# Of x86-64, as the psABI counts: any processor, with AVX2, with AVX-512. Others have the first.
Level = Literal[1, 3, 4]
LARGEST = 4  # axes


class Loops:
    """The compiled loops of a level of processors, by their names in the source."""

    def __init__(self, level: Level) -> None:
        self._found = _load(level)

    @property
    def names(self) -> tuple[str, ...]:
        """All there are."""
        return tuple(self._found)

    def __getattr__(self, name: str) -> Callable[..., Any]:
        """Return a loop: it takes arrays and numbers, and raises TypeError where they do not fit.

        Arrays may be slices, but the last axis must be whole. Of a loop that is compiled for
        several types of numbers, the arrays' own types choose.
        """
        variants = self._found.get(name)
        if variants is None:
            raise AttributeError(f"no loop is called {name!r}")
        chosen = variants[0] if len(variants) == 1 else partial(_fitting, name, variants)
        setattr(self, name, chosen)
        return chosen


class _Parameter(NamedTuple):
    """What a loop takes: an array, a number (no axes) or, as its result, nothing (no dtype)."""

    dtype: np.dtype[Any] | None
    axes: int
    written: bool

    def __str__(self) -> str:
        return f"{self.dtype}{[':'] * self.axes if self.axes else ''}".replace("'", "")

    @property
    def c_type(self) -> Any:
        """As the loop is called with it."""
        if self.axes:
            return ctypes.c_void_p
        return None if self.dtype is None else np.ctypeslib.as_ctypes_type(self.dtype)

    def fits(self, value: Any) -> bool:
        """Whether a value may be handed over as it is."""
        if not self.axes:
            return not isinstance(value, np.ndarray) or value.ndim == 0
        return (
            isinstance(value, np.ndarray)
            and value.dtype == self.dtype
            and value.ndim == self.axes
            and (value.flags.c_contiguous or value.strides[-1] == value.itemsize)
            and (value.flags.writeable or not self.written)
        )

    def hand_over(self, value: Any) -> Any:
        """Say where an array lies."""
        if not self.axes:
            return value
        handed = _ARRAYS[self.axes]()
        handed.data = value.__array_interface__["data"][0]
        handed.size[:] = value.shape
        handed.stride[:] = [stride // value.itemsize for stride in value.strides]
        return ctypes.byref(handed)


def _array_type(axes: int) -> type[ctypes.Structure]:
    """`Array<T, axes>` of `source/arrays.h`."""
    shape = ctypes.c_int64 * axes
    fields = [("data", ctypes.c_void_p), ("size", shape), ("stride", shape)]
    return type(f"Array{axes}", (ctypes.Structure,), {"_fields_": fields})


_ARRAYS: dict[int, Any] = {axes: _array_type(axes) for axes in range(1, LARGEST + 1)}


class _Loop:
    """One compiled function."""

    def __init__(self, name: str, address: int, result: _Parameter, takes: list[_Parameter]):
        self.name, self.takes = name, takes
        # Other threads run meanwhile.
        self._call = ctypes.CFUNCTYPE(result.c_type, *(each.c_type for each in takes))(address)

    def fits(self, values: tuple[Any, ...]) -> bool:
        return len(values) == len(self.takes) and all(
            each.fits(value) for each, value in zip(self.takes, values, strict=True)
        )

    def __call__(self, *values: Any) -> Any:
        if not self.fits(values):
            raise TypeError(f"{self} called with {', '.join(map(_said, values))}")
        handed = [each.hand_over(value) for each, value in zip(self.takes, values, strict=True)]
        return self._call(*handed)

    def __str__(self) -> str:
        return f"{self.name}({', '.join(map(str, self.takes))})"


def _said(value: Any) -> str:
    if isinstance(value, np.ndarray):
        return f"{value.dtype} {value.shape}, {value.strides}"
    return type(value).__name__


def _fitting(name: str, variants: list[_Loop], *values: Any) -> Any:
    for loop in variants:
        if loop.fits(values):
            return loop(*values)
    raise TypeError(f"no {name} takes {', '.join(map(_said, values))}")


class _CParameter(ctypes.Structure):
    """`Parameter` of `source/loops.cpp`."""

    _fields_ = (
        ("kind", ctypes.c_char),
        *((x, ctypes.c_char) for x in ("bytes", "axes", "written")),
    )

    def read(self) -> _Parameter:
        kind, size = self.kind.decode(), self.bytes[0]
        dtype = None if kind == "v" else np.dtype(f"{kind}{size}")
        return _Parameter(dtype, self.axes[0], bool(self.written[0]))


class _CLoop(ctypes.Structure):
    """`Loop` of `source/loops.cpp`."""

    _fields_ = (
        ("name", ctypes.c_char_p),
        ("function", ctypes.c_void_p),
        ("parameters", ctypes.POINTER(_CParameter)),
    )


def library_name(level: Level) -> str:
    """Return the name of the file that a level's loops are compiled to."""
    ending = {"win32": "dll", "darwin": "dylib"}.get(sys.platform, "so")
    return f"loops-{level}.{ending}"


def _open(level: Level) -> ctypes.CDLL:
    path = Path(__file__).parent / library_name(level)
    try:
        return ctypes.CDLL(str(path))
    except OSError as error:
        raise ImportError(
            f"the compiled part of aligner ({path.name}) cannot be loaded on this machine"
            f" ({platform.machine()}): install the package anew; {error}"
        ) from error


def _load(level: Level) -> dict[str, list[_Loop]]:
    """Read the table of a level's loops."""
    library = _open(level)
    library.loops.restype = ctypes.POINTER(_CLoop)
    found: dict[str, list[_Loop]] = {}
    for entry in library.loops():
        if not entry.name:
            return found
        name = entry.name.decode().partition("<")[0]
        parameters = []
        for each in entry.parameters:
            if each.kind == b"\0":
                break
            parameters.append(each.read())
        loop = _Loop(name, entry.function, parameters[0], parameters[1:])
        found.setdefault(name, []).append(loop)
    raise AssertionError("a table without end")


@cache
def level() -> Level:
    """Return the highest level of processors that this one reaches."""
    found: Level = _open(1).level()
    return found


loops = Loops(level())
