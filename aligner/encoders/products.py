"""Matrix products with fixed weights, in single precision or, for long texts, in bfloat16.

On processors with bfloat16 instructions torch multiplies about four times as fast as numpy
does in float32; its import takes seconds, so only long texts are worth it. Sums are kept in
float32 either way: vectors differ by less than 1e-4 in cosine (a test), alignments hardly
ever (docs/algorithm.md has the count).
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]
# A product takes float32, or what `cast` of the same precision makes of it.
Cast = Callable[[Array], NDArray[Any]]
Product = Callable[[NDArray[Any]], Array]


@dataclass(frozen=True, slots=True)
class Precision:
    """How to multiply: `product` prepares a matrix, `cast` an operand that is used often."""

    product: Callable[[Array], Product]
    cast: Cast


def _single(matrix: Array) -> Product:
    """Return the function x -> x @ matrix, in float32."""

    def product(x: NDArray[Any]) -> Array:
        result: Array = x @ matrix
        return result

    return product


def _half(matrix: Array) -> Product:
    """Return the function x -> x @ matrix, with both rounded to bfloat16 and added in float32."""
    import torch

    weights = torch.from_numpy(np.ascontiguousarray(matrix)).bfloat16()

    def product(x: NDArray[Any]) -> Array:
        operand = torch.from_numpy(x)
        # numpy has no bfloat16: what was cast comes as the bits of int16.
        rounded = operand.view(torch.bfloat16) if x.dtype == np.int16 else operand.bfloat16()
        result: Array = (rounded @ weights).float().numpy()
        return result

    return product


def _round(x: Array) -> NDArray[Any]:
    """Round to bfloat16, as int16 of the same bits."""
    import torch

    bits: NDArray[Any] = torch.from_numpy(x).bfloat16().view(torch.int16).numpy()
    return bits


SINGLE = Precision(_single, lambda x: x)
HALF = Precision(_half, _round)


def half_is_fast() -> bool:
    """Whether torch is installed and this processor multiplies bfloat16 natively."""
    if find_spec("torch") is None:
        return False
    import torch

    supported = getattr(torch.cpu, "_is_avx512_bf16_supported", None)
    torch.set_num_threads(1)  # batches run side by side already; and the sums stay in order
    return bool(supported and supported())
