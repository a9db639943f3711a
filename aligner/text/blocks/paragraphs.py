"""Plain text to blocks: paragraphs, headings, lines that stand for themselves.

A block is always a piece of the source as it stands there. Lines that were broken by
a typist at a fixed width are one paragraph (their line ends stay in the block and count
as spaces), and so is a line that breaks off and the line of a small letter that goes on with
it; every other line is a block of its own, so that verse, lists and file formats of one
sentence a line keep their lines. In a table each cell is a block.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from aligner.text.blocks.furniture import is_byline
from aligner.types import Block, BlockKind

# A width between these (columns) is what typewriters, mail and e-text editions wrap at.
MIN_WIDTH, MAX_WIDTH = 40, 120
# A typist may leave this many columns free beyond the word that did not fit.
SLACK = 4
# Of a wrapped text's lines (last lines of paragraphs apart) at least this share is full.
MIN_FULL_SHARE = 0.5
# ... and of its full lines, this share ends in the middle of a sentence.
MIN_OPEN_SHARE = 0.5
# A line of verse begins with a capital, one in the middle of prose rarely (in German often).
MAX_CAPITAL_SHARE = 0.6
# Lines of verse and of lists are shorter than this (columns).
MAX_VERSE_WIDTH = 60
# Widths are estimated from at most this many lines.
SAMPLE_LINES = 2000
# A table has at least so many rows, and this share of its lines holds the same few tabs.
MIN_ROWS = 2
MIN_TABBED_SHARE = 0.9
MAX_COLUMNS = 9
# ... and this share has a tab between two cells: one before a line only indents it.
MIN_PARTED_SHARE = 0.5
# A heading is at most this long (characters); longer lines are sentences or credits.
MAX_HEADING = 80

_CELL = re.compile(r"[^\t\s](?:[^\t]*[^\t\s])?")
_LINE = re.compile(r"[^\n]+")
_CLOSERS = r"['\"”»’)\]」』]*$"
_FINAL = re.compile(r"[.!?…:;,。！？：；，؟।．｡]" + _CLOSERS)
# A comma ends no sentence: what follows goes on.
_STOP = re.compile(r"[.!?…:;。！？：；؟।۔։．｡][*_]?" + _CLOSERS)
# A line of dashes, stars or the like parts what stands above and below it.
_RULE = re.compile(r"[\W_]{5,}")
# In East Asian widths: what takes two columns, and what does so among them.
_WIDE, _WIDE_AMONG_WIDE = ("W", "F"), ("W", "F", "A")
_BULLET = re.compile(r"\s*(?:[-–—*•·▪►‣]\s|\d{1,3}[.)]\s|[a-zа-я][.)]\s)")
_DIVISION = (
    r"(?:chapter|part|book|section|canto|act|scene|volume|prologue|epilogue|preface|"
    r"глава|часть|книга|раздел|том|песнь|действие|сцена|пролог|эпилог|предисловие|"
    r"розділ|частина|kapitel|teil|buch|chapitre|partie|livre|cap[ií]tulo|parte|libro|"
    r"capitolo|rozdzia[łl]|kapitola|b[öo]l[üu]m|luku|hoofdstuk|fejezet|capitolul|"
    r"κεφάλαιο|الفصل|פרק|अध्याय|บทที่)"
)
_NUMBER = r"(?:\d{1,3}|(?-i:[IVXLCDM]{1,8}))"
# "CHAPTER III. The Fall", "Глава 3", "Часть первая", "2. kapitola", "XIV", "第三章"
_CHAPTER = re.compile(
    rf"{_DIVISION}\s+{_NUMBER}\b.{{0,60}}|{_DIVISION}(?:\s+(?:the\s+)?\w+)?[.:]?|"
    rf"{_NUMBER}\.?\s+{_DIVISION}\b.{{0,60}}|{_NUMBER}\.?|"
    r"第[0-9０-９一二三四五六七八九十百千]+[章回节節部卷话話].{0,40}",
    re.IGNORECASE,
)
# From here on, scripts are written without spaces: any character may begin a line.
_FIRST_IDEOGRAPH = "\u2e80"


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    stop: int
    number: int  # 1-based
    alone: bool  # blank lines (or the text's ends) before and after


def cut(text: str) -> tuple[Block, ...]:
    """Cut plain text into blocks; every character that is not white space is in exactly one.

    Args:
        text: as `normalise` leaves it.

    Returns:
        Blocks in order, `start` counting characters of `text`, `place` "line N" (1-based).
    """
    lines = _lines(text)
    if _is_table(text, lines):
        return tuple(_cells(text, lines))
    width = wrap_width(text, lines)
    spaced = any(not line.alone for line in lines) or _has_blank_lines(lines)
    return tuple(_block(text, group, spaced) for group in _groups(text, lines, width))


def _lines(text: str) -> list[_Line]:
    """The lines that are not blank, trimmed."""
    found: list[tuple[int, int, int]] = []
    number, position = 1, 0
    for match in _LINE.finditer(text):
        start = match.start()
        number += text.count("\n", position, start)
        position = start
        content = match.group()
        left = len(content) - len(content.lstrip())
        stripped = content.strip()
        if stripped:
            found.append((start + left, start + left + len(stripped), number))
    return [
        _Line(
            start,
            stop,
            number,
            alone=(i == 0 or found[i - 1][2] < number - 1)
            and (i == len(found) - 1 or found[i + 1][2] > number + 1),
        )
        for i, (start, stop, number) in enumerate(found)
    ]


def _is_table(text: str, lines: list[_Line]) -> bool:
    """Whether lines hold columns with tabs between: a text and its translation, often."""
    if len(lines) < MIN_ROWS or "\t" not in text:
        return False
    parted = sum("\t" in text[line.start : line.stop] for line in lines)
    if parted < MIN_PARTED_SHARE * len(lines):
        return False
    columns = Counter(text.count("\t", *_row(text, line)) + 1 for line in lines)
    usual, rows = columns.most_common(1)[0]
    if usual == 1 or max(columns) > MAX_COLUMNS:
        return False
    # Where rows end in empty cells, an editor may have taken their tabs away.
    return rows >= MIN_TABBED_SHARE * len(lines) or (usual > 2 and columns[1] == 0)


def _row(text: str, line: _Line) -> tuple[int, int]:
    """A line's ends, with the tabs that stand there."""
    stop = text.find("\n", line.stop)
    return text.rfind("\n", 0, line.start) + 1, len(text) if stop < 0 else stop


