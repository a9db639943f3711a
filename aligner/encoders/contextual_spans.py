"""Spans for encoders that look at a whole text at once: guesses, and true vectors on demand."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from aligner.encoders.contract import Encoder, Spans, Vectors, encode_checked
from aligner.engine.nearest import TINY, unit
from aligner.engine.sides import Ints, Meaning
from aligner.languages.table import separator
from aligner.types import Document


def embed(encoder: Encoder, texts: Sequence[str]) -> Vectors:
    """Embed texts, each distinct one once: float32 (n, d), rows of unit length.

    Raises:
        EncoderError: what the encoder gives are no vectors of these texts.
    """
    rows = {text: row for row, text in enumerate(dict.fromkeys(texts))}
    if not rows:
        return np.zeros((0, encoder.dimension), np.float32)
    return unit(encode_checked(encoder, list(rows))[[rows[text] for text in texts]])


def composed(vectors: Vectors, lengths: NDArray[np.float64], max_span: int) -> Spans:
    """Guess the vectors of spans from those of their segments: the mean weighted by length.

    Args:
        vectors: float32 (n, d), of the segments, unit length.
        lengths: float64 (n,), in characters.
        max_span: the longest span.
    """

    def meaning(start: int, stop: int) -> Meaning:
        n = stop - start
        own, weight = vectors[start:stop], lengths[start:stop, None].astype(np.float32)
        spans = np.zeros((n, max_span, vectors.shape[1]), np.float32)
        running = np.zeros_like(own)
        for k in range(min(max_span, n)):
            running[: n - k] += own[k:] * weight[k:]
            norm = np.linalg.norm(running[: n - k], axis=1, keepdims=True)
            spans[: n - k, k] = running[: n - k] / np.maximum(norm, TINY)
        return Meaning(spans)

    return lambda: vectors, meaning


def contextual(
    encoder: Encoder, document: Document, lengths: NDArray[np.float64], max_span: int
) -> Spans:
    """Embed segments, guess at spans, and embed the spans that the engine asks for.

    All vectors are measured from the mean of the text's segments: what every text has in common
    (of e5 models most of a vector) and what is its language's say nothing of its sentences.

    Args:
        encoder: what embeds; it is called again when spans are asked for.
        document: with its segments.
        lengths: float64 (n,), of the segments, in characters.
        max_span: the longest span.
    """
    texts, gap = document.texts, separator(document.lang)
    segments = embed(encoder, texts)
    # As though there were one more, in the middle: a text of one segment stays what it is.
    centre = (segments.sum(axis=0, dtype=np.float64) / (len(segments) + 1)).astype(np.float32)
    segments -= centre
    sketches, guess = composed(unit(segments), lengths, max_span)

    def meaning(start: int, stop: int) -> Meaning:
        own = texts[start:stop]

        def embed_spans(starts: Ints, sizes: Ints) -> Vectors:
            places = zip(starts.tolist(), sizes.tolist(), strict=True)
            joined = [gap.join(own[i : i + size]) for i, size in places]
            return unit(embed(encoder, joined) - centre)

        guesses = guess(start, stop)
        n, longest = guesses.vectors.shape[:2]
        guessed = np.arange(n)[:, None] + np.arange(longest) < n
        guessed[:, :1] = False
        return replace(guesses, guessed=guessed, embed=embed_spans)

    return sketches, meaning
