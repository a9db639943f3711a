"""Where the path may go: a window of target positions for each source position, in sections.

A *node* (i, j) lies between segments: i source and j target segments are done. A row i of
the band is a window of nodes [low[i], high[i]]. Between two anchors the windows cover the
whole rectangle, so a missing chapter (few rows, thousands of columns, or the reverse) costs
its length and no more.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from aligner.engine.search.anchors import RECTANGLE, Chain
from aligner.engine.sides import Ints

MARGIN = 7  # nodes to either side of the anchors' rectangle
# A rectangle without anchors that is too large to be searched whole is searched along its diagonal
# where anchors are rare, as in a language that nobody prepared.
REACH = 64  # nodes to either side of the diagonal, at the least
TALLEST = 1 << 14  # segments; in longer ones it is not likely to pass near the translations
OBLONG = 2  # times as long as wide, beyond which one side lacks something
MISSING = 20  # anchors to expect in it, by their number in the text, beyond which nothing matches
SECTION = 2000  # source segments of a section: enough to learn its habits, small in memory
SUPPORT = 4  # anchors in a row, one segment apart, that make a sure cut
# Where a section without a sure cut gets so many times as long, an anchor is enough whose
# neighbours are as far from it in one text as in the other, give or take that share.
LONG = 2
SLANT = 0.1


@dataclass(frozen=True, slots=True)
class Band:
    """Windows of a section: int64 (n + 1,) each; row i holds nodes low[i] .. high[i] inclusive."""

    low: Ints
    high: Ints

    @property
    def offsets(self) -> Ints:
        """Where each row begins in an array of all nodes: int64 (n + 2,)."""
        return np.concatenate([[0], np.cumsum(self.high - self.low + 1)])


@dataclass(frozen=True, slots=True)
class Section:
    """A rectangle of the two texts whose corners are surely on the path."""

    src_start: int
    src_stop: int
    tgt_start: int
    tgt_stop: int


def sections(chain: Chain, n: int, m: int, size: int = SECTION) -> Iterator[Section]:
    """Cut the texts, n and m segments long, at sure anchors into sections of about `size`."""
    sure, likely = _cuts(np.diff(chain.src), np.diff(chain.tgt))
    i = j = 0
    enough = dict.fromkeys(likely.tolist(), LONG * size) | dict.fromkeys(sure.tolist(), size)
    for at in sorted(enough):
        a, b = int(chain.src[at]), int(chain.tgt[at])
        far = max(a - i, b - j) >= enough[at]
        if far and max(n - a, m - b) >= size // 2:
            yield Section(i, a, j, b)
            i, j = a, b
    yield Section(i, n, j, m)


def _cuts(src_steps: Ints, tgt_steps: Ints) -> tuple[Ints, Ints]:
    """Find the anchors where texts may be cut, surely and likely, by the steps between anchors."""
    steps = (src_steps == 1) & (tgt_steps == 1)
    run = np.convolve(steps, np.ones(SUPPORT, int)) if len(steps) >= SUPPORT else np.empty(0)
    ends = np.nonzero(run[: len(steps)] == SUPPORT)[0]  # steps[e - SUPPORT + 1 .. e] all hold
    slant = np.abs(src_steps - tgt_steps) - SLANT * np.minimum(src_steps, tgt_steps)
    straight = slant <= 1
    return ends - SUPPORT // 2 + 1, np.nonzero(straight[:-1] & straight[1:])[0] + 1


def lay_band(chain: Chain, section: Section, margin: int = MARGIN) -> Band:
    """Lay the band of a section around its anchors; positions count from the section's corner."""
    n, m = section.src_stop - section.src_start, section.tgt_stop - section.tgt_start
    src, tgt = chain.src - section.src_start, chain.tgt - section.tgt_start
    inside = (src >= 0) & (src <= n) & (tgt >= 0) & (tgt <= m)
    corners_i = np.concatenate([[0], src[inside], [n]])
    corners_j = np.concatenate([[0], tgt[inside], [m]])
    low = np.full(n + 1, m, np.int64)
    high = np.zeros(n + 1, np.int64)
    for i0, i1, j0, j1 in zip(
        corners_i[:-1], corners_i[1:], corners_j[:-1], corners_j[1:], strict=True
    ):
        rows = np.arange(i0, i1 + 1)
        left, right = _between(chain, i1 - i0, j1 - j0)
        low[rows] = np.minimum(low[rows], j0 + left - margin)
        high[rows] = np.maximum(high[rows], j0 + right + margin)
    # An anchor may be wrong: rows near it see what its neighbours see.
    low = _spread(low, margin, np.minimum)
    high = _spread(high, margin, np.maximum)
    low = np.clip(np.minimum.accumulate(low[::-1])[::-1], 0, m)
    high = np.clip(np.maximum.accumulate(high), 0, m)
    low[0], high[-1] = 0, m
    return Band(low, high)


def _between(chain: Chain, height: int, width: int) -> tuple[Ints, Ints]:
    """Say which nodes of a rectangle without anchors are open: the first and last of each row.

    Args:
        chain: all anchors.
        height: of the rectangle, in segments; it has one row more.
        width: likewise.
    """
    rows = np.arange(height + 1)
    left, right = np.zeros(height + 1, np.int64), np.full(height + 1, width)
    if height * width > RECTANGLE:
        if _is_searched(chain, height, width):
            middle = rows * width // height
            reach = max(REACH, RECTANGLE // height)
            left, right = np.maximum(middle - reach, 0), np.minimum(middle + reach, width)
        else:
            right[:-1] = 0  # leave out the one side, then the other
    return left, right


def _is_searched(chain: Chain, height: int, width: int) -> bool:
    """Tell whether a large rectangle may hold translations though it has no anchor."""
    if height > TALLEST or max(height, width) > OBLONG * min(height, width):
        return False
    if not len(chain.src):
        return True
    rate = len(chain.src) / (1 + min(np.ptp(chain.src), np.ptp(chain.tgt)))
    return bool(rate * min(height, width) < MISSING)


def _spread(values: Ints, reach: int, extreme: np.ufunc) -> Ints:
    """Take the running extreme over `reach` rows to either side."""
    result = values.copy()
    for step in range(1, min(reach, len(values) - 1) + 1):
        result[step:] = extreme(result[step:], values[:-step])
        result[:-step] = extreme(result[:-step], values[step:])
    return result
