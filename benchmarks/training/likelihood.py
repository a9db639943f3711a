"""Train the model by likelihood: L-BFGS on the exact gradient.

The log-likelihood of gold is the sum over the paths that agree with it, less the sum over all
paths, both in the log (Lafferty et al. 2001, "Conditional random fields"; Sarawagi & Cohen
2004 for semi-Markov chains). Its gradient is what gold has of each feature, less what the
model expects; where gold leaves paths open it is the expectation over these.
"""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize  # type: ignore[import-untyped]
from threadpoolctl import threadpool_limits

from aligner.engine.learning.adaptation import class_counts, in_gaps, levelled
from aligner.engine.learning.model import CLASS_OF_TYPE, CLASSES, EXTREME, Model, habit_shift
from aligner.engine.search.inference import Doubles, posteriors
from aligner.engine.search.lattice import Lattice
from aligner.engine.sides import Floats, Ints
from benchmarks.training.documents import Example
from benchmarks.training.gold import restricted

KINDS = 2  # nulls, and the rest
PENALTY = 0.001  # half of it times the squared weights is added to the loss of a bead
ITERATIONS = 150  # of L-BFGS; the loss changes in the fifth digit by then
MEMORY = 20  # gradients that L-BFGS remembers
INERTIA = 8.0  # beads' worth of belief in an average text's habits
TRUST = 0.85  # how far a text's own habits count
# How often people part from a sure bead, for each that is expected to be wrong: of 0 to 1 the one
# with the largest likelihood on sets left out of training (docs/algorithm.md).
DISAGREEMENT = 0.6
# What the parameters of transitions stand for: a null after one of its own side, and of the other.
# The rest would only say again how likely a null is.
TRANSITIONS = np.array([[[0, 0, 0], [0, 1, 0], [0, 0, 1]], [[0, 0, 0], [0, 0, 1], [0, 1, 0]]])
LEAST_SHARE = 1e-3  # of a bead type in an average text, seen or not
LEAST_SPREAD = 1e-2  # of a feature: one that hardly varies must not weigh all


@dataclass(frozen=True, slots=True)
class Scale:
    """Mean and spread of each feature, float64 (2, f): for nulls, and for the rest."""

    center: Doubles
    spread: Doubles


@dataclass(frozen=True, slots=True)
class _Terms:
    """One example, ready to be summed over again and again.

    Args:
        lattice, possible: all its beads; those that agree with gold.
        right: bool (e,), which these are.
        rows: the edges of each kind.
        evidence: their standardised features, float32.
        classes: int64 (e,), of each edge's type.
        sizes: float64 (e,), segments in each edge.
        habits: float64 (e,), what the text's own habits add.
        weight: of the example in the loss.
    """

    lattice: Lattice
    possible: Lattice
    right: NDArray[np.bool_]
    rows: tuple[Ints, ...]
    evidence: tuple[Floats, ...]
    classes: Ints
    sizes: Doubles
    habits: Doubles
    weight: float


@dataclass(frozen=True, slots=True)
class _Parts:
    """The parameters, out of the one vector that the optimiser turns; see `model.Model`."""

    weights: Doubles
    bias: Doubles
    per_segment: float
    transitions: Doubles

    @classmethod
    def of(cls, theta: Doubles, features: int) -> "_Parts":
        weights, bias, rest, transitions = np.split(
            theta,
            np.cumsum([KINDS * features, len(CLASSES), 1]),
        )
        square = np.tensordot(transitions, TRANSITIONS, 1)
        return cls(weights.reshape(KINDS, features), bias, float(rest[0]), square)


def train(examples: Sequence[Example], weights: Mapping[str, float], provenance: str) -> Model:
    """Find the weights that make gold likeliest.

    Args:
        examples: of one or many sets.
        weights: how much a bead of each set counts.
        provenance: what the model shall say of itself.
    """
    scale = measure(examples)
    shares = average_shares(examples)
    beads = sum(weights[each.group] * each.expected.sum() for each in examples)
    terms = [_terms(each, scale, shares, weights[each.group] / beads) for each in examples]
    features = scale.center.shape[1]
    start = np.zeros(KINDS * features + len(CLASSES) + 1 + len(TRANSITIONS))
    penalty = np.zeros(len(start))
    penalty[: KINDS * features] = PENALTY
    with threadpool_limits(1, "blas"), ThreadPoolExecutor() as pool:

        def loss(theta: Doubles) -> tuple[float, Doubles]:
            # Summed in the order of the examples, so the result is the same every time.
            found = list(pool.map(lambda each: _loss(each, theta), terms))
            value, gradient = sum(v for v, _ in found), np.sum([g for _, g in found], axis=0)
            return value + float(penalty @ theta**2) / 2, gradient + penalty * theta

        options = {"maxiter": ITERATIONS, "maxcor": MEMORY}
        theta = minimize(loss, start, jac=True, method="L-BFGS-B", options=options).x
    parts = _Parts.of(theta, features)
    return Model(
        center=scale.center,
        spread=scale.spread,
        weights=parts.weights,
        bias=parts.bias,
        per_segment=parts.per_segment,
        transitions=parts.transitions,
        shares=shares,
        inertia=INERTIA,
        trust=TRUST,
        disagreement=DISAGREEMENT,
        provenance=provenance,
    )


