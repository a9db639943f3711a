"""What two texts have above their first sentences: titles, bylines, dates; what matches stays."""

from collections.abc import Sequence
from math import log

from aligner.text.blocks import furniture
from aligner.types import Block, LeftOut

# Heads longer than this (blocks before the first sentence) are no heads: a list, a poem.
MAX_HEAD = 15
# A heading has no counterpart if without it the next pairs of blocks fit in length so much
# better (mean difference of logarithms; a factor of 1.2).
HEAD_PAIRS = 6
MIN_FIT_GAIN = 0.2


def match_heads(
    blocks: Sequence[Block], first: tuple[int, ...], second: tuple[int, ...]
) -> tuple[tuple[int, ...], tuple[int, ...], list[LeftOut]]:
    """Leave out what one text has before its first sentence and the other has not.

    Titles, bylines and dates are paired only where both texts have as many of them.
    """
    heads = [_head(blocks, first), _head(blocks, second)]
    if len(heads[0]) == len(heads[1]):
        return first, second, []
    reasons: dict[int, str] = {}
    for head in heads:
        for index in head:
            if furniture.is_credit(blocks[index].text) or furniture.is_opening(blocks[index].text):
                reasons[index] = "credit line"
    kept = [[index for index in head if index not in reasons] for head in heads]
    if len(kept[0]) != len(kept[1]):
        rest = [[i for i in side if i not in reasons] for side in (first, second)]
        lengths = [[len(blocks[i].text) for i in side] for side in rest]
        drop = best_drop(lengths[0], lengths[1], (len(kept[0]), len(kept[1])))
        odd = kept[0][: drop[0]] + kept[1][: drop[1]]
        reasons |= dict.fromkeys(odd, "heading without a counterpart")
    left = [furniture.leave_out(blocks[index], reason) for index, reason in reasons.items()]
    first, second = (tuple(i for i in side if i not in reasons) for side in (first, second))
    return first, second, left


def best_drop(
    first: Sequence[int], second: Sequence[int], most: tuple[int, int]
) -> tuple[int, int]:
    """Say how many blocks at the beginning of either text have no counterpart.

    Paragraphs that translate each other have lengths in proportion; the blocks that must go
    are those without which the next few are.

    Args:
        first: lengths of one text's blocks (characters).
        second: of the other's.
        most: how many may go on either side.
    """
    if not first or not second:
        return 0, 0
    ratio = log(sum(first) / sum(second))

    def misfit(drop: tuple[int, int]) -> float:
        pairs = list(zip(first[drop[0] :], second[drop[1] :], strict=False))[:HEAD_PAIRS]
        return sum(abs(log(a / b) - ratio) for a, b in pairs) / (len(pairs) or 1)

    options = [(n, 0) for n in range(1, most[0] + 1)] + [(0, n) for n in range(1, most[1] + 1)]
    best = min(options, key=misfit, default=(0, 0))
    return best if misfit(best) < misfit((0, 0)) - MIN_FIT_GAIN else (0, 0)


def _head(blocks: Sequence[Block], indices: Sequence[int]) -> list[int]:
    """Return the blocks before a text's first sentence; none where that is far away."""
    head: list[int] = []
    for index in indices[: MAX_HEAD + 1]:
        text = blocks[index].text
        if furniture.is_sentence(text) and not furniture.is_credit(text):
            return head
        head.append(index)
    return []
