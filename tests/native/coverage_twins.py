"""What the loops of `source/coverage.h` compute, said in Python."""

from typing import Any, NamedTuple

import numpy as np


class Best(NamedTuple):
    values: Any
    offsets: Any
    low: Any
    high: Any
    starts: Any
    weights: Any


def reach(i, a, j, b, outside, low, high):
    """Find the segments [low, high) of the other text that each segment's edges need."""
    for e in range(i.shape[0]):
        if b[e] > 0:
            for s in range(i[e], i[e] + a[e]):
                low[s] = min(low[s], j[e] - outside)
                high[s] = max(high[s], j[e] + b[e] + outside)


def match(src, tgt, low, high, *both):
    """Compare each token of one text with each of the other, both ways."""
    forth, back = Best(*both[:6]), Best(*both[6:])
    for j in range(len(back.low)):
        for i in range(back.low[j], back.high[j]):
            low[i], high[i] = min(low[i], j), max(high[i], j + 1)
    for own, other, ours, theirs in ((forth, back, src, tgt), (back, forth, tgt, src)):
        for i in range(len(own.low)):
            for t in range(own.starts[i], own.starts[i + 1]):
                for j in range(own.low[i], own.high[i]):
                    rivals = theirs[other.starts[j] : other.starts[j + 1]]
                    best = max([0.0, *(rivals @ ours[t])])
                    at = own.offsets[i] + (t - own.starts[i]) * (own.high[i] - own.low[i])
                    own.values[at + j - own.low[i]] = best


def cover(values, offsets, low, high, starts, weights, i, a, j, b, beside, enough, features):
    """Fill one side's columns for beads with both sides, in the order of COVERAGE_KINDS."""
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
                for column in range(max(low[s], j[e] - beside), min(high[s], j[e] + b[e] + beside)):
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
                lacking += max(0.0, enough - gained / weight)
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


def cover_alone(*arguments):
    """Fill the columns of segments that are left alone, which are others than `_cover` fills."""
    best, (i, a, j, b, known, anywhere, features) = Best(*arguments[:6]), arguments[6:]
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


def _cover_anywhere(matches, i):
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


def _cover_beside(matches, i, j):
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
