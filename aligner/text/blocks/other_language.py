"""Stretches of a text that are surely in another language than the text."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from statistics import median

from aligner.languages.identification import Identifier, count_letters
from aligner.languages.table import confusable, identified, known_as
from aligner.types import Block

REASON = "other language"
# A stretch of several blocks is told from so many letters, one block alone from more: a
# quotation in a novel stays.
MIN_STRETCH_LETTERS = 200
MIN_BLOCK_LETTERS = 300
# Fewer letters say nothing of their own; such a block goes with what stands on both sides.
MIN_TOLD_LETTERS = 60
# ... and so sure it must be.
MIN_SURE = 0.99
# The beginning of a block (characters) says enough.
MAX_ASKED = 500
# So many blocks are asked in any case.
MAX_SAMPLED = 100
# Words that most blocks of a text have; a block with less than half of the usual share of them
# is strange.
COMMON_WORDS = 60
STRANGE_SHARE = 0.5

_WORD = re.compile(r"[^\W\d_]+")


def find(blocks: Sequence[Block], lang: str, other: str) -> dict[int, str]:
    """Return which blocks are surely not in the text's language, by index.

    Args:
        blocks: of the text.
        lang: its language's tag.
        other: the tag of the other side's language.
    """
    if known_as(lang) not in identified():
        return {}
    is_foreign = _Judge(lang, other)
    told = {
        i: False for i, each in enumerate(blocks) if count_letters(each.text) >= MIN_TOLD_LETTERS
    }
    step = -(-len(told) // MAX_SAMPLED) or 1
    asked = set(list(told)[::step])
    # Asking is slow. Where a sample is all the text's own, only what has few of its words is asked.
    if any(is_foreign(blocks[index].text) for index in asked):
        asked = set(told)
    else:
        asked = _strange(blocks, told)
    told |= {index: is_foreign(blocks[index].text) for index in asked}
    return {
        index: REASON
        for stretch in _stretches([told.get(index) for index in range(len(blocks))])
        if _is_enough(blocks, stretch)
        for index in stretch
    }


class _Judge:
    """Say whether a text is surely not in a language, nor in what is taken for it."""

    def __init__(self, lang: str, other: str) -> None:
        self._own = confusable(lang)
        known = known_as(other) in identified()
        self._other = confusable(other) if known else frozenset[str]()
        self._anything = Identifier()
        self._pair = Identifier(self._own | self._other)

    def __call__(self, text: str) -> bool:
        text = text[:MAX_ASKED]
        guess = self._anything.identify(text)
        if guess.lang in self._own or guess.probability < MIN_SURE:
            return False
        return guess.lang not in self._other or self._pair.identify(text).lang not in self._own


def _strange(blocks: Sequence[Block], indices: Iterable[int]) -> set[int]:
    """Return which blocks have far fewer of the text's commonest words than is usual."""
    words = {index: _WORD.findall(blocks[index].text.lower()) for index in indices}
    spread = Counter(word for found in words.values() for word in set(found))
    common = {word for word, _ in spread.most_common(COMMON_WORDS)}
    shares = {
        index: sum(word in common for word in found) / len(found)
        for index, found in words.items()
        if found
    }
    usual = median(shares.values()) if shares else 0.0
    return {index for index, share in shares.items() if share < STRANGE_SHARE * usual}


def _stretches(told: Sequence[bool | None]) -> Iterator[range]:
    """Yield runs of foreign blocks, with the short ones between them."""
    start = last = -1
    for index, foreign in enumerate(told):
        if foreign:
            start = index if start < 0 else start
            last = index
        elif foreign is False and start >= 0:
            yield range(start, last + 1)
            start = -1
    if start >= 0:
        yield range(start, last + 1)


def _is_enough(blocks: Sequence[Block], stretch: range) -> bool:
    letters = sum(count_letters(blocks[index].text) for index in stretch)
    return letters >= (MIN_STRETCH_LETTERS if len(stretch) > 1 else MIN_BLOCK_LETTERS)
