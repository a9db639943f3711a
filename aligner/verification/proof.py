"""The proof: pieces of an export against the texts of its inputs."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from pathlib import Path
from typing import NamedTuple

from aligner.errors import AlignerError, ReadError
from aligner.formats.contract import ExactReader
from aligner.formats.pair_digest import of_left_out, of_pairs
from aligner.formats.readers import READERS, read
from aligner.languages.given import GivenLanguages
from aligner.languages.identification import seen_instead
from aligner.languages.language_tags import primary
from aligner.pipeline.opening import open_sides
from aligner.text.blocks.frames import without_frames
from aligner.types import Bitext, Document, LeftOut
from aligner.verification.findings import Finding, Kind, Verification
from aligner.verification.raw_text import unread
from aligner.verification.source_text import Place, SourceText, key, rebuild

# Letters of an input that reading does not find: told from the first share on, and from the
# second a fault, unless they are a few.
SOME_UNREAD = 0.005
MUCH_UNREAD = 0.05
MANY_UNREAD = 50


class Claim(NamedTuple):
    """What accounts for characters: a segment, or an entry of the list of what was left out."""

    text: str
    start: int
    stop: int
    is_segment: bool = True


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
    as_read = export
    if _is_turned(export, src, tgt):
        export = export.swapped()
        notes.append(f"the export's target is held against {src.path}, by its language")
    sides = (src, export.src), (tgt, export.tgt)
    originals = (src,) if src is tgt else (src, tgt)
    findings: list[Finding] = []
    strays = [(original, _account(original, document, findings)) for original, document in sides]
    made = export.provenance
    for original, lost in strays:
        findings += _changed(original, lost)
    left_out = export.left_out
    if not made.left_out and any(next(each.unaccounted(), None) for each in originals):
        left_out += tuple(_left_out_by_reading(export, (source, target), encoding, (src, tgt)))
    findings += [finding for original in originals for finding in _missing(original)]
    findings.sort(key=lambda each: (each.file != src.path, each.start))
    # A text that was changed changes the digest, too, and has been told already.
    if not findings:
        findings += _not_as_written(as_read)
    changed = {original.path for original, document in sides if not _is_of(document, original)}
    for original in originals:
        findings += _unread(original)
        notes += _hardly_unread(original)
    notes += [
        f"{path} is not the file that was aligned, or it has changed since"
        for path in sorted(changed)
        if made.version
    ]
    own = dict(made.settings).get("abbreviations")
    if own:
        notes.append(f"sentences were split with a file of abbreviations (SHA-256 {own}…)")
    segments = len(export.src.segments) + len(export.tgt.segments)
    return Verification(segments, left_out, tuple(findings), tuple(notes), bool(made.pairs))


def _not_as_written(export: Bitext) -> Iterator[Finding]:
    """Hold the pairs and the lists of an export against the digests that it carries."""
    made = export.provenance
    if made.pairs and made.pairs != of_pairs(export):
        yield Finding("exchanged", "", "the pairs are not those that were written")
    if made.left_out and made.left_out != of_left_out(export.src.left_out, export.tgt.left_out):
        yield Finding("unlisted", "", "the list of what was left out is not the one written")


def _unread(original: SourceText) -> Iterator[Finding]:
    lost = original.unread
    if lost and lost.letters >= MANY_UNREAD and lost.share >= MUCH_UNREAD:
        text = f"{lost.share:.1%} of its letters: {lost.sample}"
        yield Finding("unread", original.path, text)


def _hardly_unread(original: SourceText) -> Iterator[str]:
    lost = original.unread
    if lost and lost.share >= SOME_UNREAD and not any(_unread(original)):
        yield f"{lost.share:.1%} of the letters of {original.path} are not read: {lost.sample}"


def _is_turned(export: Bitext, src: SourceText, tgt: SourceText) -> bool:
    """Whether the inputs' languages say that the export has its sides the other way round.

    Some formats do not say which side is the source. One input must surely be in the language
    of the side that it is not held against, and none surely not.
    """
    if src is tgt or _is_of(export.src, src) or _is_of(export.tgt, tgt):
        return False
    sides = (src, export.src.lang, export.tgt.lang), (tgt, export.tgt.lang, export.src.lang)
    wrong = False
    for original, own, other in sides:
        seen = seen_instead(own, original.text.splitlines())
        if seen_instead(other, original.text.splitlines()):
            return False
        wrong = wrong or (seen != "" and seen == primary(other))
    return wrong


def _is_of(document: Document, original: SourceText) -> bool:
    """Whether a document was read from these bytes, so that its offsets can be trusted."""
    return bool(original.sha256) and document.origin.sha256 == original.sha256


def _open(source: Path, target: Path | None, encoding: str | None) -> tuple[SourceText, SourceText]:
    """Return the originals of the two sides: one and the same for a file that holds both."""
    if target is not None:
        return _original_of_one(source, encoding), _original_of_one(target, encoding)
    found = read(source, encoding=encoding)
    if isinstance(found, Bitext):
        return _original(source, found.src), _original(source, found.tgt)
    only = _original(source, found, encoding)
    return only, only


def _original_of_one(path: Path, encoding: str | None) -> SourceText:
    found = read(path, encoding=encoding)
    if isinstance(found, Bitext):
        raise ReadError("this file holds both sides already", str(path), "give it alone")
    return _original(path, found, encoding)


def _original(path: Path, document: Document, encoding: str | None = None) -> SourceText:
    places = [(block.start, block.place) for block in document.blocks]
    places += [(piece.start, piece.place) for piece in document.left_out]
    reader = READERS.find(path).load()
    if isinstance(reader, ExactReader):
        # What was decoded, not what the reader made of it: its losses would be missed.
        text = reader.decoded(path, encoding=encoding)
    else:
        held = document.segments or document.blocks
        parts = [(each.start, each.text) for each in (*held, *document.left_out)]
        text = rebuild(parts)
    lost = unread(path, document, encoding)
    return SourceText(str(path), document.origin.sha256, text, sorted(places), lost)


def _pieces(document: Document) -> list[Claim]:
    """Return what accounts for the characters of a document, in its order."""
    pieces = [Claim(each.text, each.start, each.stop) for each in document.segments]
    pieces += [Claim(each.text, each.start, each.stop, False) for each in document.left_out]
    return sorted((each for each in pieces if key(each.text)), key=lambda piece: piece.start)


def _account(original: SourceText, document: Document, findings: list[Finding]) -> list[Claim]:
    """Account for the characters of every piece of a side; find what stands where it should not.

    Returns:
        The texts that stand nowhere, each with the stretch of the input where it should.
    """
    pieces, exact = _pieces(document), _is_of(document, original)
    places: list[Place | None] = [None] * len(pieces)
    for number, piece in enumerate(pieces):
        span = piece.start, piece.stop
        if exact and original.holds(piece.text, *span) and original.is_free(*span):
            places[number] = original.take(*span)
    # A tool may have dropped the offsets: then texts are found by themselves.
    traced = exact and any(places)
    moved: list[tuple[Claim, Place]] = []
    reached = 0
    for number, piece in enumerate(pieces):
        if places[number] is not None:
            continue
        place = places[number] = original.find(piece.text, piece.start if exact else reached)
        if place and place.taken:
            findings.append(_finding("doubled", original, piece, place))
        elif place:
            if piece.is_segment and (traced or place.start < reached):
                moved.append((piece, place))
            reached = original.take(place.start, place.stop).stop
    # Where a text is there too often, it cannot be said which of them is where it should be.
    if not any(place and place.taken for place in places):
        moved += _disordered(document)
        findings += [_finding("moved", original, *each) for each in moved]
    for piece, place in zip(pieces, places, strict=True):
        if place and not place.taken:
            findings += _respaced(original, piece, place, document.lang, joined=not traced)
    if exact:
        return [piece for piece, place in zip(pieces, places, strict=True) if place is None]
    return list(_stretches(pieces, places, len(original.text)))


def _disordered(document: Document) -> Iterator[tuple[Claim, Place]]:
    """Yield the segments whose offsets say that they belong before the one that they follow."""
    for before, after in pairwise(document.segments):
        if after.start < before.start:
            yield Claim(after.text, after.start, after.stop), Place(after.start, after.stop)


def _finding(kind: Kind, original: SourceText, piece: Claim, place: Place) -> Finding:
    where = original.place(place.start)
    return Finding(kind, original.path, piece.text, place.start, place.stop, where)


def _respaced(
    original: SourceText, piece: Claim, place: Place, lang: str, *, joined: bool
) -> Iterator[Finding]:
    """Find words of a piece that were joined or split."""
    span = place.start, place.stop
    if piece.is_segment and not original.has_its_words(piece.text, *span, lang, joined=joined):
        text = original.text[slice(*span)]
        where = original.place(place.start)
        yield Finding("changed", original.path, text, *span, where, piece.text)


def _stretches(
    pieces: Sequence[Claim], places: Sequence[Place | None], end: int
) -> Iterator[Claim]:
    """Yield the pieces that have no place, with the stretch between their neighbours' places."""
    placed = [(number, place) for number, place in enumerate(places) if place and not place.taken]
    numbers = [number for number, _ in placed]
    for number, (piece, place) in enumerate(zip(pieces, places, strict=True)):
        if place is None:
            after = bisect_left(numbers, number)
            start = placed[after - 1][1].stop if after else 0
            stop = placed[after][1].start if after < len(placed) else end
            yield Claim(piece.text, start, max(start, stop))


