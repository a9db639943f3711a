"""What the search finds: spans, beads, and the alignment that they make."""

from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from math import isfinite
from typing import TYPE_CHECKING

from aligner.types.codes import UnitFacts

if TYPE_CHECKING:
    from aligner.types.word_links import WordLink, WordLinks

# The most segments that one side of a bead may have: the search knows no longer ones.
MAX_SPAN = 8
# A bead that is less sure than this is worth a look ...
UNSURE = 0.8
# ... and one less sure than this is as likely wrong as right.
DOUBTFUL = 0.5
# The flag of a bead that a person fixed.
PINNED = "pinned"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A run of adjacent segments, `[start, stop)`. An empty span still has a place."""

    start: int
    stop: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.stop:
            raise ValueError(f"span [{self.start}, {self.stop}) is no interval")

    def __len__(self) -> int:
        return self.stop - self.start

    def __bool__(self) -> bool:
        return self.stop > self.start


@dataclass(frozen=True, slots=True)
class Bead:
    """A source span and a target span that translate each other; one may be empty (a null).

    Args:
        src, tgt: spans over the two documents' segments.
        score: the model's log-potential of the bead; higher is better, no fixed range.
        confidence: probability in [0, 1] that this bead is right as it stands.
        flags: short reasons to look again ("moved", "pinned", …), sorted.
        facts: what the unit of a memory that it was read from says of itself.
    """

    src: Span
    tgt: Span
    score: float = 0.0
    confidence: float = 1.0
    flags: tuple[str, ...] = ()
    facts: UnitFacts | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        if not self.src and not self.tgt:
            raise ValueError("a bead needs at least one segment")
        if not 0.0 <= self.confidence <= 1.0:
            raise ValueError(f"confidence {self.confidence} is not in [0, 1]")
        if not isfinite(self.score):
            raise ValueError(f"score {self.score} is not finite")

    @property
    def kind(self) -> str:
        """The bead type, "source-target", such as "1-1", "2-1" or "0-1"."""
        return f"{len(self.src)}-{len(self.tgt)}"

    @property
    def is_null(self) -> bool:
        """Whether one side is empty: an omission or an addition."""
        return not self.src or not self.tgt


@dataclass(frozen=True, slots=True)
class Move:
    """A source span and a target span that match but stand out of order; both are null runs."""

    src: Span
    tgt: Span
    score: float


@dataclass(frozen=True)
class Alignment:
    """The beads of one document pair, in order: every segment of both sides in exactly one.

    `links` are the words of its beads that translate each other, where they were asked for.
    `encoded` is how many texts, segments and spans, an encoder was given that cannot tell a
    span's vector from its segments'; 0 of one that can.
    """

    beads: tuple[Bead, ...]
    n_src: int
    n_tgt: int
    moves: tuple[Move, ...] = ()
    links: "WordLinks | None" = field(default=None, compare=False, repr=False)
    encoded: int = field(default=0, compare=False, repr=False)

    def __post_init__(self) -> None:
        src = tgt = 0
        for bead in self.beads:
            if bead.src.start != src or bead.tgt.start != tgt:
                raise ValueError(
                    f"bead {bead.src}:{bead.tgt} does not follow segment {src}:{tgt}: "
                    "a gap or an overlap"
                )
            src, tgt = bead.src.stop, bead.tgt.stop
        if (src, tgt) != (self.n_src, self.n_tgt):
            raise ValueError(f"beads end at {src}:{tgt}, the texts at {self.n_src}:{self.n_tgt}")
        for move in self.moves:
            if move.src.stop > src or move.tgt.stop > tgt or not isfinite(move.score):
                raise ValueError(f"{move} is not in the texts")

    def __len__(self) -> int:
        return len(self.beads)

    def word_links(self, bead: Bead) -> "tuple[WordLink, ...]":
        """Return the bead's words that translate each other; none where none were asked for."""
        return tuple(self.links.of(bead.src.start, bead.src.stop)) if self.links else ()

    @cached_property
    def expected_errors(self) -> float:
        """The expected number of wrong beads: the sum of 1 - confidence."""
        return sum(1.0 - bead.confidence for bead in self.beads)

    @cached_property
    def doubtful(self) -> tuple[int, ...]:
        """Bead indices in the order in which they are worth checking, least sure first."""
        return tuple(sorted(range(len(self.beads)), key=lambda i: self.beads[i].confidence))


@dataclass(frozen=True, slots=True)
class Constraints:
    """What an alignment must obey, whatever the evidence says.

    Args:
        pins: pairs of spans, each of which is a bead, in order.
        cuts: boundaries, as the source and the target segment after them. Where both are said
            they are one boundary; None says nothing of that side.
        forbids: pairs of spans that do not belong together: no bead holds all their segments.
            Of a pair with an empty span, the segments are not without a counterpart.
    """

    pins: tuple[tuple[Span, Span], ...] = ()
    cuts: tuple[tuple[int | None, int | None], ...] = ()
    forbids: tuple[tuple[Span, Span], ...] = ()

    def __post_init__(self) -> None:
        for before, after in pairwise(self.fixed):
            if before[0].stop > after[0].start or before[1].stop > after[1].start:
                raise ValueError(f"{before} and {after} contradict each other")

    @property
    def fixed(self) -> tuple[tuple[Span, Span], ...]:
        """The pins and, as empty spans, the boundaries known on both sides, in order."""
        known = ((Span(i, i), Span(j, j)) for i, j in self.cuts if i is not None and j is not None)
        return tuple(sorted({*self.pins, *known}))
