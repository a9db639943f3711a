"""Read a PDF's text layer: lines put together to paragraphs again, page furniture left out."""

import logging
import os
import pickle
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aligner.errors import ReadError
from aligner.formats.readers.files import read_bytes
from aligner.formats.readers.found_blocks import FoundBlock, lay_out
from aligner.formats.readers.pdf_columns import WIDE, apart
from aligner.formats.readers.pdf_lines import (
    LINE_END_HYPHENS,
    Gap,
    Line,
    Paragraph,
    paragraphs,
)
from aligner.formats.wall import MEND
from aligner.types import BlockKind, Document

if TYPE_CHECKING:
    import pypdfium2

_log = logging.getLogger(__name__)

# A running head stands on at least this share of the pages, and on this many.
HEAD_SHARE, HEAD_PAGES = 0.3, 3
# ... within this many lines of a page's top or foot.
EDGE_LINES = 2
# A running head with a number that rises with the pages: on so large a share of them.
NUMBERED_SHARE = 0.3
_NUMBERED_HEAD = re.compile(r"(\d{1,4})\s+\D{1,80}|\D{1,80}\s+(\d{1,4})")
# An entry of a table of contents, and so many that make one.
_LEADERS = re.compile(r"(?:\.\s?){4,}\s*(?:\d{1,4}|[ivxlcdm]{1,7})$|…{2,}\s*\d{1,4}$", re.I)
FEW_ENTRIES = 3
# Notes at the foot of a page are of smaller type than the text, and begin with a mark.
NOTE_RATIO = 0.93
_NOTE_MARK = re.compile(r"(?:\d{1,3}|[*†‡§]{1,3})[.)]?\s*(?=\S)")
_PAGE_NUMBER = re.compile(r"[-–—\s]*(?:\d{1,4}|[ivxlcdm]{1,7})(?:\s*/\s*\d{1,4})?[-–—\s]*", re.I)
_LINE = re.compile(rf"[^\r\n{LINE_END_HYPHENS}]+[{LINE_END_HYPHENS}]?")
_SPACE, _WORD = re.compile(r"\s+"), re.compile(r"\S+")
_DIGITS = re.compile(r"\d+")
# A heading's letters are so much higher than the text's, or more.
HEADING_RATIO = 1.12
MAX_HEADING = 120  # characters
_FINAL_STOP = re.compile(r"[.!?…。！？]['\"”»’)\]]*\Z")

# What reading may take: processor seconds, and bytes of memory. A page of text takes
# milliseconds, and a document of pictures is large.
MIN_SECONDS, BYTES_PER_SECOND = 3, 50_000
MIN_MEMORY, MEMORY_RATIO = 450_000_000, 20


def read(path: Path, *, encoding: str | None = None) -> Document:
    """Read a PDF.

    Args:
        path: the file.
        encoding: without effect; the format has its own.

    Returns:
        A document of paragraphs and headings, places "page N" (1-based, where each
        begins). Running heads and page numbers are left out; words that were hyphenated
        at line ends are whole again. Offsets count in the text found (`pieces.source`).

    Raises:
        ReadError: no PDF, damaged, with a password, or scanned without a text layer.
    """
    del encoding
    raw, where = read_bytes(path), str(path)
    pages, title = _read_apart(raw, where)
    if not any(pages):
        problem = f"no text layer on any of its {len(pages)} page(s): it was scanned"
        raise ReadError(problem, where, "run text recognition (OCR) on it first")
    for number, lines in enumerate(pages, start=1):
        if not lines:
            _log.warning("%s: page %d has no text layer", where, number)
    furniture = _furniture(pages)
    text = [[line for line in lines if line not in furniture] for lines in pages]
    furniture |= _contents(text) | _notes(text)
    text = [[line for line in lines if line not in furniture] for lines in pages]
    height = _text_height(text)
    pieces = [
        (paragraph.lines[0], _piece(paragraph, height)) for paragraph in paragraphs(text)
    ] + [(line, FoundBlock(line.text, "paragraph", f"page {line.page}", furniture[line]))
         for line in furniture]  # fmt: skip
    pieces.sort(key=lambda pair: (pair[0].page, pair[0].number))
    return lay_out(path, raw, [piece for _, piece in pieces], title)


