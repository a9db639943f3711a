"""Numbers in half the memory: bfloat16 as numpy can hold it.

A bfloat16 is the upper half of a float32. numpy has no such type, so arrays of it are
uint16. The compiled loops take either, and compute in float32.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from aligner.native import loops

Array = NDArray[np.float32]
Stored = NDArray[np.float32] | NDArray[np.uint16]


def stored(values: Array, like: np.dtype[Any]) -> Stored:
    """Return values, float32 (n, d), in a precision: themselves, or rounded to bfloat16."""
    if like == values.dtype:
        return values
    result = np.empty(values.shape, np.uint16)
    loops.round_to_half(values, result)
    return result


def single(values: Stored) -> Array:
    """Return stored values, (n, d), as float32."""
    if values.dtype == np.float32:
        return values  # type: ignore[return-value]
    result = np.empty(values.shape, np.float32)
    loops.widen_half(values, result)
    return result
