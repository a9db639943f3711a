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

Ids = NDArray[np.int32]
Ranges = NDArray[np.int64]  # (m, 2): [first, stop) positions

SLOTS = ORDERS[-1]  # positions that the widest window holds
SIDE = SLOTS // 2  # of them on either side of its centre
REACH = 2 * SIDE  # tokens to either side that matter: two layers of windows
SHORT = 2 * REACH  # spans of fewer tokens have no token that sees neither edge
PAD = -1  # beside a sequence: a position that all windows see as zeros

MARGIN = REACH + 2 * SIDE  # tokens beside a run of segments that some window may hold


@dataclass(frozen=True, slots=True)
class Windows:
    """What the two layers of convolutions see, for a run of segments.

    Args:
        first: int32 (h, SLOTS), the table row of each hidden position and of those around it.
        second: int32 (m, SLOTS), the hidden position of each feature and those around it.
        low: the token whose features come first; those of the running text come in order,
            then REACH + 1 for each segment's beginning, as many for its end, then the short
            spans, each whole and between its markers.
    """

    first: Ids
    second: Ids
    low: int

    @classmethod
    def build(
        cls, rows: Ids, starts: NDArray[np.int64], short: Ranges, bos: int, eos: int
    ) -> "Windows":
        """Say what a run of segments needs.

        Args:
            rows: int32 (t,), the table row of every token of the text.
            starts: int64 (n + 1,), the tokens at which the run's segments begin, and its end.
            short: int64 (k, 2), the tokens of the short spans.
            bos: the table row of the begin marker.
            eos: that of the end marker.
        """
        text = _running(rows, starts)
        at = MARGIN + starts - starts[0]
        low, high = max(0, starts[0] - REACH), min(len(rows), starts[-1] + REACH)
        parts = [_text(text, at[0] + low - starts[0], at[0] + high - starts[0])]
        parts.append(_begins(text, at[:-1], bos, len(parts[0][0])))
        parts.append(_ends(text, at[1:], eos, sum(len(first) for first, _ in parts)))
        parts.append(_whole(rows, short, (bos, eos), sum(len(first) for first, _ in parts)))
        firsts, seconds = zip(*parts, strict=True)
        return cls(np.concatenate(firsts), np.concatenate(seconds), int(low))

    def ranges(self, starts: NDArray[np.int64], short: Ranges) -> tuple[Ranges, Ranges]:
        """Return the features to add up, and those to take away, for each sum wanted.

        The sums are each segment's own, what changes where a span begins with it, what
        changes where one ends with it, and the short spans, as `build` got them.

        Returns:
            Two of int64 (3 * n + k, 2), ranges of features.
        """
        n = len(starts) - 1
        edge = REACH + 1
        begin, end = starts[:-1] - self.low, starts[1:] - self.low
        after = len(self.second) - int((short[:, 1] - short[:, 0] + 2).sum())
        high = after - 2 * n * edge
        edges = high + edge * np.arange(2 * n)
        whole = after + np.concatenate([[0], np.cumsum(short[:, 1] - short[:, 0] + 2)])
        firsts = np.concatenate([begin, edges, whole[:-1]])
        stops = np.concatenate([end, edges + edge, whole[1:]])
        none = np.zeros(n, np.int64), np.zeros(len(short), np.int64)
        less = np.concatenate([none[0], begin, np.maximum(end - REACH, 0), none[1]])
        until = np.concatenate([none[0], np.minimum(begin + REACH, high), end, none[1]])
        return np.stack([firsts, stops], axis=1), np.stack([less, until], axis=1)


def _running(rows: Ids, starts: NDArray[np.int64]) -> Ids:
    """Lay out the running text from MARGIN before a run of segments to MARGIN after it.

    Returns:
        int32 (2, p), the table row at each position, and its number among the hidden
        positions; PAD beyond the text, and where no hidden position is needed.
    """
    text = np.full((2, starts[-1] - starts[0] + 2 * MARGIN), PAD, np.int32)
    for line, margin in enumerate((MARGIN, REACH + SIDE)):
        first, stop = max(0, starts[0] - margin), min(len(rows), starts[-1] + margin)
        at = slice(first - starts[0] + MARGIN, stop - starts[0] + MARGIN)
        text[line, at] = np.arange(stop - first) if line else rows[first:stop]
    return text