def _read_apart(raw: bytes, where: str) -> tuple[list[list[Line]], str]:
    """Return each page's lines and the document's title, read in a process of its own.

    Drawings may name each other so that a page of a few kilobytes is drawn for days and fills
    any memory, and nothing stops the library: the system stops the process.

    Raises:
        ReadError: as `_read_lines`; or it took more than a document of its size may.
    """
    import subprocess

    program = [sys.executable, "-c", _CHILD, str(len(raw)), where]
    path = os.pathsep.join([str(Path(__file__).parents[3]), os.environ.get("PYTHONPATH", "")])
    found = subprocess.run(
        program, input=raw, capture_output=True, check=False, env={**os.environ, "PYTHONPATH": path}
    )
    if found.returncode > 0:
        # An error that is none of the document's: the wall outside says it.
        raise RuntimeError(found.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2])
    if found.returncode:
        problem = "reading it takes more time or memory than a document of its size should"
        raise ReadError(problem, where, "print it into a new PDF, or copy its text")
    result = pickle.loads(found.stdout)
    if isinstance(result, ReadError):
        raise result
    pages, title = result
    return pages, title


# What the process does; its own errors end it.
_CHILD = """
import sys
from aligner.formats.readers.pdf import answer
answer(int(sys.argv[1]), sys.argv[2])
"""


def answer(size: int, where: str) -> None:
    """Read a document from standard input; write what is in it, or the error, to the output."""
    _limit(size)
    try:
        result: object = _read_lines(sys.stdin.buffer.read(), where)
    except ReadError as error:
        result = error
    sys.stdout.buffer.write(pickle.dumps(result))


def _limit(size: int) -> None:
    """Let the system end this process when it takes too much, where the system can."""
    try:
        import resource
    except ImportError:
        return
    seconds = int(MIN_SECONDS + size / BYTES_PER_SECOND)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    memory = int(MIN_MEMORY + MEMORY_RATIO * size)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _read_lines(raw: bytes, where: str) -> tuple[list[list[Line]], str]:
    """Return each page's lines and the document's title."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(raw)
        pages = [apart(list(_page_lines(page, n))) for n, page in enumerate(document, start=1)]
        title = _title(document)
        document.close()
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            remedy = "remove the password first"
            raise ReadError("it is protected by a password", where, remedy) from error
        raise ReadError("this is not a PDF document, or it is damaged", where, MEND) from error
    return pages, title


def _title(document: "pypdfium2.PdfDocument") -> str:
    try:
        return str(document.get_metadata_value("Title"))
    except UnicodeDecodeError:
        return ""  # a damaged title is no reason to refuse the text


def _page_lines(page: "pypdfium2.PdfPage", number: int) -> Iterator[Line]:
    """Yield a page's lines in the order in which they are written, with their boxes."""
    text_page = page.get_textpage()
    text = text_page.get_text_range()
    for n, match in enumerate(_LINE.finditer(text)):
        content = match.group().rstrip()
        first = match.start() + len(content) - len(content.lstrip())
        last = match.start() + len(content) - 1
        if last < first or last >= text_page.count_chars():
            continue
        word = re.compile(r"\S+").match(text, first)
        word_end = min(word.end() - 1 if word else first, last)
        left, bottom, _, top = text_page.get_charbox(first, loose=True)
        right = text_page.get_charbox(last, loose=True)[2]
        word_right = text_page.get_charbox(word_end, loose=True)[2]
        yield Line(
            text=content.strip(),
            page=number,
            number=n,
            left=left,
            right=right,
            top=top,
            bottom=bottom,
            first_word=word_right - left,
            gaps=tuple(_gaps(text_page, content.strip(), first, top - bottom)),
        )
    text_page.close()


def _gaps(text_page: Any, text: str, first: int, height: float) -> Iterator[Gap]:
    """Yield the wide gaps of a line.

    Args:
        text_page: of the library.
        text: of the line.
        first: the number of its first character on the page.
        height: of the line.
    """
    for space in _SPACE.finditer(text):
        left = text_page.get_charbox(first + space.start() - 1, loose=True)[2]
        right = text_page.get_charbox(first + space.end(), loose=True)[0]
        if right - left >= WIDE * height:
            word = _WORD.match(text, space.end())
            end = first + (word.end() if word else space.end() + 1) - 1
            width = text_page.get_charbox(end, loose=True)[2] - right
            yield Gap(space.start(), space.end(), left, right, width)


