"""How blocks stand to each other: the lines between them, and whether a sentence runs on."""

import re
from collections.abc import Sequence
from functools import cache

from aligner.text.blocks.furniture import ends_in_stop
from aligner.text.decoding.normalisation import fold
from aligner.text.word_lists import sections
from aligner.types import Block

# A block of so many letters that ends in a stop is running text; ideographs say more.
MIN_RUNNING = 60
MIN_RUNNING_IDEOGRAPHS = 20
# A sentence that breaks off before this many characters may be a heading.
MIN_BROKEN = 40
_LINE_PLACE = re.compile(r"line (\d+)")
_FIRST_IDEOGRAPH = "\u2e80"


def lines_between(before: Block, after: Block) -> int:
    """Return how many lines further down a block begins; 0 where its place does not say."""
    first, second = (_LINE_PLACE.fullmatch(each.place) for each in (before, after))
    if first is None or second is None:
        return 0
    return int(second[1]) - int(first[1]) - before.text.count("\n")


def is_running(text: str) -> bool:
    """Whether a block is running text: long, and a sentence to its end."""
    enough = MIN_RUNNING_IDEOGRAPHS if text[:1] >= _FIRST_IDEOGRAPH else MIN_RUNNING
    return len(text) >= 4 * enough or (len(text) >= enough and ends_in_stop(text))


def interrupts(blocks: Sequence[Block], index: int) -> bool:
    """Whether a block stands in the middle of a sentence that goes on behind it."""
    if not 0 < index < len(blocks) - 1:
        return False
    before, after = blocks[index - 1].text, blocks[index + 1].text
    broken = len(before) >= MIN_BROKEN and not ends_in_stop(before)
    return broken and after[:1].islower()


def line(text: str) -> str:
    """Return a block as one line without letter case: what entries are held against."""
    return fold(text).casefold()


def words(section: str) -> tuple[str, ...]:
    """Return a section of what frames say."""
    return sections("aligner.text.blocks", "frames")[section]


@cache
def phrases(section: str) -> tuple[str, ...]:
    """Return a section of what frames say, without letter case."""
    return tuple(fold(entry).casefold() for entry in words(section))


def begins(text: str, section: str) -> bool:
    """Whether a line begins with an entry of a section."""
    return line(text).startswith(phrases(section))
