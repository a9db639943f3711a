"""What is learnt from a text: its gaps are no habit, and say the same wherever they are."""

import numpy as np

from aligner.engine.evidence.features import FEATURES
from aligner.engine.learning.adaptation import confidences, decide, in_gaps, levelled
from aligner.engine.learning.model import default_model
from aligner.engine.search.inference import best_path, posteriors
from tests.engine.cases import edges_of, random_lattice


def with_gap(n, m, seed):
    """A lattice whose first path has all the target's segments but two in a gap."""
    lattice = random_lattice(n, m, np.random.default_rng(seed))
    potentials = np.full(len(lattice), -1e3)
    edges = edges_of(lattice)
    wanted = [(0, 1, 0, 1), *((1, 0, j, 1) for j in range(1, m - 1)), (1, 1, m - 1, 1)]
    potentials[[edges.index(bead) for bead in wanted]] = 0.0
    return lattice, edges, best_path(lattice, potentials)


def test_nulls_inside_a_gap_are_known_by_their_segments():
    lattice, edges, first = with_gap(2, 16, 0)
    same = in_gaps(lattice, first)
    for edge, (i, a, j, _) in enumerate(edges):
        inside = a == 0 and 5 <= j <= 10
        assert (same[edge] >= 0) == inside, (i, j)
        if inside:
            assert edges[same[edge]] == (1, 0, j, 1)


def test_a_short_run_of_nulls_is_no_gap():
    lattice, _, first = with_gap(2, 10, 1)
    assert (in_gaps(lattice, first) < 0).all()


def test_a_null_in_a_gap_shows_the_same_wherever_it_stands():
    lattice, edges, first = with_gap(2, 16, 2)
    features = np.random.default_rng(3).normal(size=(len(lattice), len(FEATURES)))
    features = features.astype(np.float32)
    shown = levelled(features, lattice, first, in_gaps(lattice, first))
    for j in range(1, 15):
        rows = [shown[edges.index((i, 0, j, 1))] for i in range(3)]
        alike = all(np.array_equal(row, rows[0]) for row in rows)
        assert alike == (5 <= j <= 10)


def test_a_segment_is_as_surely_alone_as_all_its_nulls_together():
    lattice, edges, first = with_gap(2, 16, 4)
    potentials = np.random.default_rng(5).normal(size=len(lattice))
    chances = posteriors(lattice, potentials).edges
    found = confidences(lattice, chances, first)
    for edge, confidence in zip(first.tolist(), found, strict=True):
        i, a, j, b = edges[edge]
        alike = [
            other
            for other, (i2, a2, j2, b2) in enumerate(edges)
            if (a2 == 0 and j2 == j if a == 0 else b2 == 0 and i2 == i if b == 0 else other == edge)
        ]
        assert np.isclose(confidence, chances[alike].sum())


def test_headings_of_one_chapter_are_likelier_to_stand_together():
    lattice, _, first = with_gap(6, 6, 6)
    features = np.zeros((len(lattice), len(FEATURES)), np.float32)
    heading = (lattice.i == 3) & (lattice.j == 2) & ~lattice.null
    paths = [
        decide(default_model(), features, lattice, first, chapters=chapters).path
        for chapters in (None, heading)
    ]
    assert [heading[path].any() for path in paths] == [False, True]
