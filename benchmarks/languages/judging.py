"""How well texts are found among their translations by their vectors."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
NEAREST = 4  # whose mean cosine is taken out: the margin of Artetxe and Schwenk 2019


def retrieval(src: Floats, tgt: Floats) -> tuple[float, float]:
    """Return the share of texts whose nearest by margin is their translation, both ways.

    Args:
        src: float32 (n, d), rows of unit length; row i of either side translates the other's.
        tgt: likewise.
    """
    cosines = src @ tgt.T
    rows = np.sort(cosines, 1)[:, -NEAREST:].mean(1)
    columns = np.sort(cosines, 0)[-NEAREST:].mean(0)
    margin = cosines - (rows[:, None] + columns[None]) / 2
    right = np.arange(len(src))
    return float((margin.argmax(1) == right).mean()), float((margin.argmax(0) == right).mean())


def mixed(pack: Floats, encoder: Floats, share: float) -> Floats:
    """Return the mean of two vectors of each text, `share` of it the pack's."""
    total = share * pack + (1 - share) * encoder
    found: Floats = total / np.linalg.norm(total, axis=1, keepdims=True)
    return found
