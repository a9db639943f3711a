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

import numpy as np
import sentencepiece
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from aligner.encoders.use_forward import (
    BOS,
    EOS,
    PAD,
    REACH,
    Array,
    Ids,
    Ranges,
    TokenTables,
    gathered_sums,
    head,
    range_sums,
    token_features,
)
from aligner.encoders.use_weights import Weights, load
from aligner.engine.side import Meaning, Tokens

COMMON, RARE = 3.0, 11.0  # negative log-probability of pieces that say nothing, and all
LEAST_RARITY = 0.02
SHORT = 2 * REACH  # spans of fewer tokens have no token that sees neither edge
BATCH = 1024  # tokens computed together: the working set stays in a core's cache
BLOCK = 1 << 17  # tokens that share one table of distinct tokens: bounds its memory
LANGUAGES = frozenset(
    ["ar", "de", "en", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "th", "tr", "zh"]
)


@dataclass(frozen=True, slots=True)
class SpanSums:
    """Pooled token sums from which every span's vector follows; see `EmbeddedEncoder.vectors`.

    Args:
        starts: int64 (n + 1,), token offset at which each segment begins; the last is the end.
        tokens: float32 (t, 512), each token's pooled features within the running document.
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

    def encode(self, texts: Sequence[str]) -> Array:
        """Embed texts, each by itself: float32 (n, 512), rows of unit length."""
        sums = self.sums(self.tokenize(texts), 1)
        return self.vectors(sums, 0, len(texts), 1)[0][:, 0]

    def spans(
        self, texts: Sequence[str], max_span: int
    ) -> tuple[Array, Callable[[int, int], Meaning]]:
        """Return sketches, and what computes the spans and tokens of a run of segments."""
        tokens = self.tokenize(texts)

        def meaning(start: int, stop: int) -> Meaning:
            piece = tokens[start:stop]
            sums = self.sums(piece, max_span)
            ids = np.concatenate([*piece, np.empty(0, np.int32)])
            vectors, words = self.vectors(sums, 0, stop - start, max_span)
            matched = Tokens(sums.starts, _centred(sums.tokens), self.rarity[ids])
            return Meaning(vectors, words, matched)

        return self.sketches(tokens), meaning

    def sketches(self, tokens: Sequence[Ids]) -> Array:
        """Embed texts as bags of tokens: each token's features as though it stood alone.

        Without its neighbours a token's features are one look-up, so this costs next to
        nothing; retrieval over NTREX finds 89-98 % of the translations so, against 96-99 %.

        Returns:
            float32 (n, 512), rows of unit length.
        """
        starts = np.cumsum([0, *map(len, tokens)])
        stream = np.concatenate([*tokens, [BOS, EOS]]).astype(np.int32)
        distinct, inverse = np.unique(stream, return_inverse=True)
        rows = inverse.astype(np.int32)
        alone = self._alone(distinct.astype(np.int32))
        markers = alone[rows[-2]] + alone[rows[-1]]
        n = len(tokens)
        result = np.empty((n, self.dimension), np.float32)
        for first, stop in _cut(starts, 0, n, BLOCK):
            ranges = np.stack([starts[first:stop], starts[first + 1 : stop + 1]], axis=1)
            pooled = gathered_sums(alone, rows, ranges) + markers
            result[first:stop] = head(self.weights, pooled, np.diff(ranges)[:, 0] + 2)
        return result

    def _alone(self, ids: Ids) -> Array:
        """Pooled features of tokens that stand alone: float32 (n, 512)."""
        pooled = np.empty((len(ids), self.dimension), np.float32)
        for start in range(0, len(ids), BLOCK // 8):
            part = ids[start : start + BLOCK // 8]
            tables = TokenTables.build(self.weights, part)
            wanted = (2 + 3 * np.arange(len(part))).astype(np.int32)
            rows = np.full(3 * len(part) + 2, PAD, np.int32)
            rows[wanted] = np.arange(len(part))
            features = token_features(self.weights, tables, rows, wanted)
            pooled[start : start + len(part)] = features @ self.weights.pooling
        return pooled

    @cached_property
    def rarity(self) -> Array:
        """How much each piece of the vocabulary says: float32 in [0, 1], by its log-probability."""
        scores = np.array(
            [self.tokenizer.GetScore(i) for i in range(self.tokenizer.GetPieceSize())], np.float32
        )
        rarity: Array = np.clip((-scores - COMMON) / (RARE - COMMON), LEAST_RARITY, 1.0)
        return rarity

    def tokenize(self, texts: Sequence[str]) -> list[Ids]:
        """Cut texts into pieces: an int32 array of ids for each, without markers."""
        pieces = self.tokenizer.encode(list(texts), out_type=int, num_threads=self.threads)
        return [np.array(ids, np.int32) for ids in pieces]

    def sums(self, tokens: Sequence[Ids], max_span: int) -> SpanSums:
        """Compute the parts of all spans of up to `max_span` segments.

        Args:
            tokens: the segments' token ids, in document order.
            max_span: the longest span that will be asked for, in segments.
        """
        n = len(tokens)
        starts = np.zeros(n + 1, np.int64)
        np.cumsum([len(ids) for ids in tokens], out=starts[1:])
        stream = np.concatenate([*tokens, np.empty(0, np.int32)])
        short_row = _short_rows(starts, max_span)

        def empty(rows: int) -> Array:
            return np.empty((rows, self.dimension), np.float32)

        short = empty(int(short_row.max(initial=-1)) + 1)
        sums = SpanSums(starts, empty(len(stream)), empty(n), empty(n), empty(n), short_row, short)
        with threadpool_limits(1, "blas"), ThreadPoolExecutor(self.threads) as pool:
            for first, stop in _cut(starts, 0, n, BLOCK):
                block = _Block.build(self.weights, stream, starts, first, stop)
                batches = _cut(starts, first, stop, BATCH)
                for done in [pool.submit(self._batch, sums, block, i, j) for i, j in batches]:
                    done.result()
        return sums

    def _batch(self, sums: SpanSums, block: "_Block", first: int, stop: int) -> None:
        """Fill the sums of segments `first` to `stop`: all rows that this batch owns."""
        starts = sums.starts[first : stop + 1] - block.offset
        plan = _Plan(block)
        bodies, running_begins, running_ends = plan.running(starts)
        begins = plan.edges(starts[:-1, None] + np.arange(SHORT), block.bos, begin=True)
        ends = plan.edges(starts[1:, None] + np.arange(-SHORT, 0), block.eos, begin=False)
        short = [
            (row, plan.whole(starts[i], sums.starts[first + i + k + 1] - block.offset))
            for i, k in zip(*np.nonzero(sums.short_row[first:stop] >= 0), strict=True)
            for row in [sums.short_row[first + i, k]]
        ]
        features = token_features(self.weights, block.tables, plan.rows, plan.wanted)
        pooling = self.weights.pooling

        def pooled(ranges: Ranges) -> Array:
            return range_sums(features, ranges)

        sums.tokens[sums.starts[first] : sums.starts[stop]] = (
            features[bodies[0, 0] : bodies[-1, 1]] @ pooling
        )
        here = slice(first, stop)
        sums.body[here] = pooled(bodies) @ pooling
        sums.begin[here] = (pooled(begins) - pooled(running_begins)) @ pooling
        sums.end[here] = (pooled(ends) - pooled(running_ends)) @ pooling
        if short:
            whole = pooled(np.array([each for _, each in short]))
            sums.short[[row for row, _ in short]] = whole @ pooling

    def vectors(self, sums: SpanSums, first: int, stop: int, max_span: int) -> tuple[Array, Array]:
        """Embed the spans that begin at segments `first` to `stop` (exclusive).

        Returns:
            float32 (stop - first, max_span, 512) twice: [i, k] is the span of k + 1 segments
            from `first + i`; zeros past the end. The first equals encoding its text joined by
            spaces; the second is the centred mean of its token features, of unit length.
        """
        n = len(sums.body)
        shape = (stop - first, max_span, self.dimension)
        vectors, words = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
        running = np.zeros((stop - first, self.dimension), np.float32)
        center = sums.body.sum(axis=0) / max(int(sums.starts[-1]), 1)
        for k in range(max_span):
            m = min(stop, n - k) - first
            if m <= 0:
                break
            last = slice(first + k, first + k + m)
            running[:m] += sums.body[last]
            pooled = running[:m] + sums.begin[first : first + m] + sums.end[last]
            short = sums.short_row[first : first + m, k]
            pooled[short >= 0] = sums.short[short[short >= 0]]
            ends = sums.starts[first + k + 1 : first + k + 1 + m]
            lengths = ends - sums.starts[first : first + m]
            vectors[:m, k] = head(self.weights, pooled, lengths + 2)
            words[:m, k] = _unit(running[:m] - lengths[:, None].astype(np.float32) * center)
        return vectors, words


@dataclass(frozen=True, slots=True)
class _Block:
    """A stretch of the token stream, as rows in one table of its distinct tokens."""

    tables: TokenTables
    rows: Ids
    offset: int  # of rows[0] in the stream
    bos: int
    eos: int

    @classmethod
    def build(
        cls, weights: Weights, stream: Ids, starts: NDArray[np.int64], first: int, stop: int
    ) -> "_Block":
        offset = max(0, int(starts[first]) - SHORT)
        ids = stream[offset : starts[stop] + SHORT]
        distinct, inverse = np.unique(np.append(ids, [BOS, EOS]), return_inverse=True)
        rows = inverse.astype(np.int32)
        tables = TokenTables.build(weights, distinct.astype(np.int32))
        return cls(tables, rows[:-2], offset, int(rows[-2]), int(rows[-1]))


class _Plan:
    """The token sequences of one batch, laid out flat, and the positions wanted of them.

    Each method adds sequences and returns where their features will stand, as ranges.
    """

    def __init__(self, block: _Block) -> None:
        self._block = block
        self._rows = [_GAP]
        self._wanted: list[Ids] = []
        self._length = len(_GAP)
        self._features = 0

    @property
    def rows(self) -> Ids:
        """Each position's row in the block's tables, PAD around every sequence."""
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
        size = len(self._block.rows)
        low, high = max(0, starts[0] - REACH), min(size, starts[-1] + REACH)
        context = slice(max(0, low - REACH), min(size, high + REACH))
        wanted = np.arange(low - context.start, high - context.start, dtype=np.int32)
        base = self._add(self._block.rows[None, context], wanted) - low
        body = np.stack([starts[:-1], starts[1:]], axis=1)
        begin = np.stack([starts[:-1], np.minimum(starts[:-1] + REACH, high)], axis=1)
        end = np.stack([np.maximum(starts[1:] - REACH, low), starts[1:]], axis=1)
        return body + base, begin + base, end + base

    def edges(self, positions: NDArray[np.int64], marker: int, *, begin: bool) -> Ranges:
        """The marker and the REACH tokens next to it, seen beside SHORT tokens of the text."""
        rows = self._block.rows
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
        rows = np.concatenate([[self._block.bos], self._block.rows[start:stop], [self._block.eos]])
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
