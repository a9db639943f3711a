"""The table of languages: `languages.toml`, read when first asked.

A tag is looked up by its language subtag; one without an entry, by its macrolanguage
("nb" has what is said of "no"). What the table does not say, the registry of subtags does.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Script:
    """A script.

    Args:
        name: in English.
        letters: matches one of its letters; None where it tells no languages apart.
        rtl: whether it is written from right to left.
    """

    name: str
    letters: re.Pattern[str] | None = None
    rtl: bool = False


@dataclass(frozen=True, slots=True)
class Language:
    """A language; the head of `languages.toml` says what the columns mean."""

    tag: str
    name: str
    scripts: tuple[str, ...]
    macrolanguage: str = ""
    spaced: bool = True
    year_first: bool = False
    splitter: str = ""
    encoder: str = ""
    identified: bool = True


@cache
def _read() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("languages.toml").read_text("utf-8"))


@cache
def languages() -> Mapping[str, Language]:
    """Return the languages of the table by tag, in its order."""
    return {
        tag: Language(tag, **(facts | {"scripts": tuple(facts["scripts"])}))
        for tag, facts in _read()["languages"].items()
    }


@cache
def scripts() -> Mapping[str, Script]:
    """Return the scripts of the table by code (ISO 15924)."""
    return {
        code: Script(
            facts["name"],
            re.compile(f"[{facts['letters']}]") if "letters" in facts else None,
            facts.get("rtl", False),
        )
        for code, facts in _read()["scripts"].items()
    }


def primary(tag: str) -> str:
    """Return a tag's language without script and region: "en" of "en-GB"."""
    return tag.partition("-")[0].lower()


@cache
def known_as(tag: str) -> str:
    """Return the tag under which the table has a language: its own, or its macrolanguage's.

    A language of which the table knows nothing is known as itself.
    """
    own = primary(tag)
    entry = languages().get(own)
    if entry is not None:
        return entry.macrolanguage or own
    # Imported here: of the languages that nearly all texts are in, the registry is not asked.
    from aligner.languages.subtag_registry import macrolanguage

    above = macrolanguage(own)
    return above if above in languages() else own


def find(tag: str) -> Language | None:
    """Return what the table has of a language, or of its macrolanguage; None for nothing."""
    return languages().get(known_as(tag))


def separator(tag: str) -> str:
    """Return what stands between two sentences: a space, or nothing (zh, ja, th)."""
    language = find(tag)
    return " " if language is None or language.spaced else ""


def direction(tag: str) -> str:
    """Return "rtl" for a language that is written from right to left, else "ltr"."""
    return "rtl" if scripts().get(script(tag), Script("")).rtl else "ltr"


def script(tag: str) -> str:
    """Return the script that a tag names, else the language's usual one: "Cyrl" of "ru"."""
    own = languages().get(primary(tag))
    if own is not None and "-" not in tag:
        return own.scripts[0]
    from aligner.languages.subtag_registry import likely_script

    return likely_script(tag)


def telling_script(tag: str) -> str:
    """Return the script by whose letters a language is told; "" where it has two, or unlisted ones.

    A language of which the table knows nothing is taken for one in Latin letters.
    """
    language = find(tag)
    if language is None:
        return "Latn"
    code = language.scripts[0]
    alone = len(language.scripts) == 1 and scripts().get(code, Script("")).letters is not None
    return code if alone else ""


@cache
def made_for(encoder: str) -> frozenset[str]:
    """Return the tags of the languages that an encoder of the program was made for."""
    return frozenset(tag for tag, each in languages().items() if each.encoder == encoder)


@cache
def identified() -> frozenset[str]:
    """Return the tags of the languages that a text is taken for unasked."""
    return frozenset(tag for tag, each in languages().items() if each.identified)


@cache
def confusable(tag: str) -> frozenset[str]:
    """Return the languages that a language is mistaken for on short texts, itself among them."""
    own = known_as(tag)
    groups = (frozenset(group) for group in _read()["confusable"]["groups"])
    return frozenset({own}).union(*(group for group in groups if own in group))
