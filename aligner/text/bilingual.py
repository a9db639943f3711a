"""One file that holds a text and its translation: find the two, and report the rest.

Two layouts. *Sequential*: one language after the other; the two longest runs are the texts,
what stands before, between and after them is left out. *Alternating*: block by block or
line by line; each block goes to the side of its language.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from aligner.errors import LanguageError
from aligner.text import furniture
from aligner.text.evidence import Pair, Weight, find_pair, weigh
from aligner.text.tags import name
from aligner.types import Block, Document, LeftOut

Layout = Literal["auto", "sequential", "alternating"]

# In the sequential layout each text's run holds at least this share of what the file has
# in its language; menus and links around the texts make it less than all.
MIN_RUN_SHARE = 0.6
# In the alternating layout the language changes at least this often for each block of the
# rarer language (twice where every block is followed by its translation).
MIN_SWITCHES = 0.7
# Blocks take turns strictly when this share of the letters stands where the turn says.
MIN_TURNS = 0.95
# Heads longer than this (blocks before the first sentence) are no heads: a list, a poem.
MAX_HEAD = 15

_GIVE_TWO = "give a second file, or name the languages with --src-lang and --tgt-lang"


@dataclass(frozen=True, slots=True)
class _Side:
    """One text's blocks, by index in the file."""

    lang: str
    indices: tuple[int, ...]


def split_bilingual(
    document: Document,
    src_lang: str | None = None,
    tgt_lang: str | None = None,
    layout: Layout = "auto",
) -> tuple[Document, Document]:
    """Split a document that holds a text and its translation.

    Args:
        document: the whole file's blocks, as a reader gives them.
        src_lang: tag of the source; found where it is None. The first language of the
            file is the source where neither is given.
        tgt_lang: tag of the target.
        layout: how the two stand in the file; "auto" finds out.

    Returns:
        Source and target, not segmented; the source carries what was left out, with
        reasons. Both keep their blocks' offsets and places in the file.

    Raises:
        LanguageError: not two languages, or not the ones that were asked for.
    """
    blocks = document.blocks
    where = document.origin.path
    pair = find_pair([block.text for block in blocks], where, src_lang, tgt_lang)
    weights = weigh(blocks, pair)
    if not any(weight.first > 0 for weight in weights):
        raise LanguageError(f"no text in {name(pair.first)} was found", where, _GIVE_TWO)
    if not any(weight.second > 0 for weight in weights):
        raise LanguageError(f"no text in {name(pair.second)} was found", where, _GIVE_TWO)
    if layout == "auto":
        layout = detect_layout(weights)
    if layout == "alternating":
        sides, left = _alternating(blocks, weights, pair)
    else:
        sides, left = _sequential(blocks, weights, pair)
    if src_lang is None and tgt_lang is None:
        sides = sorted(sides, key=lambda side: side.indices[0])
    return _build(document, sides, left)


def detect_layout(weights: Sequence[Weight]) -> Literal["sequential", "alternating"]:
    """Say how two languages stand in a file, from its blocks' weights."""
    first, second = _best_runs(weights)
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


def _best_runs(weights: Sequence[Weight]) -> tuple[range, range]:
    """Find the longest run of the first language and of the second, in either order.

    The runs do not overlap, and their letters, foreign ones subtracted, are the most. O(n).
    """
    first = [weight.first for weight in weights]
    second = [weight.second for weight in weights]
    total, *runs = _two_runs(first, second)
    reverse_total, *reverse_runs = _two_runs(second, first)
    if reverse_total > total:
        return reverse_runs[1], reverse_runs[0]
    return runs[0], runs[1]


# A block that speaks for no language ("3", "* * *") rather belongs to a text than to
# nothing, and rather to the text that begins with it than to the one before.
_NEUTRAL = (0.0, 0.001, 0.0, 0.002, 0.0)


def _two_runs(early: Sequence[float], late: Sequence[float]) -> tuple[float, range, range]:
    """Find the best run of one language with, after it, the best of the other (Viterbi).

    The states: before, in the first run, between, in the second run, after.
    """
    scores = [0.0] + [float("-inf")] * 4
    steps: list[tuple[int, ...]] = []
    for one, other in zip(early, late, strict=True):
        came_from = tuple(max(range(state + 1), key=lambda s: (scores[s], s)) for state in range(5))
        gains = (0.0, one, 0.0, other, 0.0)
        scores = [scores[came_from[s]] + gains[s] + _NEUTRAL[s] for s in range(5)]
        steps.append(came_from)
    state = max(range(5), key=lambda s: scores[s])
    total, states = scores[state], [0] * len(steps)
    for index in range(len(steps) - 1, -1, -1):
        states[index] = state
        state = steps[index][state]
    return total, _run(states, 1), _run(states, 3)


