"""Evidence for and against a bead, as named columns.

`edge_features` is what the model weighs. All of it is relative: a bead is judged against what
stands beside it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from aligner.engine.evidence.boundaries import BOUNDARIES, boundary_features
from aligner.engine.evidence.cosines import Cosines
from aligner.engine.evidence.coverage import COVERAGE, coverage_features
from aligner.engine.evidence.surface_features import SURFACE, surface_features
from aligner.engine.search.band import Band
from aligner.engine.search.lattice import Lattice
from aligner.engine.sides import Floats, Meaning, Surface
from aligner.native import loops

NO_NEIGHBOUR = 0.15  # cosine to assume beyond the end of a text: that of unrelated segments
NO_LONGER = -0.1  # gain to assume where a span cannot be longer
GAIN = 0.03  # gain in cosine that is as good as any larger one
NO_SHORTER = -0.3  # gain to assume where a span cannot be shorter

COSINES = (
    "cosine",
    "neighbour_tgt_before",
    "neighbour_tgt_after",
    "neighbour_src_before",
    "neighbour_src_after",
    "longer_tgt_after",
    "longer_tgt_before",
    "longer_src_after",
    "longer_src_before",
    "shorter_tgt_end",
    "shorter_tgt_begin",
    "shorter_src_end",
    "shorter_src_begin",
)
# The same eight gains, saturated: whether a longer or shorter span is better at all counts
# for more than by how much, since a short segment can only gain a little.
SATURATED = tuple(f"{name}_sign" for name in COSINES[5:])
HELD = ("first_tgt_held", "last_tgt_held", "first_src_held", "last_src_held")
LENGTHS = ("length_ratio", "length_deviation", "length")
FEATURES = (*COSINES, *SATURATED, *HELD, *LENGTHS, *SURFACE, *BOUNDARIES, *COVERAGE)

# Gale & Church 1993: variance of the length difference, per character.
LENGTH_VARIANCE = 6.8
LARGEST_DEVIATION = 6.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """A section of both texts, with the cosines of its band.

    Args:
        src, tgt: what the encoder says.
        src_surface, tgt_surface: what the characters show.
        cosines: of the band.
        src_astray, tgt_astray: bool (n,) and (m,), what matches out of order, and is left alone.
        ratio: source characters for each target character, where the texts translate each other.
    """

    src: Meaning
    tgt: Meaning
    src_surface: Surface
    tgt_surface: Surface
    cosines: Cosines
    src_astray: NDArray[np.bool_]
    tgt_astray: NDArray[np.bool_]
    ratio: float

    def within(self, band: Band) -> "Evidence":
        """Return the same with the cosines of another band."""
        cosines = Cosines.compute(self.src.vectors, self.tgt.vectors, band)
        return replace(self, cosines=cosines)


def edge_features(evidence: Evidence, lattice: Lattice) -> Floats:
    """Describe each edge: float32 (e, len(FEATURES)), columns as named in FEATURES."""
    columns = [
        *_cosine_features(evidence.cosines, lattice),
        _length_features(evidence, lattice),
        surface_features(evidence.src_surface, evidence.tgt_surface, lattice),
        boundary_features(evidence.src_surface, evidence.tgt_surface, lattice),
        coverage_features(evidence.src.tokens, evidence.tgt.tokens, lattice),
    ]
    return np.concatenate(columns, axis=1)


def _cosine_features(cosines: Cosines, lattice: Lattice) -> tuple[Floats, Floats, Floats]:
    """Compute the columns named in COSINES, SATURATED and HELD."""
    cosine, neighbours, longer, shorter = _surroundings(cosines, lattice)
    columns = [
        cosine,
        *(np.where(np.isnan(x), NO_NEIGHBOUR, x) for x in neighbours),
        *(np.where(np.isnan(x), NO_LONGER, x - cosine) for x in longer),
        *(np.where(np.isnan(x), NO_SHORTER, x - cosine) for x in shorter),
    ]
    features = np.stack(columns, axis=1).astype(np.float32)
    null = lattice.null
    features[null] = 0.0
    features[null, 0] = _best_anywhere(cosines, lattice)[null]
    for edges, beside in _null_features(cosines, lattice):
        features[edges, 1:7] = beside
    signs = np.tanh(features[:, 5:] / GAIN)
    signs[null] = 0.0
    return features, signs, _held(cosines, lattice)


def _held(cosines: Cosines, lattice: Lattice) -> Floats:
    """Whether the outer segments of each side go with this bead or with the one beside it.

    Each column is the cosine of an outer segment to the bead's other side, less its cosine
    to the segment just beyond; 0 for nulls.
    """
    i, j, a, b = lattice.i, lattice.j, lattice.a, lattice.b
    one = np.ones_like(a)
    pairs = [
        (cosines.at(i, j, a, one), cosines.at(i - 1, j, one, one)),
        (cosines.at(i, j + b - 1, a, one), cosines.at(i + a, j + b - 1, one, one)),
        (cosines.at(i, j, one, b), cosines.at(i, j - 1, one, one)),
        (cosines.at(i + a - 1, j, one, b), cosines.at(i + a - 1, j + b, one, one)),
    ]
    columns = [
        np.where(np.isnan(own), 0.0, own)
        - np.where(np.isnan(own) | np.isnan(other), np.where(np.isnan(own), 0, NO_NEIGHBOUR), other)
        for own, other in pairs
    ]
    held = np.stack(columns, axis=1).astype(np.float32)
    held[lattice.null] = 0.0
    return held


def _surroundings(
    cosines: Cosines, lattice: Lattice
) -> tuple[Floats, list[Floats], list[Floats], list[Floats]]:
    """Each edge's cosine; those with its neighbours; of longer and of shorter spans.

    Each list goes: target after or end, target before or begin, then the source likewise
    (neighbours: before, then after).
    """
    i, j, a, b = lattice.i, lattice.j, lattice.a, lattice.b
    one = np.ones_like(a)
    neighbours = [
        cosines.at(i, j - 1, a, one),
        cosines.at(i, j + b, a, one),
        cosines.at(i - 1, j, one, b),
        cosines.at(i + a, j, one, b),
    ]
    longer = [
        cosines.at(i, j, a, b + 1),
        cosines.at(i, j - 1, a, b + 1),
        cosines.at(i, j, a + 1, b),
        cosines.at(i - 1, j, a + 1, b),
    ]
    shorter = [
        cosines.at(i, j, a, b - 1),
        cosines.at(i, j + 1, a, b - 1),
        cosines.at(i, j, a - 1, b),
        cosines.at(i + 1, j, a - 1, b),
    ]
    return cosines.at(i, j, a, b), neighbours, longer, shorter


def _null_features(
    cosines: Cosines, lattice: Lattice
) -> Iterator[tuple[NDArray[np.bool_], Floats]]:
    """How well a null's segment would go with the beads before and after it.

    Yields, for the nulls of the target and of the source, which edges they are and six
    columns, the null's own side first: cosine to the segment before and after on the other
    side, what those lose or gain by taking it, and the same two of the own side's view.
    """
    for own_src in (False, True):
        edges = lattice.b == 0 if own_src else lattice.a == 0
        i, j = lattice.i[edges], lattice.j[edges]
        one = np.ones_like(i)
        if own_src:
            before, after = cosines.at(i, j - 1, one, one), cosines.at(i, j, one, one)
            joined = cosines.at(i - 1, j - 1, one + 1, one) - cosines.at(i - 1, j - 1, one, one)
            taken = cosines.at(i, j, one + 1, one) - cosines.at(i + 1, j, one, one)
        else:
            before, after = cosines.at(i - 1, j, one, one), cosines.at(i, j, one, one)
            joined = cosines.at(i - 1, j - 1, one, one + 1) - cosines.at(i - 1, j - 1, one, one)
            taken = cosines.at(i, j, one, one + 1) - cosines.at(i, j + 1, one, one)
        near = [np.where(np.isnan(x), NO_NEIGHBOUR, x) for x in (before, after)]
        gains = [np.where(np.isnan(x), NO_LONGER, x) for x in (joined, taken)]
        columns = [
            np.maximum(*near),
            np.minimum(*near),
            np.maximum(*gains),
            np.minimum(*gains),
            np.maximum(near[0] + gains[0], near[1] + gains[1]),
            np.zeros_like(near[0]),
        ]
        yield edges, np.stack(columns, axis=1)


def _best_anywhere(cosines: Cosines, lattice: Lattice) -> Floats:
    """A null edge's highest cosine of its segment to any one segment in the band: float32 (e,)."""
    n, m = max(len(cosines.low) - 1, 1), max(int(cosines.high[-1]), 1)
    best_src, best_tgt = np.full(n, -1.0, np.float32), np.full(m, -1.0, np.float32)
    loops.best_singles(cosines.grid, cosines.low, cosines.high, cosines.offsets, best_src, best_tgt)
    src = best_src[np.minimum(lattice.i, len(best_src) - 1)]
    tgt = best_tgt[np.minimum(lattice.j, len(best_tgt) - 1)]
    best: Floats = np.where(lattice.a == 0, tgt, src)
    return best


def _length_features(evidence: Evidence, lattice: Lattice) -> Floats:
    """Gale & Church's deviation, the plain ratio, and how long the shorter side is."""
    src = np.concatenate([[0.0], np.cumsum(evidence.src_surface.lengths)])
    tgt = np.concatenate([[0.0], np.cumsum(evidence.tgt_surface.lengths)]) * evidence.ratio
    x = src[lattice.i + lattice.a] - src[lattice.i]
    y = tgt[lattice.j + lattice.b] - tgt[lattice.j]
    deviation = np.abs(x - y) / np.sqrt((x + y) / 2 * LENGTH_VARIANCE + 1)
    null = lattice.null
    columns = [
        np.where(null, 0.0, np.log((x + 3) / (y + 3))),
        np.where(null, 0.0, np.minimum(deviation, LARGEST_DEVIATION)),
        np.log1p(np.where(null, x + y, np.minimum(x, y))),
    ]
    return np.stack(columns, axis=1).astype(np.float32)
