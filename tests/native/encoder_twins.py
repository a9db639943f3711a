"""What the loops of `source/encoder.h` compute, said in numpy; half precision is uint16."""

import numpy as np

HIDDEN = 256
ORDERS = (2, 3, 5)
SIDE = 2


def widen(values):
    """Read stored numbers as float32."""
    return values if values.dtype == np.float32 else (values.astype(np.uint32) << 16).view("f4")


def store(place, values):
    """Write float32 numbers as a place stores them: to the nearest, ties to even."""
    if place.dtype == np.uint16:
        bits = np.ascontiguousarray(values, np.float32).view(np.uint32)
        values = (bits + 0x7FFF + (bits >> 16 & 1)) >> 16
    place[...] = values


def rectified(values):
    return np.maximum(values, np.float32(0))


def first_layer(near, first, projected, bias, hidden):
    slots = widen(first).reshape(len(first), -1, HIDDEN)[near]
    at = 0
    for branch, order in enumerate(ORDERS):
        columns = slice(branch * HIDDEN, (branch + 1) * HIDDEN)
        total = np.broadcast_to(bias[columns], (len(near), HIDDEN))
        for step in range(order):
            total = total + slots[:, SIDE - (order - 1) // 2 + step, at + step]
        at += order
        own = widen(projected[near[:, SIDE], columns])
        store(hidden[:, columns], rectified(total) + own)
    hidden[near[:, SIDE] < 0] = 0


def gather(hidden, position, column, left, order, window):
    for step in range(order):
        source = position[:, left + step]
        rows = hidden[source, column : column + HIDDEN]
        rows[source < 0] = 0
        window[: len(position), step * HIDDEN : (step + 1) * HIDDEN] = rows


def finish(convolved, hidden, embedding, near, window, bias, gain, shift, epsilon, features):
    at, rows = window[:, SIDE], len(window)
    ours = np.concatenate([widen(branch[:rows]) for branch in convolved], axis=1)
    x = np.concatenate(
        [widen(embedding)[near[at, SIDE]], rectified(ours + bias) + widen(hidden)[at]], axis=1
    ).astype(np.float64)
    scale = 1 / np.sqrt(x.var(axis=1, keepdims=True) + epsilon)
    store(features[:rows], (x - x.mean(axis=1, keepdims=True)) * scale * gain + shift)
    features[:rows][(at < 0) | (near[at, SIDE] < 0)] = 0


def pooled_sums(features, added, taken, sums):
    values = widen(features)
    for m, (more, less) in enumerate(zip(added, taken, strict=True)):
        total = np.zeros(values.shape[1], np.float32)
        for row in values[slice(*more)]:
            total += row
        for row in values[slice(*less)]:
            total -= row
        store(sums[m], total)


def gathered_sums(features, rows, ranges, sums):
    for m, (first, stop) in enumerate(ranges):
        for row in rows[first:stop]:
            sums[m] += features[row]


def add_up(body, begin, end, short_row, short_spans, start, k, running, pooled):
    stop = start + len(pooled)
    running[: len(pooled)] += body[start + k : stop + k]
    pooled[:] = running[: len(pooled)] + begin[start:stop] + end[start + k : stop + k]
    whole = short_row[start:stop, k]
    pooled[whole >= 0] = short_spans[whole[whole >= 0]]


def column_sums(stored, total):
    for row in widen(stored):
        total += row


def subtract(stored, means, vectors):
    vectors[:] = widen(stored) - means


def round_to_half(values, result):
    store(result, values)


def widen_half(values, result):
    result[:] = widen(values)


def scaled(pooled, lengths, bias, x):
    sizes = lengths.astype(np.float32)[:, np.newaxis]
    store(x, (pooled + sizes * bias) * (np.float32(1) / np.sqrt(sizes)))


def rectify(x):
    store(x, rectified(widen(x)))


def rectify_sum(x, more):
    store(x, rectified(widen(x) + widen(more)))


def sum(x, more, total):  # as the loop is called
    total[:] = widen(x) + widen(more)


def unit_rows(total, least, vectors):
    squares = np.square(total.astype(np.float64)).sum(axis=1, keepdims=True)
    vectors[:] = total / np.sqrt(np.maximum(squares, least))
