"""The embedded encoder: universal-sentence-encoder-multilingual v3, without torch or downloads.

A span's vector needs the sum of its tokens' features. Inside a span a token's features are
those it has in the running document; only the first and the last `REACH` tokens see a
begin or end marker instead of their neighbours. So each segment is computed three times,
once within the document and once at each edge, and *every* span then costs one addition:

    span sum = sum of segments + (head as begun - head as running) + (tail likewise)

This is exact for spans of at least 2 * REACH tokens; shorter ones are computed whole.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files

import numpy as np
import sentencepiece
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from aligner.encoders.products import HALF, SINGLE, half_is_fast
from aligner.encoders.use_forward import (
    BOS,
    EOS,
    PAD,
    REACH,
    Array,
    Ids,
    Products,
    Ranges,
    TokenTables,
    gathered_sums,
    head,
    range_sums,
    token_features,
)
from aligner.encoders.use_weights import Weights, load
from aligner.encoders.words import find_words
from aligner.engine.side import Meaning, Tokens, Words

COMMON, RARE = 3.0, 11.0  # negative log-probability of pieces that say nothing, and all
LEAST_RARITY = 0.02
SHORT = 2 * REACH  # spans of fewer tokens have no token that sees neither edge
BATCH = 1024  # tokens computed together: the working set stays in a core's cache
BLOCK = 1 << 17  # tokens summed into sketches together: bounds the memory
LONG = 300_000  # tokens from which bfloat16 saves more time than torch takes to import
LANGUAGES = frozenset(
    ["ar", "de", "en", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "th", "tr", "zh"]
)


@dataclass(frozen=True, slots=True)
class SpanSums:
    """Pooled token sums from which every span's vector follows; see `EmbeddedEncoder.vectors`.

    Args:
        starts: int64 (n + 1,), token offset at which each segment begins; the last is the end.
        tokens: float32 (t, 128), each token's features within the running document, turned
            so that words and their translations lie close.
        body, begin, end: float32 (n, 512): each segment's sum within the running document,
            and what changes where a span begins with it or ends with it.
        short_row: int32 (n, max_span), row in `short` of the span of k + 1 segments from i,
            or -1 where the parts suffice or the text ends.
        short: float32 (m, 512), sums of the short spans, computed whole.
    """

    starts: NDArray[np.int64]
    tokens: Array
    body: Array
    begin: Array
    end: Array
    short_row: Ids
    short: Array


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

    @cached_property
    def weights(self) -> Weights:
        """The model, loaded and verified when first needed."""
        return load()

    @cached_property
    def tokenizer(self) -> sentencepiece.SentencePieceProcessor:
        """The model's own SentencePiece tokenizer (128,000 pieces)."""
        return sentencepiece.SentencePieceProcessor(model_proto=self.weights.tokenizer)

    @cached_property
    def token_projection(self) -> Array:
        """From token features to comparable word vectors: float32 (1280, 128).

        Linear discriminants of token pairs that translate each other, learnt by
        `python -m benchmarks.train_tokens`.
        """
        with (files("aligner.encoders") / "token_projection.npy").open("rb") as file:
            discriminants: Array = np.load(file).astype(np.float32)
        return self.weights.pooling @ discriminants

    @cached_property
    def rarity(self) -> Array:
        """How much each piece of the vocabulary says: float32 in [0, 1], by its log-probability."""
        scores = np.array(
            [self.tokenizer.GetScore(i) for i in range(self.tokenizer.GetPieceSize())], np.float32
        )
        rarity: Array = np.clip((-scores - COMMON) / (RARE - COMMON), LEAST_RARITY, 1.0)
        return rarity

    @cached_property
    def _single(self) -> Products:
        return Products.prepare(self.weights, self.token_projection, SINGLE)

    @cached_property
    def _half(self) -> Products:
        return Products.prepare(self.weights, self.token_projection, HALF)

    def products(self, tokens: int) -> Products:
        """Return the products in the precision that is faster for so many tokens."""
        return self._half if tokens >= LONG and half_is_fast() else self._single

    def encode(self, texts: Sequence[str]) -> Array:
        """Embed texts, each by itself: float32 (n, 512), rows of unit length."""
        sums = self.sums(self.tokenize(texts), 1)
        return self.vectors(sums, 1)[:, 0]

    def spans(
        self, texts: Sequence[str], max_span: int
    ) -> tuple[NDArray[np.float16], Callable[[int, int], Meaning]]:
        """Return sketches, and what computes the spans and tokens of a run of segments."""
        tokens = self.tokenize(texts)
        length = sum(map(len, tokens))
        products = self.products(length)
        tables = TokenTables.build(self.weights, tokens)

        def meaning(start: int, stop: int) -> Meaning:
            piece = tokens[start:stop]
            sums = self.sums(piece, max_span, products, tables)
            ids = np.concatenate([*piece, np.empty(0, np.int32)])
            matched = Tokens(sums.starts, _centred(sums.tokens), self.rarity[ids])
            return Meaning(self.vectors(sums, max_span, products), matched)

        return self.sketches(tokens, products, tables), meaning

    def sketches(
        self,
        tokens: Sequence[Ids],
        products: Products | None = None,
        tables: TokenTables | None = None,
    ) -> NDArray[np.float16]:
        """Embed texts as bags of tokens: each token's features as though it stood alone.

        Without its neighbours a token's features are one look-up, so this costs next to
        nothing; retrieval over NTREX finds 89-98 % of the translations so, against 96-99 %.

        Args:
            tokens: the texts' token ids.
            products: the model's products; in float32 by default.
            tables: of the texts' distinct tokens; built by default.

        Returns:
            float16 (n, 512), rows of unit length.
        """
        products = products or self._single
        tables = tables or TokenTables.build(self.weights, tokens)
        alone = self._alone(tables, products)
        bos, eos = tables.rows(np.array([BOS, EOS], np.int32))
        starts = np.cumsum([0, *map(len, tokens)])
        n = len(tokens)
        result = np.empty((n, self.dimension), np.float16)
        for first, stop in _cut(starts, 0, n, BLOCK):
            rows = tables.rows(np.concatenate([*tokens[first:stop], np.empty(0, np.int32)]))
            ends = starts[first : stop + 1] - starts[first]
            ranges = np.stack([ends[:-1], ends[1:]], axis=1)
            pooled = gathered_sums(alone, rows, ranges) + alone[bos] + alone[eos]
            result[first:stop] = head(self.weights, products, pooled, np.diff(ranges)[:, 0] + 2)
        return result

    def _alone(self, tables: TokenTables, products: Products) -> Array:
        """Pooled features of tokens that stand alone, one row a table row: float32 (n, 512)."""
        pooled = np.empty((len(tables), self.dimension), np.float32)

        def compute(start: int) -> None:
            own = np.arange(start, min(start + BATCH, len(tables)), dtype=np.int32)
            wanted = (2 + 3 * np.arange(len(own))).astype(np.int32)
            rows = np.full(3 * len(own) + 2, PAD, np.int32)
            rows[wanted] = own
            features = token_features(self.weights, products, tables, rows, wanted)
            pooled[own] = products.pooling(features)

        with threadpool_limits(1, "blas"), ThreadPoolExecutor(self.threads) as pool:
            list(pool.map(compute, range(0, len(tables), BATCH)))
        return pooled

    def tokenize(self, texts: Sequence[str]) -> list[Ids]:
        """Cut texts into pieces: an int32 array of ids for each, without markers."""
        pieces = self.tokenizer.encode(list(texts), out_type=int, num_threads=self.threads)
        return [np.array(ids, np.int32) for ids in pieces]

    def words(self, texts: Sequence[str]) -> Words:
        """Find the words of texts in their tokens."""
        return find_words(self.tokenizer, texts)

    def sums(
        self,
        tokens: Sequence[Ids],
        max_span: int,
        products: Products | None = None,
        tables: TokenTables | None = None,
    ) -> SpanSums:
        """Compute the parts of all spans of up to `max_span` segments.

        Args:
            tokens: the segments' token ids, in document order.
            max_span: the longest span that will be asked for, in segments.
            products: the model's products; in float32 by default.
            tables: that hold at least the segments' tokens; built by default.
        """
        n = len(tokens)
        products = products or self._single
        tables = tables or TokenTables.build(self.weights, tokens)
        starts = np.zeros(n + 1, np.int64)
        np.cumsum([len(ids) for ids in tokens], out=starts[1:])
        stream = _Stream.build(tables, tokens)
        short_row = _short_rows(starts, max_span)

        def empty(rows: int, columns: int = self.dimension) -> Array:
            return np.empty((rows, columns), np.float32)

        short = empty(int(short_row.max(initial=-1)) + 1)
        words = empty(len(stream.rows), self.token_projection.shape[1])
        sums = SpanSums(starts, words, empty(n), empty(n), empty(n), short_row, short)
        with threadpool_limits(1, "blas"), ThreadPoolExecutor(self.threads) as pool:
            batches = _cut(starts, 0, n, BATCH)
            for done in [
                pool.submit(self._batch, sums, products, stream, i, j) for i, j in batches
            ]:
                done.result()
        return sums

    def _batch(
        self, sums: SpanSums, products: Products, stream: "_Stream", first: int, stop: int
    ) -> None:
        """Fill the sums of segments `first` to `stop`: all rows that this batch owns."""
        starts = sums.starts[first : stop + 1]
        plan = _Plan(stream)
        bodies, running_begins, running_ends = plan.running(starts)
        begins = plan.edges(starts[:-1, None] + np.arange(SHORT), stream.bos, begin=True)
        ends = plan.edges(starts[1:, None] + np.arange(-SHORT, 0), stream.eos, begin=False)
        short = [
            (sums.short_row[first + i, k], plan.whole(starts[i], sums.starts[first + i + k + 1]))
            for i, k in np.argwhere(sums.short_row[first:stop] >= 0)
        ]
        features = token_features(self.weights, products, stream.tables, plan.rows, plan.wanted)

        def pooled(ranges: Ranges) -> Array:
            return range_sums(features, ranges)

        sums.tokens[starts[0] : starts[-1]] = products.words(features[bodies[0, 0] : bodies[-1, 1]])
        here = slice(first, stop)
        sums.body[here] = products.pooling(pooled(bodies))
        sums.begin[here] = products.pooling(pooled(begins) - pooled(running_begins))
        sums.end[here] = products.pooling(pooled(ends) - pooled(running_ends))
        if short:
            whole = pooled(np.array([each for _, each in short]))
            sums.short[[row for row, _ in short]] = products.pooling(whole)

    def vectors(self, sums: SpanSums, max_span: int, products: Products | None = None) -> Array:
        """Embed all spans.

        Args:
            sums: the parts.
            max_span: the longest span, no longer than `sums` was made for.
            products: the model's products; in float32 by default.

        Returns:
            float32 (n, max_span, 512): [i, k] is the span of k + 1 segments from i, equal to
            encoding its text joined by spaces; zeros past the end.
        """
        products = products or self._single
        n = len(sums.body)
        vectors = np.zeros((n, max_span, self.dimension), np.float32)
        running = np.zeros((n, self.dimension), np.float32)
        for k in range(min(max_span, n)):
            m = n - k
            running[:m] += sums.body[k:]
            pooled = running[:m] + sums.begin[:m] + sums.end[k:]
            short = sums.short_row[:m, k]
            pooled[short >= 0] = sums.short[short[short >= 0]]
            lengths = sums.starts[k + 1 :] - sums.starts[:m]
            vectors[:m, k] = head(self.weights, products, pooled, lengths + 2)
        return vectors


