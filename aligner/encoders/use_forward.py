"""The forward pass of universal-sentence-encoder-multilingual v3, from token ids to vectors.

Token embedding (512) -> three n-gram branches of two residual convolutions (256 each)
-> layer norm over all 1280 -> sum over tokens -> projection, / sqrt(tokens) -> residual
head -> tanh -> unit length (Yang et al. 2020, arXiv:1907.04307; shapes read off the weights).

Two facts make it cheap. Everything up to the linear part of the first convolution depends
on the token alone, so it is a table look-up per *distinct* token. And the sum over tokens
is additive, so a span's vector follows from sums of its segments (see `spans`).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aligner.encoders.products import Cast, Precision, Product
from aligner.encoders.use_weights import EMBEDDING, HIDDEN, ORDERS, Weights
from aligner.engine.kernel import fast_kernel, kernel

Array = NDArray[np.float32]
Ids = NDArray[np.int32]
Ranges = NDArray[np.int64]  # (m, 2): [first, stop) rows of a feature matrix

FEATURES = EMBEDDING + len(ORDERS) * HIDDEN
REACH = sum(2 * (order // 2) for order in ORDERS[-1:])  # tokens to either side that matter: 4
BOS, EOS = 1, 2
ROWS = 4096  # table rows computed together: bounds what is held besides the table
PAD = -1  # between sequences: a position that all windows see as zeros


@dataclass(frozen=True, slots=True)
class TokenTables:
    """What depends on the token alone, one row a distinct token.

    Args:
        ids: int32 (n,), sorted.
        embedding: float32 (n, 512).
        projected: float32 (n, 768), the branches' inputs.
        first: float32 (n, 10 * 256), each window slot's share of the first convolutions.
    """

    ids: Ids
    embedding: Array
    projected: Array
    first: Array

    @classmethod
    def build(cls, weights: Weights, tokens: Sequence[Ids]) -> "TokenTables":
        """Compute the rows of all distinct ids in `tokens`, and of the markers."""
        ids = np.unique(np.concatenate([*tokens, [BOS, EOS]])).astype(np.int32)
        n = len(ids)
        embedding = weights.embeddings(ids)
        projected = np.empty((n, len(ORDERS) * HIDDEN), np.float32)
        first = np.empty((n, sum(ORDERS) * HIDDEN), np.float32)
        for start in range(0, n, ROWS):
            part = slice(start, start + ROWS)
            x = embedding[part] @ weights.projection + weights.projection_bias
            x -= x.mean(axis=1, keepdims=True)
            x /= np.sqrt(np.square(x).mean(axis=1, keepdims=True) + weights.epsilon)
            projected[part] = x * weights.projection_gain + weights.projection_shift
            slot = 0
            for index, branch in enumerate(weights.branches):
                columns = projected[part, index * HIDDEN : (index + 1) * HIDDEN]
                for step in range(branch.order):
                    kernel = branch.first[step * HIDDEN : (step + 1) * HIDDEN]
                    first[part, slot * HIDDEN : (slot + 1) * HIDDEN] = columns @ kernel
                    slot += 1
        return cls(ids, embedding, projected, first)

    def __len__(self) -> int:
        return len(self.ids)

    def rows(self, ids: Ids) -> Ids:
        """Find the rows of ids, all of which must be here: int32, as long as `ids`."""
        return np.searchsorted(self.ids, ids).astype(np.int32)


@dataclass(frozen=True, slots=True)
class Products:
    """The model's large matrix products, all in one precision."""

    second: tuple[Product, ...]
    pooling: Product
    words: Product
    head: dict[str, Product]
    cast: Cast

    @classmethod
    def prepare(cls, weights: Weights, words: Array, precision: Precision) -> "Products":
        """Prepare the products of the weights, and of `words`, float32 (1280, d)."""
        make = precision.product
        return cls(
            tuple(make(branch.second) for branch in weights.branches),
            make(weights.pooling),
            make(words),
            {name: make(matrix) for name, matrix in weights.head.items()},
            precision.cast,
        )


def token_features(
    weights: Weights, products: Products, tables: TokenTables, rows: Ids, wanted: Ids
) -> Array:
    """Compute the layer-normed features of tokens in their context.

    Args:
        weights: the model.
        products: its products.
        tables: of the distinct tokens.
        rows: int32 (t,), each token's row in `tables`; PAD between sequences and at both
            ends, at least two each time.
        wanted: int32 (m,), the positions in `rows` to compute.

    Returns:
        float32 (m, 1280).
    """
    hidden = np.empty((len(rows), len(ORDERS) * HIDDEN), np.float32)
    for index, branch in enumerate(weights.branches):
        slot = sum(ORDERS[:index])
        _first_layer(
            rows, tables.first, tables.projected, branch.first_bias, slot, index, branch.order,
            branch.left, hidden,
        )  # fmt: skip
    operand = products.cast(hidden)
    features = np.empty((len(wanted), FEATURES), np.float32)
    for index, branch in enumerate(weights.branches):
        window = np.empty((len(wanted), branch.order * HIDDEN), operand.dtype)
        _gather(operand, wanted, index * HIDDEN, branch.order, branch.left, window)
        start = EMBEDDING + index * HIDDEN
        features[:, start : start + HIDDEN] = products.second[index](window)
    second_bias = np.concatenate([branch.second_bias for branch in weights.branches])
    _finish(
        features, hidden, tables.embedding, rows, wanted, second_bias,
        weights.gain, weights.shift, np.float32(weights.epsilon),
    )  # fmt: skip
    return features


