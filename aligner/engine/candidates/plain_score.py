"""The plain score: a heuristic, quick to compute for every bead of a band, that prunes it."""

import numpy as np

from aligner.engine.evidence.features import NO_NEIGHBOUR, Evidence
from aligner.engine.kernel import kernel
from aligner.engine.search.lattice import BEAD_TYPES, LAST_RESORT
from aligner.engine.sides import Floats

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
    scores: Floats = _plain_scores(
        c.grid, c.low, c.high, c.offsets, src, tgt, *astray, np.array(BEAD_TYPES)
    )
    return scores


# One pass over every bead of the band: what it does not need to know, it leaves at once.
@kernel
def _plain_scores(  # type: ignore[no-untyped-def] # noqa: C901
    grid, low, high, offsets, src, tgt, src_astray, tgt_astray, types
):
    rows = low.shape[0]
    span = grid.shape[1]
    scores = np.full((grid.shape[0], types.shape[0]), -np.inf, np.float32)
    for i in range(rows):
        for j in range(low[i], high[i] + 1):
            node = offsets[i] + j - low[i]
            for k in range(types.shape[0]):
                a, b = types[k, 0], types[k, 1]
                if a == 0 or b == 0:
                    if i + a < src.shape[0] and j + b < tgt.shape[0]:
                        scores[node, k] = NULL_SCORE
                    continue
                if a > span or b > span:
                    continue
                cosine = grid[node, a - 1, b - 1]
                if np.isnan(cosine):
                    continue
                if src_astray[i + a] > src_astray[i] or tgt_astray[j + b] > tgt_astray[j]:
                    scores[node, k] = LAST_RESORT  # unless a person says so
                    continue
                total = 0.0
                count = 0
                if j > low[i]:
                    x = grid[node - 1, a - 1, 0]
                    if not np.isnan(x):
                        total += x
                        count += 1
                if j + b <= high[i]:
                    x = grid[node + b, a - 1, 0]
                    if not np.isnan(x):
                        total += x
                        count += 1
                if i > 0 and j >= low[i - 1] and j <= high[i - 1]:
                    x = grid[offsets[i - 1] + j - low[i - 1], 0, b - 1]
                    if not np.isnan(x):
                        total += x
                        count += 1
                if i + a < rows and j >= low[i + a] and j <= high[i + a]:
                    x = grid[offsets[i + a] + j - low[i + a], 0, b - 1]
                    if not np.isnan(x):
                        total += x
                        count += 1
                neighbour = total / count if count > 0 else NO_NEIGHBOUR
                x = src[i + a] - src[i]
                y = tgt[j + b] - tgt[j]
                balance = np.log2(1.0 + min(x, y) / max(x, y))
                scores[node, k] = (cosine - NEIGHBOUR_SHARE * neighbour) * balance
    return scores
