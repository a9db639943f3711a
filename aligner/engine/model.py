"""The model: how much each piece of evidence weighs, and how it adapts to the text at hand.

An alignment is a semi-Markov chain over beads; a bead's log-potential is linear in its
features plus the log-odds of its type in this text, and depends on the kind of the bead
before: what one text lacks, it often lacks in runs. Weights are trained by likelihood
(`python -m benchmarks.train`), so the posteriors are probabilities. Three things are learnt from
the text itself:

- *Level.* Free translations have lower cosines than news. Features that have a level are
  measured from their median over the beads of a first, plain alignment.
- *Habits.* How often this text merges, splits, omits: the shares of the bead types are
  re-estimated from the posteriors (EM; Saerens et al. 2002 for priors that shift).
- *Looseness.* Where sentences do not answer each other one to one, people who align by hand
  disagree, too; confidence is the chance to agree with one of them.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

import numpy as np

from aligner.engine.features import FEATURES
from aligner.engine.kernel import kernel
from aligner.engine.lattice import BEAD_TYPES, KINDS, Lattice
from aligner.engine.search import Doubles, best_path, posteriors
from aligner.engine.side import Floats, Ints

ROUNDS = 4  # of re-estimation: two leave a run of junk unrecognised now and then
# The least that habits can take from a null: in a text that omits nothing, a page may still be
# missing, and its nulls would each pay for the others' absence.
RAREST = -2.0
EXTREME = 5.0  # standard deviations beyond which a feature says no more

# Bead types whose share of a text is estimated; the rest share one class each.
CLASSES = ("0-1", "1-0", "1-1", "1-2", "2-1", "1-n", "n-1", "2-2", "m-n")
# Features that have a level: measured from the text's own median.
LEVELLED = (
    "cosine",
    "neighbour_tgt_before",
    "neighbour_tgt_after",
    "neighbour_src_before",
    "neighbour_src_after",
    *(f"{side}_{kind}" for side in ("src", "tgt")
      for kind in ("coverage", "prefers_outside", "prefers_inside", "least_segment")),
)  # fmt: skip


def type_class(a: int, b: int) -> int:
    """Return the index in CLASSES of a bead type."""
    name = f"{a}-{b}"
    if name in CLASSES:
        return CLASSES.index(name)
    return CLASSES.index("1-n" if a == 1 else "n-1" if b == 1 else "m-n")


NULL_CLASSES = [CLASSES.index("1-0"), CLASSES.index("0-1")]
CLASS_OF_TYPE = np.array([type_class(a, b) for a, b in BEAD_TYPES])
LEVELLED_COLUMNS = np.array([FEATURES.index(name) for name in LEVELLED])


@dataclass(frozen=True, slots=True)
class Model:
    """Trained weights; see the module. All arrays float64.

    Args:
        center, spread: (2, f) of each feature, for nulls and for the rest.
        weights: (2, f) on the standardised features, likewise.
        bias: (classes,) of each bead type's class.
        per_segment: for each segment in the bead.
        transitions: (kinds, kinds), of a kind of bead (column) after another.
        shares: (classes,), the share of each class in an average text.
        inertia: beads' worth of belief in `shares`.
        trust: how far a text's own shares count, 0 to 1.
        disagreement: how often people part from a bead that is right in a text without 1-1 beads;
            in proportion to the share of others elsewhere.
        provenance: what it was trained on, when, with which seed.
    """

    center: Doubles
    spread: Doubles
    weights: Doubles
    bias: Doubles
    per_segment: float
    transitions: Doubles
    shares: Doubles
    inertia: float
    trust: float
    disagreement: float
    provenance: str

    @classmethod
    def from_json(cls, text: str) -> "Model":
        """Read what `to_json` wrote."""
        data = json.loads(text)
        known = {"features": FEATURES, "classes": CLASSES, "kinds": KINDS}
        if any(tuple(data.pop(name, ())) != expected for name, expected in known.items()):
            raise ValueError("the weights are for other features; run python -m benchmarks.train")
        for name in ("center", "spread", "weights", "bias", "shares", "transitions"):
            data[name] = np.array(data[name])
        return cls(**data)

    def to_json(self) -> str:
        """Write as JSON, with the names of features and classes."""
        data = {
            "provenance": self.provenance,
            "features": FEATURES,
            "classes": CLASSES,
            "kinds": KINDS,
            "inertia": self.inertia,
            "trust": self.trust,
            "disagreement": self.disagreement,
            "per_segment": self.per_segment,
        }
        for name in ("shares", "bias", "transitions", "center", "spread", "weights"):
            data[name] = np.round(getattr(self, name), 5).tolist()
        return json.dumps(data, indent=1)

    def without(self, names: Collection[str]) -> "Model":
        """Return one to which the features of these names say what they say on average."""
        weights = self.weights.copy()
        weights[:, [FEATURES.index(name) for name in names]] = 0.0
        return replace(self, weights=weights)

    def evidence(self, features: Floats, lattice: Lattice) -> Doubles:
        """Weigh levelled features, float32 (e, f): float64 (e,) log-potentials before habits."""
        score = np.empty(len(lattice))
        _weigh(features, lattice.null, self.center, self.spread, self.weights, score)
        score += self.bias[CLASS_OF_TYPE[lattice.type]]
        score += self.per_segment * (lattice.a + lattice.b)
        return score

    def adapted(self, evidence: Doubles, lattice: Lattice, shares: Doubles) -> Doubles:
        """Add the log-odds of each bead's type in this text to the evidence."""
        shift = habit_shift(shares, self.shares, self.trust)
        adapted: Doubles = evidence + shift[CLASS_OF_TYPE[lattice.type]]
        return adapted

    def blended(self, counts: Doubles) -> Doubles:
        """Shares of the classes after seeing expected counts, float64 (classes,)."""
        total: Doubles = counts + self.inertia * self.shares
        total /= total.sum()
        return total