def range_sums(features: Array, ranges: Ranges) -> Array:
    """Sum rows of `features` over each range: float32 (m, 1280); an empty range gives zeros."""
    sums = np.zeros((len(ranges), features.shape[1]), np.float32)
    _range_sums(features, ranges, sums)
    return sums


def gathered_sums(features: Array, rows: Ids, ranges: Ranges) -> Array:
    """Sum `features[rows]` over each range of `rows`: float32 (m, d), nothing copied."""
    sums = np.zeros((len(ranges), features.shape[1]), np.float32)
    _gathered_sums(features, rows, ranges, sums)
    return sums


def head(
    weights: Weights, products: Products, pooled: Array, lengths: NDArray[np.integer]
) -> Array:
    """Turn pooled token sums into unit vectors.

    Args:
        weights: the model.
        products: its products.
        pooled: float32 (n, 512), token features summed and projected, without the bias.
        lengths: (n,), tokens in each sum, begin and end markers counted.

    Returns:
        float32 (n, 512), rows of unit length.
    """
    size = lengths.astype(np.float32)[:, None]
    x: Array = (pooled + size * weights.pooling_bias) * (1 / np.sqrt(size)).astype(np.float32)
    p = products.head
    first = np.maximum(p["d0"](x), 0)
    second = np.maximum(p["p1"](x) + p["d1"](first), 0)
    third = np.maximum(p["d2"](second), 0)
    z = np.tanh(p["p3"](second) + p["d3"](third))
    norm = np.sqrt(np.maximum(np.einsum("ij,ij->i", z, z), weights.epsilon))
    unit: Array = z / norm[:, None]
    return unit


@fast_kernel
def _first_layer(rows, first, projected, bias, slot, branch, order, left, hidden):  # type: ignore[no-untyped-def]
    """First convolution of one branch from the slots' tables: relu, residual, zeros at PAD."""
    width = bias.shape[0]
    base = branch * width
    for t in range(rows.shape[0]):
        row = rows[t]
        out = hidden[t, base : base + width]
        if row < 0:
            out[:] = 0.0
            continue
        out[:] = bias
        for step in range(order):
            neighbour = rows[t + step - left]
            if neighbour >= 0:
                share = first[neighbour, (slot + step) * width : (slot + step + 1) * width]
                for k in range(width):
                    out[k] += share[k]
        residual = projected[row, base : base + width]
        for k in range(width):
            out[k] = max(out[k], np.float32(0.0)) + residual[k]


@kernel
def _range_sums(features, ranges, sums):  # type: ignore[no-untyped-def]
    """Add up rows, range by range, in order: the same bits every time."""
    for m in range(ranges.shape[0]):
        for row in range(ranges[m, 0], ranges[m, 1]):
            for k in range(features.shape[1]):
                sums[m, k] += features[row, k]


@kernel
def _gathered_sums(features, rows, ranges, sums):  # type: ignore[no-untyped-def]
    """Add up the rows that `rows` names, range by range."""
    for m in range(ranges.shape[0]):
        for at in range(ranges[m, 0], ranges[m, 1]):
            source = features[rows[at]]
            for k in range(features.shape[1]):
                sums[m, k] += source[k]


@kernel
def _gather(hidden, wanted, column, order, left, window):  # type: ignore[no-untyped-def]
    """Lay each wanted position's window of hidden rows side by side."""
    width = window.shape[1] // order
    for m in range(wanted.shape[0]):
        for step in range(order):
            source = hidden[wanted[m] + step - left, column : column + width]
            window[m, step * width : (step + 1) * width] = source


@fast_kernel
def _finish(features, hidden, embedding, rows, wanted, bias, gain, shift, epsilon):  # type: ignore[no-untyped-def]
    """Second convolution's bias, relu and residual; the embedding; the layer norm: in place."""
    size = features.shape[1]
    lexical = embedding.shape[1]
    for m in range(wanted.shape[0]):
        t = wanted[m]
        x = features[m]
        x[:lexical] = embedding[rows[t]]
        for k in range(lexical, size):
            x[k] = max(x[k] + bias[k - lexical], np.float32(0.0)) + hidden[t, k - lexical]
        mean = np.float32(0.0)
        for k in range(size):
            mean += x[k]
        mean /= size
        variance = np.float32(0.0)
        for k in range(size):
            x[k] -= mean
            variance += x[k] * x[k]
        scale = np.float32(1.0) / np.sqrt(variance / size + epsilon)
        for k in range(size):
            x[k] = x[k] * scale * gain[k] + shift[k]