def _run(states: list[int], state: int) -> range:
    start = states.index(state) if state in states else 0
    return range(start, start + states.count(state))


def _sequential(
    blocks: Sequence[Block], weights: Sequence[Weight], pair: Pair
) -> tuple[list[_Side], list[LeftOut]]:
    runs = _best_runs(weights)
    begin, end = min(run.start for run in runs), max(run.stop for run in runs)
    left: list[LeftOut] = []
    for index, block in enumerate(blocks):
        if not any(index in run for run in runs):
            where = "before" if index < begin else "after" if index >= end else "between"
            left.append(furniture.leave_out(block, f"{where} the texts"))
    trimmed = []
    for run in runs:
        stop = run.start + furniture.closing_start(blocks[run.start : run.stop])
        left += [furniture.leave_out(blocks[i], "page furniture") for i in range(stop, run.stop)]
        trimmed.append(tuple(range(run.start, stop)))
    first, second, unmatched = _match_heads(blocks, *trimmed)
    return [_Side(pair.first, first), _Side(pair.second, second)], left + unmatched


def _match_heads(
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
    if not all(kept):
        reasons |= dict.fromkeys(kept[0] + kept[1], "heading without a counterpart")
    left = [furniture.leave_out(blocks[index], reason) for index, reason in reasons.items()]
    first, second = (tuple(i for i in side if i not in reasons) for side in (first, second))
    return first, second, left


def _head(blocks: Sequence[Block], indices: Sequence[int]) -> list[int]:
    """Return the blocks before a text's first sentence; none where that is far away."""
    head: list[int] = []
    for index in indices[: MAX_HEAD + 1]:
        text = blocks[index].text
        if furniture.is_sentence(text) and not furniture.is_credit(text):
            return head
        head.append(index)
    return []


def _alternating(
    blocks: Sequence[Block], weights: Sequence[Weight], pair: Pair
) -> tuple[list[_Side], list[LeftOut]]:
    strict = _strict_sides(weights)
    if strict:
        return [_Side(pair.first, strict[0]), _Side(pair.second, strict[1])], []
    first: list[int] = []
    second: list[int] = []
    left: list[LeftOut] = []
    side = first if next(w.first for w in weights if w.first or w.second) > 0 else second
    for index, (block, weight) in enumerate(zip(blocks, weights, strict=True)):
        if weight.is_foreign:
            left.append(furniture.leave_out(block, "other language"))
            continue
        # A block that speaks for no language goes with the one before it.
        if weight.first or weight.second:
            side = first if weight.first > 0 else second
        side.append(index)
    return [_Side(pair.first, tuple(first)), _Side(pair.second, tuple(second))], left


def _strict_sides(weights: Sequence[Weight]) -> tuple[tuple[int, ...], tuple[int, ...]] | None:
    """Return the even and the odd blocks, if the languages take turns without exception.

    Then the turn tells the side of short blocks better than their words.
    """
    letters = sum(abs(weight.first) for weight in weights)
    turns = sum(-weight.first if i % 2 else weight.first for i, weight in enumerate(weights))
    if abs(turns) < MIN_TURNS * letters:
        return None
    even, odd = tuple(range(0, len(weights), 2)), tuple(range(1, len(weights), 2))
    return (even, odd) if turns > 0 else (odd, even)


def _build(
    document: Document, sides: Sequence[_Side], left: Iterable[LeftOut]
) -> tuple[Document, Document]:
    blocks = document.blocks
    begin = min(side.indices[0] for side in sides)
    title = document.title or _title(blocks[: begin + 1])
    src, tgt = (
        replace(
            document,
            blocks=tuple(blocks[i] for i in side.indices),
            lang=side.lang,
            segments=(),
            left_out=(),
            title=title,
        )
        for side in sides
    )
    in_order = tuple(sorted((*document.left_out, *left), key=lambda piece: piece.start))
    return replace(src, left_out=in_order), tgt


def _title(blocks: Iterable[Block]) -> str:
    """Return the first heading that is no credit line."""
    return next(
        (b.text for b in blocks if b.kind == "heading" and not furniture.is_credit(b.text)), ""
    )
