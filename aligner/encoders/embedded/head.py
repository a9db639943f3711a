"""The last layers of universal-sentence-encoder-multilingual v3: from token sums to vectors."""

import numpy as np
from numpy.typing import NDArray

from aligner.encoders.embedded.bfloat16 import Array, Stored
from aligner.encoders.embedded.forward import ModelMatmuls, Workspace
from aligner.encoders.embedded.weights import Weights
from aligner.native import loops


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
    loops.scaled(pooled, lengths, weights.pooling_bias, x)
    first, second, more, third, last, extra = map(layer, ("d0", "p1", "d1", "d2", "p3", "d3"))
    p["d0"](x, first)
    loops.rectify(first)
    p["p1"](x, second)
    p["d1"](first, more)
    loops.rectify_sum(second, more)
    p["d2"](second, third)
    loops.rectify(third)
    p["p3"](second, last)
    p["d3"](third, extra)
    total = space.array("total", last.shape)
    loops.sum(last, extra, total)
    np.tanh(total, out=total)
    loops.unit_rows(total, weights.epsilon, vectors)
