"""From a band to the beads that are still possible, with true vectors where guesses are not enough.

An encoder that looks at a whole text at once cannot tell a span's vector from its segments'.
Such spans come as guesses; these are good enough to prune, not to choose. The spans that a
narrow cut by the guesses leaves, and those that their features compare them with, are embedded
as texts; then the band is pruned again.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from aligner.engine.candidates.plain_score import plain_scores
from aligner.engine.evidence.features import Evidence
from aligner.engine.search.band import Band
from aligner.engine.search.lattice import Lattice
from aligner.engine.search.pruning import prune
from aligner.engine.sides import Floats, Ints, Meaning

# Plain score by which a bead's best path may fall short for its spans to be embedded. With 1.6,
# which prunes the band, no better beads are found (docs/algorithm.md), from twice as many texts.
CLOSE = 0.2
# Spans that the features of a bead compare with its own, as (begin, size) less its own: one
# segment longer or shorter at either end.
COMPARED = ((0, 0), (0, 1), (-1, 1), (0, -1), (1, -1))


# The source and the target segment of each.
Anchors = tuple[Ints, Ints]


class Possible(NamedTuple):
    """The beads of a section that are still possible; positions count from the section's corner.

    Args:
        evidence: the evidence.
        band: where it was looked for.
        lattice: the beads.
        first_path: int64 (p,), those of the best path by the plain score.
        score: of that path.
        anchors: int64 (k,) each, those that were relied on; None where they were too rare.
    """

    evidence: Evidence
    band: Band
    lattice: Lattice
    first_path: Ints
    score: float
    anchors: Anchors | None


def narrow(
    evidence: Evidence,
    band: Band,
    max_span: int,
    score: Callable[[Evidence], Floats] = plain_scores,
    anchors: Anchors | None = None,
) -> Possible:
    """Keep the beads that are still possible.

    Args:
        evidence: a section of both texts, with the cosines of the band.
        band: its windows.
        max_span: the most segments that one side of a bead may have.
        score: scores every bead from every node, as `plain_scores` does.
        anchors: int64 (k,) each, segments whose 1-1 beads stay possible in any case; None where
            they are too rare to be relied on.

    Returns:
        The beads, and the evidence, guesses that matter replaced by true vectors.
    """
    if evidence.src.embed or evidence.tgt.embed:
        close = prune(band, score(evidence), max_span, CLOSE, anchors).lattice
        src = with_true_spans(evidence.src, close.i, close.a)
        tgt = with_true_spans(evidence.tgt, close.j, close.b)
        evidence = replace(evidence, src=src, tgt=tgt).within(band)
    left = prune(band, score(evidence), max_span, anchors=anchors)
    return Possible(evidence, band, *left, anchors)


def with_true_spans(meaning: Meaning, starts: Ints, sizes: Ints) -> Meaning:
    """Embed the guessed ones among some beads' spans and the spans they are compared with.

    Args:
        meaning: of one side.
        starts: int64 (e,), the first segment of each bead's span.
        sizes: int64 (e,), how many segments it has; none, of a null.
    """
    if meaning.embed is None or meaning.guessed is None:
        return meaning
    needed = meaning.guessed & _compared(starts, sizes, meaning.guessed.shape)
    begin, longer = np.nonzero(needed)
    if not len(begin):
        return meaning
    vectors = meaning.vectors.copy()
    vectors[begin, longer] = meaning.embed(begin, longer + 1)
    return replace(meaning, vectors=vectors, guessed=meaning.guessed & ~needed)


def _compared(starts: Ints, sizes: Ints, shape: tuple[int, ...]) -> NDArray[np.bool_]:
    """Mark spans and those they are compared with: bool (n, max_span), [i, k] has k + 1."""
    n, longest = shape
    marked = np.zeros(shape, np.bool_)
    real = sizes > 0
    for later, longer in COMPARED:
        begin, size = starts[real] + later, sizes[real] + longer
        inside = (begin >= 0) & (size >= 1) & (size <= longest) & (begin + size <= n)
        marked[begin[inside], size[inside] - 1] = True
    return marked
