r"""The values that flow through the house: plain, frozen, and never wrong once built.

Constructors enforce the invariants, so nothing downstream checks them again. All indices
and offsets are 0-based; offsets count characters (Unicode code points) of the decoded
source, after line ends were made ``\n``.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from aligner.links import WordLink, WordLinks

BlockKind = Literal["paragraph", "heading", "caption", "cue", "cell"]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a document came from: a path as the user gave it, and the SHA-256 of its bytes."""

    path: str
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph-like unit of a document; `start` is its offset in the decoded source.

    `place` says where a person finds it again ("line 12", "page 3", "chapter 2"); `column` is
    a cell's, from 1, while a table is read.
    """

    text: str
    kind: BlockKind = "paragraph"
    start: int = 0
    place: str = ""
    column: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence or shorter: `[start, stop)` in the decoded source, and its block's index.

    `text` is what `source[start:stop]` says, with runs of white space folded into one space.
    """

    text: str
    start: int
    stop: int
    block: int = 0

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.stop:
            raise ValueError(f"segment offsets [{self.start}, {self.stop}) are no interval")


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A piece of the source that is in no segment, and why ("other language", "furniture", …)."""

    text: str
    start: int
    stop: int
    reason: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One text in one language: its blocks, its segments in reading order, what was left out.

    `lang` is a BCP-47 tag in canonical case ("en", "en-GB", "zh-TW"). The two sides of a
    bilingual file are two documents with one origin; the source side carries what was left out.
    """

    blocks: tuple[Block, ...]
    lang: str
    origin: Origin
    segments: tuple[Segment, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    title: str = ""

    def __post_init__(self) -> None:
        for segment in self.segments:
            if not 0 <= segment.block < len(self.blocks):
                raise ValueError(f"segment at {segment.start} names block {segment.block}")

    @property
    def texts(self) -> list[str]:
        """The segments' texts, in order."""
        return [segment.text for segment in self.segments]


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
    """

    src: Span
    tgt: Span
    score: float = 0.0
    confidence: float = 1.0
    flags: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.src and not self.tgt:
            raise ValueError("a bead needs at least one segment")
        if not 0.0 <= self.confidence <= 1.0:
            raise ValueError(f"confidence {self.confidence} is not in [0, 1]")

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


# What a person may say of segments: they form a bead, a boundary stands before them, they do
# not translate each other; and, binding nothing, a note and a star.
CorrectionKind = Literal["pin", "cut", "forbid", "note", "star"]
# Characters of a text that a message shows: enough to find it again.
SHOWN_CHARS = 40


@dataclass(frozen=True, slots=True)
class Quote:
    """One side of a correction: its segments' texts, and the text of the segment before.

    `after` tells which one is meant where a text repeats itself; empty at the beginning, or
    where the file does not say.
    """

    texts: tuple[str, ...]
    after: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person said of some segments, which it names by their texts.

    Args:
        kind: what it is.
        src, tgt: the segments; one side may be empty.
        note: what the person wrote about it.
    """

    kind: CorrectionKind
    src: Quote
    tgt: Quote
    note: str = ""

    def __str__(self) -> str:
        source, target = (_short(" ".join(side.texts)) for side in (self.src, self.tgt))
        return f"{self.kind} {source or '-'} | {target or '-'}"


@dataclass(frozen=True, slots=True)
class Placed:
    """A correction and where it stands in two documents.

    Args:
        correction: what was said.
        src, tgt: the spans; None where it stands nowhere, and of a side of which a cut says
            nothing. A cut stands before them.
        reason: why it stands nowhere; empty where it stands.
    """

    correction: Correction
    src: Span | None = None
    tgt: Span | None = None
    reason: str = ""

    def __str__(self) -> str:
        return f"{self.correction} ({self.reason})" if self.reason else str(self.correction)


@dataclass(frozen=True, slots=True)
class Provenance:
    """How an alignment was made: enough to make it again.

    Args:
        version: of the program.
        encoder: the encoder's name.
        settings: the options that change the result, as sorted (name, value) pairs.
        created: UTC time, ISO 8601, seconds; empty where the writer should take none.
    """

    version: str
    encoder: str
    settings: tuple[tuple[str, str], ...] = ()
    created: str = ""

    @property
    def signature(self) -> str:
        """One line that names what made the alignment: `aligner:0.1.0|encoder:embedded|…`."""
        parts = [("aligner", self.version), ("encoder", self.encoder), *self.settings]
        return "|".join(f"{name}:{value}" for name, value in parts)


@dataclass(frozen=True)
class Bitext:
    """Two documents and their alignment: what every writer takes.

    `corrections` are what a person said, and where that stands in these texts.
    """

    src: Document
    tgt: Document
    alignment: Alignment
    provenance: Provenance = field(default_factory=lambda: Provenance("", ""))
    corrections: tuple[Placed, ...] = field(default=(), compare=False)

    def __post_init__(self) -> None:
        sizes = len(self.src.segments), len(self.tgt.segments)
        if sizes != (self.alignment.n_src, self.alignment.n_tgt):
            raise ValueError(f"the alignment does not fit documents of {sizes} segments")

    def src_segments(self, bead: Bead) -> Sequence[Segment]:
        """The bead's source segments, in order; empty for a null alignment."""
        return self.src.segments[bead.src.start : bead.src.stop]

    def tgt_segments(self, bead: Bead) -> Sequence[Segment]:
        """The bead's target segments, in order; empty for a null alignment."""
        return self.tgt.segments[bead.tgt.start : bead.tgt.stop]

    def src_text(self, bead: Bead) -> str:
        """The bead's source text, segments joined as its language joins sentences."""
        return join(self.src_segments(bead), self.src.lang)

    def tgt_text(self, bead: Bead) -> str:
        """The bead's target text, segments joined as its language joins sentences."""
        return join(self.tgt_segments(bead), self.tgt.lang)

    def word_links(self, bead: Bead) -> "tuple[WordLink, ...]":
        """Return the bead's words that translate each other; none where none were asked for."""
        return self.alignment.word_links(bead)

    @cached_property
    def refused(self) -> frozenset[int]:
        """Indices of the beads, but pinned ones, with a segment of a pair that a person refused."""
        src: set[int] = set()
        tgt: set[int] = set()
        for placed in self.corrections:
            if placed.correction.kind == "forbid":
                src |= _indices(placed.src)
                tgt |= _indices(placed.tgt)
        if not src and not tgt:
            return frozenset()
        return frozenset(
            index
            for index, bead in enumerate(self.alignment.beads)
            if "pinned" not in bead.flags and (src & _indices(bead.src) or tgt & _indices(bead.tgt))
        )

    def is_decided(self, index: int) -> bool:
        """Whether a bead is what is left of a refused pair, so that nobody need look again."""
        return index in self.refused and self.alignment.beads[index].is_null

    def unsure(self, below: float) -> list[int]:
        """Indices of the beads to look at, less sure than this, in the order of `doubtful`."""
        return [
            index
            for index in self.alignment.doubtful
            if self.alignment.beads[index].confidence < below and not self.is_decided(index)
        ]

    @property
    def unmatched(self) -> tuple[str, ...]:
        """Which corrections stand nowhere in these texts, and why, a line each."""
        return tuple(str(placed) for placed in self.corrections if placed.reason)

    @property
    def left_out(self) -> tuple[LeftOut, ...]:
        """What neither side holds, source first."""
        return self.src.left_out + self.tgt.left_out


# Sentences of these languages follow each other without a space.
UNSPACED = frozenset({"zh", "ja", "th"})


def separator(lang: str) -> str:
    """Return what stands between two sentences: a space, or nothing (zh, ja, th)."""
    return "" if lang.partition("-")[0] in UNSPACED else " "


def join(segments: Sequence[Segment], lang: str) -> str:
    """Join segments' texts as the language does."""
    return separator(lang).join(segment.text for segment in segments)


def _indices(span: Span | None) -> set[int]:
    return set(range(span.start, span.stop)) if span else set()


def _short(text: str) -> str:
    """Return a text's beginning on one line, without what could steer a terminal."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= SHOWN_CHARS else f"{line[: SHOWN_CHARS - 1].rstrip()}…"
