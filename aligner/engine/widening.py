"""From the anchors of a piece to the beads that are still possible.

The band is as good as its anchors. Where the best path keeps to the band's edge, the anchors next
to it have led it astray: they are let go, and the piece is searched again in the wider band.
"""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from aligner.engine.anchors import Chain
from aligner.engine.band import Piece, windows
from aligner.engine.cosines import Cosines
from aligner.engine.features import Pair
from aligner.engine.narrowing import Possible, narrow
from aligner.engine.side import Side
from aligner.types import Span

EDGE = 2  # nodes to the edge of the band at which the path is taken to keep to it
WIDENINGS = 4  # of one piece: each lets two anchors go wherever the path is still at the edge


def possible_beads(src: Side, tgt: Side, chain: Chain, piece: Piece, max_span: int) -> Possible:
    """Gather the evidence of a piece and keep the beads that are still possible.

    Args:
        src: the source text.
        tgt: the target text.
        chain: the anchors of both texts.
        piece: the part of the texts to look at.
        max_span: the most segments that one side of a bead may have.
    """
    ours = src.meaning(piece.src_start, piece.src_stop)
    theirs = tgt.meaning(piece.tgt_start, piece.tgt_stop)
    band = windows(chain, piece)
    pair = Pair(
        ours,
        theirs,
        src.surface[piece.src_start : piece.src_stop],
        tgt.surface[piece.tgt_start : piece.tgt_stop],
        Cosines.compute(ours.vectors, theirs.vectors, band),
        _marked(chain.src_astray, piece.src_start, piece.src_stop),
        _marked(chain.tgt_astray, piece.tgt_start, piece.tgt_stop),
    )
    found = narrow(pair, band, max_span)
    for _ in range(WIDENINGS):
        freed = _without_misleading(chain, found, piece)
        if len(freed.src) == len(chain.src):
            break
        band = windows(freed, piece)
        cosines = Cosines.compute(found.pair.src.vectors, found.pair.tgt.vectors, band)
        wider = narrow(replace(found.pair, cosines=cosines), band, max_span)
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


def _without_misleading(chain: Chain, found: Possible, piece: Piece) -> Chain:
    """Let go the anchors of a piece that are next to where its best path is at the band's edge."""
    low, high = found.band.low, found.band.high
    i, j = found.lattice.i[found.first_path], found.lattice.j[found.first_path]
    touched = ((low[i] > 0) & (j - low[i] <= EDGE)) | ((high[i] < high[-1]) & (high[i] - j <= EDGE))
    after = np.searchsorted(chain.src, piece.src_start + i[touched])
    beside = np.concatenate([after - 1, after])
    kept = np.ones(
        len(chain.src) + 1, bool
    )  # one more: before the first stands none, as at the end
    kept[beside] = False
    inside = (chain.src > piece.src_start) & (chain.src < piece.src_stop)
    kept_anchors = kept[:-1] | ~inside
    return Chain(chain.src[kept_anchors], chain.tgt[kept_anchors])
