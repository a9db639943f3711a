"""The embedded encoder: universal-sentence-encoder-multilingual v3, without torch or downloads.

A span's vector needs the sum of its tokens' features. Inside a span a token's features are
those it has in the running document; only the first and the last `REACH` tokens see a
begin or end marker instead of their neighbours. So each segment is computed three times,
once within the document and once at each edge, and *every* span then costs one addition:

    span sum = sum of segments + (head as begun - head as running) + (tail likewise)

This is exact for spans of at least 2 * REACH tokens; shorter ones are computed whole.
"""

import os
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, partial
from importlib.resources import files
from itertools import chain, pairwise
from typing import TypeVar

import numpy as np
import sentencepiece
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from aligner.encoders.embedded.bfloat16 import Array, single
from aligner.encoders.embedded.forward import (
    FEATURES,
    ModelMatmuls,
    TokenTables,
    Workspace,
    gathered_sums,
    pooled_sums,
    token_features,
)
from aligner.encoders.embedded.head import head
from aligner.encoders.embedded.matmul import HALF, SINGLE, half_is_fast
from aligner.encoders.embedded.span_sums import SpanSums, centred, short_rows
from aligner.encoders.embedded.token_text import TokenText, cut, joined
from aligner.encoders.embedded.weights import Weights, load
from aligner.encoders.embedded.windows import PAD, SIDE, SLOTS, Ids, Windows
from aligner.encoders.token_words import find_words
from aligner.engine.sides import Meaning, Tokens, Words
from aligner.engine.threads import side_by_side
from aligner.languages.table import made_for
from aligner.native import loops

COMMON, RARE = 3.0, 11.0  # negative log-probability of pieces that say nothing, and all
LEAST_RARITY = 0.02
TEXTS = 1 << 14  # cut into pieces together: Python lists of numbers take much memory
MOST = 127  # the largest number of a sketch
BATCH = 1024  # tokens computed together: the working set stays in a core's cache
SPANS = 512  # rows of span vectors computed together, likewise
BLOCK = 1 << 15  # tokens summed into sketches together
MARKERS = 2  # of each text: begin and end
LONG = 150_000  # tokens from which bfloat16 saves more time than torch takes to import
LANGUAGES = made_for("embedded")


T = TypeVar("T")


