"""Where one text goes on alone: what the summary says of it, in the words of a reader."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from aligner.languages.language_tags import plain_name
from aligner.types import Alignment, Bead, Bitext, Document, Span
from aligner.wording import counted, shorten

# Segments from which a run without a counterpart is no omission here and there.
LONG = 20
# Characters of a quotation: enough to find it again.
QUOTED_CHARS = 40


@dataclass(frozen=True, slots=True)
class Gap:
    """A run of segments of one side that have no counterpart.

    Args:
        side: "src" or "tgt".
        span: the segments.
        beads: theirs.
        first, last: whether nothing of the other side stands before it, or behind it.
    """

    side: str
    span: Span
    beads: tuple[Bead, ...]
    first: bool
    last: bool

    def __len__(self) -> int:
        return len(self.span)


def long_gaps(alignment: Alignment) -> list[Gap]:
    """Return the runs of nulls of one side that have LONG segments or more, in order."""
    gaps = []
    for side, run in groupby(alignment.beads, key=_alone):
        beads = tuple(run)
        if not side:
            continue
        ours, theirs = (
            Span(getattr(beads[0], each).start, getattr(beads[-1], each).stop)
            for each in ((side, "tgt") if side == "src" else (side, "src"))
        )
        end = alignment.n_tgt if side == "src" else alignment.n_src
        if len(ours) >= LONG:
            gaps.append(Gap(side, ours, beads, theirs.start == 0, theirs.start == end))
    return gaps


def _alone(bead: Bead) -> str:
    return "src" if not bead.tgt else "tgt" if not bead.src else ""


def tell(bitext: Bitext, gaps: Sequence[Gap], limit: int | None) -> Iterator[str]:
    """Say where one of the texts goes on alone, the longest runs first.

    Args:
        bitext: what came out.
        gaps: of its alignment.
        limit: how many to tell; None for all.
    """
    by_length = sorted(gaps, key=len, reverse=True)
    for gap in by_length[: limit or None]:
        yield f"            {_told(bitext, gap)}"
    if limit and len(gaps) > limit:
        yield f"            and {len(gaps) - limit:,} shorter such stretches (all with -v)"


def _told(bitext: Bitext, gap: Gap) -> str:
    own, other = (bitext.src, bitext.tgt) if gap.side == "src" else (bitext.tgt, bitext.src)
    ours, theirs = _named(own, other, gap.side)
    count = counted(len(gap), "segment")
    if gap.first and gap.last:
        return f"nothing of {ours} has a counterpart"
    if gap.last:
        return f"{ours} goes on for {count} behind the end of {theirs}"
    if gap.first:
        return f"{ours} begins {count} before {theirs}"
    start = own.segments[gap.span.start]
    place = own.blocks[start.block].place or f"segment {gap.span.start + 1}"
    quoted = shorten(start.text, QUOTED_CHARS)
    return f"{ours} has {count} that {theirs} lacks, from “{quoted}” ({place})"


def _named(own: Document, other: Document, side: str) -> tuple[str, str]:
    """Call the texts by their languages; by their sides where these are not known, or one."""
    names = tuple(plain_name(each.lang) if each.lang else "" for each in (own, other))
    if all(names) and names[0] != names[1]:
        return f"the {names[0]} text", f"the {names[1]} one"
    sides = ("source", "target") if side == "src" else ("target", "source")
    return f"the {sides[0]}", f"the {sides[1]}"
