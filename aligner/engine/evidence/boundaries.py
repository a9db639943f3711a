"""Whether both sides of a bead begin and end alike: in a quotation, a sentence, a paragraph.

Paragraphs count only where both texts have them, and not a new one with every segment.
"""

import numpy as np

from aligner.engine.search.lattice import Lattice
from aligner.engine.sides import Floats, Surface
from aligner.native import loops

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
    loops.compare_boundaries(
        src.balance, src.edges, _breaks(src, paragraphs),
        tgt.balance, tgt.edges, _breaks(tgt, paragraphs),
        lattice.i, lattice.j, lattice.a, lattice.b, MOST_OPEN, MOST_LETTERLESS, features,
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
