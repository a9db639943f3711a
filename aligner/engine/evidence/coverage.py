"""Token coverage: is what one side of a bead says also said on the other, and nowhere nearer?

For each token of a segment the best similarity to any token of each nearby segment of the
other text is computed once; a bead's coverage then is a maximum over its span, set against
the maximum over the segments just outside it. Words of one language find their translation
this way because the token vectors are comparable across languages.
"""

from typing import NamedTuple

import numpy as np

from aligner.engine.kernel import fast_kernel, kernel
from aligner.engine.search.lattice import Lattice
from aligner.engine.sides import Floats, Ints, Tokens

COVERED = 0.4  # mean similarity of a segment's tokens from which it counts as covered
TOGETHER = 4  # tokens compared at once: each number is then read less often
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
    _match(src.vectors, tgt.vectors, forth, back)
    for best, edges, columns in (
        (forth, src_edges, features[:, :half]),
        (back, tgt_edges, features[:, half:]),
    ):
        _cover(best, edges, columns)
        _cover_alone(best, edges, columns)
    return features


def _empty_matches(own: Tokens, m: int, edges: _Edges) -> _Best:
    """Lay out room to match own tokens to those of the other text's m segments that edges need."""
    n = len(own.starts) - 1
    low, high = np.full(n, m), np.zeros(n, np.int64)
    _reach(edges, low, high)
    low, high = np.clip(low, 0, m), np.clip(high, 0, m)
    low = np.minimum(low, high)
    sizes = np.diff(own.starts) * (high - low)
    offsets = np.concatenate([[0], np.cumsum(sizes)])
    values = np.zeros(int(offsets[-1]), np.float32)
    return _Best(values, offsets, low, high, own.starts, own.weights)


@kernel
def _reach(edges, low, high):  # type: ignore[no-untyped-def]
    """Find the segments [low, high) of the other text that each segment's edges need."""
    i, a, j, b = edges
    for e in range(i.shape[0]):
        if b[e] > 0:
            for s in range(i[e], i[e] + a[e]):
                low[s] = min(low[s], j[e] - OUTSIDE)
                high[s] = max(high[s], j[e] + b[e] + OUTSIDE)


@fast_kernel
def _match(src, tgt, forth, back):  # type: ignore[no-untyped-def]
    """Compare tokens once for both directions: fill the values of `forth` and `back`."""
    low, high = forth.low.copy(), forth.high.copy()
    for j in range(back.low.shape[0]):
        for i in range(back.low[j], back.high[j]):
            low[i], high[i] = min(low[i], j), max(high[i], j + 1)
    for i in range(low.shape[0]):
        for j in range(low[i], high[i]):
            there = forth.low[i] <= j < forth.high[i]
            here = back.low[j] <= i < back.high[j]
            if not there and not here:
                continue
            width = back.high[j] - back.low[j]
            last = back.starts[j + 1] - 1
            for t in range(forth.starts[i], forth.starts[i + 1]):
                best = np.float32(0.0)
                at = back.offsets[j] + i - back.low[j]
                for u in range(back.starts[j], last + 1, TOGETHER):
                    u1, u2, u3 = min(u + 1, last), min(u + 2, last), min(u + 3, last)
                    s0 = s1 = s2 = s3 = np.float32(0.0)
                    for k in range(src.shape[1]):
                        x = src[t, k]
                        s0 += x * tgt[u, k]
                        s1 += x * tgt[u1, k]
                        s2 += x * tgt[u2, k]
                        s3 += x * tgt[u3, k]
                    best = max(best, s0, s1, s2, s3)
                    if here:
                        for step, value in ((0, s0), (u1 - u, s1), (u2 - u, s2), (u3 - u, s3)):
                            place = at + step * width
                            back.values[place] = max(back.values[place], value)
                    at += TOGETHER * width
                if there:
                    column = (t - forth.starts[i]) * (forth.high[i] - forth.low[i]) + j
                    forth.values[forth.offsets[i] + column - forth.low[i]] = best