@kernel
def _weigh(features, null, center, spread, weights, score):  # type: ignore[no-untyped-def]
    """Sum weights times standardised features, clipped; null edges have weights of their own."""
    for e in range(features.shape[0]):
        kind = 0 if null[e] else 1
        total = 0.0
        for k in range(features.shape[1]):
            z = (features[e, k] - center[kind, k]) / spread[kind, k]
            total += min(max(z, -EXTREME), EXTREME) * weights[kind, k]
        score[e] = total


@cache
def default_model() -> Model:
    """The model that comes with the package."""
    return Model.from_json((files("aligner.engine") / "model.json").read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class Decision:
    """The best path of a lattice: edge indices in order, their potentials and confidences."""

    path: Ints
    potentials: Doubles
    confidences: Doubles


def decide(model: Model, features: Floats, lattice: Lattice, first_path: Ints) -> Decision:
    """Weigh the evidence, learn the text's habits, and choose the best path.

    Args:
        model: trained weights.
        features: float32 (e, f), raw, as `features.edge_features` gives them.
        lattice: the possible beads.
        first_path: edges of a plain first alignment, which sets the level.
    """
    evidence = model.evidence(levelled(features, lattice, first_path), lattice)
    shares = model.blended(class_counts(lattice, None, first_path))
    for _ in range(ROUNDS):
        potentials = model.adapted(evidence, lattice, shares)
        expected = posteriors(lattice, potentials, model.transitions).edges
        shares = model.blended(class_counts(lattice, expected))
    potentials = model.adapted(evidence, lattice, shares)
    path = best_path(lattice, potentials, model.transitions)
    agreement = 1.0 - model.disagreement * looseness(shares)
    sums = posteriors(lattice, potentials, model.transitions)
    return Decision(path, potentials[path], sums.edges[path] * agreement)


def levelled(features: Floats, lattice: Lattice, first_path: Ints) -> Floats:
    """Measure features that have a level from their median over a first path's beads."""
    beads = first_path[~lattice.null[first_path]]
    result = features.copy()
    if len(beads):
        columns = LEVELLED_COLUMNS
        result[:, columns] -= np.median(features[np.ix_(beads, columns)], axis=0)
    return result


def looseness(shares: Doubles) -> float:
    """Return the share of beads with both sides that are not 1-1, from the classes' shares."""
    both = 1.0 - shares[NULL_CLASSES].sum()
    return float(1.0 - shares[CLASSES.index("1-1")] / both)


def habit_shift(shares: Doubles, average: Doubles, trust: float) -> Doubles:
    """Return what a text's own shares of the classes add to the log-potentials.

    Args:
        shares: float64 (classes,), in this text.
        average: likewise, in an average text.
        trust: how far the text's own count, 0 to 1.
    """
    shift: Doubles = trust * np.log(shares / average)
    shift[NULL_CLASSES] = np.maximum(shift[NULL_CLASSES], RAREST)
    return shift


def class_counts(
    lattice: Lattice, weights: Doubles | None, edges: Ints | slice = slice(None)
) -> Doubles:
    """Count the edges of each class, weighted: float64 (classes,)."""
    classes = CLASS_OF_TYPE[lattice.type[edges]]
    return np.bincount(classes, weights=weights, minlength=len(CLASSES)).astype(np.float64)
