"""The proof: pieces of an export against the texts of its inputs."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Literal, NamedTuple

from aligner.errors import AlignerError, ReadError
from aligner.inputs import open_sides, swapped
from aligner.readers import READERS
from aligner.text.evidence import doubt
from aligner.text.page import strip
from aligner.text.tags import primary
from aligner.types import Bitext, Document, LeftOut, Segment
from aligner.verification.sheet import Place, Sheet, key, rebuild

Kind = Literal["missing", "doubled", "changed", "added"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be.

    Args:
        kind: "missing" (in the input, not in the export), "doubled" (more often in the
            export), "changed" (another text in the export), "added" (in the export alone).
        file: the input.
        text: what the input says; what the export says where it is doubled or added.
        start, stop: characters of the input, `[start, stop)`; -1 where it is not in the input.
        place: where a person finds it ("line 12").
        found: what the export says instead, where it was changed.
    """

    kind: Kind
    file: str
    text: str
    start: int = -1
    stop: int = -1
    place: str = ""
    found: str = ""


@dataclass(frozen=True, slots=True)
class Verification:
    """What a proof came to.

    Args:
        segments: of the export, both sides together.
        left_out: pieces of the inputs that are listed as left out.
        findings: what is wrong, in the order of the inputs.
        notes: what a person should know beside.
    """

    segments: int
    left_out: tuple[LeftOut, ...]
    findings: tuple[Finding, ...]
    notes: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether every sentence is there exactly once, or listed as left out."""
        return not self.findings


class Piece(NamedTuple):
    """What accounts for characters: a segment, or an entry of the list of what was left out."""

    text: str
    start: int
    stop: int


def verify(
    export: Bitext,
    source: str | Path,
    target: str | Path | None = None,
    *,
    encoding: str | None = None,
) -> Verification:
    """Prove the coverage of an export.

    Args:
        export: the bitext, as it was read back from the file.
        source: the input that it was made of.
        target: the input of the other side; None where `source` holds both.
        encoding: of the inputs; found out where it is None.

    Raises:
        ReadError, FormatError: an input cannot be read.
    """
    src, tgt = _open(Path(source), Path(target) if target is not None else None, encoding)
    notes = []
    if _is_turned(export, src, tgt):
        export = swapped(export)
        notes.append(f"the export's target is held against {src.path}, by its language")
    sides = (src, export.src), (tgt, export.tgt)
    sheets = (src,) if src is tgt else (src, tgt)
    findings: list[Finding] = []
    strays = [(sheet, _account(sheet, document, findings)) for sheet, document in sides]
    for sheet, lost in strays:
        findings += _changed(sheet, lost)
    left_out = export.left_out
    if any(next(sheet.unaccounted(), None) for sheet in sheets):
        left_out += tuple(_left_out_by_reading(export, (source, target), encoding, (src, tgt)))
    findings += [finding for sheet in sheets for finding in _missing(sheet)]
    findings.sort(key=lambda each: (each.file != src.path, each.start))
    changed = {sheet.path for sheet, document in sides if not _is_of(document, sheet)}
    notes += [
        f"{path} is not the file that was aligned, or it has changed since"
        for path in sorted(changed)
        if export.provenance.version
    ]
    segments = len(export.src.segments) + len(export.tgt.segments)
    return Verification(segments, left_out, tuple(findings), tuple(notes))


def _is_turned(export: Bitext, src: Sheet, tgt: Sheet) -> bool:
    """Whether the inputs' languages say that the export has its sides the other way round.

    Some formats do not say which side is the source. One input must surely be in the language
    of the side that it is not held against, and none surely not.
    """
    if src is tgt or _is_of(export.src, src) or _is_of(export.tgt, tgt):
        return False
    sides = (src, export.src.lang, export.tgt.lang), (tgt, export.tgt.lang, export.src.lang)
    wrong = False
    for sheet, own, other in sides:
        seen = doubt(own, sheet.text.splitlines())
        if doubt(other, sheet.text.splitlines()):
            return False
        wrong = wrong or (seen != "" and seen == primary(other))
    return wrong


def _is_of(document: Document, sheet: Sheet) -> bool:
    """Whether a document was read from these bytes, so that its offsets can be trusted."""
    return bool(sheet.sha256) and document.origin.sha256 == sheet.sha256


def _open(source: Path, target: Path | None, encoding: str | None) -> tuple[Sheet, Sheet]:
    """Return the sheets of the two sides: one and the same for a file that holds both."""
    if target is not None:
        return _sheet_of_one(source, encoding), _sheet_of_one(target, encoding)
    found = _read(source, encoding)
    if isinstance(found, Bitext):
        return _sheet(source, found.src), _sheet(source, found.tgt)
    only = _sheet(source, found, encoding)
    return only, only


def _sheet_of_one(path: Path, encoding: str | None) -> Sheet:
    found = _read(path, encoding)
    if isinstance(found, Bitext):
        raise ReadError("this file holds both sides already", str(path), "give it alone")
    return _sheet(path, found, encoding)


def _read(path: Path, encoding: str | None) -> Document | Bitext:
    found: Document | Bitext = READERS.find(path).load().read(path, encoding=encoding)
    return found


def _sheet(path: Path, document: Document, encoding: str | None = None) -> Sheet:
    places = [(block.start, block.place) for block in document.blocks]
    places += [(piece.start, piece.place) for piece in document.left_out]
    module = READERS.find(path).load()
    if hasattr(module, "decoded"):
        # What was decoded, not what the reader made of it: its losses would be missed.
        text: str = module.decoded(path, encoding=encoding)
    else:
        held = document.segments or document.blocks
        parts = [(each.start, each.text) for each in (*held, *document.left_out)]
        text = rebuild(parts)
    return Sheet(str(path), document.origin.sha256, text, sorted(places))


def _pieces(document: Document) -> list[Piece]:
    """Return what accounts for the characters of a document, in its order."""
    held: tuple[Segment | LeftOut, ...] = (*document.segments, *document.left_out)
    pieces = [Piece(each.text, each.start, each.stop) for each in held if key(each.text)]
    return sorted(pieces, key=lambda piece: piece.start)


def _account(sheet: Sheet, document: Document, findings: list[Finding]) -> list[Piece]:
    """Account for the characters of every piece of a side; find what stands there twice.

    Returns:
        The texts that stand nowhere, each with the stretch of the input where it should.
    """
    pieces, exact = _pieces(document), _is_of(document, sheet)
    places: list[Place | None] = [None] * len(pieces)
    for number, piece in enumerate(pieces):
        if exact and sheet.holds(*piece) and sheet.is_free(piece.start, piece.stop):
            places[number] = sheet.take(piece.start, piece.stop)
    reached = 0
    for number, piece in enumerate(pieces):
        if places[number] is not None:
            continue
        place = places[number] = sheet.find(piece.text, piece.start if exact else reached)
        if place and place.taken:
            finding = Finding("doubled", sheet.path, piece.text, place.start, place.stop)
            findings.append(replace(finding, place=sheet.place(place.start)))
        elif place:
            reached = sheet.take(place.start, place.stop).stop
    if exact:
        return [piece for piece, place in zip(pieces, places, strict=True) if place is None]
    return list(_stretches(pieces, places, len(sheet.text)))


def _stretches(
    pieces: Sequence[Piece], places: Sequence[Place | None], end: int
) -> Iterator[Piece]:
    """Yield the pieces that have no place, with the stretch between their neighbours' places."""
    placed = [(number, place) for number, place in enumerate(places) if place and not place.taken]
    numbers = [number for number, _ in placed]
    for number, (piece, place) in enumerate(zip(pieces, places, strict=True)):
        if place is None:
            after = bisect_left(numbers, number)
            start = placed[after - 1][1].stop if after else 0
            stop = placed[after][1].start if after < len(placed) else end
            yield Piece(piece.text, start, max(start, stop))


