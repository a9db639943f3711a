"""Whether both sides of a bead begin and end alike: in a quotation, a sentence, a paragraph.

Paragraphs count only where both texts have them, and not a new one with every segment.
"""

import numpy as np

from aligner.engine.kernel import kernel
from aligner.engine.search.lattice import Lattice
from aligner.engine.sides import Floats, Surface

# For a null the columns say what its own side shows, under the name that comes nearest.
BOUNDARIES = (
    "open_quotes_differ",
    "open_brackets_differ",
    "soft_end_differs",
    "soft_end_both",  # of a null: soft beginning
    "closing_differs",
    "closing_both",
    "opening_differs",
    "opening_both",
    "dash_differs",
    "dash_both",
    "letterless",
    "break_differs",
    "break_both",  # of a null: a paragraph of its own
    "break_inside",
)
MOST_OPEN = 3  # quotes or brackets beyond which a difference says no more
MOST_LETTERLESS = 8  # segments
BREAKS = (0.01, 0.95)  # share of segments that begin a paragraph, for paragraphs to count
SOFT, CLOSING, OPENING, DASH, LOWER, LETTERLESS = range(6)  # columns of Surface.edges


def boundary_features(src: Surface, tgt: Surface, lattice: Lattice) -> Floats:
    """Compute the columns named in BOUNDARIES: float32 (e, 14)."""
    features = np.zeros((len(lattice), len(BOUNDARIES)), np.float32)
    paragraphs = has_paragraphs(src) and has_paragraphs(tgt)
    _compare(
        src.balance, src.edges, _breaks(src, paragraphs),
        tgt.balance, tgt.edges, _breaks(tgt, paragraphs),
        lattice.i, lattice.j, lattice.a, lattice.b, features,
    )  # fmt: skip
    return features


def has_paragraphs(side: Surface) -> bool:
    """Whether the paragraphs of a text say anything: some segments begin one, and some do not."""
    # The first segment begins no new one, even where all others do.
    inner = side.breaks[1:]
    return len(inner) > 0 and bool(BREAKS[0] < inner.mean() < BREAKS[1])


def _breaks(side: Surface, count: bool) -> np.ndarray:
    """Whether a paragraph begins at each place between segments: bool (n + 1,)."""
    breaks = np.zeros(len(side.breaks) + 1, bool)
    if count:
        breaks[:-1] = side.breaks
        breaks[[0, -1]] = True
    return breaks


@kernel
def _soft_after(edges, stop):  # type: ignore[no-untyped-def]
    """Whether the sentence seems to go on after the segment before `stop`."""
    if stop == 0:
        return False
    return edges[stop - 1, SOFT] or (stop < edges.shape[0] and edges[stop, LOWER])


@kernel
def _alone(balance, edges, breaks, start, row):  # type: ignore[no-untyped-def]
    """Fill the row of a null: one segment of one side."""
    row[0] = min(abs(balance[start, 0]), MOST_OPEN)
    row[1] = min(abs(balance[start, 1]), MOST_OPEN)
    row[2] = _soft_after(edges, start + 1)
    row[3] = edges[start, LOWER] or (start > 0 and edges[start - 1, SOFT])
    row[4] = edges[start, CLOSING]
    row[6] = edges[start, OPENING]
    row[8] = edges[start, DASH]
    row[10] = edges[start, LETTERLESS]
    row[12] = breaks[start] and breaks[start + 1]


@kernel
def _compare(  # type: ignore[no-untyped-def]
    src_balance, src_edges, src_breaks, tgt_balance, tgt_edges, tgt_breaks, i, j, a, b, features
):
    for e in range(i.shape[0]):
        row = features[e]
        if b[e] == 0:
            _alone(src_balance, src_edges, src_breaks, i[e], row)
            continue
        if a[e] == 0:
            _alone(tgt_balance, tgt_edges, tgt_breaks, j[e], row)
            continue
        i2, j2 = i[e] + a[e], j[e] + b[e]
        for k in range(2):
            open_src = open_tgt = 0
            for s in range(i[e], i2):
                open_src += src_balance[s, k]
            for t in range(j[e], j2):
                open_tgt += tgt_balance[t, k]
            row[k] = min(abs(open_src - open_tgt), MOST_OPEN)
        for s in range(i[e], i2):
            row[10] += src_edges[s, LETTERLESS]
            row[13] += s > i[e] and src_breaks[s]
        for t in range(j[e], j2):
            row[10] += tgt_edges[t, LETTERLESS]
            row[13] += t > j[e] and tgt_breaks[t]
        row[10] = min(row[10], MOST_LETTERLESS)
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
