"""The elements of a large XML file, one after another: what has been read takes no memory."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from lxml import etree

from aligner.errors import ReadError

# So many elements in one unit of translation, or between two, are no translation memory.
MAX_ELEMENTS = 1_000_000
REMEDY = "export it again, or check it with xmllint"
# How the parser ends a message: with the place, or two.
_PLACE = re.compile(r"(?:,? line \d+(?:, column \d+)?)+$")


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
