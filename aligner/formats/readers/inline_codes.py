"""What stands in a segment beside text: placeholders, which are read, and markup, which is counted.

"Actual : , Expected : " is no sentence that anybody wrote; "Actual : {0}, Expected : {1}" is.
"""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from aligner.errors import ReadError
from aligner.formats.readers.xml_elements import REMEDY

# Elements whose content is markup of the original, not text (TMX 1.4b, 3.3; XLIFF 1.2, 2.4), and
# those that have none (XLIFF 1.2, 2.x). `ut` is Wordfast's, too.
CODES = frozenset({"bpt", "ept", "it", "ph", "ut"})
EMPTY = frozenset({"x", "bx", "ex", "sc", "ec", "cp"})
# Those around text.
AROUND = frozenset({"g", "pc", "hi"})
# What the placeholder of an element is called, where it says so.
NAMED = ("equiv-text", "equiv", "disp")
PLACEHOLDER = re.compile(
    r"%(?:\d+\$|\(\w+\))?[-+0# ]*\d*(?:\.\d+)?(?:hh?|ll?|[jzt])?[a-zA-Z@]"  # %s, %1$d, %(name)s
    r"|%%|%\w+%|\$\{[^{}]{1,60}\}|\$\w+\$|#\{[^{}]{1,60}\}"  # ${name}
    r"|\{\{?[^{}\\]{0,60}\}?\}|@\w+"  # {0}, {{name}}, @name
)
DROPPED = "codes of markup, not kept"


def text_of(element: Any, path: Path, told: Counter[str]) -> str:
    """Return the text of a segment, with the placeholders in it; count the other codes.

    Args:
        element: the segment.
        path: of the file, for messages.
        told: in which they are counted, as DROPPED.

    Raises:
        ReadError: it holds an entity that nothing says the meaning of.
    """
    return "".join(_text(element, path, told))


def _text(element: Any, path: Path, told: Counter[str]) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag is etree.Entity:
            where = f"{path}, line {element.sourceline}"
            raise ReadError(f"the entity {child.text} is not expanded", where, REMEDY)
        name = etree.QName(child).localname if isinstance(child.tag, str) else ""
        if name in CODES or name in EMPTY:
            shown = _placeholder(child)
            told[DROPPED] += not shown
            yield shown
        elif name:
            told[DROPPED] += name in AROUND
            yield from _text(child, path, told)
        yield child.tail or ""


def _placeholder(code: Any) -> str:
    """Return what a code stands for in the text, "" where that is markup."""
    said = [code.get(name, "") for name in NAMED]
    inside = "".join(map(str, code.itertext())).strip()
    return next((each for each in (*said, inside) if PLACEHOLDER.fullmatch(each)), "")
