"""What stands in a segment beside text: codes, which are kept at their places.

A placeholder is read as what it stands for: "Actual : , Expected : " is no sentence that anybody
wrote, "Actual : {0}, Expected : {1}" is. Where nothing says it, `<1>` shows that one stands there.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, NamedTuple
from xml.sax.saxutils import escape

from lxml import etree

from aligner.errors import ReadError
from aligner.formats.readers.xml_elements import REMEDY
from aligner.types.codes import AROUND, Attributes, Code, Vocabulary

# Elements whose content is markup of the original, not text, or that have none (TMX 1.4b, 3.3;
# XLIFF 1.2, 2.4; XLIFF 2.1, 4.2.3), by what they do. `ut` is Wordfast's, too.
ALONE = frozenset({"ph", "ut", "x", "cp"})
OPEN = frozenset({"bpt", "bx", "sc", "sm"})
CLOSE = frozenset({"ept", "ex", "ec", "em"})
# One that begins or ends something whose other end is in another segment.
ISOLATED = {"begin": "open", "open": "open", "end": "close", "close": "close"}
# Those that stand for something that a reader of the text would see.
SHOWN = frozenset({"x", "ph"})
# What the placeholder of an element is called, where it says so.
NAMED = ("equiv-text", "equiv", "disp")
NUMBERED = ("id", "x", "i", "rid")
PLACEHOLDER = re.compile(
    r"%(?:\d+\$|\(\w+\))?[-+0# ]*\d*(?:\.\d+)?(?:hh?|ll?|[jzt])?[a-zA-Z@]"  # %s, %1$d, %(name)s
    r"|%%|%\w+%|\$\{[^{}]{1,60}\}|\$\w+\$|#\{[^{}]{1,60}\}"  # ${name}
    r"|\{\{?[^{}\\]{0,60}\}?\}|@\w+"  # {0}, {{name}}, @name
)
_BREAK = re.compile(r"<br\b|\\n$|\\line\b", re.IGNORECASE)
_MARKUP = re.compile(r"[<>\\{}&]")
NO_DATA: Mapping[str, str] = MappingProxyType({})


class Marked(NamedTuple):
    """A text, and the codes in it."""

    text: str = ""
    codes: tuple[Code, ...] = ()

    def stripped(self) -> "Marked":
        """Return it without white space at its ends; the codes there are kept."""
        start = len(self.text) - len(self.text.lstrip())
        stop = max(start, len(self.text.rstrip()))
        codes = tuple(
            replace(
                code,
                start=min(max(code.start, start), stop) - start,
                stop=min(max(code.stop, start), stop) - start,
            )
            for code in self.codes
        )
        return Marked(self.text[start:stop], codes)


def marked(
    element: Any, path: Path, vocabulary: Vocabulary, data: Mapping[str, str] = NO_DATA
) -> Marked:
    """Return the text of a segment, with what its codes stand for, and the codes.

    Args:
        element: the segment.
        path: of the file, for messages.
        vocabulary: of the file.
        data: what its codes stand for, by their numbers, where the file says that elsewhere.

    Raises:
        ReadError: it holds an entity that nothing says the meaning of.
    """
    if not len(element):
        return Marked(element.text or "")
    builder = _Builder(path, vocabulary, data)
    builder.add_content(element)
    return Marked("".join(builder.pieces), tuple(builder.codes))


@dataclass
class _Builder:
    path: Path
    vocabulary: Vocabulary
    data: Mapping[str, str]
    pieces: list[str] = field(default_factory=list)
    codes: list[Code] = field(default_factory=list)
    length: int = 0

    def add_text(self, text: str) -> None:
        self.pieces.append(text)
        self.length += len(text)

    def add_content(self, element: Any) -> None:
        self.add_text(element.text or "")
        for child in element:
            if child.tag is etree.Entity:
                where = f"{self.path}, line {child.sourceline or element.sourceline}"
                raise ReadError(f"the entity {child.text} is not expanded", where, REMEDY)
            self.add_element(child)
            self.add_text(child.tail or "")

    def add_element(self, child: Any) -> None:
        name = etree.QName(child).localname if isinstance(child.tag, str) else ""
        attributes: Attributes = tuple((str(k), str(v)) for k, v in child.attrib.items())
        if name in ALONE or name in OPEN or name in CLOSE or name == "it":
            self.add_code(child, name, attributes)
        elif name in AROUND and child.get("mtype") != "seg":
            self.add_end("open", child, name, attributes)
            self.add_content(child)
            self.add_end("close", child, name, ())
        elif name:
            self.add_content(child)

    def add_end(
        self, role: Literal["open", "close"], child: Any, name: str, attributes: Attributes
    ) -> None:
        """Add the beginning or the end of an element around text."""
        wanted = "dataRefStart" if role == "open" else "dataRefEnd"
        content = _escaped(self.data.get(child.get(wanted, ""), ""))
        at = self.length
        self.codes.append(Code(at, at, role, name, attributes, content, self.vocabulary))

    def add_code(self, child: Any, name: str, attributes: Attributes) -> None:
        content = _inner(child) or _escaped(self.data_of(child))
        role: Any = (
            "open" if name in OPEN
            else "close" if name in CLOSE
            else ISOLATED.get(child.get("pos", ""), "alone")
        )  # fmt: skip
        shown = self.shown(child, name)
        start = self.length
        self.add_text(shown)
        self.codes.append(
            Code(start, self.length, role, name, attributes, content, self.vocabulary)
        )

    def data_of(self, child: Any) -> str:
        """Return what XLIFF 2 keeps beside its segments as the content of a code."""
        return self.data.get(child.get("dataRef", ""), "")

    def shown(self, child: Any, name: str) -> str:
        """Return what a code stands for in the text, "" where that is markup."""
        inside = "".join(map(str, child.itertext())).strip() or self.data_of(child)
        said = [*(child.get(each, "") for each in NAMED), inside]
        if found := next((each for each in said if PLACEHOLDER.fullmatch(each)), ""):
            return found
        if child.get("ctype") == "lb" or any(map(_BREAK.search, said)):
            glued = any(self.pieces) and not "".join(self.pieces[-2:])[-1:].isspace()
            return " " if glued and (child.tail or "")[:1].strip() else ""
        number = next(filter(None, map(child.get, NUMBERED)), "")
        if name not in SHOWN or not number or _MARKUP.search(number):
            return ""
        shown = f"<{number}>"
        return "" if any(map(_MARKUP.search, said)) and inside != shown else shown


def _inner(element: Any) -> str:
    """Return an element's content as XML, without name spaces."""
    if not len(element):
        return _escaped(element.text or "")
    return "".join([_escaped(element.text or ""), *map(_outer, element)])


def _outer(element: Any) -> str:
    if not isinstance(element.tag, str):
        return _escaped(element.tail or "")
    name = etree.QName(element).localname
    said = "".join(
        f' {etree.QName(key).localname}="{_escaped(value)}"'
        for key, value in element.attrib.items()
    )
    return f"<{name}{said}>{_inner(element)}</{name}>{_escaped(element.tail or '')}"


def _escaped(text: str) -> str:
    return escape(text, {'"': "&quot;"})
