"""Texts that translate each other, out of packages: catalogues, help, manuals, dictionaries.

A package is read whatever it is: it may have gettext catalogues (English and its translation),
pages of help in many languages whose paragraphs have names, or a dictionary.
"""

import gettext
import gzip
import html
import io
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree
from lxml import html as markup

from benchmarks.languages.debian import Package

SHORTEST, LONGEST = 2, 400  # characters of a text
MOST_SENSES = 4  # of a word in a dictionary

_WANTED = re.compile(
    r"\.mo$|usr/share/libreoffice/help/.*\.html$|usr/share/gimp/[^/]+/help/.*\.html$"
    r"|usr/share/help/[^/]+/.*\.page$|dictd/.*\.(index|dict\.dz)$"
    r"|/i18n/[a-z-]+\.json$|debian-handbook/html/.*\.html$|usr/share/doc/[^/]+/copyright$"
)
# In the usual folders, or as WordPress names them.
_CATALOGUE = re.compile(
    r"([a-z]{2,3}(?:[_@-]\w+)*)/LC_MESSAGES/[^/]+\.mo$|/(?:\w+-)*([a-z]{2,3}(?:_[A-Z]{2})?)\.mo$"
)
_MNEMONIC = re.compile(r"(?<!\w)[_&~](?=\w)|(?<=\w)[_&~](?=\w)")
_TAG = re.compile(r"<[^<>]{0,200}>|\\[nt]")
_PLACEHOLDER = re.compile(
    r"\{\{[^{}]*\}\}|\[\[|\]\]|'{2,}|\$\d|%(?:\d+\$|\(\w+\))?[-+ 0#]*\d*(?:\.\d+)?[a-zA-Z%]|\{\w*\}"
    r"|\$\(?\w+\)?|%\w+%"
)
_UTF8 = markup.HTMLParser(encoding="utf-8")
_SPACE = re.compile(r"\s+")
_LETTERS = re.compile(r"[^\W\d_]{2}")
COUNTED = ("p", "title", "h1", "h2", "h3")
_NAMED = ("p", "h1", "h2", "h3", "h4", "h5", "h6", "td", "li")


class Text(NamedTuple):
    """A paragraph: in which language, and where, so that its translation is found."""

    lang: str
    page: str
    place: str
    text: str


@dataclass(slots=True)
class Contents:
    """What a package has: pairs, English first, by language; paragraphs to be paired; licences."""

    pairs: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    texts: list[Text] = field(default_factory=list)
    licence: str = ""


def read(package: Package) -> Contents:
    """Read a package, once."""
    found = Contents()
    dictionary: dict[str, bytes] = {}
    for name, content in package.members(_WANTED):
        if name.endswith(".mo"):
            match = _CATALOGUE.search(name)
            if match:
                found.pairs[match[1] or match[2]].extend(_catalogue(content))
        elif "/dictd/" in name:
            dictionary[name.rsplit("/", 1)[1]] = content
        elif name.endswith("/copyright"):
            lines = re.findall(r"(?m)^License:[ \t]*(\S.*)$", content.decode("utf-8", "replace"))
            found.licence = ", ".join(list(dict.fromkeys(lines))[:4])
        else:
            found.texts.extend(_paragraphs(name, content))
    for lang, pairs in _dictionary(dictionary):
        found.pairs[lang].extend(pairs)
    return found


def _paragraphs(name: str, content: bytes) -> Iterator[Text]:
    """Yield the paragraphs of a page of help."""
    if "/libreoffice/help/" in name:
        lang, _, page = name.split("/help/", 1)[1].partition("/text/")
        yield from _named(content, lang, page)
    elif name.endswith(".page"):
        lang, _, page = name.split("/help/", 1)[1].partition("/")
        yield from _counted(content, lang, page, etree.XMLParser(recover=True))
    elif name.endswith(".json"):
        folder, _, file = name.rpartition("/")
        yield from _keyed(content, file.removesuffix(".json"), folder)
    else:
        folders = name.split("/")
        at = folders.index("html" if "debian-handbook" in name else "help") + 1
        yield from _counted(content, folders[at], "/".join(folders[at + 1 :]), None)


