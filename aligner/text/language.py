"""Language identification: which language a piece of text is in.

py3langid decides among the languages asked for; loading its model takes most of a second,
so it is loaded at the first question, once.
"""

import copy
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from aligner.text.tags import canonical, primary

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

__all__ = ["Guess", "Identifier", "canonical", "identify"]

# What is asked about when nothing is known. The model knows 142 languages; those with
# few written texts only take votes away from their larger relatives on short lines.
_CODES = (
    "af ar az be bg bn ca cs cy da de el en es et eu fa fi fr ga gl gu he hi hr hu hy id "
    "is it ja ka kk km kn ko ky lt lv mk ml mn mr ms my ne nl no pa pl ps pt ro ru si sk sl "
    "sq sr sv sw ta te th tl tr uk ur uz vi zh"
)
LANGUAGES = frozenset(_CODES.split())

# More characters than this do not make an answer surer.
SAMPLE_CHARS = 2000


# Of fewer letters than this, the language is often told wrong.
MIN_TOLD_LETTERS = 100
SHORT = "the language of so short a text is easily taken for another"


@dataclass(frozen=True, slots=True)
class Guess:
    """A language (primary subtag) and its probability among those asked about."""

    lang: str
    probability: float


class Identifier:
    """Tell the language of texts among a set of languages.

    Each instance has its own restriction; the model's arrays are shared and never changed.

    Args:
        languages: tags to choose among; None for all of `LANGUAGES`. A tag that the model
            does not know is left out of the choice.
    """

    def __init__(self, languages: Iterable[str] | None = None) -> None:
        self._languages = LANGUAGES if languages is None else frozenset(map(primary, languages))
        self._model: LanguageIdentifier | None = None

    def rank(self, text: str) -> list[Guess]:
        """Return the languages, most probable first."""
        if self._model is None:
            self._model = _restricted(self._languages)
        return [Guess(lang, float(p)) for lang, p in self._model.rank(text[:SAMPLE_CHARS])]

    def identify(self, text: str) -> Guess:
        """Return the most probable language."""
        return self.rank(text)[0]


def identify(texts: Sequence[str], languages: Iterable[str] | None = None) -> str:
    """Return the one language that most of the text is in.

    Args:
        texts: the text's blocks; each votes with its letters. Long blocks are asked first,
            and no more than are needed.
        languages: tags to choose among; None for all.
    """
    return max((votes := count(texts, languages)), key=lambda lang: votes[lang], default="und")


# Blocks that vote: as many as tell the languages of any file, few enough to be quick.
MAX_VOTERS = 400
# Languages that stand for election in the second round.
MAX_CANDIDATES = 5


def count(texts: Sequence[str], languages: Iterable[str] | None = None) -> dict[str, float]:
    """Return each language's votes: the letters of its blocks, shared out by probability.

    There are two rounds, the second among the first's best few: short blocks give some
    votes to relatives of their language, which then go where they belong.
    """
    step = -(-len(texts) // MAX_VOTERS) or 1
    voters = [text[:SAMPLE_CHARS] for text in texts[::step] if any(map(str.isalpha, text))]
    first = _ballot(voters, Identifier(languages))
    best = sorted(first, key=lambda lang: -first[lang])[:MAX_CANDIDATES]
    return _ballot(voters, Identifier(best)) if best else {}


def _ballot(voters: Sequence[str], identifier: Identifier) -> dict[str, float]:
    votes: dict[str, float] = {}
    for text in voters:
        letters = count_letters(text)
        for guess in identifier.rank(text):
            votes[guess.lang] = votes.get(guess.lang, 0.0) + letters * guess.probability
    return votes


def count_letters(text: str) -> int:
    """Return how many letters a text has."""
    return sum(map(str.isalpha, text))


def is_short(texts: Iterable[str]) -> bool:
    """Whether a text has so few letters that its language is easily taken for another."""
    letters = 0
    for text in texts:
        letters += count_letters(text)
        if letters >= MIN_TOLD_LETTERS:
            return False
    return True


def _restricted(languages: frozenset[str]) -> "LanguageIdentifier":
    """A model of its own: restricting it replaces its tables and changes no other's."""
    model = copy.copy(_load())
    model.set_languages(languages & set(model.labels) or None)
    return model


@cache
def _load() -> "LanguageIdentifier":
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
