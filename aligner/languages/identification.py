"""Language identification: which language a piece of text is in.

py3langid decides among the languages asked for; its model is loaded at the first question, once.
"""

import copy
import io
import lzma
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import IO, TYPE_CHECKING

from aligner.kept_arrays import kept_arrays
from aligner.languages.table import confusable, identified, known_as

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

# More characters than this do not make an answer surer.
SAMPLE_CHARS = 2000
# Of fewer letters than this, the language is often told wrong.
MIN_TOLD_LETTERS = 100
SHORT = "the language of so short a text is easily taken for another"
# Blocks that vote: as many as tell the languages of any file, few enough to be quick.
MAX_VOTERS = 400
# Languages that stand for election in the second round.
MAX_CANDIDATES = 5
# A text is surely in another language than the one given when it has so many letters (in its
# first so many blocks) and this share of them speaks for that one.
MIN_SURE_LETTERS = 60
MAX_COUNTED = 100
MIN_SURE_SHARE = 0.8


@dataclass(frozen=True, slots=True)
class Guess:
    """A language (primary subtag) and its probability among those asked about."""

    lang: str
    probability: float


class Identifier:
    """Tell the language of texts among a set of languages.

    Each instance has its own restriction; the model's arrays are shared and never changed.

    Args:
        languages: tags to choose among; None for all that the table says texts are in. A tag
            that the model does not know is left out of the choice.
    """

    def __init__(self, languages: Iterable[str] | None = None) -> None:
        self._languages = identified() if languages is None else frozenset(map(known_as, languages))
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
    from py3langid.langid import LanguageIdentifier

    # As `LanguageIdentifier.from_model_file` does, but that it takes half a second each time.
    kept = kept_arrays("languages", version("py3langid"), _archive)
    # Its automaton is looked at a number at a time, in Python: a view is quicker than an array.
    return LanguageIdentifier(
        kept["ptc"], kept["pc"], kept["classes"].tolist(),
        kept["nextmove"].data, kept["out_feat"].tolist(),
        norm_probs=True, tk_row=kept["nextmove_row"].data,
    )  # fmt: skip


def _archive() -> IO[bytes]:
    from py3langid.langid import MODEL_DIR, MODEL_FILE

    return io.BytesIO(lzma.decompress((Path(MODEL_DIR) / MODEL_FILE).read_bytes()))


def seen_instead(lang: str, texts: Sequence[str]) -> str:
    """Return the language that a text is surely in where that is not the one given, else "".

    Args:
        lang: tag that was given.
        texts: the text's blocks.
    """
    given = known_as(lang)
    if given not in identified():
        return ""
    votes = count(texts)
    seen = max(votes, key=lambda each: votes[each], default=given)
    sure = votes.get(seen, 0.0) >= MIN_SURE_SHARE * sum(votes.values())
    letters = sum(map(count_letters, texts[:MAX_COUNTED]))
    enough = letters >= MIN_SURE_LETTERS
    return seen if sure and enough and seen not in confusable(given) else ""