def _catalogue(content: bytes) -> Iterator[tuple[str, str]]:
    """Yield the messages of a compiled gettext catalogue, and their translations."""
    try:
        messages = gettext.GNUTranslations(io.BytesIO(content))._catalog  # type: ignore[attr-defined]
    except (OSError, ValueError, IndexError):  # in other forms than gettext's own, all of them
        return
    for key, said in messages.items():
        # Plural forms stand under (message, number).
        message, number = key if isinstance(key, tuple) else (key, 1)
        if number == 1 and message:
            yield message.rpartition("\x04")[2], said


def _named(content: bytes, lang: str, page: str) -> Iterator[Text]:
    tree = markup.fromstring(content, parser=_UTF8)
    for element in tree.iter(*_NAMED):
        name = element.get("id")
        if name:
            yield Text(lang, page, name, element.text_content())


def _counted(
    content: bytes, lang: str, page: str, parser: etree.XMLParser | None
) -> Iterator[Text]:
    """Yield a page's paragraphs by their number; where a translation has as many, they pair."""
    try:
        tree = (
            etree.fromstring(content, parser)
            if parser
            else markup.fromstring(content, parser=_UTF8)
        )
    except (etree.ParserError, etree.XMLSyntaxError):
        return
    if tree is None:
        return
    found = [
        "".join(element.itertext())
        for element in tree.iter()
        if isinstance(element.tag, str) and etree.QName(element).localname in COUNTED
    ]
    for number, text in enumerate(found):
        yield Text(lang, page, f"{number} of {len(found)}", text)


def _keyed(content: bytes, lang: str, folder: str) -> Iterator[Text]:
    """Yield the messages of a file that names each of them, as MediaWiki's do."""
    try:
        messages = json.loads(content)
    except ValueError:
        return
    if isinstance(messages, dict):
        for key, said in messages.items():
            if isinstance(said, str):
                yield Text(lang, folder, key, said)


def _dictionary(files: Mapping[str, bytes]) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield the language of each FreeDict dictionary and its words, English first."""
    for name, content in files.items():
        if not name.endswith(".index"):
            continue
        src, tgt = name.removeprefix("freedict-").removesuffix(".index").split("-")
        body = gzip.decompress(files[name.replace(".index", ".dict.dz")])
        words = []
        for line in content.decode("utf-8", "replace").splitlines():
            fields = line.split("\t")
            if len(fields) == 3 and not fields[0].startswith("00"):
                start, size = map(_base64, fields[1:])
                words.extend(
                    _senses(body[start : start + size].decode("utf-8", "replace"), fields[0])
                )
        if tgt == "eng":
            yield src, [(b, a) for a, b in words]
        elif src == "eng":
            yield tgt, words


def _senses(entry: str, word: str) -> Iterator[tuple[str, str]]:
    head, *lines = entry.split("\n")
    said = re.sub(r"\s*[/<\[].*", "", head).strip() or word
    senses = 0
    for line in lines:
        text = re.sub(r"\([^)]*\)|\[[^\]]*\]|<[^>]*>|^\s*\d+\.", "", line).strip()
        if not text or '"' in text or ":" in text or len(text) > 60:
            continue
        for sense in re.split(r"[,;]", text):
            if sense.strip() and senses < MOST_SENSES:
                senses += 1
                yield said, sense.strip()


def _base64(digits: str) -> int:
    order = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    value = 0
    for digit in digits:
        value = value * 64 + order.index(digit)
    return value


def cleaned(text: str) -> str:
    """Return a text without marks for menus, markup and placeholders; "" where little is left."""
    text = _TAG.sub(" ", html.unescape(text))
    text = _PLACEHOLDER.sub(" ", text)
    text = _SPACE.sub(" ", _MNEMONIC.sub("", text)).strip(" :…")
    if not SHORTEST <= len(text) <= LONGEST or not _LETTERS.search(text):
        return ""
    return text
