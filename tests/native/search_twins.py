"""What the loops of `source/search.h` compute, said in Python."""

import numpy as np

MAIN, GAP_TGT, GAP_SRC = range(3)


def best_paths(low, high, offsets, scores, types, allowed, opening, saved, forward, backward):
    """Viterbi from both ends: float64 (nodes, 3) each, to and from MAIN, and in a long gap.

    In a long gap of a side the best path so far, or from there, goes on with a null of that side
    that costs next to nothing.
    """
    rows = low.shape[0]
    nodes = offsets[rows]
    forward[0, MAIN] = 0.0
    for i in range(rows):
        for j in range(low[i], high[i] + 1):
            node = offsets[i] + j - low[i]
            here = max(forward[node, MAIN], forward[node, GAP_TGT], forward[node, GAP_SRC])
            forward[node, MAIN] = here
            if here == -np.inf:
                continue
            for k in range(types.shape[0]):
                i2, j2 = i + types[k, 0], j + types[k, 1]
                if not allowed[k] or i2 >= rows or j2 < low[i2] or j2 > high[i2]:
                    continue
                other = offsets[i2] + j2 - low[i2]
                score = float(scores[node, k])
                forward[other, MAIN] = max(forward[other, MAIN], here + score)
                if k < 2:
                    value = max(here - opening, forward[node, k + 1]) + score + saved
                    forward[other, k + 1] = max(forward[other, k + 1], value)
    backward[nodes - 1] = 0.0
    for i in range(rows - 1, -1, -1):
        for j in range(high[i], low[i] - 1, -1):
            node = offsets[i] + j - low[i]
            best = backward[node, MAIN]
            in_tgt = in_src = -np.inf
            for k in range(types.shape[0]):
                i2, j2 = i + types[k, 0], j + types[k, 1]
                if not allowed[k] or i2 >= rows or j2 < low[i2] or j2 > high[i2]:
                    continue
                other = offsets[i2] + j2 - low[i2]
                score = float(scores[node, k])
                best = max(best, score + backward[other, MAIN])
                if k == 0:
                    in_tgt = score + saved + backward[other, GAP_TGT]
                elif k == 1:
                    in_src = score + saved + backward[other, GAP_SRC]
            best = max(best, in_tgt - opening, in_src - opening)
            backward[node, MAIN] = best
            backward[node, GAP_TGT] = max(best, in_tgt)
            backward[node, GAP_SRC] = max(best, in_src)


def _near_edges(
    low, high, offsets, scores, types, allowed, opening, saved,
    forward, backward, held, near, last_resort, steps,
):  # fmt: skip
    """Yield row, column, type, both nodes and the step of each edge that is near."""
    rows = low.shape[0]
    for i in range(rows):
        for j in range(low[i], high[i] + 1):
            node = offsets[i] + j - low[i]
            if forward[node, MAIN] == -np.inf:
                continue
            for k in range(types.shape[0]):
                i2, j2 = i + types[k, 0], j + types[k, 1]
                if not allowed[k] or i2 >= rows or j2 < low[i2] or j2 > high[i2]:
                    continue
                other = offsets[i2] + j2 - low[i2]
                score = float(scores[node, k])
                if score == -np.inf:
                    continue
                step = 0
                if not (k < 3 and held[node, k] and score > last_resort):
                    best = forward[node, MAIN] + score + backward[other, MAIN]
                    if k < 2:
                        before = max(forward[node, MAIN] - opening, forward[node, k + 1])
                        best = max(best, before + score + saved + backward[other, k + 1])
                    short = forward[-1, MAIN] - best
                    if not short <= near:
                        continue
                    step = min(max(int(short / near * steps), 0), steps - 1)
                yield i, j, k, node, other, step


def count_near_edges(*edges):
    counts = edges[-1]
    for *_, step in _near_edges(*edges[:-1], len(counts)):
        counts[step] += 1


def list_near_edges(*edges):
    kept, found = edges[-2:]
    near = [edge for *edge, step in _near_edges(*edges[:-2]) if step < kept]
    found[:] = np.transpose(near)


