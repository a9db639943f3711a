"""Score an alignment against gold: strict and lax precision, recall and F1.

The definitions are those the field compares itself by (Thompson and Koehn 2019, "Vecalign",
section 4.3, and the scorer published with it). Counts are pooled over documents; a figure
is never a mean of other figures.

- A bead is right **strictly** when gold has exactly this bead.
- A bead is right **laxly** when it is strictly right, or when one of its source segments and
  one of its target segments stand in one bead on the other side. The translations of a source
  segment are gathered over all beads that hold it; a null alignment can only be right strictly.
- Precision asks every bead of the test, null alignments among them; recall asks the gold
  beads that have both sides, and there the test's null alignments do not count either.
- F1 is the harmonic mean of the pooled precision and recall; a ratio with nothing below the
  line is 0.
"""

import re
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from typing import Self

from aligner.errors import ReadError
from aligner.types import Alignment

_LINE = re.compile(r"\s*\[([\d,\s]*)\]\s*:\s*\[([\d,\s]*)\]")


@dataclass(frozen=True, slots=True)
class Link:
    """A bead named by its segments' 0-based numbers alone, as gold files name them.

    Unlike a `Bead` it may skip a segment, stand anywhere, or be there twice: gold made by
    people does all of this.
    """

    src: tuple[int, ...]
    tgt: tuple[int, ...]

    @property
    def is_null(self) -> bool:
        """Whether one side is empty."""
        return not self.src or not self.tgt


@dataclass(frozen=True, slots=True)
class Counts:
    """How many beads were asked and how many were right; counts of documents add up.

    Args:
        test: beads of the test, null alignments among them.
        test_strict, test_lax: those of them that gold confirms.
        gold: gold beads with both sides.
        gold_strict, gold_lax: those of them that the test found.
    """

    test: int = 0
    test_strict: int = 0
    test_lax: int = 0
    gold: int = 0
    gold_strict: int = 0
    gold_lax: int = 0

    def __add__(self, other: Self) -> "Counts":
        return Counts(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))


@dataclass(frozen=True, slots=True)
class Measure:
    """Precision and recall in [0, 1], and their harmonic mean."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 0 where both are 0."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The strict and the lax measure of one or many documents, and the counts behind them."""

    strict: Measure
    lax: Measure
    counts: Counts


def evaluate(pairs: Iterable[tuple[Iterable[Link], Iterable[Link]]]) -> Evaluation:
    """Score documents together.

    Args:
        pairs: the gold beads and the test beads of each document.

    Returns:
        The measures of the pooled counts.
    """
    total = sum((count(gold, test) for gold, test in pairs), Counts())
    return Evaluation(
        strict=Measure(
            _ratio(total.test_strict, total.test), _ratio(total.gold_strict, total.gold)
        ),
        lax=Measure(_ratio(total.test_lax, total.test), _ratio(total.gold_lax, total.gold)),
        counts=total,
    )


def count(gold: Iterable[Link], test: Iterable[Link]) -> Counts:
    """Count one document's right beads; a bead given twice counts once, an empty one never."""
    wanted = {link for link in gold if link.src or link.tgt}
    found = {link for link in test if link.src or link.tgt}
    wanted_whole = {link for link in wanted if not link.is_null}
    found_whole = {link for link in found if not link.is_null}
    return Counts(
        len(found), *_right(found, wanted), len(wanted_whole), *_right(wanted_whole, found_whole)
    )


def links(alignment: Alignment) -> list[Link]:
    """Name an alignment's beads by their segments' numbers."""
    return [
        Link(
            tuple(range(bead.src.start, bead.src.stop)), tuple(range(bead.tgt.start, bead.tgt.stop))
        )
        for bead in alignment.beads
    ]


def parse_links(lines: Iterable[str], where: str = "") -> list[Link]:
    """Read beads, one a line: `[0, 1]:[0]`, with anything after it (a score) left alone.

    Args:
        lines: the file's lines; blank ones are passed over.
        where: the file's name, for the error.

    Raises:
        ReadError: a line is no bead.
    """
    found = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        match = _LINE.match(line)
        if match is None:
            raise ReadError(
                f"{line.strip()[:40]!r} is no bead",
                f"{where}, line {number}" if where else f"line {number}",
                "write one bead a line, like [0, 1]:[0]",
            )
        found.append(Link(_numbers(match[1]), _numbers(match[2])))
    return found


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(number) for number in text.split(",") if number.strip())


def _right(asked: set[Link], against: set[Link]) -> tuple[int, int]:
    """Count the asked beads that the others confirm: strictly, and laxly."""
    translations: dict[int, set[int]] = {}
    for link in against:
        for source in link.src:
            translations.setdefault(source, set()).update(link.tgt)
    exact = asked & against
    near = sum(
        any(not translations.get(source, set()).isdisjoint(link.tgt) for source in link.src)
        for link in asked - exact
    )
    return len(exact), len(exact) + near


def _ratio(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
