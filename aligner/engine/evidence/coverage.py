"""Token coverage: is what one side of a bead says also said on the other, and nowhere nearer?

For each token of a segment the best similarity to any token of each nearby segment of the
other text is computed once; a bead's coverage then is a maximum over its span, set against
the maximum over the segments just outside it. Words of one language find their translation
this way because the token vectors are comparable across languages.
"""

from typing import NamedTuple

import numpy as np

from aligner.engine.search.lattice import Lattice
from aligner.engine.sides import Floats, Ints, Tokens
from aligner.native import loops

COVERED = 0.4  # mean similarity of a segment's tokens from which it counts as covered
OUTSIDE = 2  # segments before and after a span that compete with it
COVERAGE_KINDS = (
    "coverage",
    "covered",
    "prefers_outside",
    "prefers_inside",
    "drawn_outside",
    "least_segment",
    "first_outside",
    "last_outside",
    "share_outside",
    "held_inside",
    "uncovered_segments",
)
COVERAGE = tuple(f"{side}_{kind}" for side in ("src", "tgt") for kind in COVERAGE_KINDS)


class _Best(NamedTuple):
    """Best similarity of each token to each segment in its segment's window, flat.

    Token t of segment i against segment j lies at
    `offsets[i] + (t - starts[i]) * (high[i] - low[i]) + j - low[i]`.
    """

    values: Floats
    offsets: Ints
    low: Ints
    high: Ints
    starts: Ints
    weights: Floats


class _Edges(NamedTuple):
    """The beads of a lattice from one side: int64 (e,) each.

    Args:
        start, size: first segment, and how many, of the side that is to be covered.
        other_start, other_size: the same of the other side.
    """

    start: Ints
    size: Ints
    other_start: Ints
    other_size: Ints


def coverage_features(src: Tokens | None, tgt: Tokens | None, lattice: Lattice) -> Floats:
    """Compute the columns named in COVERAGE: float32 (e, 22); zeros without tokens."""
    features = np.zeros((len(lattice), len(COVERAGE)), np.float32)
    if src is None or tgt is None:
        return features
    half = len(COVERAGE_KINDS)
    i, j, a, b = lattice.i, lattice.j, lattice.a, lattice.b
    src_edges, tgt_edges = _Edges(i, a, j, b), _Edges(j, b, i, a)
    forth = _empty_matches(src, len(tgt.starts) - 1, src_edges)
    back = _empty_matches(tgt, len(src.starts) - 1, tgt_edges)
    loops.match(src.vectors, tgt.vectors, forth.low.copy(), forth.high.copy(), *forth, *back)
    for best, edges, columns in (
        (forth, src_edges, features[:, :half]),
        (back, tgt_edges, features[:, half:]),
    ):
        loops.cover(*best, *edges, OUTSIDE, COVERED, columns)
        segments = len(best.low)
        known, anywhere = np.zeros(segments, np.bool_), np.empty((segments, 2))
        loops.cover_alone(*best, *edges, known, anywhere, columns)
    return features


def _empty_matches(own: Tokens, m: int, edges: _Edges) -> _Best:
    """Lay out room to match own tokens to those of the other text's m segments that edges need."""
    n = len(own.starts) - 1
    low, high = np.full(n, m), np.zeros(n, np.int64)
    loops.reach(*edges, OUTSIDE, low, high)
    low, high = np.clip(low, 0, m), np.clip(high, 0, m)
    low = np.minimum(low, high)
    sizes = np.diff(own.starts) * (high - low)
    offsets = np.concatenate([[0], np.cumsum(sizes)])
    values = np.zeros(int(offsets[-1]), np.float32)
    return _Best(values, offsets, low, high, own.starts, own.weights)
