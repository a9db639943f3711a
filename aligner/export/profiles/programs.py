"""Programs that import our files, and the writers' options that suit each."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from aligner.types import Bitext

# Formats whose languages a program matches with its own.
WITH_LANGUAGES = frozenset({".tmx", ".xlf"})
# A character beyond these is two UTF-16 units.
LAST_OF_ONE_UNIT = "\uffff"


@dataclass(frozen=True, slots=True)
class Profile:
    """What one program wants. Where nothing is known, nothing is wanted.

    Args:
        name: as `--for` says it.
        title: what a person calls the program.
        suffixes: the formats that it imports.
        regions: whether a language needs its region: "en-US", not "en".
        max_segment: the longest source or target, in UTF-16 units.
        max_bytes: the largest file.
        max_rows: rows of a table, the header among them.
        one_pair: whether a file may hold one pair of languages only.
        bom: whether a csv needs a byte-order mark.
        spreadsheet: whether cells that look like dates become dates.
        sources: where each of these is said.
    """

    name: str
    title: str
    suffixes: tuple[str, ...]
    regions: bool
    sources: Mapping[str, str]
    max_segment: int | None = None
    max_bytes: int | None = None
    max_rows: int | None = None
    one_pair: bool = False
    bom: bool = False
    spreadsheet: bool = False


def _known() -> dict[str, dict[str, Any]]:
    text = resources.files(__package__).joinpath("programs.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def _profiles() -> dict[str, Profile]:
    return {
        name: Profile(name, **(facts | {"suffixes": tuple(facts["suffixes"])}))
        for name, facts in _known().items()
    }


def names() -> tuple[str, ...]:
    """Return the profiles' names."""
    return tuple(_profiles())


def find(name: str) -> Profile:
    """Return a profile.

    Raises:
        KeyError: there is none of that name.
    """
    return _profiles()[name]


def options(profile: Profile, bitext: Bitext, suffix: str) -> dict[str, Any]:
    """Return a writer's options for a program.

    Args:
        profile: of the program.
        bitext: what will be written.
        suffix: of the format; one that the program imports.
    """
    chosen: dict[str, Any] = {"without": _too_long(profile, bitext)}
    if suffix in WITH_LANGUAGES and profile.regions:
        from aligner.languages.subtag_registry import with_region

        chosen |= {"src_lang": with_region(bitext.src.lang)}
        chosen |= {"tgt_lang": with_region(bitext.tgt.lang)}
    if suffix == ".csv":
        chosen |= {"bom": profile.bom, "spreadsheet": profile.spreadsheet}
    return chosen


def has_region(subtag: str) -> bool:
    """Whether a subtag of a language tag is a region: two letters or three digits (RFC 5646)."""
    return (len(subtag) == 2 and subtag.isalpha()) or (len(subtag) == 3 and subtag.isdigit())


def units(text: str) -> int:
    """Count UTF-16 units."""
    return len(text) + sum(char > LAST_OF_ONE_UNIT for char in text)


def is_over(text: str, limit: int | None) -> bool:
    """Whether a text is longer than so many UTF-16 units."""
    # Counting units takes longer than counting characters, and is seldom needed.
    return limit is not None and 2 * len(text) > limit and units(text) > limit


def _too_long(profile: Profile, bitext: Bitext) -> dict[int, str]:
    """Return the beads that the program would refuse for their length, and why."""
    limit = profile.max_segment
    if limit is None:
        return {}
    reason = f"longer than the {limit:,} characters that {profile.title} takes"
    return {
        i: reason
        for i, bead in enumerate(bitext.alignment.beads)
        if is_over(bitext.src_text(bead), limit) or is_over(bitext.tgt_text(bead), limit)
    }
