"""What a page or an e-book says of its own elements: this is no part of the running text.

E-books name their parts (`epub:type`, or a role), pages from editors of e-texts have classes
that say the same. Note marks and page numbers stand in the middle of a line.
"""

import re
from collections.abc import Iterable
from itertools import islice

from lxml import etree

CONTENTS = "table of contents"
IMPRINT = "imprint"
TITLE_PAGE = "title page"
NOTE = "note"
NOTE_MARK = "note mark"
PAGE_NUMBER = "page number"
TRANSCRIBER = "transcriber's note"
GUTENBERG = "Project Gutenberg's frame"

# Roles of DPUB-ARIA are the same names behind "doc-".
_PARTS = {
    name: reason
    for names, reason in (
        ("toc landmarks page-list loi lot loa lov", CONTENTS),
        ("copyright-page imprint colophon imprimatur other-credits", IMPRINT),
        ("titlepage halftitlepage halftitle cover", TITLE_PAGE),
        ("endnotes footnotes rearnotes endnote footnote rearnote", NOTE),
    )
    for name in names.split()
}
_CLASSES = {
    name: reason
    for names, reason in (
        ("toc", CONTENTS),
        ("footnote footnotes endnote endnotes", NOTE),
        ("transnote tnote transcribers-note", TRANSCRIBER),
        ("pg-boilerplate pgheader pg-header pg-footer pg-machine-header", GUTENBERG),
    )
    for name in names.split()
}
_MARKS = {
    name: reason
    for names, reason in (
        ("noteref biblioref backlink", NOTE_MARK),
        ("pagebreak", PAGE_NUMBER),
    )
    for name in names.split()
}
_MARK_CLASSES = {
    name: reason
    for names, reason in (
        ("noteref footnote-ref footnoteref fnref fnanchor footnote footnote-backref", NOTE_MARK),
        ("pagenum pageno page-number pagebreak", PAGE_NUMBER),
    )
    for name in names.split()
}

# Elements that hold a mark in a line.
IN_LINE = ("a", "sup", "span")
# A note's mark: a number, a letter in brackets, asterisks, daggers, the arrow back.
_NUMBER = re.compile(r"[\[(]?\s*\d{1,4}\s*[\])]?")
_BRACKETED = re.compile(r"[\[(]\s*(?:\d{1,4}|[a-z*†‡§]{1,3})\s*[\])]")
_SIGN = re.compile(r"[\[(]?[*∗†‡§¶]{1,4}[\])]?|[↩↑⏎\ufe0e\ufe0f]+")
_NOTE_ADDRESS = re.compile(r"#.*(?:fn|foot|note|ftn|ref|anm|cite)|#_edn", re.IGNORECASE)
# A raised number behind a word is a note's mark; behind a unit (km²) or a digit (10⁶) a power.
_WORD_BEFORE = re.compile(r"(?:[^\W\d_]{3}|[.,;:!?…”’»\"')\]])\s*\Z")
# Marks are no longer than this (characters).
_MAX_MARK = 8
# ... and made of no more elements or stretches of text than this. Marks may stand in marks:
# looking into each to its end would take time that grows with the square.
_MAX_ELEMENTS = 40


def part(element: etree._Element) -> str:
    """Say why a block element is no running text; "" where nothing says that it is not."""
    return _named(element, _PARTS) or _classed(element, _CLASSES)


def mark(element: etree._Element, tag: str, before: str) -> str:
    """Say which mark an element in a line is; "" where it is text.

    Args:
        element: it.
        tag: its local name.
        before: the text that stands before it in its block.
    """
    named = _named(element, _MARKS)
    if not named and tag != "sup":
        named = _classed(element, _MARK_CLASSES)
    text = _short_text(element)
    if not text:
        return ""
    if named == PAGE_NUMBER or (named and (tag == "a" or element.get("epub:type"))):
        return named
    if tag == "a":
        return NOTE_MARK if _refers_to_note(element, text) else ""
    if tag == "sup":
        linked = any(_local(each) == "a" for each in _first_elements(element))
        number = _NUMBER.fullmatch(text) and (linked or _WORD_BEFORE.search(before[-_MAX_MARK:]))
        return NOTE_MARK if number or _SIGN.fullmatch(text) or _BRACKETED.fullmatch(text) else ""
    return ""


def _first_elements(element: etree._Element) -> Iterable[etree._Element]:
    return islice(element.iter(), _MAX_ELEMENTS)


def _short_text(element: etree._Element) -> str:
    """Return an element's text; "" of one that holds more than a mark may."""
    parts = list(islice(element.itertext(), _MAX_ELEMENTS + 1))
    text = "".join(map(str, parts)).strip()
    return text if len(parts) <= _MAX_ELEMENTS and len(text) <= _MAX_MARK else ""


def _refers_to_note(link: etree._Element, text: str) -> bool:
    """Whether a link is a note's mark, or leads from a note back to it."""
    address = link.get("href") or ""
    if "#" not in address:
        return False
    if _SIGN.fullmatch(text) or _BRACKETED.fullmatch(text):
        return True
    raised = any(_local(each) == "sup" for each in _first_elements(link))
    return bool(_NUMBER.fullmatch(text)) and (raised or bool(_NOTE_ADDRESS.search(address)))


def _named(element: etree._Element, names: dict[str, str]) -> str:
    roles = (element.get("role") or "").replace("doc-", "")
    return _first([*(element.get("epub:type") or "").split(), *roles.split()], names)


def _classed(element: etree._Element, names: dict[str, str]) -> str:
    words = [*(element.get("class") or "").split(), element.get("id") or ""]
    return _first([word.lower() for word in words], names)


def _first(words: Iterable[str], names: dict[str, str]) -> str:
    return next((names[word] for word in words if word in names), "")


def _local(element: etree._Element) -> str:
    name: object = element.tag
    return name.rpartition("}")[2].lower() if isinstance(name, str) else ""
