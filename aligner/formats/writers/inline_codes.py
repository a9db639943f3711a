"""Writes segments with their codes, in the words of the format that is written."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from lxml import etree

from aligner.types.codes import AROUND, Code, Vocabulary

# What an element of another vocabulary becomes, by what it does, in TMX as in XLIFF 1.2.
BECOMES = {"open": "bpt", "close": "ept", "alone": "ph"}
# What names a code, first what its other end has, too.
NUMBERED = ("i", "rid", "startRef", "id", "x")


def fill(
    parent: Any,
    text: str,
    codes: Sequence[Code],
    vocabulary: Vocabulary,
    strip: Callable[[str], str],
) -> None:
    """Write a text into an element, with its codes as elements.

    Args:
        parent: the element.
        text: which may hold what no XML can.
        codes: of the text, in order.
        vocabulary: of the file that is written.
        strip: takes out of a text what XML cannot hold.
    """
    if not codes:
        parent.text = strip(text)
        return
    parent.text = None
    _Filler(parent, vocabulary, strip).fill(text, codes)


class _Filler:
    def __init__(self, parent: Any, vocabulary: Vocabulary, strip: Callable[[str], str]) -> None:
        self.open = [parent]
        self.vocabulary = vocabulary
        self.space = etree.QName(parent).namespace
        self.strip = strip
        self.numbers: dict[int, str] = {}  # ours, by the index of what they name
        self.codes: Sequence[Code] = ()
        self.partners: Mapping[int, int] = {}

    def fill(self, text: str, codes: Sequence[Code]) -> None:
        end = 0
        self.codes, self.partners = codes, _partners(codes)
        for index, code in enumerate(codes):
            self.add_text(text[end : code.start])
            end = max(end, code.stop)
            if (
                code.name in AROUND
                and index in self.partners
                and code.vocabulary == self.vocabulary
            ):
                if code.role == "open":
                    self.open.append(self.add_element(code.name, self.cleaned(code)))
                else:
                    self.open.pop()
            elif code.vocabulary == self.vocabulary and code.name not in AROUND:
                self.add_content(self.add_element(code.name, self.cleaned(code)), code)
            else:
                self.add_foreign(code, index, text[code.start : code.stop])
        self.add_text(text[end:])

    def cleaned(self, code: Code) -> dict[str, str]:
        return {name: self.strip(value) for name, value in code.attributes}

    def add_text(self, text: str) -> None:
        text = self.strip(text)
        parent = self.open[-1]
        if len(parent):
            parent[-1].tail = (parent[-1].tail or "") + text
        else:
            parent.text = (parent.text or "") + text

    def add_element(self, name: str, attributes: Mapping[str, str]) -> Any:
        tag = f"{{{self.space}}}{name}" if self.space else name
        return etree.SubElement(self.open[-1], tag, dict(attributes))

    def add_content(self, element: Any, code: Code) -> None:
        if not code.content:
            return
        inner = etree.fromstring(f"<c>{code.content}</c>")
        element.text = inner.text
        for each in inner.iter():
            if self.space and each is not inner:
                each.tag = f"{{{self.space}}}{each.tag}"
        element.extend(list(inner))

    def add_foreign(self, code: Code, index: int, shown: str) -> None:
        """Write a code of another vocabulary as the nearest of this one."""
        said = self.cleaned(code)
        partner = self.partners.get(index)
        name = BECOMES[code.role]
        if code.role != "alone" and partner is None:
            name = "it"
        first = index if partner is None else min(index, partner)
        ours = self.numbers.setdefault(first, str(len(self.numbers) + 1))
        theirs = _number(code)
        if code.role == "close" and partner is not None:
            theirs = _number(self.codes[partner]) or theirs
        if self.vocabulary == "tmx":
            number = theirs if theirs.isdecimal() else ours
            attributes = {
                "bpt": {"i": ours, "x": number},
                "ept": {"i": ours},
                "it": {"pos": "begin" if code.role == "open" else "end", "x": number},
            }.get(name, {"x": number})
            kind = said.get("ctype") or said.get("type")
            if kind and name != "ept":
                attributes["type"] = kind
        else:
            attributes = {"id": theirs or ours} | ({"pos": code.role} if name == "it" else {})
        element = self.add_element(name, attributes)
        if code.content:
            self.add_content(element, code)
        else:
            slash = "/" if code.role == "close" else ""
            element.text = shown.strip() or f"<{slash}{code.name}{theirs or ours}>"


def _number(code: Code) -> str:
    """Return what ties the two ends of a pair together, or else names a code."""
    said = dict(code.attributes)
    return next((said[each] for each in NUMBERED if each in said), "")


def _partners(codes: Sequence[Code]) -> dict[int, int]:
    """Return the index of the other end of each code that has one.

    The two ends of an element around text nest; others are tied by their numbers.
    """
    found: dict[int, int] = {}
    around: list[int] = []
    numbered: dict[str, list[int]] = defaultdict(list)
    for index, code in enumerate(codes):
        open_ = around if code.name in AROUND else numbered[_number(code)]
        if code.role == "open":
            open_.append(index)
        elif (
            code.role == "close"
            and open_
            and (code.name not in AROUND or codes[open_[-1]].name == code.name)
        ):
            other = open_.pop()
            found[index], found[other] = other, index
    return found
