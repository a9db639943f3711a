"""The embedded encoder with a language pack: what both say of a text, together.

The encoder still sees names, numbers and words that languages share; the pack knows the others.
A vector is the mean of both, weighted; tokens are the pack's, in the same space as the encoder's.
"""

from collections.abc import Callable, Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from aligner.encoders.embedded.encoder import (
    BLOCK,
    COMMON,
    LEAST_RARITY,
    MOST,
    RARE,
    SPANS,
    EmbeddedEncoder,
)  # fmt: skip
from aligner.encoders.embedded.forward import Workspace
from aligner.encoders.embedded.head import head
from aligner.encoders.embedded.span_sums import centred
from aligner.encoders.packs.pack import Pack, lowered
from aligner.encoders.token_words import find_words
from aligner.engine.sides import Meaning, Tokens, Words

Floats = NDArray[np.float32]


class PackedEncoder:
    """Embeds texts of one language, as the embedded encoder does those of its own.

    Args:
        encoder: the embedded one.
        pack: of the language.
    """

    def __init__(self, encoder: EmbeddedEncoder, pack: Pack) -> None:
        self.name = encoder.name
        self.dimension = encoder.dimension
        self.languages: frozenset[str] | None = frozenset({pack.lang})
        self.encoder = encoder
        self.pack = pack
        scores = [pack.tokenizer.GetScore(i) for i in range(pack.tokenizer.GetPieceSize())]
        says = (-np.array(scores, np.float32) - COMMON) / (RARE - COMMON)
        self._rarity: Floats = np.clip(says, LEAST_RARITY, 1.0)

    def encode(self, texts: Sequence[str]) -> Floats:
        """Embed texts, each by itself: float32 (n, 512), rows of unit length."""
        sums, sizes = self._sums(*self._pieces(texts))
        return self._mixed(self._headed(sums, sizes), self.encoder.encode(texts))

    def pooled(self, texts: Sequence[str]) -> tuple[Floats, NDArray[np.int64]]:
        """Sum the pieces of texts as the head takes them: float32 (n, 512), and their numbers."""
        sums, sizes = self._sums(*self._pieces(texts))
        return self._pooled(sums), np.maximum(sizes, 1)

    def spans(
        self, texts: Sequence[str], max_span: int
    ) -> tuple[Callable[[], NDArray[np.int8]], Callable[[int, int], Meaning]]:
        """Return what computes sketches, and the spans and tokens of a run of segments."""
        own_sketches, own_meaning = self.encoder.spans(texts, max_span)
        ids, starts = self._pieces(texts)

        def sketches() -> NDArray[np.int8]:
            found = own_sketches()
            for start in range(0, len(found), BLOCK):
                stop = min(start + BLOCK, len(found))
                run = ids[starts[start] : starts[stop]], starts[start : stop + 1] - starts[start]
                own = found[start:stop].astype(np.float32)
                own /= np.maximum(np.linalg.norm(own, axis=1, keepdims=True), 1.0)
                both = self._mixed(self._headed(*self._sums(*run)), own)
                both *= MOST / np.abs(both).max(axis=1, keepdims=True)
                found[start:stop] = np.rint(both)
            return found

        def meaning(start: int, stop: int) -> Meaning:
            run = ids[starts[start] : starts[stop]], starts[start : stop + 1] - starts[start]
            vectors = self._mixed(self._spans(*run, max_span), own_meaning(start, stop).vectors)
            return Meaning(vectors, Tokens(run[1], self._words(run[0]), self._rarity[run[0]]))

        return sketches, meaning

    def words(self, texts: Sequence[str]) -> Words:
        """Find the words of texts in the pack's pieces."""
        return find_words(self.pack.tokenizer, [lowered(text) for text in texts])

    def _pieces(self, texts: Sequence[str]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        """Cut texts into the pack's pieces: all ids, and where each text begins."""
        found = self.pack.tokenizer.encode([lowered(text) for text in texts])
        ids = np.fromiter(chain.from_iterable(found), np.int32)
        return ids, np.cumsum([0, *map(len, found)], dtype=np.int64)

    def _sums(
        self, ids: NDArray[np.int32], starts: NDArray[np.int64]
    ) -> tuple[Floats, NDArray[np.int64]]:
        """Sum the pieces of each text: float32 (n, rank), and how many there are."""
        running = np.zeros((len(ids) + 1, self.pack.mixtures.shape[1]), np.int64)
        np.cumsum(self.pack.mixtures[ids], axis=0, out=running[1:])
        return (running[starts[1:]] - running[starts[:-1]]).astype(np.float32), np.diff(starts)

    def _pooled(self, sums: Floats) -> Floats:
        """Turn sums of mixtures into what the head takes."""
        pooled: Floats = sums @ self.pack.directions + self.pack.bias
        return pooled

    def _headed(self, sums: Floats, sizes: NDArray[np.int64]) -> Floats:
        """Turn sums of pieces into unit vectors."""
        weights, matmuls = self.encoder.weights, self.encoder.matmuls(0)
        # The head adds the encoder's own bias for each token, which is none of the pack's.
        size = np.maximum(sizes, 1)
        pooled = self._pooled(sums)
        pooled -= size[:, None] * weights.pooling_bias
        found = np.empty(pooled.shape, np.float32)
        space = Workspace()
        for start in range(0, len(pooled), SPANS):
            part = slice(start, start + SPANS)
            head(weights, matmuls, pooled[part], size[part], found[part], space)
        return found

    def _spans(self, ids: NDArray[np.int32], starts: NDArray[np.int64], max_span: int) -> Floats:
        """Embed all spans: float32 (n, max_span, 512), zeros past the end."""
        n = len(starts) - 1
        sums, _ = self._sums(ids, starts)
        running = np.concatenate([np.zeros((1, sums.shape[1])), np.cumsum(sums, 0, np.float64)])
        vectors = np.zeros((n, max_span, self.dimension), np.float32)
        for k in range(min(max_span, n)):
            span = (running[k + 1 :] - running[: n - k]).astype(np.float32)
            vectors[: n - k, k] = self._headed(span, starts[k + 1 :] - starts[: n - k])
        return vectors

    def _words(self, ids: NDArray[np.int32]) -> Floats:
        """Turn pieces as the encoder's tokens are, so that words and translations lie close."""
        turned = self.pack.directions @ self.encoder.discriminants
        return centred(self.pack.mixtures[ids].astype(np.float32) @ turned)

    def _mixed(self, pack: Floats, own: Floats) -> Floats:
        """Return the weighted mean of two unit vectors of each text, of unit length."""
        total: Floats = self.pack.share * pack + (1 - self.pack.share) * own
        length = np.linalg.norm(total, axis=-1, keepdims=True)
        np.divide(total, length, out=total, where=length > 0)
        return total
