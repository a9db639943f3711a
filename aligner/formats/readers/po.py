"""Read gettext catalogues (PO): messages and their translations, paired already."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from aligner.errors import ReadError
from aligner.formats.readers.catalogue import Message, bitext_of
from aligner.formats.readers.files import CUT, origin, read_bytes
from aligner.text.decoding.encodings import decode
from aligner.text.decoding.normalisation import fold
from aligner.types import Bitext

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
    said = catalogue.metadata
    langs = said.get("X-Source-Language", ""), said.get("Language", "")
    bitext = bitext_of(_messages(catalogue), origin(path, raw), *langs)
    if bitext is None:
        raise ReadError("there are no messages in the catalogue", where, _CHECK)
    return bitext


def _refuse_too_large(text: str, where: str) -> None:
    if text.count("msgid") > MAX_MESSAGES:
        raise ReadError(f"the catalogue has more than {MAX_MESSAGES:,} messages", where, CUT)
    run = 0
    for line in text.split("\n"):
        run = run + 1 if line.lstrip().startswith('"') else 0
        if run > MAX_LINES:
            raise ReadError(f"a message has more than {MAX_LINES:,} lines", where, _CHECK)


def _messages(catalogue: "polib.POFile") -> Iterator[Message]:
    """Yield the messages, each form of a plural as one of its own."""
    for entry in catalogue:
        if entry.obsolete or not fold(entry.msgid):
            continue
        flags = ("fuzzy",) if entry.fuzzy else ()
        forms = [entry.msgstr_plural[n] for n in sorted(entry.msgstr_plural)]
        first = fold(forms[0] if forms else entry.msgstr)
        yield Message(fold(entry.msgid), first, entry.linenum, flags)
        if fold(entry.msgid_plural):
            for form in forms[1:] or forms[:1] or [""]:
                yield Message(fold(entry.msgid_plural), fold(form), entry.linenum, flags)
