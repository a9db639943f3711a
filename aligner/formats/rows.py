"""A bitext as flat rows and back: what csv, tsv, xlsx and parquet share.

The first ten columns are for people, the others trace a row to its place in the inputs and
let the bitext be read back. Spans (`src_start` …) count segments, as `Bead` does; `chars`
are character offsets in the decoded input; `cuts` are the offsets, in the row's own cell,
at which its second, third … segment begins.
"""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import starmap
from typing import NamedTuple

from aligner.errors import ReadError
from aligner.formats.document_builder import BETWEEN, SideBuilder, codes_at_cuts, split_at_cuts
from aligner.formats.pair_digest import signed
from aligner.formats.spreadsheet_cells import undate
from aligner.languages.table import separator
from aligner.types import (
    Alignment,
    Bead,
    Bitext,
    Code,
    Document,
    Origin,
    Provenance,
    Segment,
    Span,
    UnitFacts,
)

PLAIN_COLUMNS = (
    *("id", "source", "target", "type", "score", "confidence"),
    *("src_start", "src_stop", "tgt_start", "tgt_stop"),
)
COLUMNS = (
    *PLAIN_COLUMNS,
    *("flags", "src_cuts", "tgt_cuts", "src_chars", "tgt_chars"),
    *("src_blocks", "tgt_blocks", "src_place", "tgt_place"),
    *("src_lang", "tgt_lang", "src_file", "tgt_file", "src_sha256", "tgt_sha256"),
    *("signature", "created"),
)
# What may hold any text, and so what a spreadsheet would run: all but figures and offsets.
TEXT_COLUMNS = frozenset(COLUMNS) - {
    *("id", "type", "score", "confidence", "src_start", "src_stop", "tgt_start", "tgt_stop"),
    *("src_cuts", "tgt_cuts", "src_chars", "tgt_chars", "src_blocks", "tgt_blocks"),
}

Value = str | int | float


def unchanged(text: str) -> str:
    """Return the text: the cleaning of a format that can hold any."""
    return text


def to_rows(
    bitext: Bitext,
    clean: Callable[[str], str] = unchanged,
    without: Container[int] = (),
) -> Iterator[list[Value]]:
    """Yield a bitext's beads as rows of COLUMNS, nulls as rows with an empty cell.

    Args:
        bitext: what to write.
        clean: takes out of a text what the format cannot hold.
        without: indices of beads to leave out; the others keep their numbers.
    """
    src, tgt = bitext.src, bitext.tgt
    constant = [src.lang, tgt.lang, clean(src.origin.path), clean(tgt.origin.path)]
    constant += [src.origin.sha256, tgt.origin.sha256]
    made = signed(bitext, without)
    constant += [clean(made.signature), made.created]
    src_traces, tgt_traces = Traces(src, clean), Traces(tgt, clean)
    for number, bead in enumerate(bitext.alignment.beads, start=1):
        if number - 1 in without:
            continue
        source = src_traces.follow(bitext.src_segments(bead))
        target = tgt_traces.follow(bitext.tgt_segments(bead))
        yield [
            *(number, source.text, target.text, bead.kind, bead.score, bead.confidence),
            *(bead.src.start, bead.src.stop, bead.tgt.start, bead.tgt.stop),
            *(BETWEEN.join(bead.flags), source.cuts, target.cuts, source.chars, target.chars),
            *(source.blocks, target.blocks, source.place, target.place),
            *constant,
        ]


class Trace(NamedTuple):
    """One side of a bead in words: its text, and where it comes from.

    A named tuple and no dataclass: there is one for every cell of every row that is written.
    """

    text: str
    cuts: str
    chars: str
    blocks: str
    place: str
    codes: tuple[Code, ...] = ()


NOTHING = Trace("", "", "", "", "")


class Traces:
    """Writes the sides of beads of one document; what its blocks say is written once.

    Args:
        document: the side.
        clean: takes out of a text what the format cannot hold.
    """

    def __init__(self, document: Document, clean: Callable[[str], str] = unchanged) -> None:
        self.clean = clean
        self.lang = document.lang
        self.places = [clean(block.place) for block in document.blocks]
        # The kind is only written where a block is no paragraph: `4`, `5:heading`.
        self.blocks = [
            str(i) if block.kind == "paragraph" else f"{i}:{block.kind}"
            for i, block in enumerate(document.blocks)
        ]

    def follow(self, segments: Sequence[Segment]) -> Trace:
        """Describe a bead's side; `chars` has dots, where a hyphen would make a date."""
        if not segments:
            return NOTHING
        if len(segments) == 1:
            only = segments[0]
            return Trace(
                self.clean(only.text),
                "",
                f"{only.start}..{only.stop}",
                self.blocks[only.block],
                self.places[only.block],
                self._codes(segments, ()) if only.codes else (),
            )
        text, cuts = join_with_cuts([self.clean(each.text) for each in segments], self.lang)
        distinct = dict.fromkeys(each.block for each in segments)
        return Trace(
            text,
            " ".join(map(str, cuts)),
            " ".join(f"{each.start}..{each.stop}" for each in segments),
            " ".join(self.blocks[each.block] for each in segments),
            BETWEEN.join(self.places[block] for block in distinct),
            self._codes(segments, cuts),
        )

    def _codes(self, segments: Sequence[Segment], cuts: Sequence[int]) -> tuple[Code, ...]:
        """Return the segments' codes, at their places in the joined and cleaned text."""
        found = []
        for segment, begin in zip(segments, [0, *cuts], strict=True):
            for code in segment.codes:
                # Nearly no text holds what is cleaned away: counting it twice does no harm.
                start, stop = (
                    begin + len(self.clean(segment.text[:at])) for at in (code.start, code.stop)
                )
                found.append(replace(code, start=start, stop=stop))
        return tuple(found)