@dataclass(frozen=True, slots=True)
class _Stream:
    """The tokens of consecutive segments, as rows in the table of distinct tokens."""

    tables: TokenTables
    rows: Ids
    bos: int
    eos: int

    @classmethod
    def build(cls, tables: TokenTables, tokens: Sequence[Ids]) -> "_Stream":
        rows = tables.rows(np.concatenate([*tokens, [BOS, EOS]]).astype(np.int32))
        return cls(tables, rows[:-2], int(rows[-2]), int(rows[-1]))


class _Plan:
    """The token sequences of one batch, laid out flat, and the positions wanted of them.

    Each method adds sequences and returns where their features will stand, as ranges.
    """

    def __init__(self, stream: _Stream) -> None:
        self._stream = stream
        self._rows = [_GAP]
        self._wanted: list[Ids] = []
        self._length = len(_GAP)
        self._features = 0

    @property
    def rows(self) -> Ids:
        """Each position's row in the tables, PAD around every sequence."""
        return np.concatenate(self._rows)

    @property
    def wanted(self) -> Ids:
        """The positions whose features are wanted."""
        return np.concatenate(self._wanted)

    def _add(self, sequences: Ids, wanted: Ids) -> int:
        """Add a matrix of sequences of which the columns `wanted` are; where they begin."""
        gaps = np.broadcast_to(_GAP, (len(sequences), len(_GAP)))
        self._rows.append(np.concatenate([sequences, gaps], axis=1).ravel())
        width = sequences.shape[1] + len(_GAP)
        bases = self._length + np.arange(len(sequences), dtype=np.int32)[:, None] * width
        self._wanted.append((bases + wanted).ravel())
        self._length += sequences.size + gaps.size
        first = self._features
        self._features += len(sequences) * len(wanted)
        return first

    def running(self, starts: NDArray[np.int64]) -> tuple[Ranges, Ranges, Ranges]:
        """Segments within the running text: all tokens, and the REACH at either edge."""
        size = len(self._stream.rows)
        low, high = max(0, starts[0] - REACH), min(size, starts[-1] + REACH)
        context = slice(max(0, low - REACH), min(size, high + REACH))
        wanted = np.arange(low - context.start, high - context.start, dtype=np.int32)
        base = self._add(self._stream.rows[None, context], wanted) - low
        body = np.stack([starts[:-1], starts[1:]], axis=1)
        begin = np.stack([starts[:-1], np.minimum(starts[:-1] + REACH, high)], axis=1)
        end = np.stack([np.maximum(starts[1:] - REACH, low), starts[1:]], axis=1)
        return body + base, begin + base, end + base

    def edges(self, positions: NDArray[np.int64], marker: int, *, begin: bool) -> Ranges:
        """The marker and the REACH tokens next to it, seen beside SHORT tokens of the text."""
        rows = self._stream.rows
        inside = (positions >= 0) & (positions < len(rows))
        sequences = np.where(inside, rows[np.clip(positions, 0, len(rows) - 1)], PAD)
        markers = np.full((len(sequences), 1), marker)
        parts = [markers, sequences] if begin else [sequences, markers]
        wanted = np.arange(REACH + 1) if begin else np.arange(SHORT - REACH, SHORT + 1)
        first = self._add(np.concatenate(parts, axis=1).astype(np.int32), wanted.astype(np.int32))
        begins = first + np.arange(len(sequences)) * (REACH + 1)
        return np.stack([begins, begins + REACH + 1], axis=1)

    def whole(self, start: int, stop: int) -> tuple[int, int]:
        """A whole text between its markers."""
        rows = np.concatenate(
            [[self._stream.bos], self._stream.rows[start:stop], [self._stream.eos]]
        )
        first = self._add(rows[None].astype(np.int32), np.arange(len(rows), dtype=np.int32))
        return first, first + len(rows)


