"""Numbers in half the memory: bfloat16 as numpy can hold it, in compiled loops.

A bfloat16 is the upper half of a float32. numpy has no such type, so arrays of it are
uint16; `widen` and `store` are what a compiled loop reads and writes them with. Over arrays
of float32 the same two do nothing, so that each loop is written once for both precisions.
numba must not inline them itself (`inline="always"`): the loops would run six times slower.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from aligner.engine.kernel import kernel, overload, types

Array = NDArray[np.float32]
Stored = NDArray[np.float32] | NDArray[np.uint16]


def widen(value: Any) -> Any:
    """Read a stored number as float32."""
    raise NotImplementedError("only for compiled loops")


def store(row: Any, at: Any, value: Any) -> Any:
    """Write a float32 into a row, rounded to the nearest that it can hold, ties to even."""
    raise NotImplementedError("only for compiled loops")


@overload(widen)
def _widen(value):  # type: ignore[no-untyped-def]
    if value == types.uint16:
        return lambda value: np.uint32(np.uint32(value) << np.uint32(16)).view(np.float32)
    return lambda value: value


@overload(store)
def _store(row, at, value):  # type: ignore[no-untyped-def]  # noqa: ARG001
    if row.dtype == types.uint16:

        def half(row, at, value):  # type: ignore[no-untyped-def]
            bits = np.float32(value).view(np.uint32)
            odd = np.uint32(bits >> np.uint32(16)) & np.uint32(1)
            row[at] = np.uint16(np.uint32(bits + np.uint32(0x7FFF) + odd) >> np.uint32(16))

        return half

    def single(row, at, value):  # type: ignore[no-untyped-def]
        row[at] = value

    return single


def stored(values: Array, like: np.dtype[Any]) -> Stored:
    """Return values, float32 (n, d), in a precision: themselves, or rounded to bfloat16."""
    if like == values.dtype:
        return values
    result = np.empty(values.shape, np.uint16)
    _round(values, result)
    return result


def single(values: Stored) -> Array:
    """Return stored values, (n, d), as float32."""
    if values.dtype == np.float32:
        return values  # type: ignore[return-value]
    result = np.empty(values.shape, np.float32)
    _round(values, result)
    return result


@kernel
def _round(values, result):  # type: ignore[no-untyped-def]
    for m in range(values.shape[0]):
        row, out = values[m], result[m]
        for k in range(row.shape[0]):
            store(out, k, widen(row[k]))
