"""What catalogues of programs' messages share: each message and its translation is a bead."""

from collections.abc import Iterable
from typing import NamedTuple

from aligner.errors import LanguageError
from aligner.formats.document_builder import SideBuilder
from aligner.languages.identification import identify
from aligner.languages.language_tags import canonical
from aligner.types import Alignment, Bead, Bitext, Origin


class Message(NamedTuple):
    """A message.

    Args:
        source: its text.
        translation: "" where there is none.
        line: of the file.
        flags: what is said of the translation.
    """

    source: str
    translation: str
    line: int
    flags: tuple[str, ...]


def bitext_of(
    messages: Iterable[Message], made_by: Origin, src_lang: str, tgt_lang: str
) -> Bitext | None:
    """Return the messages as a bitext; None where there are none.

    Args:
        messages: in order.
        made_by: the file.
        src_lang: what the catalogue calls the language of its messages; may be no tag at all.
        tgt_lang: the same of the translations.
    """
    src, tgt, beads = SideBuilder(), SideBuilder(), []
    for message in messages:
        place = f"line {message.line}"
        source = src.add([message.source], place=place)
        target = tgt.add([message.translation] if message.translation else [], place=place)
        beads.append(Bead(source, target, flags=message.flags))
    if not beads:
        return None
    return Bitext(
        src.document(_language(src_lang, src, "en"), made_by),
        tgt.document(_language(tgt_lang, tgt, "und"), made_by),
        Alignment(tuple(beads), len(src.segments), len(tgt.segments)),
    )


def _language(tag: str, side: SideBuilder, otherwise: str) -> str:
    """Return what the catalogue says, else the language of the texts."""
    try:
        return canonical(tag)
    except LanguageError:
        found = identify([segment.text for segment in side.segments])
        return otherwise if found == "und" else found
