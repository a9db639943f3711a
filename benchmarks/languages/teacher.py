"""What the encoder makes of English texts: the token sums that a language pack must come near."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from aligner.encoders.embedded.encoder import EmbeddedEncoder

Halves = NDArray[np.float16]
TEXTS = 20_000  # embedded together


def token_sums(texts: Sequence[str]) -> tuple[Halves, NDArray[np.int32]]:
    """Compute the pooled token sums of texts, and how many tokens each has, markers counted.

    Returns:
        float16 (n, 512), each divided by its number of tokens, bias included; int32 (n,).
    """
    encoder = EmbeddedEncoder()
    sums = np.empty((len(texts), encoder.dimension), np.float16)
    sizes = np.empty(len(texts), np.int32)
    for start in range(0, len(texts), TEXTS):
        pooled, size = encoder.pooled(texts[start : start + TEXTS])
        stop = start + len(size)
        sums[start:stop] = pooled / size[:, None]
        sizes[start:stop] = size
    return sums, sizes
