"""The model: what it weighs, and what it does without."""

from dataclasses import replace

import numpy as np
import pytest

from aligner.engine.evidence.coverage import COVERAGE
from aligner.engine.evidence.features import FEATURES
from aligner.engine.learning.adaptation import decide, looseness
from aligner.engine.learning.model import CLASSES, default_model, habit_shift
from aligner.engine.search.inference import best_path
from tests.engine.cases import random_lattice


def test_without_tokens_coverage_says_nothing():
    """All its columns are zero then, which would else be the worst coverage there is."""
    rng = np.random.default_rng(0)
    lattice = random_lattice(6, 6, rng)
    features = rng.normal(size=(len(lattice), len(FEATURES))).astype(np.float32)
    none = features.copy()
    none[:, [FEATURES.index(name) for name in COVERAGE]] = 0
    first = best_path(lattice, lattice.plain)
    with_it, without = (
        decide(default_model().without(COVERAGE), x, lattice, first) for x in (features, none)
    )
    assert with_it.path.tolist() == without.path.tolist()
    assert np.allclose(with_it.confidences, without.confidences)
    one, other = (decide(default_model(), x, lattice, first) for x in (features, none))
    assert not np.array_equal(one.potentials[:1], other.potentials[:1])


def test_habits_take_no_more_than_a_little_from_a_null():
    average = default_model().shares
    seldom = average.copy()
    seldom[:2] *= 1e-6
    shift = habit_shift(seldom / seldom.sum(), average, 1.0)
    assert shift[:2].tolist() == [-2.0, -2.0]
    assert habit_shift(average, average, 1.0).tolist() == [0.0] * len(average)


def test_the_looser_a_text_the_less_sure_are_its_beads():
    """How many beads with both sides are not 1-1 counts; how many nulls there are does not."""
    shares = np.zeros(len(CLASSES))
    shares[CLASSES.index("1-1")], shares[CLASSES.index("1-2")] = 0.6, 0.2
    shares[CLASSES.index("0-1")] = 0.2
    assert looseness(shares) == pytest.approx(0.25)
    rng = np.random.default_rng(0)
    lattice = random_lattice(6, 6, rng)
    features = rng.normal(size=(len(lattice), len(FEATURES))).astype(np.float32)
    first = best_path(lattice, lattice.plain)
    model = default_model()
    agreed, doubted = (
        decide(replace(model, disagreement=x), features, lattice, first) for x in (0.0, 0.5)
    )
    ratio = doubted.confidences / agreed.confidences
    assert np.allclose(ratio, ratio[0])
    assert 0.5 <= ratio[0] < 1.0
    assert doubted.path.tolist() == agreed.path.tolist()