def _changed(sheet: Sheet, strays: Sequence[Piece]) -> Iterator[Finding]:
    """Set texts that stand nowhere against what the input has in their place."""
    for (start, stop), group in groupby(strays, key=lambda stray: stray[1:]):
        texts = [stray.text for stray in group]
        gap = next(sheet.unaccounted(start, stop), None)
        if gap is None:
            yield from (Finding("added", sheet.path, text) for text in texts)
        else:
            sheet.take(*gap)
            text, found = sheet.text[slice(*gap)], " ".join(texts)
            yield Finding("changed", sheet.path, text, *gap, sheet.place(gap[0]), found)


def _left_out_by_reading(
    export: Bitext,
    inputs: tuple[str | Path, str | Path | None],
    encoding: str | None,
    sheets: tuple[Sheet, Sheet],
) -> Iterator[LeftOut]:
    """Account for what reading leaves out: tables have no room to list it.

    The inputs are read again, with the settings that the export names.
    """
    settings = dict(export.provenance.settings)
    layout = settings.get("layout", "auto")
    try:
        documents = open_sides(
            *inputs,
            src_lang=export.src.lang or None,
            tgt_lang=export.tgt.lang or None,
            layout=layout,  # type: ignore[arg-type] # as `align` wrote it
            encoding=encoding,
            as_said="as the export says" + ("; check --source and --target" if inputs[1] else ""),
        )
    except AlignerError:
        # Then nothing excuses what is missing.
        return
    for sheet, document in zip(sheets, documents, strict=True):
        stripped = document if settings.get("segments") == "lines" else strip(document)
        for piece in stripped.left_out:
            if not sheet.is_accounted(piece.start, piece.stop):
                sheet.take(piece.start, piece.stop)
                yield piece


def _missing(sheet: Sheet) -> Iterator[Finding]:
    for start, stop in sheet.unaccounted():
        text = sheet.text[start:stop]
        yield Finding("missing", sheet.path, text, start, stop, sheet.place(start))
