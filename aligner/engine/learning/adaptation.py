"""What is learnt from the text at hand, and the decision that follows.

- *Level.* Free translations have lower cosines than news. Features that have a level are
  measured from their median over the beads of a first, plain alignment.
- *Habits.* How often this text merges, splits, omits: the shares of the bead types are
  re-estimated from the posteriors (EM; Saerens et al. 2002 for priors that shift).
- *Doubt.* Where much of a text can be aligned in other ways, people who align by hand disagree,
  too, also about what the evidence is sure of; confidence is the chance to agree with one of them.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aligner.engine.evidence.features import FEATURES
from aligner.engine.learning.model import CLASS_OF_TYPE, CLASSES, Model
from aligner.engine.search.inference import Doubles, best_path, posteriors
from aligner.engine.search.lattice import Lattice
from aligner.engine.sides import Floats, Ints

ROUNDS = 4  # of re-estimation: two leave a run of junk unrecognised now and then
# Nulls at either end of a gap that may go with the beads beside it.
EDGE = 4
# Log-potential of a null inside a gap besides what it shows: what is in a gap is hardly in beads.
# From 0 to 5 the made one-sided texts (benchmarks/books.py) come out right, with 959 errors
# expected of none, 360 with 2, 233 with 3, 139 with 5; what a first path overlooked must get out.
IN_GAP = 3.0
# Log-potential of a bead that begins with two headings of one number, besides what it shows: the
# words of a heading, and a number in letters, show little.
SAME_CHAPTER = 3.0
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


def decide(
    model: Model,
    features: Floats,
    lattice: Lattice,
    first_path: Ints,
    *,
    gaps: bool = True,
    chapters: NDArray[np.bool_] | None = None,
) -> Decision:
    """Weigh the evidence, learn the text's habits, and choose the best path.

    Args:
        model: trained weights.
        features: float32 (e, f), raw, as `features.edge_features` gives them.
        lattice: the possible beads.
        first_path: edges of a plain first alignment, which sets the level and shows the gaps.
        gaps: whether it can be relied on for them.
        chapters: bool (e,), the beads that begin with headings of the same chapter.
    """
    alike = in_gaps(lattice, first_path) if gaps else np.full(len(lattice), -1, np.int64)
    weighed = model.weigh(levelled(features, lattice, first_path, alike), lattice)
    usual = alike < 0
    weighed[~usual] += IN_GAP
    if chapters is not None:
        weighed[chapters] += SAME_CHAPTER
    shares = model.blended(class_counts(lattice, usual[first_path].astype(np.float64), first_path))
    for _ in range(ROUNDS):
        potentials = np.where(usual, model.adapted(weighed, lattice, shares), weighed)
        expected = posteriors(lattice, potentials, model.transitions).edges
        shares = model.blended(class_counts(lattice, expected * usual))
    potentials = np.where(usual, model.adapted(weighed, lattice, shares), weighed)
    path = best_path(lattice, potentials, model.transitions)
    sure = confidences(lattice, posteriors(lattice, potentials, model.transitions).edges, path)
    agreement = 1.0 - model.disagreement * doubt(sure[~lattice.null[path]])
    sure[usual[path]] *= agreement  # that a chapter is missing, nobody disputes
    return Decision(path, potentials[path], sure)


def confidences(lattice: Lattice, edges: Doubles, path: Ints) -> Doubles:
    """Return how probable each bead of a path is: float64 (p,).

    That a segment stands alone is as true wherever in the other text it does so: its null has
    what all nulls of that segment have together.

    Args:
        lattice: the possible beads.
        edges: float64 (e,), the posterior of each.
        path: int64 (p,), edges.
    """
    found: Doubles = edges[path]
    for own, other in ((lattice.i, lattice.b), (lattice.j, lattice.a)):
        alone = other == 0
        together = np.bincount(own[alone], weights=edges[alone], minlength=1)
        nulls = path[alone[path]]
        found[alone[path]] = together[own[nulls]]
    return found


def in_gaps(lattice: Lattice, first_path: Ints) -> Ints:
    """Find the nulls of segments that lie in a long gap of a first path.

    A missing chapter is one event, and says nothing of how often this text omits a sentence. Nor
    does it matter where its nulls stand: what each shows depends on what is beside it in the
    other text, and over hundreds of them such small differences would add up, and choose where
    the gap is against the beads around it.

    Returns:
        int64 (e,): for each such edge that of the same segment in the first path; -1 for others.
    """
    same = np.full(len(lattice), -1, np.int64)
    for own, other in ((lattice.i, lattice.b), (lattice.j, lattice.a)):
        alone = other == 0
        inside = _inside_runs(first_path, alone[first_path])
        at = np.full(int(own.max(initial=-1)) + 1, -1, np.int64)
        at[own[inside]] = inside
        same[alone] = at[own[alone]]
    return same


def _inside_runs(path: Ints, alone: NDArray[np.bool_]) -> Ints:
    """Return the edges of a path that lie in runs of nulls of one side, but near its ends."""
    bounds = np.flatnonzero(np.diff(np.concatenate([[False], alone, [False]])))
    runs = (path[start + EDGE : stop - EDGE] for start, stop in bounds.reshape(-1, 2))
    return np.concatenate([np.empty(0, np.int64), *runs])


def levelled(features: Floats, lattice: Lattice, first_path: Ints, gaps: Ints) -> Floats:
    """Measure features that have a level from their median over a first path's beads.

    Args:
        features: float32 (e, f), raw.
        lattice: the possible beads.
        first_path: int64 (p,), its edges.
        gaps: int64 (e,), as `in_gaps` gives them.
    """
    beads = first_path[~lattice.null[first_path]]
    result = features[np.where(gaps < 0, np.arange(len(gaps)), gaps)]
    if len(beads):
        columns = LEVELLED_COLUMNS
        result[:, columns] -= np.median(features[np.ix_(beads, columns)], axis=0)
    return result


def doubt(confidences: Doubles) -> float:
    """Return the share of wrong beads to expect among some, by their confidences alone."""
    return float(1.0 - confidences.mean()) if len(confidences) else 0.0


def class_counts(
    lattice: Lattice, weights: Doubles | None, edges: Ints | slice = slice(None)
) -> Doubles:
    """Count the edges of each class, weighted: float64 (classes,)."""
    classes = CLASS_OF_TYPE[lattice.type[edges]]
    return np.bincount(classes, weights=weights, minlength=len(CLASSES)).astype(np.float64)
