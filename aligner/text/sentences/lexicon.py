"""What a language's sentences look like: abbreviations, openers, speech verbs, from data files."""

from dataclasses import dataclass
from functools import cache

from aligner.languages.table import find, known_as
from aligner.text.word_lists import sections

# The folder of the data files.
DATA = "aligner.text.sentences.data"
_EVERY = "any"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words that decide whether a full stop ends a sentence.

    Abbreviations stand without their last full stop; one in lower case matches any case,
    one with a capital ("Sun") matches as it stands.

    Args:
        lang: as the table of languages knows it.
        never: abbreviations that end no sentence.
        maybe: abbreviations that end one before an opener only.
        unit: abbreviations that end one before any capital but a number or an acronym.
        after_unit: capitalised words that go on after a unit ("p.m. Monday").
        number: abbreviations that end none before a number.
        compounds: abbreviations that also end longer words ("Hauptstr.").
        labels: words that a number follows where a part begins ("Chapter 1. The Island").
        openers: words that begin sentences.
        exclaiming: names that end in an exclamation mark.
        speech: verbs that follow a quotation and its speaker's name.
        continuing: words that begin no sentence, though they have no small letters.
        unmarked: openers that begin a sentence even where no mark ends the one before: not those
            that titles capitalise [mid], nor the pronouns of God and of you [polite].
        clitics: words of a letter that begin sentences behind an apostrophe ("'t Was laat").
        lettered: nouns that a single capital may follow as a name ("vitamin A").
        stop: a full stop of its own; where a text has it, "." only abbreviates.
        ordinals: whether a number and a full stop is an ordinal number.
        year_first: whether a date is written "2001. 9. 11.".
        cuts_at_spaces: whether no mark ends a sentence, but some spaces do.
        abbreviations: never, maybe, unit and number together.
        ordinal_after: abbreviations of [number] after which it is one, too ("čl. 5. Zakona").
    """

    lang: str
    never: frozenset[str]
    maybe: frozenset[str]
    unit: frozenset[str]
    after_unit: frozenset[str]
    number: frozenset[str]
    compounds: tuple[str, ...]
    labels: frozenset[str]
    openers: frozenset[str]
    exclaiming: frozenset[str]
    speech: frozenset[str]
    continuing: frozenset[str]
    unmarked: frozenset[str]
    clitics: frozenset[str]
    lettered: frozenset[str]
    stop: str
    ordinals: bool
    year_first: bool
    cuts_at_spaces: bool
    ordinal_after: frozenset[str]
    abbreviations: frozenset[str]

    def abbreviates(self, token: str) -> bool:
        """Whether a token is listed as an abbreviation of any kind, or ends like one."""
        return listed(self.abbreviations, token) or token.endswith(self.compounds)

    def opens(self, word: str) -> bool:
        """Whether a word is one that begins sentences."""
        return word in self.openers


def listed(words: frozenset[str], token: str) -> bool:
    """Whether a token is listed, as it stands or in lower case."""
    return token in words or token.lower() in words


def lexicon(lang: str) -> Lexicon:
    """Return a language's lexicon; one without data gets what holds for every language."""
    return _load(known_as(lang))


@cache
def _load(lang: str) -> Lexicon:
    every = sections(DATA, _EVERY)
    facts = find(lang)
    own = sections(DATA, lang) if facts and facts.splitter else {}

    def words(section: str) -> frozenset[str]:
        lines = own.get(section, ()) + every.get(section, ())
        return frozenset(word for line in lines for word in line.split())

    lettered = words("lettered")
    return Lexicon(
        lang=lang,
        never=words("never"),
        maybe=words("maybe"),
        unit=words("unit"),
        after_unit=words("after-unit"),
        number=words("number"),
        compounds=tuple(words("compounds")),
        labels=words("labels"),
        openers=words("openers"),
        exclaiming=words("exclaiming"),
        speech=words("speech"),
        continuing=words("continuing"),
        unmarked=_unmarked(words("openers") - words("mid") - words("polite"), lettered),
        clitics=words("clitics"),
        lettered=lettered,
        stop="".join(words("stop")),
        ordinals="ordinals" in own,
        year_first=facts is not None and facts.year_first,
        cuts_at_spaces=facts is not None and facts.splitter == "thai",
        ordinal_after=words("ordinals"),
        abbreviations=words("never") | words("maybe") | words("unit") | words("number"),
    )


def _unmarked(openers: frozenset[str], lettered: frozenset[str]) -> frozenset[str]:
    """Openers that are sure enough: one letter may name something, unless that is known."""
    return frozenset(word for word in openers if lettered or len(word) > 1)
