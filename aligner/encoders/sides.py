"""From a document and an encoder to what the engine takes."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from aligner.encoders.base import Encoder, Vectors, encode_checked
from aligner.engine.nearest import TINY, unit
from aligner.engine.side import Ints, Meaning, Side, Surface, Words
from aligner.text.boundaries import balances, edges
from aligner.text.marks import count_marks, endings, numbers
from aligner.types import Document, separator

# What gives sketches, (n, d), and what gives the meaning of a run of segments.
Spans = tuple[Callable[[], NDArray[Any]], Callable[[int, int], Meaning]]


@runtime_checkable
class SpanEncoder(Encoder, Protocol):
    """An encoder that gives the vectors of all spans, and of tokens, without new texts."""

    def spans(self, texts: Sequence[str], max_span: int) -> Spans:
        """Return what gives sketches, and the meaning of a run of segments."""
        ...


@runtime_checkable
class WordEncoder(SpanEncoder, Protocol):
    """One that knows, too, which words its tokens are made of."""

    def words(self, texts: Sequence[str]) -> Words:
        """Find the words of a run of segments."""
        ...


def make_side(document: Document, encoder: Encoder, max_span: int, *, words: bool = False) -> Side:
    """Prepare one text for the engine.

    Args:
        document: with its segments.
        encoder: embeds them.
        max_span: the longest span that will be needed, in segments.
        words: whether they are wanted, where the encoder knows them.
    """
    texts = document.texts
    surface = read_surface(texts, [each.block for each in document.segments])
    if not isinstance(encoder, SpanEncoder):
        sketches, meaning = contextual(encoder, document, surface.lengths, max_span)
        return Side(sketches, surface, meaning, in_turn=True)
    sketches, meaning = encoder.spans(texts, max_span)
    if words and isinstance(encoder, WordEncoder):
        find = encoder.words
        return Side(sketches, surface, meaning, lambda start, stop: find(texts[start:stop]))
    return Side(sketches, surface, meaning)


def embed(encoder: Encoder, texts: Sequence[str]) -> Vectors:
    """Embed texts, each distinct one once: float32 (n, d), rows of unit length.

    Raises:
        EncoderError: what the encoder gives are no vectors of these texts.
    """
    rows = {text: row for row, text in enumerate(dict.fromkeys(texts))}
    if not rows:
        return np.zeros((0, encoder.dimension), np.float32)
    return unit(encode_checked(encoder, list(rows))[[rows[text] for text in texts]])


def read_surface(texts: Sequence[str], blocks: Sequence[object] = ()) -> Surface:
    """Count what the characters of each text show.

    Args:
        texts: of the segments.
        blocks: what block or paragraph each segment is in; empty where it is not known.
    """
    lengths = np.array([max(len(text), 1) for text in texts], np.float64)
    breaks = np.zeros(len(texts), bool)
    breaks[1:] = [before != after for before, after in pairwise(blocks)] or False
    return Surface(
        lengths, count_marks(texts), endings(texts), balances(texts), edges(texts), breaks,
        *numbers(texts),
    )  # fmt: skip


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
