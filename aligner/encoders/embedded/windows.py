"""Which tokens of a text must be computed how often, so that every span follows from sums.

A token's features depend on itself and `REACH` neighbours to either side. Within the text
each token is computed once. Where a span begins or ends, its outermost tokens see a marker
instead of their neighbours, so the REACH tokens next to each segment's edges are computed
again, marker included; short spans are computed whole. All this is said with indices, so
that nothing which is the same is computed or copied twice.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aligner.encoders.embedded.weights import ORDERS
from aligner.engine.kernel import kernel

Ids = NDArray[np.int32]
Ranges = NDArray[np.int64]  # (m, 2): [first, stop) positions

SLOTS = ORDERS[-1]  # positions that the widest window holds
SIDE = SLOTS // 2  # of them on either side of its centre
REACH = 2 * SIDE  # tokens to either side that matter: two layers of windows
SHORT = 2 * REACH  # spans of fewer tokens have no token that sees neither edge
PAD = -1  # beside a sequence: a position that all windows see as zeros


@dataclass(frozen=True, slots=True)
class Plan:
    """What to compute for a run of segments.

    Args:
        near: int32 (h, SLOTS), the table row of each hidden position and of those around it.
        window: int32 (m, SLOTS), the hidden position of each feature and those around it.
        low: the token whose features come first; those of the running text come in order,
            then REACH + 1 for each segment's beginning, as many for its end, then the short
            spans, each whole and between its markers.
    """

    near: Ids
    window: Ids
    low: int

    @classmethod
    def build(
        cls, rows: Ids, starts: NDArray[np.int64], short: Ranges, bos: int, eos: int
    ) -> "Plan":
        """Plan a run of segments.

        Args:
            rows: int32 (t,), the table row of every token of the text.
            starts: int64 (n + 1,), the tokens at which the run's segments begin, and its end.
            short: int64 (k, 2), the tokens of the short spans.
            bos: the table row of the begin marker.
            eos: that of the end marker.
        """
        low, high = max(0, starts[0] - REACH), min(len(rows), starts[-1] + REACH)
        first, last = max(0, low - SIDE), min(len(rows), high + SIDE)
        edges = 2 * (len(starts) - 1)
        whole = int((short[:, 1] - short[:, 0] + 2).sum())
        near = np.empty((last - first + edges * (SIDE + 1) + whole, SLOTS), np.int32)
        window = np.empty((high - low + edges * (REACH + 1) + whole, SLOTS), np.int32)
        _fill(rows, starts, short, bos, eos, low, high, first, last, near, window)
        return cls(near, window, int(low))

    def ranges(self, starts: NDArray[np.int64], short: Ranges) -> tuple[Ranges, Ranges]:
        """Return the features to add up, and those to take away, for each sum wanted.

        The sums are each segment's own, what changes where a span begins with it, what
        changes where one ends with it, and the short spans, as `build` got them.

        Returns:
            Two of int64 (3 * n + k, 2), ranges of the plan's features.
        """
        n = len(starts) - 1
        edge = REACH + 1
        begin, end = starts[:-1] - self.low, starts[1:] - self.low
        after = len(self.window) - int((short[:, 1] - short[:, 0] + 2).sum())
        high = after - 2 * n * edge
        edges = high + edge * np.arange(2 * n)
        whole = after + np.concatenate([[0], np.cumsum(short[:, 1] - short[:, 0] + 2)])
        firsts = np.concatenate([begin, edges, whole[:-1]])
        stops = np.concatenate([end, edges + edge, whole[1:]])
        none = np.zeros(n, np.int64), np.zeros(len(short), np.int64)
        less = np.concatenate([none[0], begin, np.maximum(end - REACH, 0), none[1]])
        until = np.concatenate([none[0], np.minimum(begin + REACH, high), end, none[1]])
        return np.stack([firsts, stops], axis=1), np.stack([less, until], axis=1)


@kernel
def _fill(rows, starts, short, bos, eos, low, high, first, last, near, window):  # type: ignore[no-untyped-def]
    size = rows.shape[0]
    n = starts.shape[0] - 1
    for t in range(first, last):
        for s in range(SLOTS):
            p = t + s - SIDE
            near[t - first, s] = rows[p] if 0 <= p < size else PAD
    for t in range(low, high):
        for s in range(SLOTS):
            p = t + s - SIDE
            window[t - low, s] = p - first if 0 <= p < size else PAD
    h, f = last - first, high - low
    # A begin marker stands at -1, before the segment's token 0. It and the SIDE tokens after
    # it are hidden positions of their own; those beyond are the running text's.
    for i in range(n):
        start = starts[i]
        for q in range(-1, SIDE):
            for s in range(SLOTS):
                p = q + s - SIDE
                inside = p >= 0 and start + p < size
                near[h + q + 1, s] = bos if p == -1 else rows[start + p] if inside else PAD
        for q in range(-1, REACH):
            for s in range(SLOTS):
                p = q + s - SIDE
                if p < SIDE:
                    window[f, s] = h + p + 1 if p >= -1 else PAD
                else:
                    window[f, s] = start + p - first if start + p < size else PAD
            f += 1
        h += SIDE + 1
    # An end marker stands at 0, after the segment's token -1.
    for i in range(n):
        stop = starts[i + 1]
        for q in range(-SIDE, 1):
            for s in range(SLOTS):
                p = q + s - SIDE
                inside = p < 0 and stop + p >= 0
                near[h + q + SIDE, s] = eos if p == 0 else rows[stop + p] if inside else PAD
        for q in range(-REACH, 1):
            for s in range(SLOTS):
                p = q + s - SIDE
                if p >= -SIDE:
                    window[f, s] = h + p + SIDE if p <= 0 else PAD
                else:
                    window[f, s] = stop + p - first if stop + p >= 0 else PAD
            f += 1
        h += SIDE + 1
    for k in range(short.shape[0]):
        start, length = short[k, 0], short[k, 1] - short[k, 0]
        for q in range(-1, length + 1):
            for s in range(SLOTS):
                p = q + s - SIDE
                inside = -1 <= p <= length
                window[f, s] = h + p + 1 if inside else PAD
                if inside:
                    near[h + q + 1, s] = bos if p == -1 else eos if p == length else rows[start + p]
                else:
                    near[h + q + 1, s] = PAD
            f += 1
        h += length + 2
