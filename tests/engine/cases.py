"""Random cases for the tests of the engine."""

import numpy as np
from hypothesis import strategies as st

from aligner.encoders.contextual_spans import composed
from aligner.encoders.sides import read_surface
from aligner.engine.evidence.cosines import Cosines
from aligner.engine.evidence.features import Evidence
from aligner.engine.search.band import Band
from aligner.engine.search.lattice import BEAD_TYPES
from aligner.engine.search.pruning import prune
from aligner.engine.sides import Meaning, Side, Surface, Tokens

SEEDS = st.integers(0, 2**32 - 1)


def full_band(n, m):
    return Band(np.zeros(n + 1, np.int64), np.full(n + 1, m, np.int64))


def random_scores(n, m, rng):
    """Scores for every bead from every node of a full band, -inf past the ends."""
    scores = np.full(((n + 1) * (m + 1), len(BEAD_TYPES)), -np.inf, np.float32)
    for i in range(n + 1):
        for j in range(m + 1):
            for k, (a, b) in enumerate(BEAD_TYPES):
                if i + a <= n and j + b <= m:
                    scores[i * (m + 1) + j, k] = rng.normal()
    return scores


def random_lattice(n, m, rng):
    """Every bead there is in a full band."""
    return prune(full_band(n, m), random_scores(n, m, rng), 8, near=np.inf).lattice


def edges_of(lattice):
    """The beads of a lattice as (i, a, j, b)."""
    columns = (lattice.i, lattice.a, lattice.j, lattice.b)
    return list(zip(*(column.tolist() for column in columns), strict=True))


def random_band(n, m, rng):
    """A band that is narrow as often as wide, and has a way through."""
    path = np.concatenate([[0], np.sort(rng.integers(0, m + 1, n - 1)), [m]])
    margin = rng.integers(0, 3)
    return Band(
        np.maximum(path - margin, 0), np.minimum(np.append(path[1:], m) + margin, m).astype(int)
    )


def lattice_of(band, span, rng):
    """Every bead of at most so many segments a side that leads from a band's start to its end."""
    scores = rng.normal(size=(band.offsets[-1], len(BEAD_TYPES))).astype(np.float32)
    return prune(band, scores, span, near=np.inf).lattice


def random_tokens(rng, segments):
    """Tokens of some segments; a segment may have none."""
    starts = np.concatenate([[0], np.cumsum(rng.integers(0, 5, segments))])
    weights = rng.random(starts[-1]).astype(np.float32)
    return Tokens(starts, random_vectors(rng, starts[-1], 8), weights)


def random_surface(rng, n):
    """What n segments show, of everything enough that limits are met."""
    number_starts = np.concatenate([[0], np.cumsum(rng.integers(0, 4, n))])
    numbers = [np.sort(rng.integers(0, 5, size)) for size in np.diff(number_starts)]
    return Surface(
        rng.integers(1, 200, n).astype(np.float64),
        rng.integers(0, 4, (n, 7)).astype(np.float32),
        rng.integers(0, 3, n).astype(np.int8),
        rng.integers(-2, 3, (n, 2)).astype(np.int8),
        rng.random((n, 6)) < 0.5,
        rng.random(n) < 0.3,
        number_starts,
        np.concatenate([*numbers, np.empty(0, np.int64)]),
        np.zeros(n, np.int64),
    )


def random_spans(rng, n, span):
    """Vectors of spans that all are alike to some degree; zeros past the end."""
    vectors = unit(rng.normal(size=(n, span, 6)) + 0.5).astype(np.float32)
    for k in range(span):
        vectors[max(n - k, 0) :, k] = 0.0
    return vectors


def random_evidence(rng, n, m, span, band):
    meanings = [Meaning(random_spans(rng, size, span), random_tokens(rng, size)) for size in (n, m)]
    surfaces = [random_surface(rng, size) for size in (n, m)]
    cosines = Cosines.compute(*(meaning.vectors for meaning in meanings), band)
    astray = [rng.random(size) < 0.2 for size in (n, m)]
    ratio = float(surfaces[0].lengths.sum() / max(surfaces[1].lengths.sum(), 1.0))
    return Evidence(*meanings, *surfaces, cosines, *astray, ratio)


def cosine_of(evidence, band, i, j, a, b):
    """The cosine of two spans, None where there are no such spans or the band leaves them out."""
    n, span, _ = evidence.src.vectors.shape
    m = len(evidence.tgt.vectors)
    if not (0 <= i <= n and band.low[i] <= j <= band.high[i]):
        return None
    if not (1 <= a <= min(span, n - i) and 1 <= b <= min(span, m - j)):
        return None
    return float(evidence.src.vectors[i, a - 1] @ evidence.tgt.vectors[j, b - 1])


def random_vectors(rng, n, dimension=32):
    return unit(rng.normal(size=(n, dimension)).astype(np.float32))


def unit(vectors):
    return vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)


def side(vectors):
    """A text whose segments have these vectors and nothing to tell them apart besides."""
    surface = read_surface(["word " * 10] * len(vectors))
    sketches, meaning = composed(unit(vectors).astype(np.float32), surface.lengths, 8)
    return Side(sketches, surface, meaning)