def trace(low, high, offsets, scores, types, allowed, opening, saved, forward, nodes, kinds):
    """Follow the best path back: the nodes and the types of its beads, int64 (p,) each."""
    rows = low.shape[0]
    length = 0
    i, j, state = rows - 1, high[rows - 1], MAIN
    while i > 0 or j > 0:
        here = offsets[i] + j - low[i]
        if state == MAIN:
            for gap in (GAP_TGT, GAP_SRC):
                if forward[here, gap] == forward[here, MAIN]:
                    state = gap
        best, kind, before, opened = -np.inf, -1, -1, False
        for k in range(types.shape[0]):
            i0, j0 = i - types[k, 0], j - types[k, 1]
            if not allowed[k] or i0 < 0 or j0 < low[i0] or j0 > high[i0]:
                continue
            if state != MAIN and k != state - 1:
                continue
            node = offsets[i0] + j0 - low[i0]
            value = forward[node, MAIN] + float(scores[node, k])
            opens = False
            if state != MAIN:
                opens = forward[node, MAIN] - opening >= forward[node, k + 1]
                value = max(forward[node, MAIN] - opening, forward[node, k + 1])
                value += float(scores[node, k]) + saved
            if value > best:
                best, kind, before, opened = value, k, node, opens
        nodes[length], kinds[length] = before, kind
        length += 1
        i, j = i - types[kind, 0], j - types[kind, 1]
        if opened:
            state = MAIN
    return length


def heaviest_chain(column, weight, total, previous, best_sum, best_at, kept):
    """Positions of the strictly increasing subsequence of `column` with the largest weight."""
    size = column.shape[0]
    columns = len(best_sum) - 1
    for q in range(size):
        at = -1
        value = 0.0
        k = column[q]  # the tree is 1-based: a prefix query up to `column - 1`
        while k > 0:
            if best_sum[k] > value:
                value, at = best_sum[k], best_at[k]
            k -= k & -k
        total[q] = value + weight[q]
        previous[q] = at
        k = column[q] + 1
        while k <= columns:
            if total[q] > best_sum[k]:
                best_sum[k], best_at[k] = total[q], q
            k += k & -k
    length = 0
    last = int(np.argmax(total)) if size > 0 else -1
    q = last
    while q >= 0:
        kept[length] = q
        length += 1
        q = int(previous[q])
    return length


def _log_add(x, y):
    """log(exp(x) + exp(y)), safe at -inf."""
    if x < y:
        x, y = y, x
    return x if y == -np.inf else x + np.log1p(np.exp(y - x))


def forward_backward(
    tail,
    head,
    kind,
    potentials,
    transitions,
    reached,
    entered,
    leaving,
    left,
    probability,
    expected,
):
    """Sum over the paths to each node, by the last edge's kind, and on from it, by the next's.

    `reached[u, s]` are the paths to u that end in kind s, `entered[u, k]` those to u on which
    kind k comes next; `leaving[u, k]` and `left[u, s]` are the same from u to the end.
    """
    edges, kinds, nodes = len(tail), len(transitions), len(reached)
    entered[0] = 0.0
    node = 0
    for e in range(edges):
        if tail[e] != node:
            node = tail[e]
            for k in range(kinds):
                for s in range(kinds):
                    entered[node, k] = _log_add(
                        entered[node, k], reached[node, s] + transitions[s, k]
                    )
        k = kind[e]
        reached[head[e], k] = _log_add(reached[head[e], k], entered[node, k] + potentials[e])
    left[nodes - 1] = 0.0
    for e in range(edges - 1, -1, -1):
        node, k = tail[e], kind[e]
        leaving[node, k] = _log_add(leaving[node, k], potentials[e] + left[head[e], k])
        if e == 0 or tail[e - 1] != node:
            for s in range(kinds):
                for k in range(kinds):
                    left[node, s] = _log_add(left[node, s], transitions[s, k] + leaving[node, k])
    total = -np.inf
    for s in range(kinds):
        total = _log_add(total, reached[nodes - 1, s])
    for e in range(edges):
        k = kind[e]
        probability[e] = np.exp(entered[tail[e], k] + potentials[e] + left[head[e], k] - total)
    for node in range(1, nodes):
        for s in range(kinds):
            for k in range(kinds):
                expected[s, k] += np.exp(
                    reached[node, s] + transitions[s, k] + leaving[node, k] - total
                )
    return total


def viterbi(tail, head, kind, potentials, transitions, best, through, entered, before, path):
    edges, kinds, nodes = len(tail), len(transitions), len(best)
    node = 0
    for e in range(edges):
        if tail[e] != node:
            node = tail[e]
            for k in range(kinds):
                entered[node, k] = -np.inf
                for s in range(kinds):
                    value = best[node, s] + transitions[s, k]
                    if value > entered[node, k]:
                        entered[node, k], before[node, k] = value, s
        k = kind[e]
        value = entered[node, k] + potentials[e]
        if value > best[head[e], k]:
            best[head[e], k], through[head[e], k] = value, e
    last = int(np.argmax(best[nodes - 1]))
    length = 0
    node, k = nodes - 1, last
    while node > 0:
        path[length] = through[node, k]
        length += 1
        node = tail[through[node, k]]
        k = before[node, k]
    return length
