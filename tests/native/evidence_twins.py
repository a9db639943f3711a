"""What the loops of `source/evidence.h` compute, said in Python."""

import numpy as np

SOFT, CLOSING, OPENING, DASH, LOWER, LETTERLESS = range(6)


def spread(block, start, first, low, high, offsets, n, m, grid):
    """Copy a block of products into the grid, leaving NaN where a span passes the end."""
    span = block.shape[1]
    for r in range(block.shape[0]):
        i = start + r
        for j in range(max(low[i], first), min(high[i] + 1, m)):
            node = offsets[i] + j - low[i]
            for a in range(min(span, n - i)):
                for b in range(min(span, m - j)):
                    grid[node, a, b] = block[r, a, j - first, b]


def look_up(grid, low, high, offsets, i, j, a, b, result):
    """Gather `grid` at each edge; see `Cosines.at`."""
    result[:] = np.nan
    rows = low.shape[0]
    span = grid.shape[1]
    for e in range(i.shape[0]):
        row, column = i[e], j[e]
        if row < 0 or row >= rows or column < low[row] or column > high[row]:
            continue
        if a[e] < 1 or b[e] < 1 or a[e] > span or b[e] > span:
            continue
        result[e] = grid[offsets[row] + column - low[row], a[e] - 1, b[e] - 1]


def best_singles(grid, low, high, offsets, src, tgt):
    rows = low.shape[0]
    for i in range(rows - 1):
        for j in range(low[i], high[i] + 1):
            x = grid[offsets[i] + j - low[i], 0, 0]
            if not np.isnan(x):
                src[i] = max(src[i], x)
                tgt[j] = max(tgt[j], x)


def compare_numbers(src_starts, src, tgt_starts, tgt, i, a, j, b, most, features):
    """Count numbers that both spans hold, and that one holds alone (at most most each)."""
    for e in range(i.shape[0]):
        p0, p1 = src_starts[i[e]], src_starts[i[e] + a[e]]
        q0, q1 = tgt_starts[j[e]], tgt_starts[j[e] + b[e]]
        shared = 0
        for p in range(p0, p1):
            for q in range(q0, q1):
                if src[p] == tgt[q]:
                    shared += 1
                    break
        features[e, 0] = min(shared, most)
        features[e, 1] = min(max(p1 - p0, q1 - q0) - shared, most)


def _soft_after(edges, stop):
    """Whether the sentence seems to go on after the segment before `stop`."""
    if stop == 0:
        return False
    return edges[stop - 1, SOFT] or (stop < edges.shape[0] and edges[stop, LOWER])


def _alone(balance, edges, breaks, start, most_open, row):
    """Fill the row of a null: one segment of one side."""
    row[0] = min(abs(balance[start, 0]), most_open)
    row[1] = min(abs(balance[start, 1]), most_open)
    row[2] = _soft_after(edges, start + 1)
    row[3] = edges[start, LOWER] or (start > 0 and edges[start - 1, SOFT])
    row[4] = edges[start, CLOSING]
    row[6] = edges[start, OPENING]
    row[8] = edges[start, DASH]
    row[10] = edges[start, LETTERLESS]
    row[12] = breaks[start] and breaks[start + 1]


def compare_boundaries(
    src_balance,
    src_edges,
    src_breaks,
    tgt_balance,
    tgt_edges,
    tgt_breaks,
    i,
    j,
    a,
    b,
    most_open,
    most_letterless,
    features,
):
    for e in range(i.shape[0]):
        row = features[e]
        if b[e] == 0:
            _alone(src_balance, src_edges, src_breaks, i[e], most_open, row)
            continue
        if a[e] == 0:
            _alone(tgt_balance, tgt_edges, tgt_breaks, j[e], most_open, row)
            continue
        i2, j2 = i[e] + a[e], j[e] + b[e]
        for k in range(2):
            open_src = open_tgt = 0
            for s in range(i[e], i2):
                open_src += src_balance[s, k]
            for t in range(j[e], j2):
                open_tgt += tgt_balance[t, k]
            row[k] = min(abs(open_src - open_tgt), most_open)
        for s in range(i[e], i2):
            row[10] += src_edges[s, LETTERLESS]
            row[13] += s > i[e] and src_breaks[s]
        for t in range(j[e], j2):
            row[10] += tgt_edges[t, LETTERLESS]
            row[13] += t > j[e] and tgt_breaks[t]
        row[10] = min(row[10], most_letterless)
        x, y = _soft_after(src_edges, i2), _soft_after(tgt_edges, j2)
        row[2], row[3] = x != y, x and y
        x, y = src_edges[i2 - 1, CLOSING], tgt_edges[j2 - 1, CLOSING]
        row[4], row[5] = x != y, x and y
        x, y = src_edges[i[e], OPENING], tgt_edges[j[e], OPENING]
        row[6], row[7] = x != y, x and y
        x, y = src_edges[i[e], DASH], tgt_edges[j[e], DASH]
        row[8], row[9] = x != y, x and y
        x, y = src_breaks[i2], tgt_breaks[j2]
        row[11], row[12] = x != y, x and y


def weigh(features, null, center, spread, weights, extreme, score):
    """Sum weights times standardised features, clipped; null edges have weights of their own."""
    for e in range(features.shape[0]):
        kind = 0 if null[e] else 1
        total = 0.0
        for k in range(features.shape[1]):
            z = (features[e, k] - center[kind, k]) / spread[kind, k]
            total += min(max(z, -extreme), extreme) * weights[kind, k]
        score[e] = total


def plain_scores(  # noqa: C901
    grid,
    low,
    high,
    offsets,
    src,
    tgt,
    src_astray,
    tgt_astray,
    types,
    null_score,
    last_resort,
    neighbour_share,
    no_neighbour,
    scores,
):
    rows = low.shape[0]
    span = grid.shape[1]
    for i in range(rows):
        for j in range(low[i], high[i] + 1):
            node = offsets[i] + j - low[i]
            for k in range(types.shape[0]):
                a, b = types[k, 0], types[k, 1]
                if a == 0 or b == 0:
                    if i + a < src.shape[0] and j + b < tgt.shape[0]:
                        scores[node, k] = null_score
                    continue
                if a > span or b > span:
                    continue
                cosine = grid[node, a - 1, b - 1]
                if np.isnan(cosine):
                    continue
                if src_astray[i + a] > src_astray[i] or tgt_astray[j + b] > tgt_astray[j]:
                    scores[node, k] = last_resort  # unless a person says so
                    continue
                total = 0.0
                count = 0
                if j > low[i]:
                    x = grid[node - 1, a - 1, 0]
                    if not np.isnan(x):
                        total += x
                        count += 1
                if j + b <= high[i]:
                    x = grid[node + b, a - 1, 0]
                    if not np.isnan(x):
                        total += x
                        count += 1
                if i > 0 and j >= low[i - 1] and j <= high[i - 1]:
                    x = grid[offsets[i - 1] + j - low[i - 1], 0, b - 1]
                    if not np.isnan(x):
                        total += x
                        count += 1
                if i + a < rows and j >= low[i + a] and j <= high[i + a]:
                    x = grid[offsets[i + a] + j - low[i + a], 0, b - 1]
                    if not np.isnan(x):
                        total += x
                        count += 1
                neighbour = total / count if count > 0 else no_neighbour
                x = src[i + a] - src[i]
                y = tgt[j + b] - tgt[j]
                balance = np.log2(1.0 + min(x, y) / max(x, y))
                scores[node, k] = (cosine - neighbour_share * neighbour) * balance