@kernel
def _cover(best, edges, features):  # type: ignore[no-untyped-def]
    """Fill one side's columns for beads with both sides, in the order of COVERAGE_KINDS."""
    values, offsets, low, high, starts, weights = best
    i, a, j, b = edges
    for e in range(i.shape[0]):
        if a[e] == 0 or b[e] == 0:
            continue
        total = covered = outside = inside = losing = lacking = 0.0
        least = 1.0
        first = last = 0.0
        for s in range(i[e], i[e] + a[e]):
            width = high[s] - low[s]
            weight = gained = drawn = 0.0
            for t in range(starts[s], starts[s + 1]):
                base = offsets[s] + (t - starts[s]) * width - low[s]
                within = beyond = np.float32(0.0)
                for column in range(
                    max(low[s], j[e] - OUTSIDE), min(high[s], j[e] + b[e] + OUTSIDE)
                ):
                    value = values[base + column]
                    if j[e] <= column < j[e] + b[e]:
                        within = max(within, value)
                    else:
                        beyond = max(beyond, value)
                weight += weights[t]
                gained += weights[t] * within
                if beyond > within:
                    drawn += weights[t] * (beyond - within)
                    losing += weights[t]
                else:
                    inside += weights[t] * (within - beyond)
            total += weight
            covered += gained
            outside += drawn
            if weight > 0:
                least = min(least, gained / weight)
                lacking += max(0.0, COVERED - gained / weight)
                if s == i[e]:
                    first = drawn / weight
                if s == i[e] + a[e] - 1:
                    last = drawn / weight
        total = max(total, 1e-6)
        row = features[e]
        row[0] = covered / total
        row[1] = covered
        row[2] = outside / total
        row[3] = inside / total
        row[4] = outside
        row[5] = least
        row[6] = first
        row[7] = last
        row[8] = losing / total
        row[9] = inside
        row[10] = lacking


@kernel
def _cover_alone(best, edges, features):  # type: ignore[no-untyped-def]
    """Fill the columns of segments that are left alone, which are others than `_cover` fills."""
    i, a, j, b = edges
    segments = best.low.shape[0]
    known = np.zeros(segments, np.bool_)
    anywhere = np.zeros((segments, 2))
    for e in range(i.shape[0]):
        if a[e] == 0 or b[e] > 0:
            continue
        # A segment may be left alone at thousands of places: next to a missing chapter.
        s = i[e]
        if not known[s]:
            known[s] = True
            anywhere[s] = _cover_anywhere(best, s)
        covered, best_segment = anywhere[s]
        total, beside = _cover_beside(best, s, j[e])
        row = features[e]
        row[0] = covered / total
        row[1] = covered
        row[2] = best_segment / total
        row[3] = beside / total
        row[4] = beside
        row[5] = total


@kernel
def _cover_anywhere(matches, i):  # type: ignore[no-untyped-def]
    """How well a segment is covered by all nearby, and by the best one of them."""
    values, offsets, low, high, starts, weights = matches
    width = high[i] - low[i]
    covered = best_segment = 0.0
    for t in range(starts[i], starts[i + 1]):
        base = offsets[i] + (t - starts[i]) * width
        best = np.float32(0.0)
        for column in range(width):
            best = max(best, values[base + column])
        covered += weights[t] * best
    for column in range(width):
        gained = 0.0
        for t in range(starts[i], starts[i + 1]):
            gained += weights[t] * values[offsets[i] + (t - starts[i]) * width + column]
        best_segment = max(best_segment, gained)
    return covered, best_segment


@kernel
def _cover_beside(matches, i, j):  # type: ignore[no-untyped-def]
    """The weight of a segment, and how well it is covered by the two on either side of j."""
    values, offsets, low, high, starts, weights = matches
    total, beside = 1e-6, 0.0
    width = high[i] - low[i]
    for t in range(starts[i], starts[i + 1]):
        near = np.float32(0.0)
        for column in range(max(low[i], j - 1), min(high[i], j + 1)):
            near = max(near, values[offsets[i] + (t - starts[i]) * width + column - low[i]])
        total += weights[t]
        beside += weights[t] * near
    return total, beside