def _changed(original: SourceText, strays: Sequence[Claim]) -> Iterator[Finding]:
    """Set texts that stand nowhere against what the input has in their place."""
    for (start, stop), group in groupby(strays, key=lambda stray: stray[1:3]):
        texts = [stray.text for stray in group]
        gap = next(original.unaccounted(start, stop), None)
        if gap is None:
            yield from (Finding("added", original.path, text) for text in texts)
        else:
            original.take(*gap)
            text, found = original.text[slice(*gap)], " ".join(texts)
            yield Finding("changed", original.path, text, *gap, original.place(gap[0]), found)


def _left_out_by_reading(
    export: Bitext,
    inputs: tuple[str | Path, str | Path | None],
    encoding: str | None,
    originals: tuple[SourceText, SourceText],
) -> Iterator[LeftOut]:
    """Account for what reading leaves out: tables have no room to list it.

    The inputs are read again, with the settings that the export names.
    """
    settings = dict(export.provenance.settings)
    layout = settings.get("layout", "auto")
    by = "as the export says" + ("; check --source and --target" if inputs[1] else "")
    try:
        documents = open_sides(
            *inputs,
            GivenLanguages.of(export.src.lang, export.tgt.lang, by),
            layout=layout,  # type: ignore[arg-type] # as `align` wrote it
            encoding=encoding,
        )
    except AlignerError:
        # Then nothing excuses what is missing.
        return
    others = reversed(documents)
    for original, document, other in zip(originals, documents, others, strict=True):
        lines = settings.get("segments") == "lines"
        stripped = document if lines else without_frames(document, other.lang)
        for piece in stripped.left_out:
            if not original.is_accounted(piece.start, piece.stop):
                original.take(piece.start, piece.stop)
                yield piece


def _missing(original: SourceText) -> Iterator[Finding]:
    for start, stop in original.unaccounted():
        text = original.text[start:stop]
        yield Finding("missing", original.path, text, start, stop, original.place(start))
