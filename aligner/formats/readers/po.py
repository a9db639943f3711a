"""Read gettext catalogues (PO): messages and their translations, paired already."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from aligner.errors import LanguageError, ReadError
from aligner.formats.document_builder import SideBuilder
from aligner.formats.readers.files import CUT, origin, read_bytes
from aligner.languages.identification import identify
from aligner.languages.language_tags import canonical
from aligner.text.decoding.encodings import decode
from aligner.text.decoding.normalisation import fold
from aligner.types import Alignment, Bead, Bitext

if TYPE_CHECKING:
    import polib

# The largest catalogues of programs are a few megabytes; a message takes a kilobyte of memory.
MAX_BYTES = 50_000_000
MAX_MESSAGES = 1_000_000
# Lines of one message: the library joins them one by one, in time that grows with the square.
MAX_LINES = 10_000
_CHECK = "check it with msgfmt --check"


def read(path: Path, *, encoding: str | None = None) -> Bitext:
    """Read a catalogue; each message is a bead.

    Args:
        path: the file.
        encoding: a codec's name; detected where it is None.

    Returns:
        The messages and their translations. A message without a translation is a null
        alignment, a fuzzy one has the flag "fuzzy"; obsolete ones are left out. A plural
        is a bead for each of its forms: the singular with the first, the plural with the others.

    Raises:
        ReadError: unreadable, no catalogue, or without messages.
    """
    import polib

    raw, where = read_bytes(path, MAX_BYTES), str(path)
    text = decode(raw, where, encoding)
    _refuse_too_large(text, where)
    try:
        catalogue = polib.pofile(text)
    except (OSError, ValueError) as error:
        reason = str(error).partition(":")[0].replace(text, "")
        raise ReadError(f"this is no PO catalogue ({reason})", where, _CHECK) from error
    src, tgt, beads = SideBuilder(), SideBuilder(), []
    for message, translation, line, flags in _pairs(catalogue):
        place = f"line {line}"
        source = src.add([message], place=place)
        target = tgt.add([translation] if translation else [], place=place)
        beads.append(Bead(source, target, flags=flags))
    if not beads:
        raise ReadError("there are no messages in the catalogue", where, _CHECK)
    made_by = origin(path, raw)
    metadata = catalogue.metadata
    src_lang = _language(metadata.get("X-Source-Language", ""), src, "en")
    tgt_lang = _language(metadata.get("Language", ""), tgt, "und")
    return Bitext(
        src.document(src_lang, made_by),
        tgt.document(tgt_lang, made_by),
        Alignment(tuple(beads), len(src.segments), len(tgt.segments)),
    )


def _refuse_too_large(text: str, where: str) -> None:
    if text.count("msgid") > MAX_MESSAGES:
        raise ReadError(f"the catalogue has more than {MAX_MESSAGES:,} messages", where, CUT)
    run = 0
    for line in text.split("\n"):
        run = run + 1 if line.lstrip().startswith('"') else 0
        if run > MAX_LINES:
            raise ReadError(f"a message has more than {MAX_LINES:,} lines", where, _CHECK)


def _pairs(catalogue: "polib.POFile") -> Iterator[tuple[str, str, int, tuple[str, ...]]]:
    """Yield messages, translations ("" where there is none), lines and flags."""
    for entry in catalogue:
        if entry.obsolete or not fold(entry.msgid):
            continue
        flags = ("fuzzy",) if entry.fuzzy else ()
        forms = [entry.msgstr_plural[n] for n in sorted(entry.msgstr_plural)]
        yield fold(entry.msgid), fold(forms[0] if forms else entry.msgstr), entry.linenum, flags
        if fold(entry.msgid_plural):
            for form in forms[1:] or forms[:1] or [""]:
                yield fold(entry.msgid_plural), fold(form), entry.linenum, flags


def _language(tag: str, side: SideBuilder, otherwise: str) -> str:
    """Return what the catalogue says, else the language of the texts."""
    try:
        return canonical(tag)
    except LanguageError:
        found = identify([segment.text for segment in side.segments])
        return otherwise if found == "und" else found
