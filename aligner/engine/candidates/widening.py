"""From the anchors of a section to the beads that are still possible.

The band is as good as its anchors. Where the best path keeps to the band's edge, the anchors next
to it have led it astray: they are let go, and the section is searched again in the wider band.
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from aligner.engine.candidates.narrowing import Possible, narrow
from aligner.engine.evidence.cosines import Cosines
from aligner.engine.evidence.features import Evidence
from aligner.engine.search.anchors import Chain
from aligner.engine.search.band import Section, lay_band
from aligner.engine.sides import Ints, Side
from aligner.types import Span

EDGE = 2  # nodes to the edge of the band at which the path is taken to keep to it
# So many times as many segments, and so many more, has the longer of two stretches between anchors
# where the other text lacks something.
ONE_SIDED = 4
FEW = 16
# Anchors for each segment of the shorter text from which they say where the texts are together.
# Books in languages of the encoder have .13 and more, in others .01.
DENSE = 0.05
NONE = np.empty(0, np.int64), np.empty(0, np.int64)
WIDENINGS = 4  # of one section: each lets two anchors go wherever the path is still at the edge


def possible_beads(src: Side, tgt: Side, chain: Chain, section: Section, max_span: int) -> Possible:
    """Gather the evidence of a section and keep the beads that are still possible.

    Args:
        src: the source text.
        tgt: the target text.
        chain: the anchors of both texts.
        section: the part of the texts to look at.
        max_span: the most segments that one side of a bead may have.
    """
    ours = src.meaning(section.src_start, section.src_stop)
    theirs = tgt.meaning(section.tgt_start, section.tgt_stop)
    band = lay_band(chain, section)
    anchors = inside(chain, section)
    relied_on = len(anchors[0]) >= DENSE * min(len(ours.vectors), len(theirs.vectors))
    surfaces = (
        src.surface[section.src_start : section.src_stop],
        tgt.surface[section.tgt_start : section.tgt_stop],
    )
    evidence = Evidence(
        ours,
        theirs,
        *surfaces,
        Cosines.compute(ours.vectors, theirs.vectors, band),
        _marked(chain.src_astray, section.src_start, section.src_stop),
        _marked(chain.tgt_astray, section.tgt_start, section.tgt_stop),
        length_ratio(surfaces[0].lengths, surfaces[1].lengths, anchors if relied_on else NONE),
    )
    found = narrow(evidence, band, max_span, anchors=anchors if relied_on else None)
    for _ in range(WIDENINGS):
        freed = _without_misleading(chain, found, section)
        if len(freed.src) == len(chain.src):
            break
        band = lay_band(freed, section)
        left = inside(freed, section) if relied_on else None
        wider = narrow(found.evidence.within(band), band, max_span, anchors=left)
        if wider.score <= found.score:
            break
        chain, found = freed, wider
    return found


def _marked(spans: Iterable[Span], start: int, stop: int) -> NDArray[np.bool_]:
    """Mark the segments of spans within [start, stop): bool (stop - start,)."""
    marked = np.zeros(stop - start, np.bool_)
    for span in spans:
        marked[max(span.start - start, 0) : max(span.stop - start, 0)] = True
    return marked


def _without_misleading(chain: Chain, found: Possible, section: Section) -> Chain:
    """Let go a section's anchors that are next to where its best path is at the band's edge."""
    low, high = found.band.low, found.band.high
    i, j = found.lattice.i[found.first_path], found.lattice.j[found.first_path]
    touched = ((low[i] > 0) & (j - low[i] <= EDGE)) | ((high[i] < high[-1]) & (high[i] - j <= EDGE))
    after = np.searchsorted(chain.src, section.src_start + i[touched])
    beside = np.concatenate([after - 1, after])
    kept = np.ones(
        len(chain.src) + 1, bool
    )  # one more: before the first stands none, as at the end
    kept[beside] = False
    inside = (chain.src > section.src_start) & (chain.src < section.src_stop)
    kept_anchors = kept[:-1] | ~inside
    return Chain(chain.src[kept_anchors], chain.tgt[kept_anchors])


def inside(chain: Chain, section: Section) -> tuple[Ints, Ints]:
    """Return the anchors of a section, counted from its corner."""
    inside = (chain.src >= section.src_start) & (chain.src < section.src_stop)
    inside &= (chain.tgt >= section.tgt_start) & (chain.tgt < section.tgt_stop)
    return chain.src[inside] - section.src_start, chain.tgt[inside] - section.tgt_start


def length_ratio(
    src: NDArray[np.float64], tgt: NDArray[np.float64], anchors: tuple[Ints, Ints]
) -> float:
    """Tell how many source characters there are for each target character.

    What lies between two anchors does not count where it is far longer in one of the texts: there
    the other lacks something, and its length says nothing of the translation.

    Args:
        src: float64 (n,), lengths of the source's segments in characters.
        tgt: float64 (m,), the target's.
        anchors: int64 (k,) each, segments that translate each other.
    """
    totals = []
    for lengths, at in zip((src, tgt), anchors, strict=True):
        ends = np.concatenate([[0], at, [len(lengths)]])
        sizes = np.diff(ends)
        characters = np.diff(np.concatenate([[0.0], np.cumsum(lengths)])[ends])
        totals.append((sizes, characters))
    (n, x), (m, y) = totals
    both = np.maximum(n, m) <= ONE_SIDED * np.minimum(n, m) + FEW
    if not y[both].sum():
        both[:] = True
    return float(x[both].sum() / max(y[both].sum(), 1.0))
