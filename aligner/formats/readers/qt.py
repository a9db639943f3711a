"""Read catalogues of Qt Linguist (TS): messages and their translations, paired already."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from lxml import etree

from aligner.errors import LanguageError, ReadError
from aligner.formats.document_builder import SideBuilder
from aligner.formats.readers.files import at_most, open_pairs
from aligner.formats.readers.xml_elements import damaged, read_leniently, walk
from aligner.languages.identification import identify
from aligner.languages.language_tags import canonical
from aligner.text.decoding.normalisation import fold
from aligner.types import Alignment, Bead, Bitext

# What is read as a whole.
WHOLE = frozenset({"message"})
# Types of translations of messages that the program has no more.
GONE = frozenset({"obsolete", "vanished"})


class _Message(NamedTuple):
    source: str
    translations: list[str]
    line: int
    flags: tuple[str, ...]


def read(path: Path, *, encoding: str | None = None) -> Bitext:
    """Read a catalogue; each message is a bead.

    Args:
        path: a .ts file.
        encoding: of the file; what it declares itself where it is None.

    Returns:
        The messages and their translations. A message without a translation is a null
        alignment, an unfinished one has the flag "unfinished"; obsolete ones are left out. Of
        a message with forms for numbers, each form is a bead.

    Raises:
        ReadError: unreadable, no catalogue, or without messages.
    """
    languages: dict[str, str] = {}

    def parse(file: BinaryIO, encoding: str | None) -> list[_Message]:
        return list(at_most(_messages(file, encoding, path, languages), path))

    with open_pairs(path) as (file, made_by):
        messages = read_leniently(parse, file, path, encoding)
    src, tgt, beads = SideBuilder(), SideBuilder(), []
    for message in messages:
        place = f"line {message.line}"
        for translation in message.translations:
            source = src.add([message.source], place=place)
            target = tgt.add([translation] if translation else [], place=place)
            beads.append(Bead(source, target, flags=message.flags))
    if not beads:
        raise ReadError("there are no messages in the catalogue", str(path))
    return Bitext(
        src.document(_language(languages.get("sourcelanguage", ""), src, "en"), made_by),
        tgt.document(_language(languages.get("language", ""), tgt, "und"), made_by),
        Alignment(tuple(beads), len(src.segments), len(tgt.segments)),
    )


def _messages(
    file: BinaryIO, encoding: str | None, path: Path, languages: dict[str, str]
) -> Iterator[_Message]:
    """Yield the messages; fill in what the catalogue says of its languages."""
    root = ""
    try:
        for event, tag, element in walk(file, encoding, WHOLE):
            if not root:
                root = tag
                languages |= {str(name): str(value) for name, value in element.attrib.items()}
            if event == "end" and tag == "message" and (found := _message(element)):
                yield found
    except (etree.XMLSyntaxError, LookupError, ValueError) as error:
        raise damaged(error, "catalogue of Qt", path) from error
    if root != "TS":
        remedy = "its first element should be <TS>"
        raise ReadError("this is no catalogue of Qt Linguist", str(path), remedy)


def _message(element: Any) -> _Message | None:
    source, translation = element.find("source"), element.find("translation")
    said = "" if translation is None else translation.get("type", "")
    text = "" if source is None else _text(source)
    if said in GONE or not text:
        return None
    forms = [] if translation is None else translation.findall("numerusform")
    whole = [] if translation is None else [translation]
    translations = [_text(each) for each in forms or whole] or [""]
    return _Message(text, translations, element.sourceline, (said,) if said else ())


def _text(element: Any) -> str:
    """Return an element's text; some characters are elements, with their number."""
    pieces = [element.text or ""]
    for child in element:
        if child.tag == "byte":
            number = child.get("value", "").replace("x", "0x", 1)
            code = int(number, 0) if number else 0
            pieces.append(chr(code) if 0 < code <= 0x10FFFF else "")
        pieces.append(child.tail or "")
    return fold("".join(pieces))


def _language(tag: str, side: SideBuilder, otherwise: str) -> str:
    """Return what the catalogue says, else the language of the texts."""
    try:
        return canonical(tag)
    except LanguageError:
        found = identify([segment.text for segment in side.segments])
        return otherwise if found == "und" else found
