"""Sentence ends in Thai, which marks none: spaces stand between clauses, some between sentences.

Each space between Thai words gets points for what stands beside it and for the length of
the sentence so far; enough points end the sentence. On news (NTREX-128) F1 is 0.43, where
splitters that look for full stops reach 0.05; what is cut too often, the alignment joins.
"""

import re
from collections.abc import Iterator
from functools import cache

from aligner.text.sentences.lexicon import DATA
from aligner.text.word_lists import sections

# A sentence of this many characters earns a point: with half of another it may end.
LENGTH_POINT = 60
ENOUGH_POINTS = 1.5
# Shorter clauses (characters) end no sentence.
MIN_LENGTH = 25

_SPACE = re.compile(r"(?<=\S)\s++(?=\S)")
_THAI = re.compile("[\u0e01-\u0e5b]")
# Numbers and foreign words have spaces around them that mean nothing.
_FOREIGN = re.compile(r"[0-9A-Za-z(]")
_ATTACHED = frozenset("ๆฯ)]”’,.:;")


def ends(text: str) -> Iterator[int]:
    """Yield where Thai sentences end."""
    if not _THAI.search(text):
        return
    starters, enders = _words("starters"), _words("enders")
    last = 0
    for space in _SPACE.finditer(text):
        length = space.start() - last
        if length < MIN_LENGTH:
            continue
        before, after = text[space.start() - 1], text[space.end()]
        if after in _ATTACHED:
            continue
        points = length / LENGTH_POINT
        points += text.startswith(starters, space.end())
        points += text.endswith(enders, last, space.start())
        points -= 2 * bool(_FOREIGN.match(after))
        points -= before.isascii() and before.isalnum()
        points -= 3 * (before in ",:;(")
        points += 0.5 * (after in '"“')
        if points > ENOUGH_POINTS:
            last = space.start()
            yield last


@cache
def _words(section: str) -> tuple[str, ...]:
    """The words that begin a sentence, or end one."""
    return tuple(word for line in sections(DATA, "th")[section] for word in line.split())
