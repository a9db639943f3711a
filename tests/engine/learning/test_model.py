"""The model: what it weighs, and what it does without."""

from dataclasses import replace

import numpy as np

from aligner.engine.evidence.coverage import COVERAGE
from aligner.engine.evidence.features import FEATURES
from aligner.engine.learning.adaptation import decide
from aligner.engine.learning.model import default_model, habit_shift
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


def test_the_more_doubtful_a_text_the_less_sure_are_its_beads():
    """What is doubtful is said by the beads with both sides; nulls say nothing of it."""
    rng = np.random.default_rng(1)
    lattice = random_lattice(6, 6, rng)
    features = rng.normal(size=(len(lattice), len(FEATURES))).astype(np.float32)
    first = best_path(lattice, lattice.plain)
    model = default_model()
    agreed, doubted = (
        decide(replace(model, disagreement=x), features, lattice, first, gaps=False)
        for x in (0.0, 0.5)
    )
    both = ~lattice.null[agreed.path]
    expected = 1.0 - 0.5 * (1.0 - agreed.confidences[both].mean())
    assert np.allclose(doubted.confidences, expected * agreed.confidences)
    assert doubted.path.tolist() == agreed.path.tolist()
