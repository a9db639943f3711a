"""How two texts stand in one file, from what its blocks say for either language.

Two layouts: *sequential*, one text after the other, and *alternating*, by turns.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from aligner.text.bilingual.block_weights import Weight

# In the sequential layout each text's run holds at least this share of what the file has
# in its language; menus and links around the texts make it less than all.
MIN_RUN_SHARE = 0.6
# In the alternating layout the language changes at least this often for each block of the
# rarer language (twice where every block is followed by its translation).
MIN_SWITCHES = 0.7
# Blocks take turns strictly when this share of the letters, and of the blocks, stands where
# the turn says; so few blocks prove nothing.
MIN_TURNS = 0.9
MIN_STRICT_BLOCKS = 4
# A block that speaks for no language ("3", "* * *") rather belongs to a text than to
# nothing, and rather to the text that begins with it than to the one before.
_NEUTRAL = (0.0, 0.001, 0.0, 0.002, 0.0)


def detect_layout(weights: Sequence[Weight]) -> Literal["sequential", "alternating"]:
    """Say how two languages stand in a file, from its blocks' weights."""
    if len(weights) >= MIN_STRICT_BLOCKS and strict_sides(weights):
        return "alternating"
    first, second = best_runs(weights)
    kept = min(
        _kept([weight.first for weight in weights], first),
        _kept([weight.second for weight in weights], second),
    )
    sides = [weight.first > 0 for weight in weights if weight.first > 0 or weight.second > 0]
    switches = sum(a != b for a, b in pairwise(sides))
    rarer = min(sum(sides), len(sides) - sum(sides))
    if kept < MIN_RUN_SHARE and switches >= MIN_SWITCHES * rarer:
        return "alternating"
    return "sequential"


def _kept(weights: Sequence[float], run: range) -> float:
    """The share of a language's letters that stands in its run."""
    letters = [max(0.0, weight) for weight in weights]
    return sum(letters[run.start : run.stop]) / (sum(letters) or 1.0)


def best_runs(weights: Sequence[Weight], doubt: float = 0.0) -> tuple[range, range]:
    """Find the longest run of the first language and of the second, in either order.

    The runs do not overlap, and their letters, foreign ones subtracted, are the most. O(n).

    Args:
        weights: of the blocks.
        doubt: letters that must speak for it before something is left out.
    """
    first = [weight.first for weight in weights]
    second = [weight.second for weight in weights]
    total, *runs = _two_runs(first, second, doubt)
    reverse_total, *reverse_runs = _two_runs(second, first, doubt)
    if reverse_total > total:
        return reverse_runs[1], reverse_runs[0]
    return runs[0], runs[1]


def _two_runs(
    early: Sequence[float], late: Sequence[float], doubt: float
) -> tuple[float, range, range]:
    """Find the best run of one language with, after it, the best of the other (Viterbi).

    The states: before, in the first run, between, in the second run, after.
    """
    # To stand before the first run, between or after them costs the doubt, once.
    entry = (0.0, 0.0, doubt, 0.0, doubt)
    scores = [-doubt] + [float("-inf")] * 4
    scores[1] = scores[3] = 0.0
    steps: list[tuple[int, ...]] = []
    for one, other in zip(early, late, strict=True):
        came_from = tuple(_best_step(scores, entry, to) for to in range(5))
        gains = (0.0, one, 0.0, other, 0.0)
        scores = [
            scores[s] - entry[to] * (s < to) + gains[to] + _NEUTRAL[to]
            for to, s in enumerate(came_from)
        ]
        steps.append(came_from)
    state = max(range(5), key=lambda s: scores[s])
    total, states = scores[state], [0] * len(steps)
    for index in range(len(steps) - 1, -1, -1):
        states[index] = state
        state = steps[index][state]
    return total, _run(states, 1), _run(states, 3)


def _best_step(scores: Sequence[float], entry: Sequence[float], to: int) -> int:
    """Return the state from which it is best to come to `to`; a later one where two are equal."""
    return max(range(to + 1), key=lambda s: (scores[s] - entry[to] * (s < to), s))


def _run(states: list[int], state: int) -> range:
    start = states.index(state) if state in states else 0
    return range(start, start + states.count(state))


def strict_sides(weights: Sequence[Weight]) -> tuple[tuple[int, ...], tuple[int, ...]] | None:
    """Return the even and the odd blocks, if the languages take turns without exception.

    Then the turn tells the side of short blocks better than their words.
    """
    signed = [-weight.first if i % 2 else weight.first for i, weight in enumerate(weights)]
    letters = sum(map(abs, signed))
    turns = sum(signed)
    right = sum(value * turns >= 0 for value in signed)
    if not letters or abs(turns) < MIN_TURNS * letters or right < MIN_TURNS * len(signed):
        return None
    even, odd = tuple(range(0, len(weights), 2)), tuple(range(1, len(weights), 2))
    return (even, odd) if turns > 0 else (odd, even)