def _centred(vectors: Array) -> Array:
    """Take out the mean, which is the language's, and scale to unit length."""
    return _unit(vectors - vectors.mean(axis=0)) if len(vectors) else vectors


def _unit(vectors: Array) -> Array:
    """Scale rows to unit length; zeros stay zeros."""
    scaled: Array = vectors / (np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-6)
    return scaled


_GAP: Ids = np.full(2, PAD, np.int32)  # two: a window reaches two positions


def _cut(starts: NDArray[np.int64], first: int, stop: int, size: int) -> Iterator[tuple[int, int]]:
    """Cut segments `first` to `stop` into runs of about `size` tokens, one segment at least."""
    while first < stop:
        following = int(np.searchsorted(starts, starts[first] + size, side="right")) - 1
        following = min(max(following, first + 1), stop)
        yield first, following
        first = following


def _short_rows(starts: NDArray[np.int64], max_span: int) -> Ids:
    """Number the spans of fewer than SHORT tokens: int32 (n, max_span), -1 for all others."""
    n = len(starts) - 1
    rows = np.full((n, max_span), PAD, np.int32)
    for k in range(min(max_span, n)):
        rows[: n - k, k][starts[k + 1 :] - starts[: n - k] < SHORT] = 0
    rows[rows == 0] = np.arange(np.count_nonzero(rows == 0))
    return rows