def join_with_cuts(texts: Sequence[str], lang: str) -> tuple[str, list[int]]:
    """Join texts as the language does, and say where the second, third … begins."""
    between = separator(lang)
    cuts, end = [], 0
    for text in texts[:-1]:
        end += len(text) + len(between)
        cuts.append(end)
    return between.join(texts), cuts


class Row(NamedTuple):
    """A row that is read.

    Args:
        where: its place ("out.csv, line 7").
        cells: by column.
        codes: of the source's text, and of the target's.
        facts: what it says of itself.
    """

    where: str
    cells: Mapping[str, str]
    codes: tuple[tuple[Code, ...], tuple[Code, ...]] = ((), ())
    facts: UnitFacts | None = None


def from_rows(rows: Iterable[Row | tuple[str, Mapping[str, str]]]) -> Bitext:
    """Put a bitext together from rows; only `source` and `target` are needed.

    Rows may have been deleted, added or edited by hand: segments are numbered afresh.

    Args:
        rows: places and cells, or whole rows.

    Raises:
        ReadError: a cell does not say what its column should.
    """
    src, tgt, beads = SideBuilder(), SideBuilder(), []
    first: Mapping[str, str] = {}
    for where, row, codes, facts in starmap(Row, rows):
        first = first or row
        try:
            spans = (
                _add_side(src, row, "src", "source", codes[0]),
                _add_side(tgt, row, "tgt", "target", codes[1]),
            )
            if any(spans):
                score, confidence = row.get("score") or 0.0, row.get("confidence") or 1.0
                flags = tuple(filter(None, (row.get("flags") or "").split(BETWEEN)))
                beads.append(Bead(*spans, float(score), float(confidence), flags, facts))
        except ValueError as error:
            raise ReadError(f"the row is damaged ({error})", where, "mend or delete it") from error
    alignment = Alignment(tuple(beads), len(src.segments), len(tgt.segments))
    provenance = parse_signature(first.get("signature", ""), undate(first.get("created", "")))
    return Bitext(
        src.document(first.get("src_lang", ""), _origin(first, "src")),
        tgt.document(first.get("tgt_lang", ""), _origin(first, "tgt")),
        alignment,
        provenance,
    )


def _origin(row: Mapping[str, str], side: str) -> Origin:
    return Origin(row.get(f"{side}_file", ""), row.get(f"{side}_sha256", ""))


def _add_side(
    builder: SideBuilder,
    row: Mapping[str, str],
    side: str,
    column: str,
    codes: tuple[Code, ...],
) -> Span:
    text = row.get(column) or ""
    start, stop = row.get(f"{side}_start"), row.get(f"{side}_stop")
    count = int(stop) - int(start) if start and stop else int(bool(text))
    cuts = [int(cut) for cut in row.get(f"{side}_cuts", "").split()]
    if count < 1 and not text:
        texts = []
    elif f"{side}_cuts" not in row:
        texts = [text]
    else:
        if len(cuts) != count - 1:
            raise ValueError(f"{count} segments in {column}, but {len(cuts)} cuts")
        texts = split_at_cuts(text, cuts, row.get(f"{side}_lang", ""))
    return builder.add(
        texts,
        chars=row.get(f"{side}_chars", ""),
        blocks=row.get(f"{side}_blocks", ""),
        place=row.get(f"{side}_place", ""),
        codes=codes_at_cuts(codes, texts, cuts) if codes and texts else (),
    )


def parse_signature(signature: str, created: str = "") -> Provenance:
    """Undo `Provenance.signature`; a line that is no signature says nothing."""
    parts = [part.partition(":") for part in signature.split("|")]
    values = {name: value for name, found, value in parts if found}
    version, encoder = values.pop("aligner", ""), values.pop("encoder", "")
    pairs, left_out = values.pop("pairs", ""), values.pop("left_out", "")
    return Provenance(version, encoder, tuple(values.items()), created, pairs, left_out)