class EmbeddedEncoder:
    """Embeds texts, and all spans of adjacent texts at linear cost, on the processor.

    Args:
        threads: worker threads; the result does not depend on it.
    """

    name = "embedded"
    dimension = 512
    languages: frozenset[str] | None = LANGUAGES

    def __init__(self, threads: int | None = None) -> None:
        self.threads = threads or os.cpu_count() or 1
        self._spaces: list[Workspace] = []  # those that nobody uses at the moment

    @cached_property
    def weights(self) -> Weights:
        """The model, loaded and verified when first needed."""
        return load()

    @cached_property
    def tokenizer(self) -> sentencepiece.SentencePieceProcessor:
        """The model's own SentencePiece tokenizer (128,000 pieces)."""
        return sentencepiece.SentencePieceProcessor(model_proto=self.weights.tokenizer)

    @cached_property
    def discriminants(self) -> Array:
        """From pooled token features to comparable word vectors: float32 (512, 128).

        Linear discriminants of token pairs that translate each other, learnt by
        `python -m benchmarks.train_tokens`.
        """
        with (files(__package__) / "token_projection.npy").open("rb") as file:
            found: Array = np.load(file).astype(np.float32)
        return found

    @cached_property
    def token_projection(self) -> Array:
        """From token features to comparable word vectors: float32 (1280, 128)."""
        projection: Array = self.weights.pooling @ self.discriminants
        return projection

    def rarity(self, ids: Ids) -> Array:
        """How much pieces say: float32 (n,) in [0, 1], by their log-probability."""
        scores = np.fromiter(map(self.tokenizer.GetScore, ids.tolist()), np.float32)
        rarity: Array = np.clip((-scores - COMMON) / (RARE - COMMON), LEAST_RARITY, 1.0)
        return rarity

    @cached_property
    def _single(self) -> ModelMatmuls:
        return ModelMatmuls.prepare(self.weights, self.token_projection, SINGLE)

    @cached_property
    def _half(self) -> ModelMatmuls:
        return ModelMatmuls.prepare(self.weights, self.token_projection, HALF)

    def matmuls(self, tokens: int) -> ModelMatmuls:
        """Return the matrix products in the precision that is faster for so many tokens."""
        return self._half if tokens >= LONG and half_is_fast() else self._single

    def encode(self, texts: Sequence[str]) -> Array:
        """Embed texts, each by itself: float32 (n, 512), rows of unit length."""
        return self.vectors(self.sums(self.tokenize(texts), 1), 1)[:, 0]

    def pooled(self, texts: Sequence[str]) -> tuple[Array, NDArray[np.int64]]:
        """Sum the tokens of texts as the head takes them: float32 (n, 512), and their numbers.

        Bias and markers of begin and end are counted.
        """
        tokens = self.tokenize(texts)
        found = self.sums(tokens, 1)
        sums = found.body + found.begin + found.end
        short = found.short_row[:, 0]
        sums[short >= 0] = found.short[short[short >= 0]]
        sizes = np.diff(found.starts).astype(np.int64) + MARKERS
        pooled: Array = sums + sizes[:, None].astype(np.float32) * self.weights.pooling_bias
        return pooled, sizes

    def spans(
        self, texts: Sequence[str], max_span: int
    ) -> tuple[Callable[[], NDArray[np.int8]], Callable[[int, int], Meaning]]:
        """Return what computes sketches, and the spans and tokens of a run of segments."""
        ids, starts = self._pieces(texts)
        matmuls = self.matmuls(len(ids))
        text = self._text(ids, starts, matmuls)
        rarity = self.rarity(text.tables.ids)

        def meaning(start: int, stop: int) -> Meaning:
            piece = text[start:stop]
            sums = self._sums(piece, max_span, matmuls)
            matched = Tokens(sums.starts, centred(sums.tokens), rarity[piece.rows])
            return Meaning(self.vectors(sums, max_span, matmuls), matched)

        return partial(self._sketches, text, matmuls), meaning

    def _text(self, ids: Ids, starts: NDArray[np.int64], matmuls: ModelMatmuls) -> TokenText:
        """Look up tokens in tables made for them."""
        tables = TokenTables.build(self.weights, matmuls, ids, self._side_by_side)
        return TokenText(tables.rows(ids), starts, tables)

    def sketches(self, tokens: Sequence[Ids]) -> NDArray[np.int8]:
        """Embed texts as bags of tokens: each token's features as though it stood alone.

        Without its neighbours a token's features are one look-up, so this costs next to
        nothing; retrieval over NTREX finds 89-98 % of the translations so, against 96-99 %.

        Args:
            tokens: the texts' token ids.

        Returns:
            int8 (n, 512), rows of any length: a million texts take half a gigabyte.
        """
        return self._sketches(self._text(*joined(tokens), self._single), self._single)

    def _sketches(self, text: TokenText, matmuls: ModelMatmuls) -> NDArray[np.int8]:
        alone = self._alone(text.tables, matmuls)
        markers = alone[list(text.tables.markers)].sum(axis=0)
        result = np.empty((len(text), self.dimension), np.int8)

        def compute(run: tuple[int, int], space: Workspace) -> None:
            part = text[slice(*run)]
            ranges = np.stack([part.starts[:-1], part.starts[1:]], axis=1)
            pooled = gathered_sums(alone, part.rows, ranges) + markers
            unit = space.array("found", pooled.shape)
            head(self.weights, matmuls, pooled, np.diff(part.starts) + 2, unit, space)
            unit *= MOST / np.abs(unit).max(axis=1, keepdims=True)
            result[slice(*run)] = np.rint(unit, out=unit)

        self._side_by_side(compute, cut(text.starts, BLOCK))
        return result

    def _alone(self, tables: TokenTables, matmuls: ModelMatmuls) -> Array:
        """Pooled features of tokens that stand alone, one row a table row: float32 (n, 512)."""
        pooled = np.empty((len(tables), self.dimension), np.float32)

        def compute(start: int, space: Workspace) -> None:
            stop = min(start + BATCH, len(tables))
            first = np.full((stop - start, SLOTS), PAD, np.int32)
            second = first.copy()
            first[:, SIDE] = np.arange(start, stop)
            second[:, SIDE] = np.arange(stop - start)
            windows = Windows(first, second, 0)
            features = token_features(self.weights, matmuls, tables, windows, space)
            own = space.array("pooled", (len(features), self.dimension), matmuls.dtype)
            matmuls.pooling(features, own)
            pooled[start:stop] = single(own[: stop - start])

        self._side_by_side(compute, range(0, len(tables), BATCH))
        return pooled

    def tokenize(self, texts: Sequence[str]) -> list[Ids]:
        """Cut texts into pieces: an int32 array of ids for each, without markers."""
        ids, starts = self._pieces(texts)
        return [ids[start:stop] for start, stop in pairwise(starts.tolist())]

    def _pieces(self, texts: Sequence[str]) -> tuple[Ids, NDArray[np.int64]]:
        """Cut texts into pieces: all their ids, and where each text begins and the last ends."""
        ids, lengths = [np.empty(0, np.int32)], [0]
        for start in range(0, len(texts), TEXTS):
            some = list(texts[start : start + TEXTS])
            found = self.tokenizer.encode(some, out_type=int, num_threads=self.threads)
            ids.append(np.fromiter(chain.from_iterable(found), np.int32))
            lengths.extend(map(len, found))
        return np.concatenate(ids), np.cumsum(lengths, dtype=np.int64)

    def words(self, texts: Sequence[str]) -> Words:
        """Find the words of texts in their tokens."""
        return find_words(self.tokenizer, texts)

    def sums(
        self, tokens: Sequence[Ids], max_span: int, matmuls: ModelMatmuls | None = None
    ) -> SpanSums:
        """Compute the parts of all spans of up to `max_span` segments.

        Args:
            tokens: the segments' token ids, in document order.
            max_span: the longest span that will be asked for, in segments.
            matmuls: the model's matrix products; in float32 by default.
        """
        matmuls = matmuls or self._single
        return self._sums(self._text(*joined(tokens), matmuls), max_span, matmuls)

    def _sums(self, text: TokenText, max_span: int, matmuls: ModelMatmuls) -> SpanSums:
        n = len(text)
        short_row = short_rows(text.starts, max_span)
        short = np.empty((int(short_row.max(initial=-1)) + 1, self.dimension), np.float32)
        body, begin, end = (np.empty((n, self.dimension), np.float32) for _ in range(3))
        words = np.empty((len(text.rows), self.token_projection.shape[1]), matmuls.dtype)
        sums = SpanSums(text.starts, words, body, begin, end, short_row, short)

        def compute(run: tuple[int, int], space: Workspace) -> None:
            self._batch(sums, matmuls, text, *run, space)

        self._side_by_side(compute, cut(text.starts, BATCH))
        return sums

    def _batch(
        self,
        sums: SpanSums,
        matmuls: ModelMatmuls,
        text: TokenText,
        first: int,
        stop: int,
        space: Workspace,
    ) -> None:
        """Fill the sums of segments `first` to `stop`: all rows that this batch owns."""
        starts = text.starts[first : stop + 1]
        bos, eos = text.tables.markers
        i, k = np.nonzero(sums.short_row[first:stop] >= 0)
        short = np.stack([text.starts[first + i], text.starts[first + i + k + 1]], axis=1)
        windows = Windows.build(text.rows, starts, short, bos, eos)
        features = token_features(self.weights, matmuls, text.tables, windows, space)
        added, taken = windows.ranges(starts, short)
        rows = matmuls.whole(len(added))
        whole = space.array("sums", (rows, FEATURES), matmuls.dtype)
        pooled_sums(features, added, taken, whole)
        pooled = space.array("pooled", (rows, self.dimension), matmuls.dtype)
        matmuls.pooling(whole, pooled)
        n = stop - first
        for at, part in enumerate((sums.body, sums.begin, sums.end)):
            part[first:stop] = single(pooled[at * n : (at + 1) * n])
        sums.short[sums.short_row[first + i, k]] = single(pooled[3 * n : len(added)])
        size, skipped = starts[-1] - starts[0], starts[0] - windows.low
        rows = min(matmuls.whole(size), len(features) - skipped)
        words = space.array("words", (rows, sums.tokens.shape[1]), matmuls.dtype)
        matmuls.words(features[skipped : skipped + rows], words)
        sums.tokens[starts[0] : starts[-1]] = words[:size]

    def vectors(self, sums: SpanSums, max_span: int, matmuls: ModelMatmuls | None = None) -> Array:
        """Embed all spans.

        Args:
            sums: the parts.
            max_span: the longest span, no longer than `sums` was made for.
            matmuls: the model's matrix products; in float32 by default.

        Returns:
            float32 (n, max_span, 512): [i, k] is the span of k + 1 segments from i, equal to
            encoding its text joined by spaces; zeros past the end.
        """
        matmuls = matmuls or self._single
        n = len(sums.body)
        vectors = np.zeros((n, max_span, self.dimension), np.float32)

        def compute(start: int, space: Workspace) -> None:
            running = space.array("running", (min(SPANS, n - start), self.dimension))
            running[:] = 0.0
            for k in range(min(max_span, n - start)):
                stop = min(start + SPANS, n - k)
                pooled = space.array("spans", (stop - start, self.dimension))
                loops.add_up(
                    sums.body, sums.begin, sums.end, sums.short_row, sums.short,
                    start, k, running, pooled,
                )  # fmt: skip
                lengths = sums.starts[start + k + 1 : stop + k + 1] - sums.starts[start:stop]
                found = space.array("found", pooled.shape)
                head(self.weights, matmuls, pooled, lengths + 2, found, space)
                vectors[start:stop, k] = found

        self._side_by_side(compute, range(0, n, SPANS))
        return vectors

    def _side_by_side(self, work: Callable[[T, Workspace], None], parts: Iterable[T]) -> None:
        """Work on all parts, on as many threads as there are; no part may need another."""

        def run(part: T) -> None:
            try:
                space = self._spaces.pop()
            except IndexError:
                space = Workspace()
            work(part, space)
            self._spaces.append(space)

        with threadpool_limits(1, "blas"):
            for _ in side_by_side(run, parts, self.threads):
                pass
