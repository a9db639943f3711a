"""What an encoder is: texts in, unit vectors out."""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


@runtime_checkable
class Encoder(Protocol):
    """Turns texts into vectors whose dot product says how alike their meanings are.

    Attributes:
        name: what the user would type to get it again; part of an alignment's signature.
        dimension: length of a vector.
        languages: primary BCP-47 subtags that it was trained for; None where unknown, and
            then every language is accepted.
    """

    name: str
    dimension: int
    languages: frozenset[str] | None

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Embed texts: float32 (n, dimension), each row of unit length."""
        ...
