"""From segments and an encoder to what the engine takes."""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from aligner.encoders.base import Encoder, Vectors
from aligner.engine.side import Evidence, Side
from aligner.types import Document


@runtime_checkable
class SpanEncoder(Encoder, Protocol):
    """An encoder that gives the vectors of all spans, and of tokens, without new texts."""

    def side(self, texts: Sequence[str], max_span: int) -> Side:
        """Return the texts as the engine takes them."""
        ...


def make_side(document: Document, encoder: Encoder, max_span: int) -> Side:
    """Prepare one text for the engine.

    Args:
        document: with its segments.
        encoder: embeds them.
        max_span: the longest span that will be needed, in segments.
    """
    texts = document.texts
    if isinstance(encoder, SpanEncoder):
        return encoder.side(texts, max_span)
    vectors = encoder.encode(texts)
    lengths = np.array([max(len(text), 1) for text in texts], np.float64)

    def evidence(start: int, stop: int) -> Evidence:
        return Evidence(
            compose(vectors[start:stop], lengths[start:stop], max_span), lengths[start:stop]
        )

    return Side(vectors, evidence)


def compose(vectors: Vectors, lengths: NDArray[np.float64], max_span: int) -> Vectors:
    """Guess the vectors of spans from those of their segments: the mean weighted by length.

    Returns:
        float32 (n, max_span, d), rows of unit length; zeros past the end.
    """
    n, dimension = vectors.shape
    spans = np.zeros((n, max_span, dimension), np.float32)
    running = np.zeros((n, dimension), np.float32)
    for k in range(min(max_span, n)):
        running[: n - k] += vectors[k:] * lengths[k:, None].astype(np.float32)
        norm = np.linalg.norm(running[: n - k], axis=1, keepdims=True)
        spans[: n - k, k] = running[: n - k] / np.maximum(norm, 1e-9)
    return spans
