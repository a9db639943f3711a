"""Read catalogues of Qt Linguist (TS): messages and their translations, paired already."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from lxml import etree

from aligner.errors import ReadError
from aligner.formats.readers.catalogue import Message, bitext_of
from aligner.formats.readers.files import at_most, open_pairs
from aligner.formats.readers.xml_elements import damaged, read_leniently, walk
from aligner.text.decoding.normalisation import fold
from aligner.types import Bitext

# What is read as a whole.
WHOLE = frozenset({"message"})
# Types of translations of messages that the program has no more.
GONE = frozenset({"obsolete", "vanished"})


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

    def parse(file: BinaryIO, encoding: str | None) -> list[Message]:
        return list(at_most(_messages(file, encoding, path, languages), path))

    with open_pairs(path) as (file, made_by):
        messages = read_leniently(parse, file, path, encoding)
    langs = languages.get("sourcelanguage", ""), languages.get("language", "")
    bitext = bitext_of(messages, made_by, *langs)
    if bitext is None:
        raise ReadError("there are no messages in the catalogue", str(path))
    return bitext


def _messages(
    file: BinaryIO, encoding: str | None, path: Path, languages: dict[str, str]
) -> Iterator[Message]:
    """Yield the messages; fill in what the catalogue says of its languages."""
    root = ""
    try:
        for event, tag, element in walk(file, encoding, WHOLE):
            if not root:
                root = tag
                languages |= {str(name): str(value) for name, value in element.attrib.items()}
            if event == "end" and tag == "message":
                yield from _forms(element)
    except (etree.XMLSyntaxError, LookupError, ValueError) as error:
        raise damaged(error, "catalogue of Qt", path) from error
    if root != "TS":
        remedy = "its first element should be <TS>"
        raise ReadError("this is no catalogue of Qt Linguist", str(path), remedy)


def _forms(element: Any) -> Iterator[Message]:
    """Yield a message, once for each form of its translation; none that is gone or empty."""
    source, translated = element.find("source"), element.find("translation")
    said = "" if translated is None else translated.get("type", "")
    text = "" if source is None else _text(source)
    if said in GONE or not text:
        return
    forms = [] if translated is None else translated.findall("numerusform")
    whole = [] if translated is None else [translated]
    for translation in [_text(each) for each in forms or whole] or [""]:
        yield Message(text, translation, element.sourceline, (said,) if said else ())


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
