"""The closing summary: what was aligned, what was left out, and what to look at."""

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import PurePath
from typing import TYPE_CHECKING

from aligner.cli.one_sided import long_gaps, tell
from aligner.languages.language_tags import name
from aligner.types import PINNED, UNSURE, Bead, Bitext, Document, LeftOut, Span
from aligner.wording import counted, percent, shorten

if TYPE_CHECKING:
    from aligner.export.exporting import Exported

# Characters of a text that are shown: enough to find it again, and a line stays a line.
SHOWN_CHARS = 44
# The same where two stand in a line with their places.
MOVED_CHARS = 30
# Items of a list that are shown without -v.
SHOWN_ITEMS = 3
# Bead types that are named; the others are rare.
SHOWN_KINDS = 6
# Where more beads than this share may be wrong, it is said how many pairs are sure ...
MAX_WRONG_SHARE = 1 / 3
# ... and texts that have nothing to do with each other have fewer of them than this share.
MIN_SURE_SHARE = 0.05
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
        *_left_out(bitext, limit),
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
    yield from _moves(bitext, limit)


def _moves(bitext: Bitext, limit: int | None) -> Iterator[str]:
    """Quote what matches out of order, with its places."""
    moves = bitext.alignment.moves
    shown = moves[: limit or None]
    for move in shown:
        ours, theirs = _quoted(bitext.src, move.src), _quoted(bitext.tgt, move.tgt)
        yield f"Moved       source {ours} matches target {theirs}, out of order"
    if len(shown) < len(moves):
        yield f"            and {len(moves) - len(shown):,} more (all with -v)"


def _quoted(document: Document, span: Span) -> str:
    first = document.segments[span.start]
    place = document.blocks[first.block].place or _places(span)
    more = f" and {counted(len(span) - 1, 'segment')} more" if len(span) > 1 else ""
    return f"“{shorten(first.text, MOVED_CHARS)}”{more} ({place})"


def _nulls(bitext: Bitext, limit: int | None) -> Iterator[str]:
    """Count the segments without a counterpart, and list them with their places."""
    nulls = [bead for bead in bitext.alignment.beads if bead.is_null]
    gaps = long_gaps(bitext.alignment)
    omitted = sum(len(bead.src) for bead in nulls)
    added = sum(len(bead.tgt) for bead in nulls)
    if nulls:
        yield (
            f"Nulls       {counted(omitted, 'source segment')} and "
            f"{counted(added, 'target segment')} without a counterpart"
            + ("" if limit == 0 else _rest(omitted + added - sum(map(len, gaps)), limit))
        )
    yield from tell(bitext, gaps, limit)
    # What front matter and the like have is told already: it would fill the list.
    told = {bead for gap in gaps for bead in gap.beads}
    sides = ((bitext.src, "source"), (bitext.tgt, "target"))
    lost = (
        (side, document, number)
        for bead in nulls
        if bead not in told
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


def _left_out(bitext: Bitext, limit: int | None) -> Iterator[str]:
    sides = bitext.src, bitext.tgt
    pieces = [(side, piece) for side in sides for piece in side.left_out]
    if not pieces:
        return
    one_file = sides[0].origin.path == sides[1].origin.path
    yield f"Left out    {counted(len(pieces), 'piece')} of the input{_rest(len(pieces), limit)}"
    for side, piece in pieces[:limit]:
        file = "" if one_file else f"{PurePath(side.origin.path).name}, "
        yield f"            {file}{_described(piece)}"


def _described(piece: LeftOut) -> str:
    text = shorten(piece.text, SHOWN_CHARS)
    return f"{piece.place or piece.start}: {text} ({piece.reason})"


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
        yield f"            {_what_is_sure(alignment.beads)}"
    doubtful = bitext.unsure(UNSURE)
    if doubtful:
        yield f"Check       {counted(len(doubtful), 'bead')}{_rest(len(doubtful), limit)}"
    for index in doubtful[:limit]:
        yield f"            {_describe(bitext, index, alignment.beads[index])}"


def _what_is_sure(beads: tuple[Bead, ...]) -> str:
    """Say of texts of which much is doubtful what is not."""
    pairs = [bead for bead in beads if not bead.is_null]
    sure = sum(bead.confidence >= UNSURE for bead in pairs)
    if sure < MIN_SURE_SHARE * len(beads):
        return "Hardly a pair is sure: are these the right texts, in these languages?"
    return f"{sure:,} of {counted(len(pairs), 'pair')} are surer than {percent(UNSURE)}"


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
        if loss.codes:
            toll.append(f"{counted(loss.codes, 'code')} of markup not kept")
        yield f"Wrote       {names}" + (f" ({', '.join(toll)})" if toll else "")


def _places(span: Span) -> str:
    """Say which segments, counted from 1 as people do."""
    if len(span) == 1:
        return f"segment {span.stop}"
    return f"segments {span.start + 1} to {span.stop}"


def _rest(count: int, limit: int | None) -> str:
    """Say that a list goes on."""
    return f", the first {limit} (all with -v):" if limit is not None and count > limit else ":"
