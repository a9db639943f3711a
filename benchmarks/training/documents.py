"""From documents with gold to examples: what the engine sees of them, and what is right."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from aligner.encoders.sides import SpanEncoder, read_surface
from aligner.engine import Side, anchors_of, possible_beads
from aligner.engine.evidence.features import edge_features
from aligner.engine.search.band import Section
from aligner.engine.search.inference import posteriors
from aligner.engine.search.lattice import Lattice
from aligner.engine.sides import Floats, Ints
from aligner.evaluation import Link
from aligner.types.beads import MAX_SPAN
from benchmarks.sets import Pair
from benchmarks.training.gold import allowed, restricted


@dataclass(frozen=True)
class Example:
    """A document as the model sees it.

    Args:
        group: the set that it belongs to.
        gold: the right beads.
        lattice: the possible beads of the whole document, in one section.
        features: float32 (e, f), raw.
        first_path: edges of the plain first alignment.
        right: bool (e,), the edges that agree with gold.
        expected: float64 (e,), the chance of each edge if all that agrees with gold is alike.
        fits: whether any path agrees with gold; without one there is nothing to learn here.
        judged: whether it counts when its set is scored, or is only learnt from.
    """

    group: str
    gold: tuple[Link, ...]
    lattice: Lattice
    features: Floats
    first_path: Ints
    right: NDArray[np.bool_]
    expected: NDArray[np.float64]
    fits: bool = True
    judged: bool = True


@dataclass(frozen=True, slots=True)
class Task:
    """A document to learn from.

    Args:
        group: the set that it belongs to.
        pair: the document.
        loose: its gold knows paragraphs only.
        paragraphs: its units are paragraphs as a reader would find them.
    """

    group: str
    pair: Pair
    loose: bool = False
    paragraphs: bool = False

    @property
    def swapped(self) -> "Task":
        """The same the other way round."""
        pair = self.pair
        gold = tuple(Link(link.tgt, link.src) for link in pair.gold)
        turned = Pair(pair.name, pair.tgt, pair.src, gold, pair.tgt_units, pair.src_units)
        return replace(self, pair=turned)


def prepare(task: Task, encoder: SpanEncoder) -> Example:
    """Let the engine gather its evidence of a document, and mark what gold allows.

    Args:
        task: the document.
        encoder: embeds it.
    """
    pair = task.pair
    units = (pair.src_units, pair.tgt_units) if task.paragraphs else ((), ())
    src = side_of(pair.src, units[0], encoder)
    tgt = side_of(pair.tgt, units[1], encoder)
    whole = Section(0, len(src), 0, len(tgt))
    chain = anchors_of(src, tgt)
    possible = possible_beads(src, tgt, chain, whole, MAX_SPAN)
    lattice = possible.lattice
    right = allowed(lattice, task.pair.gold, loose=task.loose)
    alike = np.zeros(np.count_nonzero(right))
    sums = posteriors(restricted(lattice, right), alike)
    fits = bool(np.isfinite(sums.total))
    expected = np.zeros(len(lattice))
    expected[right] = sums.edges if fits else 0.0
    features = edge_features(possible.evidence, lattice)
    return Example(
        task.group, task.pair.gold, lattice, features, possible.first_path, right, expected, fits
    )


def side_of(texts: Sequence[str], units: Sequence[str], encoder: SpanEncoder) -> Side:
    """Prepare one text for the engine; `units` are its paragraphs, none where not known."""
    sketches, meaning = encoder.spans(texts, MAX_SPAN)
    return Side(sketches, read_surface(texts, units), meaning)
