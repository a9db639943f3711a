"""The forward pass of universal-sentence-encoder-multilingual v3 over runs of tokens.

A token's features (float 1280 = 512 of the embedding, 3 x 256 of n-gram branches) depend on
its neighbours within `REACH` only (`windows`). A text's vector is `head(sum of features,
number of tokens)`.

Two facts make it cheap. Everything up to the linear part of the first convolution depends
on the token alone, so it is a table look-up per *distinct* token. And the sum over tokens
is additive, so a span's vector follows from sums of its segments (see `spans`).
"""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aligner.encoders.embedded.bfloat16 import Array, Stored, single, stored
from aligner.encoders.embedded.matmul import Matmul, Precision
from aligner.encoders.embedded.weights import EMBEDDING, HIDDEN, ORDERS, Weights
from aligner.encoders.embedded.windows import PAD, SIDE, Ids, Ranges, Windows
from aligner.native import loops

FEATURES = EMBEDDING + len(ORDERS) * HIDDEN
BOS, EOS = 1, 2
ROWS = 1024  # table rows computed together: bounds what is held besides the table


class Workspace:
    """Arrays that are used again: fresh memory costs more than what is computed in it."""

    def __init__(self) -> None:
        self._held: dict[str, NDArray[Any]] = {}

    def array(self, name: str, shape: tuple[int, ...], dtype: Any = np.float32) -> NDArray[Any]:
        """Return an array, with whatever it was left with; good until the name comes again."""
        size = math.prod(shape)
        held = self._held.get(name)
        if held is None or held.size < size or held.dtype != dtype:
            held = self._held[name] = np.empty(size + size // 4, dtype)
        return held[:size].reshape(shape)


# Does several pieces of work, each with a workspace of its own.
SideBySide = Callable[[Callable[[int, Workspace], None], Iterable[int]], None]


@dataclass(frozen=True, slots=True)
class ModelMatmuls:
    """The model's large matrix products, all in one precision."""

    dtype: np.dtype[Any]
    rows: int
    projection: Matmul
    first: tuple[Matmul, ...]
    second: tuple[Matmul, ...]
    pooling: Matmul
    words: Matmul
    head: dict[str, Matmul] = field(repr=False)

    @classmethod
    def prepare(cls, weights: Weights, words: Array, precision: Precision) -> "ModelMatmuls":
        """Prepare the multiplications by the weights, and of `words`, float32 (1280, d)."""
        make = precision.matmul

        def side_by_side(kernels: Array, order: int) -> Array:
            return np.concatenate(np.split(kernels, order), axis=1)

        return cls(
            precision.dtype,
            precision.rows,
            make(weights.projection),
            tuple(make(side_by_side(branch.first, branch.order)) for branch in weights.branches),
            tuple(make(branch.second) for branch in weights.branches),
            make(weights.pooling),
            make(words),
            {name: make(matrix) for name, matrix in weights.head.items()},
        )

    def whole(self, rows: int) -> int:
        """Round a number of rows up to one that is multiplied fastest."""
        return -(-rows // self.rows) * self.rows


@dataclass(frozen=True, slots=True)
class TokenTables:
    """What depends on the token alone, one row a distinct token, as the model's matmuls store it.

    The last row, PAD, is zeros: what stands beside a text.

    Args:
        ids: int32 (n,), sorted.
        embedding: (n + 1, 512).
        projected: (n + 1, 768), the branches' inputs.
        first: (n + 1, 10 * 256), each window slot's share of the first convolutions.
    """

    ids: Ids
    embedding: Stored
    projected: Stored
    first: Stored

    @classmethod
    def build(
        cls, weights: Weights, matmuls: ModelMatmuls, ids: Ids, side_by_side: SideBySide
    ) -> "TokenTables":
        """Compute the rows of all distinct ids in `ids`, and of the markers."""
        seen = np.zeros(weights.vocabulary, np.bool_)
        seen[ids] = seen[[BOS, EOS]] = True
        distinct = np.nonzero(seen)[0].astype(np.int32)
        n, dtype = len(distinct), matmuls.dtype
        widths = (EMBEDDING, len(ORDERS) * HIDDEN, sum(ORDERS) * HIDDEN)
        table = cls(distinct, *(np.empty((n + 1, width), dtype) for width in widths))
        for part in (table.embedding, table.projected, table.first):
            part[PAD] = 0

        def compute(start: int, _space: Workspace) -> None:
            table._compute(weights, matmuls, slice(start, min(start + ROWS, n)))

        side_by_side(compute, range(0, n, ROWS))
        return table

    def _compute(self, weights: Weights, matmuls: ModelMatmuls, part: slice) -> None:
        """Fill some rows."""
        self.embedding[part] = stored(weights.embeddings(self.ids[part]), matmuls.dtype)
        rows: Stored = self.embedding[part]
        width = self.projected.shape[1]
        raw: Stored = np.empty((part.stop - part.start, width), matmuls.dtype)
        matmuls.projection(rows, raw)
        x = single(raw) + weights.projection_bias
        x -= x.mean(axis=1, keepdims=True)
        x /= np.sqrt(np.square(x).mean(axis=1, keepdims=True) + weights.epsilon)
        x *= weights.projection_gain
        self.projected[part] = stored(x + weights.projection_shift, matmuls.dtype)
        at = 0
        for index, order in enumerate(ORDERS):
            columns = self.projected[part, index * HIDDEN : (index + 1) * HIDDEN]
            own: Stored = columns.copy()
            share: Stored = np.empty((len(raw), order * HIDDEN), matmuls.dtype)
            matmuls.first[index](own, share)
            self.first[part, at : at + order * HIDDEN] = share
            at += order * HIDDEN

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def markers(self) -> tuple[int, int]:
        """The rows of the begin and the end marker."""
        bos, eos = np.searchsorted(self.ids, [BOS, EOS]).tolist()
        return bos, eos

    def rows(self, ids: Ids) -> Ids:
        """Find the rows of ids, all of which must be here: int32, as long as `ids`."""
        at = np.empty(int(self.ids[-1]) + 1, np.int32)
        at[self.ids] = np.arange(len(self.ids), dtype=np.int32)
        return at[ids]


def token_features(
    weights: Weights, matmuls: ModelMatmuls, tables: TokenTables, windows: Windows, space: Workspace
) -> Stored:
    """Compute the layer-normed features of tokens in their context.

    Args:
        weights: the model.
        matmuls: its matrix matmuls.
        tables: of the distinct tokens.
        windows: which tokens, and what stands around them.
        space: where they are computed.

    Returns:
        (m, 1280), a row for each of `windows.second` and, where the matmuls want more, some of
        no meaning; good until `space` is used again.
    """
    dtype, count = matmuls.dtype, matmuls.whole(len(windows.second))
    hidden = space.array("hidden", (len(windows.first), len(ORDERS) * HIDDEN), dtype)
    first_bias = np.concatenate([branch.first_bias for branch in weights.branches])
    loops.first_layer(windows.first, tables.first, tables.projected, first_bias, hidden)
    convolved = space.array("convolved", (len(ORDERS), count, HIDDEN), dtype)
    for index, order in enumerate(ORDERS):
        window = space.array("window", (count, order * HIDDEN), dtype)
        loops.gather(hidden, windows.second, index * HIDDEN, SIDE - (order - 1) // 2, order, window)
        matmuls.second[index](window, convolved[index])
    features = space.array("features", (count, FEATURES), dtype)
    second_bias = np.concatenate([branch.second_bias for branch in weights.branches])
    loops.finish(
        convolved, hidden, tables.embedding, windows.first, windows.second, second_bias,
        weights.gain, weights.shift, weights.epsilon, features,
    )  # fmt: skip
    return features


def gathered_sums(features: Array, rows: Ids, ranges: Ranges) -> Array:
    """Sum `features[rows]` over each range of `rows`: float32 (m, d), nothing copied."""
    sums = np.zeros((len(ranges), features.shape[1]), np.float32)
    loops.gathered_sums(features, rows, ranges, sums)
    return sums


def pooled_sums(features: Stored, added: Ranges, taken: Ranges, sums: Stored) -> None:
    """Sum rows of features over ranges, less those over other ranges.

    Args:
        features: (t, 1280).
        added: int64 (m, 2), ranges of rows.
        taken: the same; an empty range takes nothing.
        sums: (m, 1280), what is filled.
    """
    loops.pooled_sums(features, added, taken, sums)
