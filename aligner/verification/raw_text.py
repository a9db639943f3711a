"""A second, cruder way to the letters of a file, by which it is told what a reader lost.

The proof holds an export against what its reader found; were a reader to lose a chapter, the
proof would hold. Here a file's letters are taken out with none of the readers' code and none of
their parsers: tags are cut off, members of a container laid end to end. Nothing is known of
blocks or order, so letters are counted, and the count is what is compared.
"""

import html
import re
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from aligner.errors import ReadError
from aligner.formats.readers import READERS
from aligner.formats.wall import reading
from aligner.text.decoding.encodings import decode
from aligner.types import Document

# What a page holds that is not shown as text, what is in it as it stands, what has no end tag.
HIDDEN = frozenset(
    [
        "audio",
        "canvas",
        "head",
        "iframe",
        "math",
        "noscript",
        "object",
        "script",
        "select",
        "style",
        "svg",
        "template",
        "textarea",
        "title",
        "video",
        "mc:fallback",
        "w:movefrom",
    ]
)
RAW = frozenset({"script", "style"})
VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "track",
        "wbr",
    ]
)
NAME = re.compile(r"</?([a-z][\w:.-]*)", re.IGNORECASE)
IS_HIDDEN = re.compile(
    r"\shidden(?:[\s=/]|$)|display\s?:\s?none|visibility\s?:\s?hidden", re.IGNORECASE
)
CHARSET = re.compile(rb"""(?:charset|encoding)\s?=\s?["']?\s?([\w-]+)""", re.IGNORECASE)
WORD_PARTS = re.compile(r"word/(?:document|footnotes|endnotes|comments|header\d*|footer\d*)\.xml")
ATTRIBUTE = re.compile(r"""([\w:-]+)=["']([^"']*)["']""")
CUE_HEADS = ("WEBVTT", "NOTE", "STYLE", "REGION")
# Words that are shown of what never arrived.
SAMPLE = 6


class Unread(NamedTuple):
    """Letters that are in a file and not in what was read of it.

    Args:
        letters: how many.
        share: of all letters of the file.
        sample: the first words of it.
    """

    letters: int
    share: float
    sample: str


def unread(path: Path, document: Document, encoding: str | None = None) -> Unread | None:
    """Return what of a file's letters never arrived; None of formats with no second way.

    Args:
        path: the file.
        document: what its reader made of it.
        encoding: of the file, where it was given.
    """
    way = WAYS.get(READERS.find(path).suffix)
    if way is None:
        return None
    try:
        with reading(str(path), f"a {path.suffix} file"):
            raw = unicodedata.normalize("NFC", way(path, encoding))
    except ReadError:
        # Its reader is more forgiving than this one.
        return None
    parts = [block.text for block in document.blocks]
    read = "\n".join([*parts, *(piece.text for piece in document.left_out)])
    lost = _letters(raw) - _letters(read)
    count, known = lost.total(), set(_words(read))
    missing = [word for word in _words(raw) if word not in known]
    return Unread(count, count / max(1, _letters(raw).total()), " ".join(missing[:SAMPLE]))


def _letters(text: str) -> Counter[str]:
    return Counter({char: n for char, n in Counter(text.casefold()).items() if char.isalpha()})


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text)


class _Tag(NamedTuple):
    """A tag, without its brackets, and the name that it opens or closes; "" of comments."""

    name: str
    inside: str

    @property
    def closes(self) -> bool:
        return self.inside.startswith("/")

    @property
    def is_empty(self) -> bool:
        return self.inside.endswith("/") or self.name in VOID


def _cut(text: str) -> Iterator[str | _Tag]:
    """Cut markup into texts and tags. Each look ahead that fails is the last of its kind."""
    at, ends = 0, {"-->": True, ">": True}
    while (opened := text.find("<", at)) >= 0:
        yield text[at:opened]
        close = "-->" if text.startswith("<!--", opened) else ">"
        stop = text.find(close, opened) if ends[close] else -1
        ends[close] = stop >= 0
        named = NAME.match(text, opened)
        if stop < 0 or not (named or text[opened + 1 : opened + 2] in ("!", "?")):
            yield "<"
            at = opened + 1
        else:
            at = stop + len(close)
            yield _Tag(named[1].lower() if named else "", text[opened + 1 : stop])
    yield text[at:]


def _shown(text: str) -> Iterator[str | _Tag]:
    """Yield what is shown of markup: neither hidden elements nor their tags."""
    hidden, depth = "", 0
    for each in _cut(text):
        if isinstance(each, str):
            if not hidden:
                yield each
        elif hidden:
            if each.name == hidden and not each.is_empty:
                depth += -1 if each.closes else 1
                hidden = hidden if depth else ""
        elif not each.closes and not each.is_empty and _hides(each):
            hidden, depth = each.name, 1
        else:
            yield each


def _hides(tag: _Tag) -> bool:
    return tag.name in HIDDEN or IS_HIDDEN.search(tag.inside) is not None


def _of_markup(text: str) -> str:
    texts = (each if isinstance(each, str) else " " for each in _shown(_without_raw(text)))
    return html.unescape("".join(texts))


def _without_raw(text: str) -> str:
    """Take out scripts and styles, in which a bracket is no tag."""
    for name in RAW:
        text = _without(text, re.compile(f"<{name}\\b", re.I), re.compile(f"</{name}\\s?>", re.I))
    return text


