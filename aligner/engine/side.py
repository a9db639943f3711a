"""What the engine knows of one text: arrays, and a way to get more of them piece by piece."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a run of segments.

    Args:
        starts: int64 (n + 1,), the first token of each segment; the last is the end.
        vectors: float32 (t, d), in context, centred and of unit length, comparable across
            the two languages by dot product.
        weights: float32 (t,), in [0, 1]: how much a token says (rare ones more).
    """

    starts: Ints
    vectors: Floats
    weights: Floats


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of a run of segments.

    Args:
        vectors: float32 (n, max_span, d): [i, k] is the span of k + 1 segments from i, of
            unit length; zeros past the end.
        lengths: float64 (n,), in characters, at least 1.
        tokens: the tokens; None where the encoder gives none.
    """

    vectors: Floats
    lengths: NDArray[np.float64]
    tokens: Tokens | None = None


@dataclass(frozen=True, slots=True)
class Side:
    """One text, as the engine sees it.

    Args:
        sketches: float32 (n, d), one cheap vector a segment, of unit length; good enough to
            find anchors.
        evidence: gives what is known of segments [start, stop); called once for each piece,
            so that a long text never lies in memory whole.
    """

    sketches: Floats
    evidence: Callable[[int, int], Evidence]

    def __len__(self) -> int:
        return len(self.sketches)
