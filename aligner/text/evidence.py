"""Which two languages a file is in, and how much each block speaks for one or the other."""

import logging
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from aligner.errors import LanguageError
from aligner.text.language import (
    LANGUAGES,
    SAMPLE_CHARS,
    Identifier,
    canonical,
    count,
    count_letters,
)
from aligner.text.tags import name, primary
from aligner.types import Block

_log = logging.getLogger(__name__)

# A language is one of the two when it has at least this share of the letters: less is
# quotations and names. A third with this share makes a file of three languages.
MIN_SECOND_SHARE = 0.05
MIN_THIRD_SHARE = 0.15
# A block is in a third language when it has at least this many letters and this probability.
MIN_FOREIGN_LETTERS = 30
MIN_FOREIGN_PROBABILITY = 0.97

# A text is surely in another language than the one given when it has so many letters (in its
# first so many blocks) and this share of them speaks for that one.
MIN_SURE_LETTERS = 60
MAX_COUNTED = 100
MIN_SURE_SHARE = 0.8

# A block with so many letters of another script for each Latin one is not in a Latin one.
MIN_OWN_SHARE = 0.25

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


# Below this share of the letters, no block is asked whether it is in a third language.
MIN_FOREIGN_SHARE = 0.01


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


@dataclass(frozen=True, slots=True)
class Pair:
    """The two languages of a file, as canonical tags: source first where that was said.

    Args:
        first: tag.
        second: tag.
        others: whether the file may hold blocks in further languages.
        seen: what the two are taken for by identification, where that is not what the user
            says they are; empty where it is.
    """

    first: str
    second: str
    others: bool = False
    seen: tuple[str, ...] = ()
    _any: Identifier = field(default_factory=Identifier, compare=False, repr=False)

    @property
    def languages(self) -> tuple[str, str]:
        """The primary subtags that the two texts are told apart by."""
        first, second = self.seen or (self.first, self.second)
        return primary(first), primary(second)

    @property
    def share_script(self) -> bool:
        """Whether only words tell the two apart."""
        return _by_script(self) is None

    def is_foreign(self, text: str) -> bool:
        """Whether a text is surely in neither language, nor in a close relative of one."""
        if not self.others:
            return False
        if count_letters(text[:SAMPLE_CHARS]) < MIN_FOREIGN_LETTERS:
            return False
        guess = self._any.identify(text)
        related = frozenset().union(*map(_relatives, self.languages))
        return guess.probability >= MIN_FOREIGN_PROBABILITY and guess.lang not in related


def find_pair(
    texts: Sequence[str],
    where: str,
    src_lang: str | None = None,
    tgt_lang: str | None = None,
    as_said: str = "as you said",
) -> Pair:
    """Find the two languages of a bilingual file; those given win, and messages say by whom.

    Raises:
        LanguageError: one language only, three, twice the same one, or one given that is
            neither of the two found.
    """
    given = [canonical(tag) if tag else None for tag in (src_lang, tgt_lang)]
    known = [primary(tag) for tag in given if tag]
    if len(known) > len(set(known)):
        problem = f"source and target are both {name(known[0])}"
        raise LanguageError(problem, where, "one file must hold two languages")
    votes = count(texts)
    total = sum(votes.values())
    found = sorted((lang for lang in votes if lang not in known), key=lambda lang: -votes[lang])
    new = [lang for lang in found if votes[lang] >= MIN_SECOND_SHARE * total]
    missing = [lang for lang in known if votes.get(lang, 0.0) < MIN_SECOND_SHARE * total]
    taken_for = ""
    if len(missing) == 1 and len(known) + len(new) > 2:
        taken_for = _stand_in(missing[0], new, where, alone=len(known) == 1)
    if taken_for:
        found.remove(taken_for)
        new.remove(taken_for)
        if missing[0] in LANGUAGES:
            _log.warning(
                "%s: what looks like %s is taken for %s, %s",
                where,
                name(taken_for),
                name(missing[0]),
                as_said,
            )
    elif missing and votes:
        _log.warning(
            "%s: hardly anything in it is in %s, %s; it looks like %s",
            where,
            " or ".join(map(name, missing)),
            as_said,
            " and ".join(map(name, sorted(votes, key=lambda lang: -votes[lang])[:2])),
        )
    if len(known) + len(new) < 2:
        raise _one_language(known + new, where)
    if not known and votes[found[2]] >= MIN_THIRD_SHARE * total:
        languages = ", ".join(map(name, found[:3]))
        remedy = "say which two to align with --src-lang and --tgt-lang"
        raise LanguageError(f"the file is in three languages: {languages}", where, remedy)
    rest = found[2 - len(known) :]
    others = any(votes[lang] >= MIN_FOREIGN_SHARE * total for lang in rest)
    first, second = (tag or new.pop(0) for tag in given)
    if not taken_for:
        return Pair(first, second, others)
    seen = (taken_for if primary(tag) == missing[0] else tag for tag in (first, second))
    return Pair(first, second, others, tuple(seen))


