"""Language tags: BCP-47, in canonical case; and what people call the languages."""

import re

from aligner.errors import LanguageError
from aligner.languages.table import known_as, languages, primary

__all__ = ["canonical", "is_listed", "is_registered", "name", "plain_name", "primary", "tag_of"]

_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*")


def canonical(tag: str) -> str:
    """Return a language tag in canonical case: "ZH-tw" is "zh-TW", "rus" is "ru".

    Raises:
        LanguageError: not the shape of a language tag.
    """
    if tag in languages():
        return tag
    # Imported here: most tags are canonical already, and the registry is large.
    from aligner.languages.subtag_registry import REMEDY, standardise

    if not _TAG.fullmatch(tag):
        raise LanguageError(f"{tag!r} is not a language tag", "", REMEDY)
    return standardise(tag)


def name(tag: str) -> str:
    """Return what a person calls a language: "Russian (ru)"."""
    found = plain_name(tag)
    return f"{found} ({tag})" if found != tag else tag


def plain_name(tag: str) -> str:
    """Return a language's name alone, "Russian"; the tag where it has none."""
    own = primary(tag)
    entry = languages().get(own)
    if entry is not None:
        return entry.name
    from aligner.languages.subtag_registry import registered_name

    return registered_name(own) or tag


def is_listed(tag: str) -> bool:
    """Whether a text that may be any other is the tag of a language of the table."""
    return _TAG.fullmatch(tag) is not None and known_as(canonical(tag)) in languages()


def is_registered(tag: str) -> bool:
    """Whether a tag, as canonical, is that of a language that the registry knows."""
    own = primary(tag)
    if own in languages():
        return True
    from aligner.languages.subtag_registry import is_registered as knows

    return knows(own)


def tag_of(name: str) -> str:
    """Return the tag of a language by its name, whatever the case; "" for an unknown one."""
    wanted = name.casefold()
    return next((tag for tag, each in languages().items() if each.name.casefold() == wanted), "")
