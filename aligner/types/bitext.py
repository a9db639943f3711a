"""Two documents, their alignment, and how it was made."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from aligner.types.beads import PINNED, Alignment, Bead, Span
from aligner.types.corrections import Placed
from aligner.types.documents import Document, LeftOut, Segment, join

if TYPE_CHECKING:
    from aligner.types.word_links import WordLink


@dataclass(frozen=True, slots=True)
class Provenance:
    """How an alignment was made: enough to make it again.

    Args:
        version: of the program.
        encoder: the encoder's name.
        settings: the options that change the result, as sorted (name, value) pairs.
        created: UTC time, ISO 8601, seconds; empty where the writer should take none.
        pairs: digest of the pairs of the file that this was read from; writers take their own.
        left_out: digest of its list of what was left out; "" of a format without one.
    """

    version: str
    encoder: str
    settings: tuple[tuple[str, str], ...] = ()
    created: str = ""
    pairs: str = field(default="", compare=False)
    left_out: str = field(default="", compare=False)

    @property
    def signature(self) -> str:
        """One line that names what made the alignment: `aligner:0.1.0|encoder:embedded|…`."""
        parts = [("aligner", self.version), ("encoder", self.encoder), *self.settings]
        digests = ("pairs", self.pairs), ("left_out", self.left_out)
        parts += [(name, digest) for name, digest in digests if digest]
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
            if PINNED not in bead.flags and (src & _indices(bead.src) or tgt & _indices(bead.tgt))
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

    def swapped(self) -> "Bitext":
        """Return the bitext from the target's side."""
        whole = self.alignment
        alignment = replace(
            whole,
            beads=tuple(
                replace(bead, src=bead.tgt, tgt=bead.src, facts=bead.facts and bead.facts.swapped())
                for bead in whole.beads
            ),
            n_src=whole.n_tgt,
            n_tgt=whole.n_src,
            moves=tuple(replace(move, src=move.tgt, tgt=move.src) for move in whole.moves),
        )
        return replace(self, src=self.tgt, tgt=self.src, alignment=alignment)

    @property
    def unmatched(self) -> tuple[str, ...]:
        """Which corrections stand nowhere in these texts, and why, a line each."""
        return tuple(str(placed) for placed in self.corrections if placed.reason)

    @property
    def left_out(self) -> tuple[LeftOut, ...]:
        """What neither side holds, source first."""
        return self.src.left_out + self.tgt.left_out


def _indices(span: Span | None) -> set[int]:
    return set(range(span.start, span.stop)) if span else set()