def _cells(text: str, lines: list[_Line]) -> Iterator[Block]:
    for line in lines:
        position, column = _row(text, line)[0], 1
        for cell in _CELL.finditer(text, line.start, line.stop):
            column += text.count("\t", position, cell.start())
            position = cell.start()
            yield Block(cell.group(), "cell", cell.start(), f"line {line.number}", column)


def _has_blank_lines(lines: list[_Line]) -> bool:
    return any(b.number > a.number + 1 for a, b in pairwise(lines))


def wrap_width(text: str, lines: list[_Line]) -> int | None:
    """Return the column at which a typist broke the lines; None where lines mean something.

    A text is wrapped when most lines are as full as they can be: the next line's first word
    would not have fitted. Verse, lists and one sentence a line fail that.
    """
    pairs = [
        (a, b)
        for a, b in pairwise(lines)
        if b.number == a.number + 1 and not _BULLET.match(text, b.start)
    ][:SAMPLE_LINES]
    if not pairs:
        return None
    lengths = sorted(columns(text[a.start : a.stop]) for a, _ in pairs)
    # The longest lines but for a few stray ones (an address, a table).
    width = lengths[min(len(lengths) - 1, int(0.98 * len(lengths)))]
    if not MIN_WIDTH <= width <= MAX_WIDTH:
        return None
    full = [(a, b) for a, b in pairs if _is_full(text, a, b, width)]
    still_open = sum(not _FINAL.search(text, a.start, a.stop) for a, _ in full)
    capitals = sum(text[b.start].isupper() for _, b in full)
    is_wrapped = (
        # Last lines of paragraphs that follow each other without a blank line are not full.
        len(full) >= MIN_FULL_SHARE * len(pairs)
        and still_open >= MIN_OPEN_SHARE * len(full)
        and capitals <= MAX_CAPITAL_SHARE * len(full)
    )
    return width if is_wrapped else None


