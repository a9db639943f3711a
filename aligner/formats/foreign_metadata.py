"""What a file of pairs says beside its texts, looked at once on the way in.

Whoever wrote the file may be another program, another version, or nobody's friend: behind
this no language is a path, no date a formula, no number infinite.
"""

import logging
import re
from collections.abc import Iterable
from dataclasses import replace

from aligner.errors import LanguageError, ReadError
from aligner.languages.language_tags import canonical
from aligner.types import Bitext, Document, LeftOut, Origin, Provenance

_log = logging.getLogger(__name__)

# No letters: what a terminal acts on, and what neither UTF-8 nor XML has a form for.
UNPRINTABLE = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
REPLACEMENT = "\ufffd"
SHA256 = re.compile(r"[0-9a-f]{64}")
DIGEST = re.compile(r"[0-9a-f]{16}")
MOMENT = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?")
REMEDY = "write the file again"


def checked(bitext: Bitext, where: str) -> Bitext:
    """Return a bitext whose metadata are what they should be.

    Languages that are none, hashes and dates that are none are dropped, with a warning;
    characters that are no letters become U+FFFD. The texts stay as they are.

    Args:
        bitext: as a reader made it.
        where: its file, for messages.

    Raises:
        ReadError: something that should be text is none.
    """
    _refuse_others(_texts(bitext), where)
    src, tgt = _document(bitext.src, where), _document(bitext.tgt, where)
    provenance = _provenance(bitext.provenance, where)
    alignment = bitext.alignment
    if any(UNPRINTABLE.search(flag) for bead in alignment.beads for flag in bead.flags):
        beads = (
            replace(bead, flags=tuple(map(_printable, bead.flags))) for bead in alignment.beads
        )
        alignment = replace(alignment, beads=tuple(beads))
    return replace(bitext, src=src, tgt=tgt, provenance=provenance, alignment=alignment)


def _texts(bitext: Bitext) -> Iterable[object]:
    """Yield everything that should be text."""
    for side in (bitext.src, bitext.tgt):
        yield from (side.lang, side.title, side.origin.path, side.origin.sha256)
        for block in side.blocks:
            yield from (block.text, block.kind, block.place)
        yield from (segment.text for segment in side.segments)
        for piece in side.left_out:
            yield from (piece.text, piece.reason, piece.place)
    for bead in bitext.alignment.beads:
        yield from bead.flags
    made = bitext.provenance
    yield from (made.version, made.encoder, made.created, made.pairs, made.left_out)
    for setting in made.settings:
        yield from setting


def _refuse_others(texts: Iterable[object], where: str) -> None:
    for text in texts:
        if not isinstance(text, str):
            problem = f"it says {text!r} where a text should be"
            raise ReadError(problem, where, REMEDY)


def _document(document: Document, where: str) -> Document:
    blocks = document.blocks
    if any(UNPRINTABLE.search(block.place) for block in blocks):
        blocks = tuple(replace(block, place=_printable(block.place)) for block in blocks)
    return replace(
        document,
        blocks=blocks,
        lang=_language(document.lang, where),
        origin=Origin(
            _printable(document.origin.path),
            _shaped(SHA256, document.origin.sha256, "SHA-256", where),
        ),
        left_out=tuple(map(_left_out, document.left_out)),
        title=_printable(document.title),
    )


def _left_out(piece: LeftOut) -> LeftOut:
    return replace(piece, reason=_printable(piece.reason), place=_printable(piece.place))


def _provenance(made: Provenance, where: str) -> Provenance:
    return Provenance(
        _printable(made.version),
        _printable(made.encoder),
        tuple((_printable(name), _printable(value)) for name, value in made.settings),
        _shaped(MOMENT, made.created, "date", where),
        _shaped(DIGEST, made.pairs, "digest", where),
        _shaped(DIGEST, made.left_out, "digest", where),
    )


def _language(tag: str, where: str) -> str:
    if not tag:
        return ""
    try:
        return canonical(tag)
    except LanguageError:
        _log.warning("%s: %a is no language tag, and is not read as one", where, tag)
        return ""


def _shaped(shape: re.Pattern[str], value: str, what: str, where: str) -> str:
    if value and not shape.fullmatch(value):
        _log.warning("%s: %a is no %s, and is not read as one", where, value, what)
        return ""
    return value


def _printable(text: str) -> str:
    return UNPRINTABLE.sub(REPLACEMENT, text) if UNPRINTABLE.search(text) else text
