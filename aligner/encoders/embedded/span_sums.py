"""Token sums that add up to those of any span, and the tokens' own vectors."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aligner.encoders.embedded.bfloat16 import Array, Stored
from aligner.encoders.embedded.windows import PAD, SHORT, Ids
from aligner.native import loops

TINY = 1e-12  # squared length below which a token vector says nothing


@dataclass(frozen=True, slots=True)
class SpanSums:
    """Pooled token sums from which every span's vector follows; see `EmbeddedEncoder.vectors`.

    Args:
        starts: int64 (n + 1,), token offset at which each segment begins; the last is the end.
        tokens: (t, 128), each token's features within the running document, turned so that
            words and their translations lie close; as the matrix products store it.
        body, begin, end: float32 (n, 512): each segment's sum within the running document,
            and what changes where a span begins with it or ends with it.
        short_row: int32 (n, max_span), row in `short` of the span of k + 1 segments from i,
            or -1 where the parts suffice or the text ends.
        short: float32 (m, 512), sums of the short spans, computed whole.
    """

    starts: NDArray[np.int64]
    tokens: Stored
    body: Array
    begin: Array
    end: Array
    short_row: Ids
    short: Array


def centred(stored: Stored) -> Array:
    """Take out the mean, which is the language's, and scale to unit length."""
    vectors = np.empty(stored.shape, np.float32)
    total = np.zeros(stored.shape[1])
    loops.column_sums(stored, total)
    loops.subtract(stored, (total / max(len(stored), 1)).astype(np.float32), vectors)
    loops.unit_rows(vectors, TINY, vectors)
    return vectors


def short_rows(starts: NDArray[np.int64], max_span: int) -> Ids:
    """Number the spans of fewer than SHORT tokens: int32 (n, max_span), -1 for all others."""
    n = len(starts) - 1
    rows = np.full((n, max_span), PAD, np.int32)
    for k in range(min(max_span, n)):
        rows[: n - k, k][starts[k + 1 :] - starts[: n - k] < SHORT] = 0
    rows[rows == 0] = np.arange(np.count_nonzero(rows == 0))
    return rows