def _without(text: str, opens: re.Pattern[str], closes: re.Pattern[str]) -> str:
    """Take out what stands between marks, and the marks; what nothing closes stays."""
    parts: list[str] = []
    at = 0
    while first := opens.search(text, at):
        last = closes.search(text, first.end())
        if last is None:
            break
        parts += text[at : first.start()], " "
        at = last.end()
    return "".join([*parts, text[at:]])


def _page(path: Path, encoding: str | None) -> str:
    return _of_markup(_decoded(path.read_bytes(), path, encoding))


def _decoded(raw: bytes, path: Path, encoding: str | None) -> str:
    """Decode as a page is: UTF-8, else as it says itself, else by detection."""
    said = CHARSET.search(raw[:1024])
    if encoding is None and said is not None:
        for name in ("utf-8", said[1].decode("ascii")):
            with suppress(UnicodeDecodeError, LookupError):
                return raw.decode(name)
    return decode(raw, str(path), encoding)


def _book(path: Path, encoding: str | None) -> str:
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        package = next((name for name in names if name.lower().endswith(".opf")), "")
        spine = _spine(archive.read(package).decode("utf-8", "replace")) if package else ()
        return "\n".join(
            _of_markup(_decoded(archive.read(name), path, encoding))
            for name in names
            if name.lower().endswith(tuple(spine))
        )


def _spine(package: str) -> list[str]:
    """Return the ends of the names of the files that are to be read, in small letters."""
    tags = [each for each in _cut(package) if isinstance(each, _Tag)]
    items, wanted = (
        [dict(ATTRIBUTE.findall(tag.inside)) for tag in tags if tag.name.split(":")[-1] == name]
        for name in ("item", "itemref")
    )
    files = {item.get("id"): unquote(html.unescape(item.get("href", ""))) for item in items}
    named = [files.get(item.get("idref", "")) for item in wanted]
    return [each.lstrip("./").lower() for each in named if each]


def _word(path: Path, _: str | None) -> str:
    with zipfile.ZipFile(path) as archive:
        parts = [name for name in archive.namelist() if WORD_PARTS.fullmatch(name)]
        return "\n".join(
            _word_texts(archive.read(name).decode("utf-8", "replace")) for name in parts
        )


def _word_texts(xml: str) -> str:
    """Return what stands in the text elements of a part, but for the readings of words."""
    texts, inside, reading = [], False, False
    for each in _shown(xml):
        if isinstance(each, _Tag):
            inside = not each.closes if each.name == "w:t" else inside
            reading = not each.closes if each.name == "w:rt" else reading
        elif inside and not reading:
            texts.append(each)
    return html.unescape(" ".join(texts))


def _markdown(path: Path, encoding: str | None) -> str:
    text = decode(path.read_bytes(), str(path), encoding)
    lines = [line for line in text.split("\n") if not _defines(line)]
    return html.unescape("\n".join(_plain(line, ("](", ")"), ("<", ">")) for line in lines))


def _defines(line: str) -> bool:
    return line.lstrip().startswith("[") and "]:" in line


def _plain(line: str, *marks: tuple[str, str]) -> str:
    for opens, closes in marks:
        line = _without(line, re.compile(re.escape(opens)), re.compile(re.escape(closes)))
    return line


def _cues(path: Path, encoding: str | None) -> str:
    text = decode(path.read_bytes(), str(path), encoding)
    suffix = path.suffix.lower()
    if suffix == ".vtt":
        parts = [part for part in text.split("\n\n") if not part.lstrip().startswith(CUE_HEADS)]
        text = "\n".join(parts)
    lines = [line for line in text.split("\n") if "-->" not in line]
    if suffix in (".ass", ".ssa"):
        events = [line for line in lines if line.startswith(("Dialogue:", "Comment:"))]
        lines = [line.split(",", 9)[-1] for line in events]
    text = "\n".join(_plain(line, ("{", "}"), ("<", ">")) for line in lines)
    return html.unescape(re.sub(r"\\[Nnh]", " ", text))


def _open_document(path: Path, _: str | None) -> str:
    with zipfile.ZipFile(path) as archive:
        text = archive.read("content.xml").decode("utf-8", "replace")
    for name in ("office:automatic-styles", "text:tracked-changes", "text:ruby-text"):
        text = _without(text, re.compile(f"<{name}\\b"), re.compile(f"</{name}>"))
    return _of_markup(text)


def _fiction(path: Path, encoding: str | None) -> str:
    raw = path.read_bytes()
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            raw = next(archive.read(n) for n in archive.namelist() if n.lower().endswith(".fb2"))
    text = _decoded(raw, path, encoding)
    opens, closes = re.compile(r"<body\b"), re.compile(r"</body\s*>")
    return _of_markup(_between(text, opens, closes))


def _between(text: str, opens: re.Pattern[str], closes: re.Pattern[str]) -> str:
    """Return what stands between marks; to the end, where nothing closes."""
    parts, at = [], 0
    while begin := opens.search(text, at):
        end = closes.search(text, begin.end())
        at = end.end() if end else len(text)
        parts.append(text[begin.start() : at])
    return "\n".join(parts)


WAYS: dict[str, Callable[[Path, str | None], str]] = {
    **dict.fromkeys((".htm", ".html", ".xhtml"), _page),
    **dict.fromkeys((".md", ".markdown"), _markdown),
    **dict.fromkeys((".ass", ".srt", ".ssa", ".vtt"), _cues),
    ".docx": _word,
    **dict.fromkeys((".odt", ".odp"), _open_document),
    ".epub": _book,
    ".fb2": _fiction,
    ".fb2.zip": _fiction,
}
