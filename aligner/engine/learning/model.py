"""The model: how much each piece of evidence weighs.

An alignment is a semi-Markov chain over beads; a bead's log-potential is linear in its
features plus the log-odds of its type in this text, and depends on the kind of the bead
before: what one text lacks, it often lacks in runs. Weights are trained by likelihood
(`python -m benchmarks.train`), so the posteriors are probabilities.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

import numpy as np

from aligner.engine.evidence.features import FEATURES
from aligner.engine.search.inference import Doubles
from aligner.engine.search.lattice import BEAD_KINDS, BEAD_TYPES, Lattice
from aligner.engine.sides import Floats
from aligner.native import loops

# The least that habits can take from a null: in a text that omits nothing, a page may still be
# missing, and its nulls would each pay for the others' absence.
RAREST = -2.0
EXTREME = 5.0  # standard deviations beyond which a feature says no more

# Bead types whose share of a text is estimated; the rest share one class each.
CLASSES = ("0-1", "1-0", "1-1", "1-2", "2-1", "1-n", "n-1", "2-2", "m-n")


def type_class(a: int, b: int) -> int:
    """Return the index in CLASSES of a bead type."""
    name = f"{a}-{b}"
    if name in CLASSES:
        return CLASSES.index(name)
    return CLASSES.index("1-n" if a == 1 else "n-1" if b == 1 else "m-n")


NULL_CLASSES = [CLASSES.index("1-0"), CLASSES.index("0-1")]
CLASS_OF_TYPE = np.array([type_class(a, b) for a, b in BEAD_TYPES])


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
        disagreement: how often people part from a bead that is sure, for each bead with both
            sides that is expected to be wrong.
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
        known = {"features": FEATURES, "classes": CLASSES, "kinds": BEAD_KINDS}
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
            "kinds": BEAD_KINDS,
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

    def weigh(self, features: Floats, lattice: Lattice) -> Doubles:
        """Weigh levelled features, float32 (e, f): float64 (e,) log-potentials before habits."""
        score = np.empty(len(lattice))
        loops.weigh(features, lattice.null, self.center, self.spread, self.weights, EXTREME, score)
        score += self.bias[CLASS_OF_TYPE[lattice.type]]
        score += self.per_segment * (lattice.a + lattice.b)
        return score

    def adapted(self, weighed: Doubles, lattice: Lattice, shares: Doubles) -> Doubles:
        """Add the log-odds of each bead's type in this text to the evidence."""
        shift = habit_shift(shares, self.shares, self.trust)
        adapted: Doubles = weighed + shift[CLASS_OF_TYPE[lattice.type]]
        return adapted

    def blended(self, counts: Doubles) -> Doubles:
        """Shares of the classes after seeing expected counts, float64 (classes,)."""
        total: Doubles = counts + self.inertia * self.shares
        total /= total.sum()
        return total


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


@cache
def default_model() -> Model:
    """The model that comes with the package."""
    return Model.from_json((files(__package__) / "model.json").read_text("utf-8"))
