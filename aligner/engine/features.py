"""Evidence for and against a bead, as named columns.

`quick_scores` is the plain heuristic that prunes the band. `edge_features` is what the
model weighs. All of it is relative: a bead is judged against what stands beside it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aligner.engine.boundaries import BOUNDARIES, boundary_features
from aligner.engine.cosines import Cosines
from aligner.engine.coverage import COVERAGE, coverage_features
from aligner.engine.kernel import kernel
from aligner.engine.lattice import BEAD_TYPES, LAST_RESORT, Lattice
from aligner.engine.side import Floats, Meaning, Surface
from aligner.engine.surface import SURFACE, surface_features

# The heuristic: cosine less a share of the neighbours' cosine, times a length factor.
# Its constants were tried on the development sets (docs/algorithm.md).
NEIGHBOUR_SHARE = 0.6
NULL_SCORE = -0.1
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
class Pair:
    """A piece of both texts, with the cosines of its band.

    Args:
        src, tgt: what the encoder says.
        src_surface, tgt_surface: what the characters show.
        cosines: of the band.
        src_astray, tgt_astray: bool (n,) and (m,), what matches out of order, and is left alone.
    """

    src: Meaning
    tgt: Meaning
    src_surface: Surface
    tgt_surface: Surface
    cosines: Cosines
    src_astray: NDArray[np.bool_]
    tgt_astray: NDArray[np.bool_]

    @property
    def ratio(self) -> float:
        """Source characters for each target character in this piece."""
        return float(self.src_surface.lengths.sum() / max(self.tgt_surface.lengths.sum(), 1.0))


def quick_scores(pair: Pair) -> Floats:
    """Score every bead from every node: float32 (nodes, types), -inf where there is none."""
    c = pair.cosines
    src = np.concatenate([[0.0], np.cumsum(pair.src_surface.lengths)])
    tgt = np.concatenate([[0.0], np.cumsum(pair.tgt_surface.lengths)]) * pair.ratio
    astray = [np.concatenate([[0], np.cumsum(x)]) for x in (pair.src_astray, pair.tgt_astray)]
    scores: Floats = _quick(
        c.grid, c.low, c.high, c.offsets, src, tgt, *astray, np.array(BEAD_TYPES)
    )
    return scores


def edge_features(pair: Pair, lattice: Lattice) -> Floats:
    """Describe each edge: float32 (e, len(FEATURES)), columns as named in FEATURES."""
    columns = [
        *_cosine_features(pair.cosines, lattice),
        _length_features(pair, lattice),
        surface_features(pair.src_surface, pair.tgt_surface, lattice),
        boundary_features(pair.src_surface, pair.tgt_surface, lattice),
        coverage_features(pair.src.tokens, pair.tgt.tokens, lattice),
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
    best_src, best_tgt = _best_singles(cosines.grid, cosines.low, cosines.high, cosines.offsets)
    src = best_src[np.minimum(lattice.i, len(best_src) - 1)]
    tgt = best_tgt[np.minimum(lattice.j, len(best_tgt) - 1)]
    best: Floats = np.where(lattice.a == 0, tgt, src)
    return best


def _length_features(pair: Pair, lattice: Lattice) -> Floats:
    """Gale & Church's deviation, the plain ratio, and how long the shorter side is."""
    src = np.concatenate([[0.0], np.cumsum(pair.src_surface.lengths)])
    tgt = np.concatenate([[0.0], np.cumsum(pair.tgt_surface.lengths)]) * pair.ratio
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


@kernel
def _quick(grid, low, high, offsets, src, tgt, src_astray, tgt_astray, types):  # type: ignore[no-untyped-def]
    rows = low.shape[0]
    span = grid.shape[1]
    scores = np.full((grid.shape[0], types.shape[0]), -np.inf, np.float32)
    for i in range(rows):
        for j in range(low[i], high[i] + 1):
            node = offsets[i] + j - low[i]
            for k in range(types.shape[0]):
                a, b = types[k, 0], types[k, 1]
                if a == 0 or b == 0:
                    if i + a < src.shape[0] and j + b < tgt.shape[0]:
                        scores[node, k] = NULL_SCORE
                    continue
                if a > span or b > span:
                    continue
                cosine = grid[node, a - 1, b - 1]
                if np.isnan(cosine):
                    continue
                if src_astray[i + a] > src_astray[i] or tgt_astray[j + b] > tgt_astray[j]:
                    scores[node, k] = LAST_RESORT  # unless a person says so
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
                neighbour = total / count if count > 0 else NO_NEIGHBOUR
                x = src[i + a] - src[i]
                y = tgt[j + b] - tgt[j]
                balance = np.log2(1.0 + min(x, y) / max(x, y))
                scores[node, k] = (cosine - NEIGHBOUR_SHARE * neighbour) * balance
    return scores


@kernel
def _best_singles(grid, low, high, offsets):  # type: ignore[no-untyped-def]
    rows = low.shape[0]
    src = np.full(max(rows - 1, 1), -1.0, np.float32)
    tgt = np.full(max(high[rows - 1], 1), -1.0, np.float32)
    for i in range(rows - 1):
        for j in range(low[i], high[i] + 1):
            x = grid[offsets[i] + j - low[i], 0, 0]
            if not np.isnan(x):
                src[i] = max(src[i], x)
                tgt[j] = max(tgt[j], x)
    return src, tgt
