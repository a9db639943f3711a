"""Stretches of a text that are surely in another language than the text."""

from collections.abc import Iterator, Sequence

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


def find(blocks: Sequence[Block], lang: str, other: str) -> dict[int, str]:
    """Return which blocks are surely not in the text's language, by index.

    Args:
        blocks: of the text.
        lang: its language's tag.
        other: the tag of the other side's language.
    """
    own = confusable(lang)
    if known_as(lang) not in identified():
        return {}
    # The relatives of one side's language may be asked about, but are never the other's answer.
    pair = Identifier(own | confusable(other)) if known_as(other) in identified() else None
    anything = Identifier()
    # Whether each block is surely foreign; None where it has too few letters to tell.
    told: list[bool | None] = []
    for block in blocks:
        if count_letters(block.text) < MIN_TOLD_LETTERS:
            told.append(None)
            continue
        guess = anything.identify(block.text)
        foreign = guess.lang not in own and guess.probability >= MIN_SURE
        if foreign and pair is not None and guess.lang in confusable(other):
            foreign = pair.identify(block.text).lang not in own
        told.append(foreign)
    return {
        index: REASON
        for stretch in _stretches(told)
        if _is_enough(blocks, stretch)
        for index in stretch
    }


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