def _furniture(pages: Sequence[Sequence[Line]]) -> dict[Line, str]:
    """Return the running heads and page numbers, each with its reason."""
    edges = [edge for lines in pages if len(lines) > EDGE_LINES for edge in _edges(lines)]
    seen = Counter(_shape(line) for edge in edges for line in edge)
    often = max(HEAD_PAGES, HEAD_SHARE * len(pages))
    found: dict[Line, str] = {}
    for edge in edges:
        for depth, line in enumerate(edge):
            if seen[_shape(line)] >= often:
                found[line] = "running head"
            elif depth == 0 and _PAGE_NUMBER.fullmatch(line.text):
                found[line] = "page number"
            else:
                break  # what is further inside is text
    numbered = _numbered_heads(pages)
    return found | {line: "running head" for line in numbered if line not in found}


def _numbered_heads(pages: Sequence[Sequence[Line]]) -> list[Line]:
    """Return outermost lines with the page's number beside other words ("CHAPTER TWO 11").

    They may be said on one page alone: that their numbers rise as the pages do gives them away.
    """
    by_offset: dict[int, list[Line]] = {}
    for lines in pages:
        if len(lines) <= EDGE_LINES:
            continue
        top, foot = max(lines, key=lambda line: line.top), min(lines, key=lambda line: line.top)
        for line in (top, foot):
            if found := _NUMBERED_HEAD.fullmatch(line.text):
                number = int(found[1] or found[2])
                by_offset.setdefault(number - line.page, []).append(line)
    best = max(by_offset.values(), key=len, default=[])
    on = {line.page for line in best}
    return best if len(on) >= max(2, NUMBERED_SHARE * len(pages)) else []


def _contents(pages: Sequence[Sequence[Line]]) -> dict[Line, str]:
    """Return the lines of tables of contents: dots lead from their words to a page's number."""
    led = [line for lines in pages for line in lines if _LEADERS.search(line.text)]
    return dict.fromkeys(led, "table of contents") if len(led) >= FEW_ENTRIES else {}


def _notes(pages: Sequence[Sequence[Line]]) -> dict[Line, str]:
    """Return the notes at the feet of pages: in smaller type, from a mark on, nothing below."""
    height = _text_height(pages)
    found: dict[Line, str] = {}
    for lines in pages:
        floor = min((each.bottom for each in lines if each.height > NOTE_RATIO * height), default=0)
        small = [each for each in lines if each.height <= NOTE_RATIO * height and each.top < floor]
        small.sort(key=lambda each: -each.top)
        first = next((n for n, each in enumerate(small) if _NOTE_MARK.match(each.text)), None)
        if first is not None:
            found |= dict.fromkeys(small[first:], "note")
    return found


def _edges(lines: Sequence[Line]) -> tuple[Sequence[Line], Sequence[Line]]:
    """Return a page's first and last lines, the outermost first."""
    return lines[:EDGE_LINES], lines[: -EDGE_LINES - 1 : -1]


def _shape(line: Line) -> tuple[str, int]:
    """What makes a line the same on every page: its text but for numbers, and its height."""
    return _DIGITS.sub("#", line.text), round(line.top / 10)


def _text_height(pages: Sequence[Sequence[Line]]) -> float:
    """Return how high most of the letters stand."""
    heights: Counter[float] = Counter()
    for lines in pages:
        for line in lines:
            heights[round(line.height, 1)] += len(line.text)
    return heights.most_common(1)[0][0] if heights else 0.0


def _piece(paragraph: Paragraph, height: float) -> FoundBlock:
    text = paragraph.text
    is_heading = (
        paragraph.lines[0].height >= HEADING_RATIO * height
        and len(text) <= MAX_HEADING
        and not _FINAL_STOP.search(text)
    )
    kind: BlockKind = "heading" if is_heading else "paragraph"
    return FoundBlock(text, kind, f"page {paragraph.lines[0].page}")
