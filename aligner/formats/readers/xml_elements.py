"""The elements of a large XML file, one after another: what has been read takes no memory."""

import html.entities
import logging
import re
from collections import Counter
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

from lxml import etree

from aligner.errors import ReadError
from aligner.formats.readers.files import read_whole
from aligner.text.decoding.encodings import decode
from aligner.wording import tally

# So many elements in one unit of translation, or between two, are no translation memory.
MAX_ELEMENTS = 1_000_000
REMEDY = "export it again, or check it with xmllint"
# How the parser ends a message: with the place, or two.
_PLACE = re.compile(r"(?:,? line \d+(?:, column \d+)?)+$")


# What XML knows by name, and what it does not hold: numbers of control characters, and these.
_XML_NAMES = frozenset({"amp", "apos", "gt", "lt", "quot"})
_REFERENCE = re.compile(r"&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|(\w{1,32}));")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_CONTROL_BYTES = re.compile(rb"[\x01-\x08\x0b\x0c\x0e-\x1f]")
_log = logging.getLogger(__name__)
Found = TypeVar("Found")


def read_leniently(
    parse: Callable[[BinaryIO, str | None], Found], file: BinaryIO, path: Path, encoding: str | None
) -> Found:
    """Parse a file, and once more if it is no XML for reasons that can be put right.

    These are white space before its declaration, control characters, and names of characters
    that HTML knows (`&nbsp;`); a line says how many there were.

    Args:
        parse: reads a file in an encoding, which the file says itself where it is None.
        file: to be read.
        path: of the file.
        encoding: the one given.

    Raises:
        ReadError: it is no XML for other reasons.
    """
    try:
        return parse(file, encoding)
    except ReadError as refused:
        file.seek(0)
        raw = read_whole(file, path)
        try:
            text, repairs = _repaired(decode(raw, str(path), encoding))
        except ReadError:  # it is no text either
            raise refused from None
        # Decoding makes line ends of some. (In UTF-16, any byte may be in a letter.)
        control = _CONTROL.findall(text) if b"\0" in raw else _CONTROL_BYTES.findall(raw)
        repairs["control characters"] += len(control)
        repairs = +repairs
        if not repairs:
            raise
    found = parse(BytesIO(text.encode("utf-8", "surrogatepass")), "utf-8")
    _log.warning("%s: this is no valid XML; repaired were %s", path, tally(repairs))
    return found


def read_tree(raw: bytes, path: Path, encoding: str | None, what: str) -> etree._Element:
    """Parse a file as a whole, leniently as `read_leniently`, without its comments.

    Args:
        raw: its bytes.
        path: of the file.
        encoding: the one given.
        what: it should be, for messages.

    Raises:
        ReadError: it is no XML, or holds an entity that nothing says the meaning of.
    """

    def parse(file: BinaryIO, encoding: str | None) -> etree._Element:
        parser = etree.XMLParser(
            encoding=encoding,
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            return etree.parse(file, parser).getroot()
        except (etree.XMLSyntaxError, LookupError) as error:
            raise damaged(error, what, path) from error

    root = read_leniently(parse, BytesIO(raw), path, encoding)
    if (entity := next(root.iter(etree.Entity), None)) is not None:
        where = f"{path}, line {entity.sourceline}" if entity.sourceline else str(path)
        raise ReadError(f"the entity {entity.text} is not expanded", where, REMEDY)
    return root


def _repaired(text: str) -> tuple[str, Counter[str]]:
    """Repair what can be, and count it, but for characters that are control characters."""
    repairs: Counter[str] = Counter()

    def spelled_out(reference: re.Match[str]) -> str:
        decimal, hexadecimal, name = reference.groups()
        if name:
            meant = "" if name in _XML_NAMES else html.entities.html5.get(f"{name};", "")
            repairs["names of characters"] += bool(meant)
            return meant or reference[0]
        number = int(decimal) if decimal else int(hexadecimal, 16)
        if number > 0x10FFFF or not (number >= 0x20 or number in (9, 10, 13)):
            repairs["control characters"] += 1
            return ""
        return reference[0]

    bare = text.lstrip("\ufeff \t\r\n")
    if bare != text and bare.startswith("<?xml"):
        repairs["white space before the declaration"] += bare != text.removeprefix("\ufeff")
        text = bare
    text = _REFERENCE.sub(spelled_out, _CONTROL.sub("", text))
    return text, repairs


def walk(
    file: BinaryIO, encoding: str | None, whole: frozenset[str]
) -> Iterator[tuple[str, str, Any]]:
    """Yield the elements of a file as they begin and as they end; entities stay as they are.

    Args:
        file: to be read.
        encoding: of the file; what it declares itself where it is None.
        whole: local names of the elements that are looked into when they end. All others
            are dropped then, unless they stand in one of these.

    Yields:
        "start" or "end", the local name, the element. The last one that ends is the root.

    Raises:
        etree.XMLSyntaxError: it is no XML.
        ValueError: there are too many elements in one, or between two of them.
    """
    events = etree.iterparse(
        file,
        events=("start", "end"),
        encoding=encoding,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    inside = count = 0
    for event, element in events:
        tag = etree.QName(element).localname
        if event == "start":
            inside += tag in whole
            count += 1
            if count > MAX_ELEMENTS:
                raise ValueError(f"more than {MAX_ELEMENTS:,} elements in a row hold no unit")
            yield event, tag, element
            continue
        yield event, tag, element
        if tag in whole:
            inside -= 1
            count = 0
        if not inside:
            _drop(element)


def damaged(error: Exception, what: str, path: Path) -> ReadError:
    """Return what to raise of a file that is no valid XML, with its place once."""
    line = getattr(error, "lineno", None)
    where = f"{path}, line {line}" if line else str(path)
    problem = _PLACE.sub("", getattr(error, "msg", None) or str(error))
    return ReadError(f"this is no valid {what} ({problem})", where, REMEDY)


def _drop(element: Any) -> None:
    """Take the content of an element away, and what stands before it."""
    element.clear(keep_tail=True)
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
