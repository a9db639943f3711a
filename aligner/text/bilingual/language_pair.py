"""Which two languages a file is in."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from aligner.errors import LanguageError
from aligner.languages.given import NOT_GIVEN, GivenLanguages
from aligner.languages.identification import SAMPLE_CHARS, Identifier, count, count_letters
from aligner.languages.language_tags import name
from aligner.languages.table import confusable, identified, known_as, telling_script

_log = logging.getLogger(__name__)

# A language is one of the two when it has at least this share of the letters: less is
# quotations and names. A third with this share makes a file of three languages.
MIN_SECOND_SHARE = 0.05
MIN_THIRD_SHARE = 0.15
# Below this share of the letters, no block is asked whether it is in a third language.
MIN_FOREIGN_SHARE = 0.01
# A block is in a third language when it has at least this many letters and this probability.
MIN_FOREIGN_LETTERS = 30
MIN_FOREIGN_PROBABILITY = 0.97


@dataclass(frozen=True, slots=True)
class LanguagePair:
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
        """The languages that the two texts are told apart by, as the table knows them."""
        first, second = self.seen or (self.first, self.second)
        return known_as(first), known_as(second)

    @property
    def telling_scripts(self) -> tuple[str, str] | None:
        """The two scripts whose letters tell the texts apart; None where only words do."""
        first, second = map(telling_script, self.languages)
        return (first, second) if first and second and first != second else None

    def is_foreign(self, text: str) -> bool:
        """Whether a text is surely in neither language, nor in a close relative of one."""
        if not self.others:
            return False
        if count_letters(text[:SAMPLE_CHARS]) < MIN_FOREIGN_LETTERS:
            return False
        guess = self._any.identify(text)
        related = frozenset().union(*map(confusable, self.languages))
        return guess.probability >= MIN_FOREIGN_PROBABILITY and guess.lang not in related


def find_pair(texts: Sequence[str], where: str, given: GivenLanguages = NOT_GIVEN) -> LanguagePair:
    """Find the two languages of a bilingual file; those given win, and messages say by whom.

    Raises:
        LanguageError: one language only, three, twice the same one, or one given that is
            neither of the two found.
    """
    known = _distinct(given, where)
    votes = count(texts)
    found = sorted((lang for lang in votes if lang not in known), key=lambda lang: -votes[lang])
    large = [lang for lang in found if _share(lang, votes) >= MIN_SECOND_SHARE]
    missing = [lang for lang in known if _share(lang, votes) < MIN_SECOND_SHARE]
    taken_for = ""
    if len(missing) == 1 and len(known) + len(large) > 2:
        taken_for = _stand_in(missing[0], large, where, alone=len(known) == 1)
    found, large = ([lang for lang in each if lang != taken_for] for each in (found, large))
    _warn_of_missing(missing, taken_for, votes, where, given.by)
    if len(known) + len(large) < 2:
        raise _one_language(known + large, where)
    if not known:
        _refuse_third(found, votes, where)
    others = any(_share(lang, votes) >= MIN_FOREIGN_SHARE for lang in found[2 - len(known) :])
    first, second = (tag or large.pop(0) for tag in given.tags)
    if not taken_for:
        return LanguagePair(first, second, others)
    seen = (taken_for if known_as(tag) == missing[0] else tag for tag in (first, second))
    return LanguagePair(first, second, others, tuple(seen))


def _distinct(given: GivenLanguages, where: str) -> list[str]:
    """Return the languages given, as the table knows them."""
    known = [known_as(tag) for tag in given.tags if tag]
    if len(known) > len(set(known)):
        problem = f"source and target are both {name(known[0])}"
        raise LanguageError(problem, where, "one file must hold two languages")
    return known


def _share(lang: str, votes: Mapping[str, float]) -> float:
    """Return a language's share of the letters; 1 where nothing has any."""
    total = sum(votes.values())
    return votes.get(lang, 0.0) / total if total else 1.0


def _stand_in(given: str, found: Sequence[str], where: str, *, alone: bool) -> str:
    """Return the language that the one given was taken for; "" for none.

    Identification errs, and knows a hundred languages of thousands; the user wins.

    Args:
        given: a language that was not found in the file.
        found: languages that were found and not given, most letters first.
        where: the file, for the message.
        alone: whether no other language was given.

    Raises:
        LanguageError: it may be any of several.
    """
    related = [lang for lang in found if lang in confusable(given)]
    # A script that no one mistakes: English is never Russian taken for English.
    script = telling_script(given) if given in identified() else ""
    alike = [lang for lang in found if not script or telling_script(lang) == script]
    if not related and alone and len(alike) > 1:
        problem = f"the file is in {' and '.join(map(name, found[:2]))}, not in {name(given)}"
        raise LanguageError(problem, where, "name both languages, --src-lang and --tgt-lang")
    return next(iter(related or alike), "")


def _warn_of_missing(
    missing: Sequence[str], taken_for: str, votes: Mapping[str, float], where: str, by: str
) -> None:
    """Say that the file hardly looks like the languages given."""
    if taken_for:
        if missing[0] in identified():
            taken = name(taken_for), name(missing[0])
            _log.warning("%s: what looks like %s is taken for %s, %s", where, *taken, by)
    elif missing and votes:
        _log.warning(
            "%s: hardly anything in it is in %s, %s; it looks like %s",
            where,
            " or ".join(map(name, missing)),
            by,
            " and ".join(map(name, sorted(votes, key=lambda lang: -votes[lang])[:2])),
        )


def _one_language(found: Sequence[str], where: str) -> LanguageError:
    if not found:
        return LanguageError("no language can be recognised in the file", where)
    return LanguageError(
        f"only one language was found, {name(found[0])}",
        where,
        "give the translation as a second file",
    )


def _refuse_third(found: Sequence[str], votes: Mapping[str, float], where: str) -> None:
    if len(found) > 2 and _share(found[2], votes) >= MIN_THIRD_SHARE:
        languages = ", ".join(map(name, found[:3]))
        remedy = "say which two to align with --src-lang and --tgt-lang"
        raise LanguageError(f"the file is in three languages: {languages}", where, remedy)
