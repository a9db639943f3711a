"""Rules: which checks are asked, with what limit; and what is done with the beads that fail."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from aligner.export.filters.checks import CHECKS
from aligner.formats import left_out_list
from aligner.types import Alignment, Bitext, Document, Move, Placed, Span

# What a bitext's provenance calls the rules by which it was sifted.
SETTING = "drop"


@dataclass(frozen=True, slots=True)
class Rule:
    """A check and its limit.

    Args:
        name: of the check.
        limit: None for the check's own.
    """

    name: str
    limit: float | None = None

    def __post_init__(self) -> None:
        check = CHECKS.get(self.name)
        if check is None:
            raise ValueError(f"there is no check {self.name!r}; there are {', '.join(CHECKS)}")
        if self.limit is None:
            return
        if check.limit is None:
            raise ValueError(f"the check {self.name!r} has no limit")
        low, high = check.bounds
        if not low <= self.limit <= high:
            raise ValueError(f"the limit of {self.name!r} is between {low:g} and {high:g}")

    @classmethod
    def parse(cls, text: str) -> "Rule":
        """Make a rule of what a person writes: "numbers", "unsure=0.7".

        Raises:
            ValueError: there is no such check, or its limit is none.
        """
        name, found, limit = text.partition("=")
        try:
            return cls(name, float(limit) if found else None)
        except ValueError as error:
            if not found or not str(error).startswith("could not convert"):
                raise
            raise ValueError(f"the limit {limit!r} is no number") from error

    def __str__(self) -> str:
        limit = self._limit
        return self.name if limit is None else f"{self.name}={limit:g}"

    @property
    def _limit(self) -> float | None:
        return CHECKS[self.name].limit if self.limit is None else self.limit

    def failures(self, bitext: Bitext) -> list[int]:
        """Return the indices of the beads that fail."""
        test = CHECKS[self.name].test
        return [i for i, fails in enumerate(test(bitext, self._limit or 0.0)) if fails]


@dataclass(frozen=True, slots=True)
class Dropped:
    """What is left of a bitext, and what was dropped.

    Args:
        bitext: without the beads that failed; their segments are listed as left out.
        beads: how many beads were dropped.
        counts: how many failed each check, by its name; a bead may fail several.
    """

    bitext: Bitext
    beads: int
    counts: Mapping[str, int]


def mark(bitext: Bitext, rules: Iterable[Rule]) -> Bitext:
    """Write the names of the checks that a bead fails into its flags."""
    flags = _failures(bitext, rules)
    if not flags:
        return bitext
    beads = tuple(
        replace(bead, flags=tuple(sorted({*bead.flags, *flags[i]}))) if i in flags else bead
        for i, bead in enumerate(bitext.alignment.beads)
    )
    return replace(bitext, alignment=replace(bitext.alignment, beads=beads))


def drop(bitext: Bitext, rules: Iterable[Rule]) -> Dropped:
    """Leave out the beads that fail; a segment's reason names the checks.

    The rules become a setting of the bitext's provenance, since they change what comes out.
    """
    rules = list(rules)
    if not rules:
        return Dropped(bitext, 0, {})
    failures = _failures(bitext, rules)
    counts = Counter(name for names in failures.values() for name in names)
    reasons = {i: f"dropped: {', '.join(names)}" for i, names in failures.items()}
    settings = [*bitext.provenance.settings, (SETTING, " ".join(map(str, rules)))]
    left = replace(
        leave_out(bitext, reasons),
        provenance=replace(bitext.provenance, settings=tuple(settings)),
    )
    return Dropped(left, len(failures), counts)


def _failures(bitext: Bitext, rules: Iterable[Rule]) -> dict[int, list[str]]:
    """Return the names of the checks that each bead fails, in the rules' order."""
    found: dict[int, list[str]] = defaultdict(list)
    for rule in rules:
        for index in rule.failures(bitext):
            if rule.name not in found[index]:
                found[index].append(rule.name)
    return dict(found)


def leave_out(bitext: Bitext, reasons: Mapping[int, str]) -> Bitext:
    """Return a bitext without some beads, their segments listed as left out.

    Args:
        bitext: the whole.
        reasons: why each is left out, by its index among the beads.
    """
    if not reasons:
        return bitext
    whole = bitext.alignment.beads
    src = _Renumbered(bitext.src, [bead.src for bead in whole], reasons)
    tgt = _Renumbered(bitext.tgt, [bead.tgt for bead in whole], reasons)
    beads = [
        replace(bead, src=src.renumber(bead.src), tgt=tgt.renumber(bead.tgt))
        for i, bead in enumerate(whole)
        if i not in reasons
    ]
    moves = [
        Move(src.renumber(move.src), tgt.renumber(move.tgt), move.score)
        for move in bitext.alignment.moves
        if src.keeps(move.src) and tgt.keeps(move.tgt)
    ]
    links = bitext.alignment.links
    links = links.renumbered(src.before, tgt.before) if links else None
    alignment = Alignment(tuple(beads), src.size, tgt.size, tuple(moves), links)
    corrections = tuple(_left(placed, src, tgt) for placed in bitext.corrections)
    return replace(
        bitext,
        src=src.document(),
        tgt=tgt.document(),
        alignment=alignment,
        corrections=corrections,
    )


def _left(placed: Placed, src: "_Renumbered", tgt: "_Renumbered") -> Placed:
    """Return a correction with its places among the segments that are left."""
    sides = (placed.src, src), (placed.tgt, tgt)
    if not all(span is None or side.keeps(span) for span, side in sides):
        return replace(placed, src=None, tgt=None, reason="left out of this file")
    spans = [None if span is None else side.renumber(span) for span, side in sides]
    return replace(placed, src=spans[0], tgt=spans[1])


class _Renumbered:
    """One side of a bitext, some of whose beads are left out."""

    def __init__(
        self, document: Document, spans: Sequence[Span], reasons: Mapping[int, str]
    ) -> None:
        self.whole = document
        self.gone = {
            number: reason
            for index, reason in reasons.items()
            for number in range(spans[index].start, spans[index].stop)
        }
        count = len(document.segments)
        # How many segments are kept before each, and before the end.
        self.before = [0, *accumulate(int(i not in self.gone) for i in range(count))]

    @property
    def size(self) -> int:
        return self.before[-1]

    def renumber(self, span: Span) -> Span:
        return Span(self.before[span.start], self.before[span.stop])

    def keeps(self, span: Span) -> bool:
        return len(self.renumber(span)) == len(span)

    def document(self) -> Document:
        segments = self.whole.segments
        left_out = list(self.whole.left_out)
        for number, reason in self.gone.items():
            left_out += left_out_list.pieces(self.whole, [segments[number]], reason)
        return replace(
            self.whole,
            segments=tuple(each for i, each in enumerate(segments) if i not in self.gone),
            left_out=tuple(sorted(left_out, key=lambda piece: piece.start)),
        )
