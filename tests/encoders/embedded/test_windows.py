"""The windows of the convolutions against what a token sees, written out in full."""

from collections import Counter

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.encoders.embedded.windows import PAD, REACH, SHORT, SIDE, SLOTS, Windows

BOS, EOS = 100, 101
LENGTHS = st.lists(st.one_of(st.integers(0, 4), st.integers(0, 20)), min_size=1, max_size=9)


def around(sequence, at):
    """The positions of a window, None beside the sequence."""
    places = range(at - SIDE, at + SIDE + 1)
    return tuple(sequence[p] if 0 <= p < len(sequence) else None for p in places)


def seen(sequence, at):
    """What a token's features depend on: the window of each position in its window."""
    hidden = [around(sequence, p) for p in range(len(sequence))]
    return around(hidden, at)


def unfolded(windows):
    """The same of every feature, by the indices: a hidden position of no token counts as none."""
    first = [
        None if each[SIDE] == PAD else tuple(None if row == PAD else row for row in each)
        for each in windows.first.tolist()
    ]
    return [
        tuple(None if place == PAD else first[place] for place in each)
        for each in windows.second.tolist()
    ]


def run_of(lengths, data):
    """A text's rows, and the tokens at which the segments of some run begin."""
    starts = np.cumsum([0, *lengths])
    first = data.draw(st.integers(0, len(lengths) - 1))
    stop = data.draw(st.integers(first + 1, len(lengths)))
    rows = np.arange(starts[-1], dtype=np.int32)
    short = [
        (starts[i], starts[k])
        for i in range(first, stop)
        for k in range(i + 1, len(lengths) + 1)
        if starts[k] - starts[i] < SHORT
    ]
    return rows, starts[first : stop + 1], np.array(short, np.int64).reshape(-1, 2)


@given(LENGTHS, st.data())
@settings(max_examples=60, deadline=None)
def test_every_token_sees_what_stands_around_it(lengths, data):
    rows, starts, short = run_of(lengths, data)
    windows = Windows.build(rows, starts, short, BOS, EOS)
    text = rows.tolist()
    low, high = max(0, starts[0] - REACH), min(len(text), starts[-1] + REACH)
    expected = [seen(text, t) for t in range(low, high)]
    for start in starts[:-1]:
        begun = [BOS, *text[start:]]
        expected += [seen(begun, q) if q < len(begun) else None for q in range(REACH + 1)]
    for stop in starts[1:]:
        ended = [*text[:stop], EOS]
        last = len(ended) - 1
        expected += [seen(ended, q) if q >= 0 else None for q in range(last - REACH, last + 1)]
    for start, stop in short:
        span = [BOS, *text[start:stop], EOS]
        expected += [seen(span, q) for q in range(len(span))]
    found = unfolded(windows)
    assert windows.low == low
    assert len(found) == len(expected)
    for ours, theirs in zip(found, expected, strict=True):
        # Beyond the end of the text an edge has places to which nothing is added.
        assert theirs is None or ours == theirs
    # The running text's hidden positions are computed once, those beside markers anew.
    running = min(len(text), high + SIDE) - max(0, low - SIDE)
    whole = sum(stop - start + 2 for start, stop in short.tolist())
    assert windows.first.shape == (running + 2 * (len(starts) - 1) * (SIDE + 1) + whole, SLOTS)


@given(LENGTHS, st.data())
@settings(max_examples=60, deadline=None)
def test_every_span_is_a_sum(lengths, data):
    rows, starts, short = run_of(lengths, data)
    windows = Windows.build(rows, starts, short, BOS, EOS)
    features = unfolded(windows)
    parts = []
    for (first, stop), (less, until) in zip(*windows.ranges(starts, short), strict=True):
        part = Counter(features[first:stop])
        part.subtract(features[less:until])
        parts.append(part)
    n, text = len(starts) - 1, rows.tolist()
    assert len(parts) == 3 * n + len(short)
    body, begin, end, whole = parts[:n], parts[n : 2 * n], parts[2 * n : 3 * n], parts[3 * n :]

    def expected(start, stop):
        span = [BOS, *text[start:stop], EOS]
        return Counter(seen(span, q) for q in range(len(span)))

    for i in range(n):
        for k in range(i, n):
            if starts[k + 1] - starts[i] < SHORT:
                continue
            total = Counter(begin[i])
            for part in (*body[i : k + 1], end[k]):
                total.update(part)
            assert +total == expected(starts[i], starts[k + 1])
            assert not -total
    for part, (start, stop) in zip(whole, short, strict=True):
        assert part == expected(start, stop)
