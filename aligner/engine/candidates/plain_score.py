"""The plain score: a heuristic, quick to compute for every bead of a band, that prunes it."""

import numpy as np

from aligner.engine.evidence.features import NO_NEIGHBOUR, Evidence
from aligner.engine.search.lattice import BEAD_TYPES, LAST_RESORT
from aligner.engine.sides import Floats
from aligner.native import loops

# Cosine less a share of the neighbours' cosine, times a length factor. The constants were tried
# on the development sets (docs/algorithm.md).
NEIGHBOUR_SHARE = 0.6
NULL_SCORE = -0.1


def plain_scores(evidence: Evidence) -> Floats:
    """Score every bead from every node: float32 (nodes, types), -inf where there is none."""
    c = evidence.cosines
    src = np.concatenate([[0.0], np.cumsum(evidence.src_surface.lengths)])
    tgt = np.concatenate([[0.0], np.cumsum(evidence.tgt_surface.lengths)]) * evidence.ratio
    astray = [
        np.concatenate([[0], np.cumsum(x)]) for x in (evidence.src_astray, evidence.tgt_astray)
    ]
    scores: Floats = np.full((len(c.grid), len(BEAD_TYPES)), -np.inf, np.float32)
    loops.plain_scores(
        c.grid, c.low, c.high, c.offsets, src, tgt, *astray, np.array(BEAD_TYPES),
        NULL_SCORE, LAST_RESORT, NEIGHBOUR_SHARE, NO_NEIGHBOUR, scores,
    )  # fmt: skip
    return scores
