"""What corrections mean for two documents: constraints, and what cannot be one."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from aligner.corrections.quote_locator import QuoteLocator
from aligner.errors import CorrectionError
from aligner.types import (
    CORRECTION_LISTS,
    Alignment,
    Constraints,
    Correction,
    CorrectionKind,
    Document,
    Placed,
    Quote,
    Span,
)

CHOOSE = "take one of them out of the corrections file"


@dataclass(frozen=True, slots=True)
class Bound(Constraints):
    """What corrections mean for two documents; and all of them, with their places."""

    placed: tuple[Placed, ...] = ()

    @property
    def missed(self) -> tuple[Placed, ...]:
        """The corrections that stand nowhere in the documents."""
        return tuple(each for each in self.placed if each.reason)


def bind(corrections: Sequence[Correction], src: Document, tgt: Document) -> Bound:
    """Find where corrections stand in two documents.

    Args:
        corrections: in the order of the texts, as the page writes them; where a text repeats
            itself and `after` does not tell, the first place after the correction before.
        src: the source, with its segments.
        tgt: the target.

    Raises:
        CorrectionError: two of them contradict each other.
    """
    locators = QuoteLocator(src.texts), QuoteLocator(tgt.texts)
    placed: list[Placed] = []
    found: dict[CorrectionKind, list[_Found]] = {kind: [] for kind in CORRECTION_LISTS}
    for kind, here in found.items():
        reached = 0, 0
        for correction in (each for each in corrections if each.kind == kind):
            first, why = locators[0].find(correction.src, reached[0])
            second, why_not = locators[1].find(correction.tgt, reached[1])
            if first is None or second is None:
                placed.append(Placed(correction, reason=why or why_not))
            else:
                # A side of which a cut says nothing stands at 0.
                reached = first.stop or reached[0], second.stop or reached[1]
                here.append(_Found(first, second, correction))
                placed.append(_placed(here[-1]))
    pins = _in_order(found["pin"], found["cut"])
    _refuse_broken(pins, found["cut"], found["forbid"])
    return Bound(
        tuple((each.src, each.tgt) for each in pins),
        tuple(_cut(each) for each in found["cut"]),
        tuple((each.src, each.tgt) for each in found["forbid"]),
        tuple(placed),
    )


def check(bound: Bound, alignment: Alignment, src: Document, tgt: Document) -> None:
    """Make sure that the alignment made under corrections joins nothing that they forbid.

    Raises:
        CorrectionError: nothing else was left for the segments of a forbid.
    """
    beads = _Row([(bead.src, bead.tgt) for bead in alignment.beads])
    for source, target in bound.forbids:
        if beads.holding(source, target) is not None:
            forbid = Correction("forbid", _quote(src, source), _quote(tgt, target))
            raise CorrectionError(
                f"nothing else is possible for these segments: {forbid}", "", CHOOSE
            )


def _quote(document: Document, span: Span) -> Quote:
    return Quote(tuple(document.texts[span.start : span.stop]))


class _Found(NamedTuple):
    """A correction and where it stands."""

    src: Span
    tgt: Span
    correction: Correction


def _cut(found: _Found) -> tuple[int | None, int | None]:
    """Return the boundary on either side; None where the correction says nothing of it."""
    src, tgt = found.correction.src, found.correction.tgt
    return (
        found.src.start if src.texts or src.after else None,
        found.tgt.start if tgt.texts or tgt.after else None,
    )


def _placed(found: _Found) -> Placed:
    if found.correction.kind != "cut":
        return Placed(found.correction, found.src, found.tgt)
    known = [position is not None for position in _cut(found)]
    return Placed(
        found.correction, found.src if known[0] else None, found.tgt if known[1] else None
    )


def _in_order(pins: Sequence[_Found], cuts: Sequence[_Found]) -> list[_Found]:
    """Return the pins in order, each once; refuse what shares a segment or crosses."""
    distinct = {(pin.src, pin.tgt): pin for pin in pins}
    both = dict(distinct)
    for cut in cuts:
        i, j = _cut(cut)
        if i is not None and j is not None:
            both[Span(i, i), Span(j, j)] = cut
    for before, after in pairwise(sorted(both)):
        if before[0].stop > after[0].start or before[1].stop > after[1].start:
            raise _contradiction(both[before], both[after])
    return [distinct[spans] for spans in sorted(distinct)]


def _refuse_broken(
    pins: Sequence[_Found], cuts: Sequence[_Found], forbids: Sequence[_Found]
) -> None:
    """Refuse a cut inside a pin, and a forbid of what is pinned."""
    row = _Row([(pin.src, pin.tgt) for pin in pins])
    for cut in cuts:
        for side, position in enumerate(_cut(cut)):
            at = None if position is None else row.across(side, position)
            if at is not None:
                raise _contradiction(pins[at], cut)
    for forbid in forbids:
        at = row.holding(forbid.src, forbid.tgt)
        if at is not None:
            raise _contradiction(pins[at], forbid)


def _contradiction(one: _Found, other: _Found) -> CorrectionError:
    return CorrectionError(
        f"two corrections contradict each other: {one.correction} and {other.correction}",
        "",
        CHOOSE,
    )


class _Row:
    """Pairs of spans in order, none of which cross, and a quick way to the one that matters."""

    def __init__(self, pairs: Sequence[tuple[Span, Span]]) -> None:
        self._pairs = pairs
        self._starts = tuple([pair[side].start for pair in pairs] for side in (0, 1))

    def holding(self, src: Span, tgt: Span) -> int | None:
        """Find the pair that holds all these segments; empty spans are held by empty ones."""
        side = 0 if src else 1
        at = bisect_right(self._starts[side], (src, tgt)[side].start) - 1
        if at >= 0 and all(map(_holds, self._pairs[at], (src, tgt))):
            return at
        return None

    def across(self, side: int, position: int) -> int | None:
        """Find the pair whose span on a side goes across a boundary."""
        at = bisect_right(self._starts[side], position) - 1
        if at >= 0 and self._pairs[at][side].start < position < self._pairs[at][side].stop:
            return at
        return None


def _holds(span: Span, other: Span) -> bool:
    return span.start <= other.start and other.stop <= span.stop if other else not span
