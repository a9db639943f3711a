"""What two sides of a bead show alike: question marks, quotes, numbers, how they end."""

import numpy as np
from numpy.typing import NDArray

from aligner.engine.search.lattice import Lattice
from aligner.engine.sides import Floats, Ints, Surface
from aligner.native import loops

MARK_KINDS = 7  # of marks, in the order of `text.marks.MARKS`
SURFACE = (
    "questions_differ",
    "exclamations_differ",
    "quotes_differ",
    "dashes_differ",
    "brackets_differ",
    "colons_differ",
    "ellipses_differ",
    "same_special_end",
    "ends_differ",
    "numbers_shared",
    "numbers_alone",
)
MOST = 3.0  # marks beyond which a difference says no more


def surface_features(src: Surface, tgt: Surface, lattice: Lattice) -> Floats:
    """Compute the columns named in SURFACE: float32 (e, 11); for nulls, what they hold."""
    i, j, a, b = lattice.i, lattice.j, lattice.a, lattice.b
    features = np.zeros((len(lattice), len(SURFACE)), np.float32)
    x, y = _totals(src.marks, i, a), _totals(tgt.marks, j, b)
    features[:, :MARK_KINDS] = np.minimum(np.abs(x - y), MOST)
    src_end = np.where(a > 0, src.endings[np.minimum(i + a, len(src.endings)) - 1], 0)
    tgt_end = np.where(b > 0, tgt.endings[np.minimum(j + b, len(tgt.endings)) - 1], 0)
    features[:, MARK_KINDS] = (src_end == tgt_end) & (src_end > 0)
    features[:, MARK_KINDS + 1] = src_end != tgt_end
    loops.compare_numbers(
        src.number_starts, src.numbers, tgt.number_starts, tgt.numbers, i, a, j, b, MOST,
        features[:, MARK_KINDS + 2 :],
    )  # fmt: skip
    return features


def same_chapter(src: Surface, tgt: Surface, lattice: Lattice) -> NDArray[np.bool_]:
    """Tell which beads begin with the headings of chapters of one number: bool (e,)."""
    ours, theirs = (np.append(each.chapters, 0) for each in (src, tgt))
    same: NDArray[np.bool_] = ours[lattice.i] == theirs[lattice.j]
    return same & (ours[lattice.i] > 0) & ~lattice.null


def _totals(marks: Floats, start: Ints, size: Ints) -> Floats:
    """Sum marks over spans: float32 (e, k)."""
    running = np.concatenate([np.zeros((1, marks.shape[1])), np.cumsum(marks, axis=0)])
    totals: Floats = (running[start + size] - running[start]).astype(np.float32)
    return totals
