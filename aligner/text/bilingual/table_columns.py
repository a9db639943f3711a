"""Tables of more than two columns: which hold the two texts, and what the others hold.

People number their rows, and add a column of remarks or of states ("done"). Nothing is left
out unless exactly two columns in two languages remain.
"""

import re
from collections.abc import Iterator, Sequence

from aligner.languages.given import NOT_GIVEN, GivenLanguages
from aligner.languages.identification import identify
from aligner.languages.table import known_as
from aligner.text.blocks.furniture import leave_out
from aligner.types import Block, LeftOut

# A column says what it is from this many cells on, the first apart: that may be its name.
MIN_CELLS = 3
# This share of a column's cells is alike.
MOST = 0.9
# A column of states has at most this share of different cells, none longer than so many words.
MAX_DIFFERENT = 0.5
MAX_STATE_WORDS = 3
# A column of remarks has at most this share of the cells of the fullest one.
MAX_FILLED = 0.6

_RUNNING = re.compile(r"[(\[#№]*(\d+)[.):\]]*")
_DIGITS = re.compile(r"\d+")

Column = list[Block]


def leave_out_columns(
    blocks: Sequence[Block], given: GivenLanguages = NOT_GIVEN
) -> tuple[tuple[Block, ...], list[LeftOut]]:
    """Keep the two columns of text of every table; list the others with their reasons.

    Args:
        blocks: of a file that holds a text and its translation.
        given: languages that were given: a column in one of them is one of the two.

    Returns:
        The blocks without those columns, and what was left out, in order.
    """
    reasons: dict[int, str] = {}
    wanted = {known_as(tag) for tag in given.tags if tag}
    for table in _tables(blocks):
        reasons |= _beside_the_texts(table, wanted)
    left = [leave_out(blocks[i], reason) for i, reason in sorted(reasons.items())]
    return tuple(block for i, block in enumerate(blocks) if i not in reasons), left


def _tables(blocks: Sequence[Block]) -> Iterator[dict[int, list[tuple[int, Block]]]]:
    """Yield each run of cells as its columns: their blocks, with their indices."""
    table: dict[int, list[tuple[int, Block]]] = {}
    for index, block in enumerate(blocks):
        if block.column:
            table.setdefault(block.column, []).append((index, block))
        elif table:
            yield table
            table = {}
    if table:
        yield table


def _beside_the_texts(table: dict[int, list[tuple[int, Block]]], given: set[str]) -> dict[int, str]:
    """Tell why cells are none of the two texts, by their indices; nothing where that is unsure."""
    if len(table) < 3:
        return {}
    columns = {number: [block.text for _, block in cells] for number, cells in table.items()}
    fullest = max(map(len, columns.values()))
    reasons = {number: _reason(texts, fullest) for number, texts in columns.items()}
    texts = {number: columns[number] for number, reason in reasons.items() if not reason}
    langs = {number: identify(each) for number, each in texts.items()}
    wanted = given if len(given) == 2 else set(langs.values()) - {"und"}
    if len(wanted) != 2 or not wanted <= set(langs.values()):
        return {}
    kept = set()
    for lang in wanted:
        # Of two columns in one language, the text is the longer; the other comments on it.
        alike = [number for number in langs if langs[number] == lang]
        kept.add(max(alike, key=lambda number: sum(map(len, texts[number]))))
    return {
        index: reasons[number] or "another column"
        for number, cells in table.items()
        if number not in kept
        for index, _ in cells
    }


def _reason(texts: Sequence[str], fullest: int) -> str:
    """Say why a column is no text; "" where it may be one."""
    cells = texts[1:]
    if len(texts) <= MAX_FILLED * fullest:
        return "column of remarks"
    if len(cells) < MIN_CELLS:
        return ""
    enough = MOST * len(cells)
    found = [match for each in cells if (match := _RUNNING.fullmatch(each))]
    if len(found) >= enough:
        return "column of numbers"
    words = [each for each in cells if not any(map(str.isspace, each))]
    shapes = {_DIGITS.sub("0", each) for each in words}
    if len(words) >= enough and len(shapes) == 1 and any(map(str.isdigit, words[0])):
        return "column of numbers"
    short = all(len(each.split()) <= MAX_STATE_WORDS for each in cells)
    if short and len(set(cells)) <= max(1, MAX_DIFFERENT * len(cells)):
        return "column of states"
    return ""
