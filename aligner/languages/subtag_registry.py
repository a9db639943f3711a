"""The registry of language subtags (RFC 5646), as the library `langcodes` has it."""

from functools import cache

import langcodes
from langcodes.data_dicts import LIKELY_SUBTAGS
from langcodes.registry_parser import parse_registry
from langcodes.tag_parser import LanguageTagError

from aligner.errors import LanguageError

# Replaced by the library, kept here: the registry has Tagalog beside Filipino, and texts are
# told to be in it.
KEPT = frozenset({"tl"})
# What files mean by Chinese: the written language, whose tag is the macrolanguage's.
FOLDED = {"cmn": "zh"}
# Regions that programs expect where the most likely script or language is another.
REGIONS = {"no": "nb-NO", "sr": "sr-Cyrl-RS", "zh-Hans": "zh-CN", "zh-Hant": "zh-TW"}
REMEDY = "use a BCP-47 tag such as en, ru, en-GB or zh-TW"
# What CLDR calls a language that nobody has told.
UNDETERMINED = "und"


def standardise(tag: str) -> str:
    """Return a well-formed tag with the language, script and region that are preferred.

    Raises:
        LanguageError: it is not well-formed.
    """
    try:
        found = langcodes.Language.get(tag)
    except LanguageTagError as error:
        raise LanguageError(f"{tag!r} is not a language tag", "", REMEDY) from error
    given = tag.replace("_", "-").partition("-")[0].lower()
    language = given if given in KEPT else FOLDED.get(found.language or "", found.language)
    return str(found.update_dict({"language": language}).to_tag())


@cache
def is_registered(language: str) -> bool:
    """Whether a language subtag is one of the registry's; "und" names no language."""
    return language != UNDETERMINED and langcodes.tag_is_valid(language)


@cache
def macrolanguage(language: str) -> str:
    """Return the language that a language is a form of: "ar" of "arb"; itself where of none."""
    found = _parsed(language)
    return str(found.prefer_macrolanguage().language or language) if found else language


@cache
def likely_script(tag: str) -> str:
    """Return the script that a tag names, else the likely one, by its code (ISO 15924)."""
    found = _parsed(tag)
    return (found.maximize().script or "") if found else ""


def with_region(tag: str) -> str:
    """Return a tag with the region that its language is likely in; its own is kept."""
    if tag in REGIONS:
        return REGIONS[tag]
    found = _parsed(tag)
    if found is None or found.territory or found.language not in LIKELY_SUBTAGS:
        return tag
    region = found.maximize().territory or ""
    # "001" is the world: no region that a program knows.
    return f"{tag}-{region}" if region.isalpha() else tag


def _parsed(tag: str) -> langcodes.Language | None:
    """Take a tag apart; None where it is no tag: a file may call its language anything."""
    try:
        return langcodes.Language.get(tag)
    except LanguageTagError:
        return None


@cache
def registered_name(language: str) -> str:
    """Return the English name of a language subtag; "" of one that is not registered."""
    return _names().get(language, "")


@cache
def _names() -> dict[str, str]:
    return {
        entry["Subtag"]: entry["Description"][0]
        for entry in parse_registry()  # type: ignore[no-untyped-call]
        if entry.get("Type") == "language" and "Subtag" in entry
    }