def _slide(sequences: Ids) -> Ids:
    """Return the windows that follow one another in sequences, (…, p): int32 (m, SLOTS)."""
    if sequences.shape[-1] < SLOTS:
        return np.empty((0, SLOTS), np.int32)
    return np.lib.stride_tricks.sliding_window_view(sequences, SLOTS, axis=-1).reshape(-1, SLOTS)


def _text(text: Ids, low: int, high: int) -> tuple[Ids, Ids]:
    """Return the windows of the running text, with features at [low, high)."""
    hidden = np.nonzero(text[1] != PAD)[0]
    first = text[0, hidden[0] - SIDE : hidden[-1] + SIDE + 1] if len(hidden) else text[0, :0]
    return _slide(first), _slide(text[1, low - SIDE : high + SIDE])


def _around(line: Ids, at: NDArray[np.int64], before: int, after: int) -> Ids:
    """Return what stands from `before` in front of each place to `after` behind: (n, p)."""
    around: Ids = line[at[:, np.newaxis] + np.arange(-before, after)]
    return around


def _begins(text: Ids, at: NDArray[np.int64], bos: int, hidden: int) -> tuple[Ids, Ids]:
    """Return the windows where segments begin, at `at`, with a marker before their first token.

    The marker and the SIDE tokens after it are hidden positions of their own, numbered from
    `hidden`; those beyond are the running text's.
    """
    own = hidden + np.arange(len(at) * (SIDE + 1), dtype=np.int32).reshape(len(at), SIDE + 1)
    beside = np.full((len(at), SIDE), PAD, np.int32)
    marker = np.full((len(at), 1), bos, np.int32)
    rows = np.concatenate([beside, marker, _around(text[0], at, 0, 2 * SIDE)], axis=1)
    numbers = np.concatenate([beside, own, _around(text[1], at, -SIDE, REACH + SIDE)], axis=1)
    return _slide(rows), _slide(numbers)


def _ends(text: Ids, at: NDArray[np.int64], eos: int, hidden: int) -> tuple[Ids, Ids]:
    """Return the windows where segments end: the same, with a marker after their last token."""
    own = hidden + np.arange(len(at) * (SIDE + 1), dtype=np.int32).reshape(len(at), SIDE + 1)
    beside = np.full((len(at), SIDE), PAD, np.int32)
    marker = np.full((len(at), 1), eos, np.int32)
    rows = np.concatenate([_around(text[0], at, 2 * SIDE, 0), marker, beside], axis=1)
    numbers = np.concatenate([_around(text[1], at, REACH + SIDE, -SIDE), own, beside], axis=1)
    return _slide(rows), _slide(numbers)


def _whole(rows: Ids, short: Ranges, markers: tuple[int, int], hidden: int) -> tuple[Ids, Ids]:
    """Return the windows of short spans, each between its markers, all positions their own."""
    sizes = short[:, 1] - short[:, 0] + 2
    stops = np.cumsum(sizes)
    count = int(sizes.sum())
    span = np.repeat(np.arange(len(short)), sizes)
    within = np.arange(count) - np.repeat(stops - sizes, sizes)
    tokens = np.empty(count, np.int32)
    inner = (within > 0) & (within < sizes[span] - 1)
    tokens[inner] = rows[short[span[inner], 0] + within[inner] - 1]
    tokens[stops - sizes], tokens[stops - 1] = markers
    # Side by side, with PAD around each span.
    places = np.arange(count) + SIDE + 2 * SIDE * span
    lines = np.full((2, count + 2 * SIDE * len(short)), PAD, np.int32)
    lines[:, places] = tokens, np.arange(hidden, hidden + count)
    first, second = (_around(line, places, SIDE, SIDE + 1) for line in lines)
    return first, second
