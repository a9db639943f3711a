"""Matrix products with fixed weights, in single precision or, for long texts, in bfloat16.

On processors with bfloat16 instructions torch multiplies about four times as fast as numpy
does in float32; its import takes seconds, so only long texts are worth it. Sums are kept in
float32 either way: vectors differ by less than 1e-4 in cosine (a test), alignments hardly
ever (docs/algorithm.md has the count).
"""

from collections.abc import Callable
from dataclasses import dataclass
from threading import local
from typing import Any

import numpy as np

from aligner.encoders.embedded.bfloat16 import Array, Stored

# Rows that torch multiplies are a multiple of this: it makes and keeps code for every shape,
# which takes longer than the product itself.
ROWS = 64

_thread = local()

# Multiplies stored rows, (m, k), into stored rows that are there already, (m, n).
Matmul = Callable[[Stored, Stored], None]


@dataclass(frozen=True, slots=True)
class Precision:
    """How to multiply: how numbers are stored, what prepares a matrix, rows that suit it best."""

    dtype: np.dtype[Any]
    matmul: Callable[[Array], Matmul]
    rows: int


def _single(matrix: Array) -> Matmul:
    """Return the function that multiplies by a matrix, in float32."""

    def matmul(x: Stored, out: Stored) -> None:
        np.matmul(x, matrix, out=out)

    return matmul


def _half(matrix: Array) -> Matmul:
    """Return the function that multiplies by a matrix: bfloat16 added up in float32."""
    import torch

    weights = torch.from_numpy(np.ascontiguousarray(matrix)).bfloat16()

    def multiply(x: Stored, out: Stored) -> None:
        _stay_in_this_thread()
        torch.mm(_bits(x), weights, out=_bits(out))

    def matmul(x: Stored, out: Stored) -> None:
        rest = len(x) % ROWS
        whole = len(x) - rest
        if whole:
            multiply(x[:whole], out[:whole])
        if rest:
            padded = np.zeros((ROWS, x.shape[1]), x.dtype)
            padded[:rest] = x[whole:]
            result = np.empty((ROWS, out.shape[1]), out.dtype)
            multiply(padded, result)
            out[whole:] = result[:rest]

    return matmul


def _stay_in_this_thread() -> None:
    """Keep torch from sharing out a product: batches run side by side already.

    Each thread has a count of its own, which begins with the number of processors.
    """
    if not hasattr(_thread, "alone"):
        import torch

        torch.set_num_threads(1)
        _thread.alone = True


def _bits(x: Stored) -> Any:
    """See stored bits as torch's bfloat16; they stay where they are."""
    import torch

    return torch.from_numpy(x.view(np.int16)).view(torch.bfloat16)


SINGLE = Precision(np.dtype(np.float32), _single, 1)
HALF = Precision(np.dtype(np.uint16), _half, ROWS)


def half_is_fast() -> bool:
    """Whether torch is installed and this processor multiplies bfloat16 natively."""
    try:
        import torch
    except (ImportError, OSError):  # not installed, or damaged: only speed is lost
        return False
    supported = getattr(torch.cpu, "_is_avx512_bf16_supported", None)
    return bool(supported and supported())