def _is_full(text: str, line: _Line, following: _Line, width: int) -> bool:
    """Whether the next line's first word would not have fitted on this line."""
    if text[following.start] >= _FIRST_IDEOGRAPH:
        word = 2
    else:
        space = text.find(" ", following.start, following.stop)
        word = (space if space >= 0 else following.stop) - following.start
    return columns(text[line.start : line.stop]) + 1 + word > width - SLACK


def columns(text: str) -> int:
    """Return how many columns of a typewriter a text takes: an ideograph takes two."""
    if text.isascii():
        return len(text)
    widths = [unicodedata.east_asian_width(char) for char in text]
    wide = _WIDE_AMONG_WIDE if any(each in _WIDE for each in widths) else _WIDE
    return len(text) + sum(each in wide for each in widths)


def _groups(text: str, lines: list[_Line], width: int | None) -> Iterator[list[_Line]]:
    """Put the lines of one paragraph together; any other line stands alone."""
    for run in _runs(lines):
        prose = _is_prose(text, run)
        group = run[:1]
        for line in run[1:]:
            last = group[-1]
            joined = (width is not None and _continues(text, last, line, width)) or (
                prose and _goes_on(text, last, line)
            )
            if not joined or _is_rule(text, last) or _is_rule(text, line):
                yield group
                group = []
            group.append(line)
        yield group


def _runs(lines: list[_Line]) -> Iterator[list[_Line]]:
    """Cut lines at the blank lines between them."""
    start = 0
    for index in range(1, len(lines) + 1):
        if index == len(lines) or lines[index].number > lines[index - 1].number + 1:
            yield lines[start:index]
            start = index


def _is_prose(text: str, run: Sequence[_Line]) -> bool:
    """Whether lines without a blank one between are neither verse nor a list of words.

    In verse most lines are short and begin with capitals; a list of words, or a text whose
    capitals and stops were taken away, has no stop at the end of any line.
    """
    verse = sum(
        text[line.start].isupper() and columns(text[line.start : line.stop]) < MAX_VERSE_WIDTH
        for line in run
    )
    stops = any(_STOP.search(text, line.start, line.stop) for line in run)
    return stops and 2 * verse <= len(run)


def _is_rule(text: str, line: _Line) -> bool:
    return _RULE.fullmatch(text, line.start, line.stop) is not None


def _goes_on(text: str, line: _Line, following: _Line) -> bool:
    """Whether a line breaks off in a sentence that the next goes on with, in a small letter."""
    return (
        text[following.start].islower()
        and not _STOP.search(text, line.start, line.stop)
        and not _BULLET.match(text, following.start)
        and not is_byline(text[following.start : following.stop])
    )


def _continues(text: str, line: _Line, following: _Line, width: int) -> bool:
    return (
        following.number == line.number + 1
        and not _BULLET.match(text, following.start)
        and not _is_indented(text, line, following)
        and _is_full(text, line, following, width)
    )


def _is_indented(text: str, line: _Line, following: _Line) -> bool:
    """Whether a line starts further right than the one before: a new paragraph in old e-texts."""
    return _column(text, following) > _column(text, line)


def _column(text: str, line: _Line) -> int:
    return line.start - (text.rfind("\n", 0, line.start) + 1)


def _block(text: str, group: list[_Line], spaced: bool) -> Block:
    first, last = group[0], group[-1]
    content = text[first.start : last.stop]
    alone = spaced and len(group) == 1 and first.alone
    kind: BlockKind = "heading" if is_heading(content, alone) else "paragraph"
    return Block(content, kind, first.start, f"line {first.number}")


def is_heading(content: str, alone: bool) -> bool:
    """Say whether a line is a heading.

    Args:
        content: the line.
        alone: whether blank lines stand before and after it.
    """
    if len(content) > MAX_HEADING or "\n" in content:
        return False
    if _CHAPTER.fullmatch(content):
        return True
    first = content[0]
    opens = first.isdigit() or first.isupper() or (first.isalpha() and not first.islower())
    return alone and opens and not _FINAL.search(content)
