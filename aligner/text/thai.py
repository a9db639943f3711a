"""Sentence ends in Thai, which marks none: spaces stand between clauses, some between sentences.

Each space between Thai words gets points for what stands beside it and for the length of
the sentence so far; enough points end the sentence. On news (NTREX-128) F1 is 0.43, where
splitters that look for full stops reach 0.05; what is cut too often, the alignment joins.
"""

import re
from collections.abc import Iterator
from functools import cache

from aligner.text.data import sections

# A sentence of this many characters earns a point: with half of another it may end.
LENGTH_POINT = 60
ENOUGH_POINTS = 1.5
# Shorter clauses (characters) do not end a sentence by their words alone.
MIN_LENGTH = 25
_TOO_SHORT = -3.0

_SPACE = re.compile(r"(?<=\S)\s++(?=\S)")
_THAI = re.compile("[\u0e01-\u0e5b]")
# Numbers and foreign words have spaces around them that mean nothing.
_FOREIGN = re.compile(r"[0-9A-Za-z(]")
_ATTACHED = frozenset("ๆฯ)]”’,.:;")
# An ender is looked for this far back (characters).
_MAX_ENDER = 14


def ends(text: str) -> Iterator[int]:
    """Yield where Thai sentences end."""
    if not _THAI.search(text):
        return
    starters, enders = _patterns()
    last = 0
    for space in _SPACE.finditer(text):
        before, after = text[space.start() - 1], text[space.end()]
        if after in _ATTACHED:
            continue
        length = space.start() - last
        points = length / LENGTH_POINT + (_TOO_SHORT if length < MIN_LENGTH else 0.0)
        points += bool(starters.match(text, space.end()))
        points += bool(enders.search(text, space.start() - _MAX_ENDER, space.start()))
        points -= 2 * bool(_FOREIGN.match(after))
        points -= before.isascii() and before.isalnum()
        points -= 3 * (before in ",:;(")
        points += 0.5 * (after in '"“')
        if points > ENOUGH_POINTS:
            last = space.start()
            yield last


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What begins a sentence, and what ends one, as patterns."""
    words = {
        section: "|".join(word for line in lines for word in line.split())
        for section, lines in sections("th").items()
    }
    return re.compile(words["starters"]), re.compile(rf"(?:{words['enders']})\Z")