def doubt(lang: str, texts: Sequence[str]) -> str:
    """Return the language that a text is surely in where that is not the one given, else "".

    Args:
        lang: tag that was given.
        texts: the text's blocks.
    """
    given = primary(lang)
    if given not in LANGUAGES:
        return ""
    votes = count(texts)
    seen = max(votes, key=lambda each: votes[each], default=given)
    sure = votes.get(seen, 0.0) >= MIN_SURE_SHARE * sum(votes.values())
    letters = sum(map(count_letters, texts[:MAX_COUNTED]))
    enough = letters >= MIN_SURE_LETTERS
    return seen if sure and enough and seen not in _relatives(given) else ""


def _stand_in(given: str, found: Sequence[str], where: str, *, alone: bool) -> str:
    """Return the language that the one given was taken for; "" for none.

    Identification errs, and knows a hundred languages of thousands; the user wins.

    Args:
        given: primary subtag of a language that was not found in the file.
        found: languages that were found and not given, most letters first.
        where: the file, for the message.
        alone: whether no other language was given.

    Raises:
        LanguageError: it may be any of several.
    """
    related = [lang for lang in found if lang in _relatives(given)]
    # A script that no one mistakes: English is never Russian taken for English.
    script = _SCRIPTS.get(given, "Latin") if given in LANGUAGES else ""
    alike = [lang for lang in found if not script or _SCRIPTS.get(lang, "Latin") == script]
    if not related and alone and len(alike) > 1:
        problem = f"the file is in {' and '.join(map(name, found[:2]))}, not in {name(given)}"
        raise LanguageError(problem, where, "name both languages, --src-lang and --tgt-lang")
    return next(iter(related or alike), "")


def _relatives(lang: str) -> frozenset[str]:
    """Return the languages that a language is mistaken for, itself among them."""
    return frozenset({lang}).union(*(group for group in _RELATIVES if lang in group))


def _one_language(found: Sequence[str], where: str) -> LanguageError:
    if not found:
        return LanguageError("no language can be recognised in the file", where)
    return LanguageError(
        f"only one language was found, {name(found[0])}",
        where,
        "give the translation as a second file",
    )


def weigh(blocks: Sequence[Block], pair: Pair) -> list[Weight]:
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


def _by_script(pair: Pair) -> Callable[[str], float] | None:
    """Tell two languages apart by their letters; None where they share a script."""
    scripts = [_SCRIPTS.get(lang, "Latin") for lang in pair.languages]
    if not all(scripts) or scripts[0] == scripts[1]:
        return None
    first, second = (_LETTERS[script] for script in scripts)

    def difference(text: str) -> float:
        sample, scale = _sample(text)
        ones, others = len(first.findall(sample)), len(second.findall(sample))
        # Names and titles stand in Latin letters in any text, others hardly in a Latin one.
        if scripts[0] == "Latin" and others >= MIN_OWN_SHARE * ones:
            ones = 0
        elif scripts[1] == "Latin" and ones >= MIN_OWN_SHARE * others:
            others = 0
        return scale * (ones - others)

    return difference


def _sample(text: str) -> tuple[str, float]:
    """Return a block's beginning, and how many times it goes into the block."""
    sample = text[:SAMPLE_CHARS]
    return sample, len(text) / (len(sample) or 1)


def _by_identifier(pair: Pair) -> Callable[[str], float]:
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
