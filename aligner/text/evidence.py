"""Which two languages a file is in, and how much each block speaks for one or the other."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from aligner.errors import LanguageError
from aligner.text.language import SAMPLE_CHARS, Identifier, canonical, count, count_letters
from aligner.text.tags import name, primary
from aligner.types import Block

# A language is one of the two when it has at least this share of the letters: less is
# quotations and names. A third with this share makes a file of three languages.
MIN_SECOND_SHARE = 0.05
MIN_THIRD_SHARE = 0.20
# A block is in a third language when it has at least this many letters and this probability.
MIN_FOREIGN_LETTERS = 80
MIN_FOREIGN_PROBABILITY = 0.97

# Languages that identification confuses on short blocks; they never count as foreign to
# each other.
_RELATIVES = tuple(
    frozenset(group.split())
    for group in (
        "no da sv",
        "cs sk",
        "hr sr sl mk bg",
        "ru uk be bg mk",
        "es pt gl ca fr it ro",
        "id ms",
        "nl af de",
        "hi mr ne",
        "zh ja",
        "ar fa ps ur",
    )
)

_LETTERS = {
    script: re.compile(f"[{ranges}]")
    for script, ranges in {
        "Latin": "A-Za-z\u00c0-\u024f\u1e00-\u1eff",
        "Cyrillic": "\u0400-\u052f",
        "Greek": "\u0370-\u03ff\u1f00-\u1fff",
        "Hebrew": "\u0590-\u05ff",
        "Arabic": "\u0600-\u06ff\u0750-\u077f",
        "Devanagari": "\u0900-\u097f",
        "Thai": "\u0e00-\u0e7f",
        "Hangul": "\u1100-\u11ff\uac00-\ud7af",
        "Han": "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff",
        "Armenian": "\u0530-\u058f",
        "Georgian": "\u10a0-\u10ff",
    }.items()
}
_SCRIPTS = {
    lang: script
    for script, langs in {
        "Cyrillic": "ru uk be bg mk ky",
        "Greek": "el",
        "Hebrew": "he yi",
        "Arabic": "ar fa ur ps",
        "Devanagari": "hi mr ne",
        "Thai": "th",
        "Hangul": "ko",
        "Han": "zh ja",
        "Armenian": "hy",
        "Georgian": "ka",
        # Written in two scripts, or in one that has no letters here: ask the identifier.
        "": "sr az uz kk bn gu km kn ml mn my pa si ta te",
    }.items()
    for lang in langs.split()
}


@dataclass(frozen=True, slots=True)
class Pair:
    """The two languages of a file, as canonical tags: source first where that was said."""

    first: str
    second: str
    _any: Identifier = field(default_factory=Identifier, compare=False, repr=False)

    def is_foreign(self, text: str) -> bool:
        """Whether a text is surely in neither language, nor in a close relative of one."""
        if count_letters(text[:SAMPLE_CHARS]) < MIN_FOREIGN_LETTERS:
            return False
        guess = self._any.identify(text)
        known = {primary(self.first), primary(self.second)}
        related = known.union(*(group for group in _RELATIVES if group & known))
        return guess.probability >= MIN_FOREIGN_PROBABILITY and guess.lang not in related


def find_pair(
    texts: Sequence[str], where: str, src_lang: str | None = None, tgt_lang: str | None = None
) -> Pair:
    """Find the two languages of a bilingual file; those given win.

    Raises:
        LanguageError: one language only, three, or twice the same one.
    """
    given = [canonical(tag) if tag else None for tag in (src_lang, tgt_lang)]
    if given[0] and given[1]:
        if primary(given[0]) == primary(given[1]):
            problem = f"source and target are both {name(given[0])}"
            raise LanguageError(problem, where, "one file must hold two languages")
        return Pair(given[0], given[1])
    votes = count(texts)
    for tag in given:
        votes.pop(primary(tag) if tag else "", None)
    found = sorted(votes, key=lambda lang: -votes[lang])
    total = sum(votes.values())
    need = 2 - sum(tag is not None for tag in given)
    enough = [lang for lang in found[:need] if votes[lang] >= MIN_SECOND_SHARE * total]
    if len(enough) < need:
        raise _one_language(enough, where)
    if need == 2 and len(found) > 2 and votes[found[2]] >= MIN_THIRD_SHARE * total:
        languages = ", ".join(map(name, found[:3]))
        remedy = "say which two to align with --src-lang and --tgt-lang"
        raise LanguageError(f"the file is in three languages: {languages}", where, remedy)
    first, second = (tag or enough.pop(0) for tag in given)
    return Pair(first, second)


def _one_language(found: Sequence[str], where: str) -> LanguageError:
    if not found:
        return LanguageError("no language can be recognised in the file", where)
    return LanguageError(
        f"only one language was found, {name(found[0])}",
        where,
        "give the translation as a second file",
    )


def weigh(blocks: Sequence[Block], pair: Pair) -> list[float]:
    """Weigh each block: letters for the pair's first language less those for the second.

    Zero where a block speaks for neither: numbers, rules, a third language.
    """
    scripts = [_SCRIPTS.get(primary(lang), "Latin") for lang in (pair.first, pair.second)]
    if all(scripts) and scripts[0] != scripts[1]:
        first, second = (_LETTERS[script] for script in scripts)
        return [
            float(len(first.findall(block.text)) - len(second.findall(block.text)))
            for block in blocks
        ]
    identifier = Identifier((pair.first, pair.second))
    return [_weigh_alike(block.text, identifier, pair) for block in blocks]


def _weigh_alike(text: str, identifier: Identifier, pair: Pair) -> float:
    """Weigh a block of two languages that share a script."""
    letters = count_letters(text)
    if not letters or pair.is_foreign(text):
        return 0.0
    votes = {guess.lang: guess.probability for guess in identifier.rank(text)}
    return letters * (votes.get(primary(pair.first), 0.0) - votes.get(primary(pair.second), 0.0))
