"""Random cases for the tests of the engine."""

import numpy as np
from hypothesis import strategies as st

from aligner.encoders.contextual_spans import composed
from aligner.encoders.sides import read_surface
from aligner.engine.search.band import Band
from aligner.engine.search.lattice import BEAD_TYPES, prune
from aligner.engine.sides import Side

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
    return prune(full_band(n, m), random_scores(n, m, rng), 8, near=np.inf)


def edges_of(lattice):
    """The beads of a lattice as (i, a, j, b)."""
    columns = (lattice.i, lattice.a, lattice.j, lattice.b)
    return list(zip(*(column.tolist() for column in columns), strict=True))


def random_vectors(rng, n, dimension=32):
    return unit(rng.normal(size=(n, dimension)).astype(np.float32))


def unit(vectors):
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def side(vectors):
    """A text whose segments have these vectors and nothing to tell them apart besides."""
    surface = read_surface(["word " * 10] * len(vectors))
    sketches, meaning = composed(unit(vectors).astype(np.float32), surface.lengths, 8)
    return Side(sketches, surface, meaning)
