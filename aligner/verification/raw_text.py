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
from collections.abc import Callable
from contextlib import suppress
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from aligner.errors import ReadError
from aligner.formats.wall import reading
from aligner.text.decoding.encodings import decode
from aligner.types import Document

# What a page holds that is not shown as text, and what has no end tag.
_HIDDEN = "audio canvas head iframe math noscript object script select style svg template"
HIDDEN = frozenset([*_HIDDEN.split(), "textarea", "title", "video"])
VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "wbr"]
)
NOT_SHOWN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
WORD_TEXT = re.compile(r"<w:t(?:\s[^>]*)?>([^<]*)</w:t>")
WORD_TWICE = re.compile(r"<mc:Fallback.*?</mc:Fallback>|<w:moveFrom\b.*?</w:moveFrom>", re.DOTALL)
WORD_PARTS = re.compile(r"word/(?:document|footnotes|endnotes|comments|header\d*|footer\d*)\.xml")
ITEM = re.compile(r"<(?:\w+:)?item\s([^>]*)>")
ITEMREF = re.compile(r"<(?:\w+:)?itemref\s([^>]*)>")
ATTRIBUTE = re.compile(r"""([\w:-]+)\s*=\s*["']([^"']*)["']""")
LINK = re.compile(r"\]\([^)\n]*\)|^\s*\[[^\]\n]+\]:.*$|<[^>\n]*>", re.MULTILINE)
CUE_MARKUP = re.compile(r"<[^>\n]*>|\{[^}\n]*\}|\\[Nnh]|^.*-->.*$", re.MULTILINE)
CUE_NOTES = re.compile(r"^(?:WEBVTT|NOTE|STYLE|REGION)\b.*?(?:\n\n|\Z)", re.MULTILINE | re.DOTALL)
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
    way = WAYS.get(path.suffix.lower())
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


class _Page(HTMLParser):
    """Collects what is between tags; elements that are not shown are passed over."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self.hidden = ""
        self.depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Go into an element."""
        self.texts.append(" ")
        if self.hidden:
            self.depth += tag == self.hidden
        elif tag in HIDDEN or any(_hides(name, value or "") for name, value in attrs):
            self.hidden, self.depth = ("", 0) if tag in VOID else (tag, 1)

    def handle_endtag(self, tag: str) -> None:
        """Come out of an element."""
        self.texts.append(" ")
        if tag == self.hidden:
            self.depth -= 1
            self.hidden = self.hidden if self.depth else ""

    def handle_data(self, data: str) -> None:
        """Keep what is shown."""
        if not self.hidden:
            self.texts.append(data)


def _hides(name: str, value: str) -> bool:
    return name == "hidden" or (name == "style" and NOT_SHOWN.search(value) is not None)


def _of_markup(text: str) -> str:
    page = _Page()
    page.feed(text)
    page.close()
    return "".join(page.texts)


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
    items = [dict(ATTRIBUTE.findall(item)) for item in ITEM.findall(package)]
    files = {item.get("id"): unquote(html.unescape(item.get("href", ""))) for item in items}
    wanted = [dict(ATTRIBUTE.findall(item)).get("idref") for item in ITEMREF.findall(package)]
    return [files[each].lstrip("./").lower() for each in wanted if files.get(each)]


def _word(path: Path, _: str | None) -> str:
    with zipfile.ZipFile(path) as archive:
        parts = [name for name in archive.namelist() if WORD_PARTS.fullmatch(name)]
        texts = [
            WORD_TWICE.sub("", archive.read(name).decode("utf-8", "replace")) for name in parts
        ]
    return "\n".join(html.unescape(each) for text in texts for each in WORD_TEXT.findall(text))


def _markdown(path: Path, encoding: str | None) -> str:
    return html.unescape(LINK.sub(" ", decode(path.read_bytes(), str(path), encoding)))


def _cues(path: Path, encoding: str | None) -> str:
    text = decode(path.read_bytes(), str(path), encoding)
    if path.suffix.lower() in (".ass", ".ssa"):
        lines = [line for line in text.splitlines() if line.startswith(("Dialogue:", "Comment:"))]
        text = "\n".join(line.split(",", 9)[-1] for line in lines)
    return html.unescape(CUE_MARKUP.sub(" ", CUE_NOTES.sub("", text)))


WAYS: dict[str, Callable[[Path, str | None], str]] = {
    **dict.fromkeys((".htm", ".html", ".xhtml"), _page),
    **dict.fromkeys((".md", ".markdown"), _markdown),
    **dict.fromkeys((".ass", ".srt", ".ssa", ".vtt"), _cues),
    ".docx": _word,
    ".epub": _book,
}
