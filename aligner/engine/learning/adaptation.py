"""What is learnt from the text at hand, and the decision that follows.

- *Level.* Free translations have lower cosines than news. Features that have a level are
  measured from their median over the beads of a first, plain alignment.
- *Habits.* How often this text merges, splits, omits: the shares of the bead types are
  re-estimated from the posteriors (EM; Saerens et al. 2002 for priors that shift).
- *Looseness.* Where sentences do not answer each other one to one, people who align by hand
  disagree, too; confidence is the chance to agree with one of them.
"""

from dataclasses import dataclass

import numpy as np

from aligner.engine.evidence.features import FEATURES
from aligner.engine.learning.model import CLASS_OF_TYPE, CLASSES, NULL_CLASSES, Model
from aligner.engine.search.inference import Doubles, best_path, posteriors
from aligner.engine.search.lattice import Lattice
from aligner.engine.sides import Floats, Ints

ROUNDS = 4  # of re-estimation: two leave a run of junk unrecognised now and then
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
LEVELLED_COLUMNS = np.array([FEATURES.index(name) for name in LEVELLED])


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
    weighed = model.weigh(levelled(features, lattice, first_path), lattice)
    shares = model.blended(class_counts(lattice, None, first_path))
    for _ in range(ROUNDS):
        potentials = model.adapted(weighed, lattice, shares)
        expected = posteriors(lattice, potentials, model.transitions).edges
        shares = model.blended(class_counts(lattice, expected))
    potentials = model.adapted(weighed, lattice, shares)
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


def class_counts(
    lattice: Lattice, weights: Doubles | None, edges: Ints | slice = slice(None)
) -> Doubles:
    """Count the edges of each class, weighted: float64 (classes,)."""
    classes = CLASS_OF_TYPE[lattice.type[edges]]
    return np.bincount(classes, weights=weights, minlength=len(CLASSES)).astype(np.float64)
