"""The last layers of universal-sentence-encoder-multilingual v3: from token sums to vectors."""

import numpy as np
from numpy.typing import NDArray

from aligner.encoders.embedded.bfloat16 import Array, Stored, store, widen
from aligner.encoders.embedded.forward import ModelMatmuls, Workspace
from aligner.encoders.embedded.weights import Weights
from aligner.engine.kernel import fast_kernel, kernel


def head(
    weights: Weights,
    matmuls: ModelMatmuls,
    pooled: Array,
    lengths: NDArray[np.int64],
    vectors: Array,
    space: Workspace,
) -> None:
    """Turn pooled token sums into unit vectors.

    Args:
        weights: the model.
        matmuls: its matrix matmuls.
        pooled: float32 (n, 512), token features summed and projected, without the bias.
        lengths: int64 (n,), tokens in each sum, begin and end markers counted.
        vectors: float32 (n, 512), what is filled, rows of unit length.
        space: where it is computed.
    """
    p = matmuls.head

    def layer(name: str) -> Stored:
        width = weights.head[name].shape[1]
        return space.array(name, (len(pooled), width), matmuls.dtype)

    x: Stored = space.array("x", pooled.shape, matmuls.dtype)
    _scaled(pooled, lengths, weights.pooling_bias, x)
    first, second, more, third, last, extra = map(layer, ("d0", "p1", "d1", "d2", "p3", "d3"))
    p["d0"](x, first)
    _rectify(first)
    p["p1"](x, second)
    p["d1"](first, more)
    _rectify_sum(second, more)
    p["d2"](second, third)
    _rectify(third)
    p["p3"](second, last)
    p["d3"](third, extra)
    total = space.array("total", last.shape)
    _sum(last, extra, total)
    np.tanh(total, out=total)
    unit_rows(total, np.float32(weights.epsilon), vectors)


@kernel
def _scaled(pooled, lengths, bias, x):  # type: ignore[no-untyped-def]
    """Add the bias of every token, and divide by the root of their number."""
    for m in range(pooled.shape[0]):
        size = np.float32(lengths[m])
        scale = np.float32(1.0) / np.sqrt(size)
        row, out = pooled[m], x[m]
        for k in range(row.shape[0]):
            store(out, k, (row[k] + size * bias[k]) * scale)


@kernel
def _rectify(x):  # type: ignore[no-untyped-def]
    for m in range(x.shape[0]):
        row = x[m]
        for k in range(row.shape[0]):
            store(row, k, max(widen(row[k]), np.float32(0.0)))


@kernel
def _rectify_sum(x, more):  # type: ignore[no-untyped-def]
    for m in range(x.shape[0]):
        row, other = x[m], more[m]
        for k in range(row.shape[0]):
            store(row, k, max(widen(row[k]) + widen(other[k]), np.float32(0.0)))


@kernel
def _sum(x, more, total):  # type: ignore[no-untyped-def]
    for m in range(x.shape[0]):
        row, other, out = x[m], more[m], total[m]
        for k in range(row.shape[0]):
            out[k] = widen(row[k]) + widen(other[k])


@fast_kernel
def unit_rows(total, least, vectors):  # type: ignore[no-untyped-def]
    """Scale rows to unit length, those of squared length below `least` by its root."""
    for m in range(total.shape[0]):
        row, out = total[m], vectors[m]
        square = np.float32(0.0)
        for k in range(row.shape[0]):
            square += row[k] * row[k]
        scale = np.float32(1.0) / np.sqrt(max(square, least))
        for k in range(row.shape[0]):
            out[k] = row[k] * scale
