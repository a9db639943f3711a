"""What an encoder is: texts in, unit vectors out."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from aligner.engine.sides import Meaning, Words
from aligner.errors import EncoderError

Vectors = NDArray[np.float32]
# What gives sketches, (n, d), and what gives the meaning of a run of segments.
Spans = tuple[Callable[[], NDArray[Any]], Callable[[int, int], Meaning]]


@runtime_checkable
class Encoder(Protocol):
    """Turns texts into vectors whose dot product says how alike their meanings are.

    It is called by one thread, the one that aligns.

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


def checked(encoder: Encoder) -> Encoder:
    """Return an encoder that is one as far as can be seen: it may be anybody's.

    Raises:
        EncoderError: it has no name, no length of vectors, or nothing that encodes.
    """
    name = getattr(encoder, "name", None)
    dimension = getattr(encoder, "dimension", None)
    known = isinstance(name, str) and callable(getattr(encoder, "encode", None))
    if not known or not isinstance(dimension, int | np.integer) or dimension < 1:
        remedy = "give it a `name`, a `dimension` above 0, `languages` and `encode(texts)`"
        where = name if isinstance(name, str) else type(encoder).__name__
        raise EncoderError(f"this is no encoder (dimension {dimension!r})", where, remedy)
    return encoder


def encode_checked(encoder: Encoder, texts: Sequence[str]) -> Vectors:
    """Embed texts and see that there is a vector for each: an encoder may be anybody's.

    Raises:
        EncoderError: there is not, or some of its numbers are none.
    """
    given = encoder.encode(texts)
    try:
        found = np.asarray(given)
        if found.dtype.kind not in "fiu":
            raise ValueError(f"numbers of type {found.dtype}")
        vectors = found.astype(np.float32, copy=False)
    except (ValueError, TypeError) as error:
        problem = f"the encoder gave no vectors ({error})"
        remedy = "let its encode() return an array of float32, a row for each text"
        raise EncoderError(problem, encoder.name, remedy) from error
    if vectors.shape != (len(texts), encoder.dimension):
        raise EncoderError(
            f"the encoder gave an array of shape {vectors.shape} for {len(texts)} texts, "
            f"where {(len(texts), encoder.dimension)} is expected",
            encoder.name,
            "let its encode() return a vector of length `dimension` for each text",
        )
    if not np.isfinite(vectors).all():
        row = int(np.nonzero(~np.isfinite(vectors).all(axis=1))[0][0])
        raise EncoderError(
            f"the encoder gave a vector with numbers that are not finite for {texts[row][:40]!r}",
            encoder.name,
            "try it in float32, or choose another",
        )
    return vectors
