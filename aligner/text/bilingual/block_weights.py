"""How much each block of a file speaks for one or the other of its two languages."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from aligner.languages.identification import SAMPLE_CHARS, Identifier, count_letters
from aligner.languages.table import scripts
from aligner.text.bilingual.language_pair import LanguagePair
from aligner.types import Block

# A block with so many letters of another script for each Latin one is not in a Latin one.
MIN_OWN_SHARE = 0.25
LATIN = "Latn"

# A text in, letters out: above 0 for the first language, below for the second.
Difference = Callable[[str], float]


@dataclass(frozen=True, slots=True)
class Weight:
    """How much a block speaks for the first language and for the second, in letters.

    Positive for one and negative for the other; both negative in a third language; both
    zero where it speaks for none ("3", "* * *").
    """

    first: float
    second: float

    @property
    def is_foreign(self) -> bool:
        """Whether the block is in neither language."""
        return self.first < 0 and self.second < 0


def weigh(blocks: Sequence[Block], pair: LanguagePair) -> list[Weight]:
    """Weigh each block for the pair's languages."""
    difference = _by_script(pair) or _by_identifier(pair)
    weights = []
    for block in blocks:
        if pair.is_foreign(block.text):
            sample, scale = _sample(block.text)
            letters = scale * count_letters(sample)
            weights.append(Weight(-letters, -letters))
        else:
            letters = difference(block.text)
            weights.append(Weight(letters, -letters))
    return weights


def _by_script(pair: LanguagePair) -> Difference | None:
    """Tell two languages apart by their letters; None where they share a script."""
    telling = pair.telling_scripts
    if telling is None:
        return None
    first, second = (scripts()[script].letters for script in telling)
    assert first and second, "a script that tells has letters"

    def difference(text: str) -> float:
        sample, scale = _sample(text)
        ones, others = len(first.findall(sample)), len(second.findall(sample))
        # Names and titles stand in Latin letters in any text, others hardly in a Latin one.
        if telling[0] == LATIN and others >= MIN_OWN_SHARE * ones:
            ones = 0
        elif telling[1] == LATIN and ones >= MIN_OWN_SHARE * others:
            others = 0
        return scale * (ones - others)

    return difference


def _sample(text: str) -> tuple[str, float]:
    """Return a block's beginning, and how many times it goes into the block."""
    sample = text[:SAMPLE_CHARS]
    return sample, len(text) / (len(sample) or 1)


def _by_identifier(pair: LanguagePair) -> Difference:
    """Tell two languages apart by their words."""
    identifier = Identifier(pair.languages)

    def difference(text: str) -> float:
        sample, scale = _sample(text)
        letters = scale * count_letters(sample)
        if not letters:
            return 0.0
        votes = {guess.lang: guess.probability for guess in identifier.rank(sample)}
        first, second = (votes.get(lang, 0.0) for lang in pair.languages)
        return letters * (first - second)

    return difference
