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

from aligner.encoders.embedded.bfloat16 import Array, Stored, single, store, stored, widen
from aligner.encoders.embedded.matmul import Matmul, Precision
from aligner.encoders.embedded.weights import EMBEDDING, HIDDEN, ORDERS, Weights
from aligner.encoders.embedded.windows import PAD, SIDE, Ids, Ranges, Windows
from aligner.engine.kernel import fast_kernel, kernel

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
        seen = np.zeros(len(weights.table), np.bool_)
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
    _first_layer(windows.first, tables.first, tables.projected, first_bias, hidden)
    convolved = space.array("convolved", (len(ORDERS), count, HIDDEN), dtype)
    for index, order in enumerate(ORDERS):
        window = space.array("window", (count, order * HIDDEN), dtype)
        _gather(hidden, windows.second, index * HIDDEN, SIDE - (order - 1) // 2, order, window)
        matmuls.second[index](window, convolved[index])
    features = space.array("features", (count, FEATURES), dtype)
    second_bias = np.concatenate([branch.second_bias for branch in weights.branches])
    _finish(
        convolved, hidden, tables.embedding, windows.first, windows.second, second_bias,
        weights.gain, weights.shift, np.float32(weights.epsilon), features,
    )  # fmt: skip
    return features


def gathered_sums(features: Array, rows: Ids, ranges: Ranges) -> Array:
    """Sum `features[rows]` over each range of `rows`: float32 (m, d), nothing copied."""
    sums = np.zeros((len(ranges), features.shape[1]), np.float32)
    _gathered_sums(features, rows, ranges, sums)
    return sums


def pooled_sums(features: Stored, added: Ranges, taken: Ranges, sums: Stored) -> None:
    """Sum rows of features over ranges, less those over other ranges.

    Args:
        features: (t, 1280).
        added: int64 (m, 2), ranges of rows.
        taken: the same; an empty range takes nothing.
        sums: (m, 1280), what is filled.
    """
    _pooled_sums(features, added, taken, sums)


@fast_kernel
def _first_layer(near, first, projected, bias, hidden):  # type: ignore[no-untyped-def]
    """First convolutions from the slots' tables: relu and residual; all zeros at PAD.

    One loop for each branch, of orders 2, 3 and 5: the sums stay in registers. PAD is -1,
    the tables' last row, which holds zeros.
    """
    width = HIDDEN
    for t in range(near.shape[0]):
        r0, r1, r2, r3, r4 = near[t, 0], near[t, 1], near[t, 2], near[t, 3], near[t, 4]
        out, own = hidden[t], projected[r2]
        if r2 < 0:
            out[:] = 0
            continue
        s0, s1 = first[r2, :width], first[r3, width : 2 * width]
        for k in range(width):
            total = bias[k] + widen(s0[k]) + widen(s1[k])
            store(out, k, max(total, np.float32(0.0)) + widen(own[k]))
        s0, s1 = first[r1, 2 * width : 3 * width], first[r2, 3 * width : 4 * width]
        s2 = first[r3, 4 * width : 5 * width]
        for k in range(width):
            total = bias[width + k] + widen(s0[k]) + widen(s1[k]) + widen(s2[k])
            store(out, width + k, max(total, np.float32(0.0)) + widen(own[width + k]))
        s0, s1 = first[r0, 5 * width : 6 * width], first[r1, 6 * width : 7 * width]
        s2, s3 = first[r2, 7 * width : 8 * width], first[r3, 8 * width : 9 * width]
        s4 = first[r4, 9 * width :]
        for k in range(width):
            total = bias[2 * width + k] + widen(s0[k]) + widen(s1[k]) + widen(s2[k])
            total += widen(s3[k]) + widen(s4[k])
            store(out, 2 * width + k, max(total, np.float32(0.0)) + widen(own[2 * width + k]))


@kernel
def _gather(hidden, position, column, left, order, window):  # type: ignore[no-untyped-def]
    """Lay each feature's window of hidden rows side by side, zeros at PAD."""
    for m in range(position.shape[0]):
        for step in range(order):
            source = position[m, left + step]
            out = window[m, step * HIDDEN : (step + 1) * HIDDEN]
            if source < 0:
                for k in range(HIDDEN):
                    out[k] = 0
            else:
                row = hidden[source, column : column + HIDDEN]
                for k in range(HIDDEN):
                    out[k] = row[k]


@fast_kernel
def _finish(convolved, hidden, embedding, near, window, bias, gain, shift, epsilon, features):  # type: ignore[no-untyped-def]
    """Second convolution's bias, relu and residual; the embedding; the layer norm."""
    x = np.empty(FEATURES, np.float32)
    size = np.float32(FEATURES)
    for m in range(window.shape[0]):
        at = window[m, SIDE]
        lexical, residual = embedding[near[at, SIDE]], hidden[at]
        total, square = np.float32(0.0), np.float32(0.0)
        for k in range(EMBEDDING):
            value = widen(lexical[k])
            x[k] = value
            total += value
            square += value * value
        for branch in range(len(ORDERS)):
            ours, base = convolved[branch, m], branch * HIDDEN
            for k in range(HIDDEN):
                value = max(widen(ours[k]) + bias[base + k], np.float32(0.0))
                value += widen(residual[base + k])
                x[EMBEDDING + base + k] = value
                total += value
                square += value * value
        mean = total / size
        scale = np.float32(1.0) / np.sqrt(square / size - mean * mean + epsilon)
        row = features[m]
        for k in range(FEATURES):
            store(row, k, (x[k] - mean) * scale * gain[k] + shift[k])


@kernel
def _pooled_sums(features, added, taken, sums):  # type: ignore[no-untyped-def]
    """Add up rows in order: the same bits every time."""
    total = np.empty(FEATURES, np.float32)
    for m in range(added.shape[0]):
        total[:] = 0.0
        for at in range(added[m, 0], added[m, 1]):
            row = features[at]
            for k in range(FEATURES):
                total[k] += widen(row[k])
        for at in range(taken[m, 0], taken[m, 1]):
            row = features[at]
            for k in range(FEATURES):
                total[k] -= widen(row[k])
        out = sums[m]
        for k in range(FEATURES):
            store(out, k, total[k])


@kernel
def _gathered_sums(features, rows, ranges, sums):  # type: ignore[no-untyped-def]
    """Add up the rows that `rows` names, range by range."""
    for m in range(ranges.shape[0]):
        out = sums[m]
        for at in range(ranges[m, 0], ranges[m, 1]):
            source = features[rows[at]]
            for k in range(out.shape[0]):
                out[k] += source[k]
