"""Which two of a file's languages are read: those that were asked for, else the first two.

A memory is seldom strict: en, en-US and en-GB in one are one language, unless it holds nothing
else. Chinese in either script is one language, too, unless units hold both.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, TypeVar

from aligner.errors import LanguageError, ReadError
from aligner.languages.language_tags import canonical, name, primary

HANT = frozenset({"Hant", "TW", "HK", "MO"})  # scripts and regions that say which Chinese
Text = TypeVar("Text")


class Wanted(NamedTuple):
    """The languages that were asked for, as canonical tags; "" where nothing was."""

    src: str = ""
    tgt: str = ""


ANY = Wanted()


@dataclass(frozen=True, slots=True)
class Choice:
    """Two of the languages of a file.

    Args:
        src, tgt: what to call them.
        others: what else there is, as the file spells it.
    """

    src: str
    tgt: str
    others: tuple[str, ...]
    _groups: tuple[str, str]
    _group_of: Mapping[str, str]

    def pick(self, variants: Sequence[tuple[str, Text]]) -> tuple[Text | None, Text | None, int]:
        """Pick both sides of a unit, and count variants of theirs that are passed over.

        Args:
            variants: tags as the file spells them, each with its text.
        """
        own = [
            [(tag, text) for tag, text in variants if self._group_of.get(tag) == group]
            for group in self._groups
        ]
        src, tgt = (
            next((text for tag, text in some if tidy(tag) == wanted), some[0][1] if some else None)
            for some, wanted in zip(own, (self.src, self.tgt), strict=True)
        )
        return src, tgt, sum(max(len(some) - 1, 0) for some in own)


def choose(units: Iterable[Sequence[str]], wanted: Wanted, path: Path, first: str = "") -> Choice:
    """Choose two languages.

    Args:
        units: the tags of each unit, as the file spells them.
        wanted: what was asked for.
        path: of the file, for messages.
        first: the tag that the file itself calls its source, "" for none.

    Raises:
        ReadError: there are no two languages, or not those that were asked for.
    """
    kinds = dict.fromkeys(tuple(unit) for unit in units)
    spelled = list(dict.fromkeys(tag for unit in kinds for tag in unit))
    group_of = _groups(kinds, spelled)
    groups = list(dict.fromkeys(group_of.values()))
    if len(groups) < 2:
        raise ReadError(f"this holds one language at most ({groups[0] if groups else 'none'})",
                        str(path))  # fmt: skip
    remedy = f"it holds {', '.join(dict.fromkeys(map(tidy, spelled)))}"
    found = [_group_wanted(tag, spelled, group_of) for tag in wanted]
    for tag, group in zip(wanted, found, strict=True):
        if tag and group is None:
            raise ReadError(f"there is no {name(tag)} in it", str(path), remedy)
    src, tgt = found
    if src is None:
        begins = _group_wanted(tidy(first), spelled, group_of) if first else None
        src = next(each for each in [begins, *groups] if each is not None and each != tgt)
    if tgt is None:
        tgt = next(each for each in groups if each != src)
    if src == tgt:
        raise ReadError("source and target are one language in it", str(path), remedy)
    called = [
        tag or _called([each for each in spelled if group_of[each] == group])
        for tag, group in zip(wanted, (src, tgt), strict=True)
    ]
    others = tuple(tag for tag in spelled if group_of[tag] not in (src, tgt))
    return Choice(called[0], called[1], others, (src, tgt), group_of)


def tidy(tag: str) -> str:
    """Return a file's tag in canonical case, or as it stands where it is none."""
    try:
        return canonical(tag.replace("_", "-"))
    except LanguageError:
        return tag.lower()


def _groups(kinds: Iterable[Sequence[str]], spelled: Sequence[str]) -> dict[str, str]:
    """Tell which tags are one language: a name of its group for each."""
    tags = {tag: tidy(tag) for tag in spelled}
    chinese = {tag: _script(tag) for tag in tags.values() if primary(tag) == "zh"}
    apart = any(len({chinese[tags[tag]] for tag in unit if tags[tag] in chinese}) > 1
                for unit in kinds)  # fmt: skip
    groups = {tag: chinese[own] if apart and own in chinese else primary(own)
              for tag, own in tags.items()}  # fmt: skip
    # A memory of British and American English is one of two languages.
    return groups if len(set(groups.values())) > 1 else tags


def _script(tag: str) -> str:
    return "zh-Hans" if HANT.isdisjoint(tag.split("-")) else "zh-Hant"


def _group_wanted(wanted: str, spelled: Sequence[str], group_of: Mapping[str, str]) -> str | None:
    """Find the group of a language: of the exact tag, else of its script, else of its base."""
    if not wanted:
        return None
    for alike in (tidy, _script_or_tag, primary):
        for tag in spelled:
            if alike(tidy(tag)) == alike(wanted):
                return group_of[tag]
    return None


def _script_or_tag(tag: str) -> str:
    return _script(tag) if primary(tag) == "zh" else tag


def _called(tags: Sequence[str]) -> str:
    """Return what to call a language of these tags: what is common to them."""
    tidied = set(map(tidy, tags))
    if len(tidied) == 1:
        return tidied.pop()
    bases = {primary(tag) for tag in tidied}
    return bases.pop() if len(bases) == 1 else sorted(tidied)[0]
