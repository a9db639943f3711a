"""Abbreviations of one's own: a file in the form of the data files, for one language or for all."""

from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from aligner.errors import LanguageError, ReadError
from aligner.languages.language_tags import canonical, is_registered
from aligner.languages.table import known_as
from aligner.text.sentences.candidates import MAX_TOKEN
from aligner.text.sentences.lexicon import Lexicon, lexicon
from aligner.text.word_lists import lines

# What a heading may say; a word is in one of the first three, and in the last beside.
KINDS = ("never", "maybe", "unit")
SECTIONS = (*KINDS, "number")
REMEDY = f"write [{'], ['.join(SECTIONS)}], or one with a language, such as [never de]"
# Hexadecimal digits that name a file.
DIGITS = 16


@dataclass(frozen=True, slots=True)
class OwnAbbreviations:
    """What a person says of abbreviations; it wins over what the program knows.

    Args:
        entries: section, language ("" for every one) and word, in the order of the file.
        digest: the beginning of the SHA-256 of the file.
    """

    entries: tuple[tuple[str, str, str], ...] = ()
    digest: str = ""

    @property
    def settings(self) -> dict[str, str]:
        """What an export says of the file, if there was one."""
        return {"abbreviations": self.digest} if self.digest else {}

    def lexicon(self, lang: str) -> Lexicon:
        """Return a language's lexicon with these in it; what is said of one language wins."""
        lex = lexicon(lang)
        for wanted in ("", known_as(lang)):
            for section, of, word in self.entries:
                if of == wanted:
                    lex = _with(lex, section, word)
        return lex


def load(path: str | Path | None) -> OwnAbbreviations:
    """Read a file of abbreviations; where there is none, nothing is added.

    Raises:
        ReadError: it cannot be read, or a line of it is not what such a file has.
    """
    if path is None:
        return OwnAbbreviations()
    where = str(path)
    try:
        content = Path(path).read_bytes()
        text = content.decode("utf-8-sig")
    except FileNotFoundError as error:
        raise ReadError("there is no such file", where, "check the path") from error
    except IsADirectoryError as error:
        raise ReadError("this is a folder, not a file", where, "name a file in it") from error
    except OSError as error:
        raise ReadError(f"the file cannot be read ({error.strerror})", where) from error
    except UnicodeDecodeError as error:
        raise ReadError("this is not text in UTF-8", where, "save it as that") from error
    entries = []
    section, lang = "never", ""
    for number, heading, words in lines(text):
        place = f"{where}, line {number}"
        if heading:
            section, lang = _heading(heading, place)
        entries += [(section, lang, _abbreviation(word, place)) for word in words.split()]
    if not entries:
        raise ReadError("there are no abbreviations in it", where, "write one a line")
    return OwnAbbreviations(tuple(entries), sha256(content).hexdigest()[:DIGITS])


def _heading(heading: str, place: str) -> tuple[str, str]:
    """Return section and language of a heading: "never de"."""
    section, _, tag = heading.partition(" ")
    if section not in SECTIONS:
        raise ReadError(f"[{heading}] is no list of abbreviations", place, REMEDY)
    if not tag:
        return section, ""
    try:
        lang = canonical(tag.strip())
    except LanguageError as error:
        raise ReadError(f"[{heading}] names no language", place, REMEDY) from error
    if not is_registered(lang):
        raise ReadError(f"[{heading}] names no language", place, REMEDY)
    return section, known_as(lang)


def _abbreviation(word: str, place: str) -> str:
    """Return an abbreviation as lexicons have it: without its last full stop."""
    bare = word.removesuffix(".")
    if len(bare) > MAX_TOKEN or bare[:1] == "[" or not any(map(str.isalpha, bare)):
        shown = word if len(word) <= MAX_TOKEN else f"{word[:MAX_TOKEN]}…"
        raise ReadError(f"“{shown}” is no abbreviation", place, "take it out")
    return bare


def _with(lex: Lexicon, section: str, word: str) -> Lexicon:
    """Return a lexicon in which a word is in a section, and in no other that contradicts it."""
    listed = {kind: getattr(lex, kind) for kind in SECTIONS}
    if section in KINDS:
        same = {word, word.lower()}
        listed |= {kind: listed[kind] - same for kind in KINDS}
    listed[section] |= {word}
    return replace(lex, **listed, abbreviations=lex.abbreviations | {word})