def measure(examples: Sequence[Example]) -> Scale:
    """Return the scale of the levelled features over all edges of all examples."""
    counts = np.zeros((KINDS, 1))
    sums = squares = np.zeros((KINDS, examples[0].features.shape[1]))
    for each in examples:
        gaps = in_gaps(each.lattice, each.first_path)
        measured = levelled(each.features, each.lattice, each.first_path, gaps)
        features = measured.astype(np.float64)
        parts = [features[rows] for rows in _kinds(each.lattice)]
        counts = counts + [[len(part)] for part in parts]
        sums = sums + [part.sum(axis=0) for part in parts]
        squares = squares + [(part**2).sum(axis=0) for part in parts]
    center = sums / counts
    spread = np.sqrt(np.maximum(squares / counts - center**2, 0.0))
    return Scale(center, spread + LEAST_SPREAD)


def average_shares(examples: Sequence[Example]) -> Doubles:
    """Return the share of each class of bead types: the mean of the sets' means."""
    by_group: dict[str, list[Doubles]] = {}
    for each in examples:
        counts = class_counts(each.lattice, each.expected)
        by_group.setdefault(each.group, []).append(counts / counts.sum())
    shares = np.mean([np.mean(found, axis=0) for found in by_group.values()], axis=0) + LEAST_SHARE
    normal: Doubles = shares / shares.sum()
    return normal


def _kinds(lattice: Lattice) -> tuple[Ints, Ints]:
    """Return the edges that are nulls, and the rest."""
    return np.nonzero(lattice.null)[0], np.nonzero(~lattice.null)[0]


def _terms(example: Example, scale: Scale, shares: Doubles, weight: float) -> _Terms:
    lattice = example.lattice
    features = levelled(
        example.features, lattice, example.first_path, in_gaps(lattice, example.first_path)
    )
    rows = _kinds(lattice)
    standard = (features[rows[k]] - scale.center[k] for k in range(KINDS))
    evidence = tuple(
        np.clip(z / scale.spread[k], -EXTREME, EXTREME).astype(np.float32)
        for k, z in enumerate(standard)
    )
    own = class_counts(lattice, example.expected) + INERTIA * shares
    shift = habit_shift(own / own.sum(), shares, TRUST)
    classes = CLASS_OF_TYPE[lattice.type]
    return _Terms(
        lattice=lattice,
        possible=restricted(lattice, example.right),
        right=example.right,
        rows=rows,
        evidence=evidence,
        classes=classes,
        sizes=(lattice.a + lattice.b).astype(np.float64),
        habits=shift[classes],
        weight=weight,
    )


def _loss(terms: _Terms, theta: Doubles) -> tuple[float, Doubles]:
    """Return the negative log-likelihood of one example, weighted, and its gradient."""
    features = terms.evidence[0].shape[1]
    own = _Parts.of(theta, features)
    potentials = terms.habits + own.bias[terms.classes] + own.per_segment * terms.sizes
    for rows, evidence, weights in zip(terms.rows, terms.evidence, own.weights, strict=True):
        potentials[rows] += evidence @ weights.astype(np.float32)
    free = posteriors(terms.lattice, potentials, own.transitions)
    agreed = posteriors(terms.possible, potentials[terms.right], own.transitions)
    excess = free.edges
    excess[terms.right] -= agreed.edges
    excess *= terms.weight
    parts = [
        excess[rows].astype(np.float32) @ evidence
        for rows, evidence in zip(terms.rows, terms.evidence, strict=True)
    ]
    by_class = np.bincount(terms.classes, weights=excess, minlength=len(CLASSES))
    differing = (free.transitions - agreed.transitions) * terms.weight
    follows = np.tensordot(TRANSITIONS, differing, 2)
    gradient = np.concatenate([*parts, by_class, [excess @ terms.sizes], follows])
    return (free.total - agreed.total) * terms.weight, gradient
