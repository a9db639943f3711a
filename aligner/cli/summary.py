"""The closing summary: what was aligned, what was left out, and what to look at."""

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from aligner.languages.language_tags import name
from aligner.types import PINNED, UNSURE, Bead, Bitext, LeftOut, Span
from aligner.wording import counted, percent, shorten

if TYPE_CHECKING:
    from aligner.export.exporting import Exported

# Characters of a text that are shown: enough to find it again, and a line stays a line.
SHOWN_CHARS = 44
# Items of a list that are shown without -v.
SHOWN_ITEMS = 3
# Bead types that are named; the others are rare.
SHOWN_KINDS = 6
# Texts that translate each other have far fewer beads that are expected to be wrong than this
# share; texts that have nothing to do with each other have more.
MAX_WRONG_SHARE = 1 / 3
# Fewer expected errors than this would be shown as 0.0, as though there were none.
HARDLY_ANY = 0.05


def summarise(
    bitext: Bitext,
    exported: "Exported",
    seconds: float,
    *,
    everything: bool = False,
) -> list[str]:
    """Describe a run in a few lines.

    Args:
        bitext: what came out.
        exported: the files that were written, and what each could not hold.
        seconds: how long it took.
        everything: whether to list all that was left out and all doubtful beads.
    """
    limit = None if everything else SHOWN_ITEMS
    return [
        *_sides(bitext, seconds),
        *beads(bitext, limit),
        *_corrected(bitext),
        *unmatched(bitext),
        *_left_out(bitext.left_out, limit),
        *_doubts(bitext, limit),
        *written(exported),
    ]


def _sides(bitext: Bitext, seconds: float) -> Iterator[str]:
    src, tgt = bitext.src, bitext.tgt
    yield (
        f"Aligned     {name(src.lang)}: {counted(len(src.segments), 'segment')} - "
        f"{name(tgt.lang)}: {counted(len(tgt.segments), 'segment')} - {seconds:.1f} s"
    )


def beads(bitext: Bitext, limit: int | None = 0) -> Iterator[str]:
    """Count the beads by type, and list what has no counterpart.

    Args:
        bitext: what came out.
        limit: segments without a counterpart to list; None for all.
    """
    alignment = bitext.alignment
    kinds = Counter(bead.kind for bead in alignment.beads if not bead.is_null)
    types = [f"{count:,} x {kind}" for kind, count in kinds.most_common(SHOWN_KINDS)]
    rest = kinds.total() - sum(count for _, count in kinds.most_common(SHOWN_KINDS))
    types += [f"{rest:,} of other types"] if rest else []
    nulls = len(alignment) - kinds.total()
    types += [counted(nulls, "null")] if nulls else []
    yield f"Beads       {len(alignment):,}" + (f": {', '.join(types)}" if types else "")
    yield from _nulls(bitext, limit)
    for move in alignment.moves:
        yield (
            f"Moved       source {_places(move.src)} matches "
            f"target {_places(move.tgt)}, out of order"
        )


def _nulls(bitext: Bitext, limit: int | None) -> Iterator[str]:
    """Count the segments without a counterpart, and list them with their places."""
    nulls = [bead for bead in bitext.alignment.beads if bead.is_null]
    omitted = sum(len(bead.src) for bead in nulls)
    added = sum(len(bead.tgt) for bead in nulls)
    if nulls:
        yield (
            f"Nulls       {counted(omitted, 'source segment')} and "
            f"{counted(added, 'target segment')} without a counterpart"
            + ("" if limit == 0 else _rest(omitted + added, limit))
        )
    sides = ((bitext.src, "source"), (bitext.tgt, "target"))
    lost = (
        (side, document, number)
        for bead in nulls
        for (document, side), span in zip(sides, (bead.src, bead.tgt), strict=True)
        for number in range(span.start, span.stop)
    )
    for side, document, number in islice(lost, limit):
        segment = document.segments[number]
        place = document.blocks[segment.block].place or f"segment {number + 1}"
        yield f"            {side} {place}: {shorten(segment.text, SHOWN_CHARS)}"


def _corrected(bitext: Bitext) -> Iterator[str]:
    fixed = sum(PINNED in bead.flags for bead in bitext.alignment.beads)
    refused = sum(
        placed.correction.kind == "forbid" and not placed.reason for placed in bitext.corrections
    )
    said = [f"{counted(fixed, 'bead')} fixed"] if fixed else []
    said += [f"{counted(refused, 'pair')} refused"] if refused else []
    if said:
        yield f"Corrected   {', '.join(said)} by a person"


def unmatched(bitext: Bitext) -> Iterator[str]:
    """List the corrections that stand nowhere in the texts: all, and with --quiet too."""
    if bitext.unmatched:
        yield f"Not found   {counted(len(bitext.unmatched), 'correction')}, and not obeyed:"
    for line in bitext.unmatched:
        yield f"            {line}"


def _left_out(pieces: tuple[LeftOut, ...], limit: int | None) -> Iterator[str]:
    if not pieces:
        return
    yield f"Left out    {counted(len(pieces), 'piece')} of the input{_rest(len(pieces), limit)}"
    for piece in pieces[:limit]:
        text = shorten(piece.text, SHOWN_CHARS)
        yield f"            {piece.place or piece.start}: {text} ({piece.reason})"


def _doubts(bitext: Bitext, limit: int | None) -> Iterator[str]:
    alignment = bitext.alignment
    if not alignment.beads:
        return
    wrong = alignment.expected_errors
    about = "hardly any" if wrong < HARDLY_ANY else f"about {wrong:.1f}"
    yield (
        f"Confidence  {percent(1 - wrong / len(alignment))} on average; "
        f"{about} of {counted(len(alignment), 'bead')} may be wrong"
    )
    if wrong > MAX_WRONG_SHARE * len(alignment):
        yield (
            "            The texts hardly look like translations of each other: are they the "
            "right ones, in these languages?"
        )
    doubtful = bitext.unsure(UNSURE)
    if doubtful:
        yield f"Check       {counted(len(doubtful), 'bead')}{_rest(len(doubtful), limit)}"
    for index in doubtful[:limit]:
        yield f"            {_describe(bitext, index, alignment.beads[index])}"


def _describe(bitext: Bitext, index: int, bead: Bead) -> str:
    src, tgt = (
        shorten(bitext.src_text(bead), SHOWN_CHARS),
        shorten(bitext.tgt_text(bead), SHOWN_CHARS),
    )
    sure = percent(bead.confidence)
    return f"{index + 1} ({bead.kind}, {sure}): {src or '-'} | {tgt or '-'}"


def written(exported: "Exported") -> Iterator[str]:
    """Name the files that were written, and what each could not hold."""
    for path, loss in exported.losses.items():
        names = " and ".join(map(str, exported.files[path]))
        toll = [f"{counted(loss.nulls, 'null alignment')} left out"] if loss.nulls else []
        if loss.refused:
            toll.append(f"{counted(loss.refused, 'bead')} that would be refused left out")
        if loss.characters:
            toll.append(f"{counted(loss.characters, 'character')} that it forbids taken out")
        yield f"Wrote       {names}" + (f" ({', '.join(toll)})" if toll else "")


def _places(span: Span) -> str:
    """Say which segments, counted from 1 as people do."""
    if len(span) == 1:
        return f"segment {span.stop}"
    return f"segments {span.start + 1} to {span.stop}"


def _rest(count: int, limit: int | None) -> str:
    """Say that a list goes on."""
    return f", the first {limit} (all with -v):" if limit is not None and count > limit else ":"
