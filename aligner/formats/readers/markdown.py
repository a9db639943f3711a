"""Read Markdown: the text of paragraphs, headings, lists, quotations and tables."""

import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from aligner.formats.readers.files import read_bytes
from aligner.formats.readers.found_blocks import FoundBlock, lay_out
from aligner.text.decoding.encodings import decode
from aligner.types import BlockKind, Document

if TYPE_CHECKING:
    from markdown_it.token import Token

    # A paragraph's text in; a token that has its parts out.
    Parse = Callable[[str], Token]

# In YAML, or in TOML.
_FRONT_MATTER = re.compile(
    r"\A(?:---\n(?:.*?\n)?(?:---|\.\.\.)|\+\+\+\n(?:.*?\n)?\+\+\+)(?:\n|\Z)", re.DOTALL
)
_FENCES = frozenset({"---", "...", "+++", ""})
# What of it is text.
_SAID = re.compile(
    r"(title|description|summary|subtitle|linktitle|excerpt)[ \t]*[:=]"
    r"(?![ \t]*[>|][-+]?[ \t]*$)[ \t]*(.+)",
    re.IGNORECASE,
)
# Marks of dialects: a heading's name, a block that a program fills in, boxes (":::tip A title",
# "[!NOTE]"). The title of a box is text.
_ATTRIBUTES = re.compile(r"\s*\{(?:[#.:][^{}\n]{0,200}|/\*[^\n]{0,200}?\*/)\}\s*\Z")
_SHORTCODE = re.compile(r"^[ \t]*\{\{[<%][^\n]{0,2000}[>%]\}\}[ \t]*$", re.MULTILINE)
_ALERT = re.compile(r"\A\[![A-Za-z]{1,20}\][+-]?(?=[ \n]|\Z)")
_BOX = re.compile(
    r"^:{3,}[ \t]*(?:[\w-]{1,40}(?:\[(?=[^\n]*\]))?[ \t]*(?P<title>[^\n\]]*)\]?)?$", re.MULTILINE
)
_KINDS: dict[str, BlockKind] = {
    "heading_open": "heading",
    "th_open": "cell",
    "td_open": "cell",
}
# A paragraph with more marks, or with more characters to search for the ends of its links, is
# taken as it stands: the library's time grows with the square.
MAX_MARKS = 20_000
MAX_SEARCHED = 200_000_000
_MARK = re.compile(r"[\[\]*_`<&\\]")
# What holds no text to translate.
_LEFT_OUT = {"fence": "code", "code_block": "code", "html_block": "markup"}


def read(path: Path, *, encoding: str | None = None) -> Document:
    """Read a Markdown file (CommonMark, with tables).

    Args:
        path: the file.
        encoding: a codec's name; detected where it is None.

    Returns:
        A document of blocks without their markup, places "line N" (1-based). Code, HTML
        and front matter are left out. Offsets count in the text found (`pieces.source`).

    Raises:
        ReadError: unreadable, or without text.
    """
    from markdown_it import MarkdownIt

    raw = read_bytes(path)
    text = decode(raw, str(path), encoding)
    front = _FRONT_MATTER.match(text)
    start = text[: front.end()].count("\n") if front else 0
    # The library leaves out without a word what stands deeper than its limit. Without one,
    # Python's own limit ends a file that no person wrote, in an error.
    unlimited = {"maxNesting": sys.maxsize}
    parser = MarkdownIt("commonmark", unlimited).enable("table").disable("inline")
    links: dict[str, object] = {}
    tokens = parser.parse(text[front.end() :] if front else text, links)
    whole = MarkdownIt("commonmark", unlimited)
    pieces = list(_pieces(tokens, start, lambda each: whole.parseInline(each, links)[0]))
    said = list(_front_matter(front[0])) if front else []
    title = next((each.text for each in said if each.kind == "heading"), "")
    return lay_out(path, raw, [*said, *pieces], title)


def _front_matter(text: str) -> Iterator[FoundBlock]:
    """Yield what a page says of itself, line by line; most of it is for programs."""
    for number, line in enumerate(text.split("\n"), start=1):
        found = _SAID.match(line)
        if found and (value := found[2].strip().strip("\"'").strip()):
            kind: BlockKind = "heading" if found[1].lower() == "title" else "paragraph"
            yield FoundBlock(found[1], "paragraph", f"line {number}", "front matter")
            yield FoundBlock(value, kind, f"line {number}")
        elif line not in _FENCES:
            yield FoundBlock(line, "paragraph", f"line {number}", "front matter")


def _dialect(content: str, kind: BlockKind) -> tuple[str, list[str]]:
    """Take the marks of Markdown's dialects out of a block; return its text, and these."""
    marks: list[str] = []

    def marked(match: re.Match[str]) -> str:
        # A box may have a title.
        title = match["title"] or "" if "title" in match.re.groupindex else ""
        marks.append(match[0].removesuffix(title).strip())
        return title

    if kind == "heading":
        content = _ATTRIBUTES.sub(marked, content)
    content = _ALERT.sub(marked, _SHORTCODE.sub(marked, content))
    return _BOX.sub(marked, content).strip(), marks


def _pieces(tokens: list["Token"], start: int, parse: "Parse") -> Iterator[FoundBlock]:
    """Yield the blocks' pieces; `start` lines stand before them."""
    kind: BlockKind = "paragraph"
    number = start + 1
    column = 0
    for token in tokens:
        if token.map:
            number = start + token.map[0] + 1
        place = f"line {number}"
        if token.type.endswith("_open"):
            kind = _KINDS.get(token.type, "paragraph")
            column = column + 1 if kind == "cell" else 0
        elif token.type == "inline":
            content, marks = _dialect(token.content, kind)
            for line in _inline(content, parse).split("\n"):
                yield FoundBlock(line, kind, place, column=column)
            yield from (FoundBlock(mark, "paragraph", place, "markup") for mark in marks)
        elif token.type in _LEFT_OUT:
            yield FoundBlock(token.content, "paragraph", place, _LEFT_OUT[token.type])


def _inline(content: str, parse: "Parse") -> str:
    """Return a block's text without markup; a hard break becomes a line end."""
    marks = sum(1 for _ in _MARK.finditer(content))
    if marks > MAX_MARKS or content.count("[") * len(content) > MAX_SEARCHED:
        return " ".join(content.split())
    text: list[str] = []
    for child in parse(content).children or ():
        if child.type in ("text", "code_inline"):
            text.append(child.content)
        elif child.type == "softbreak":
            text.append(" ")
        elif child.type == "hardbreak":
            text.append("\n")
        elif child.type == "image":
            text.append(child.content)
    return "".join(text)
