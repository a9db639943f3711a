"""Write a bitext as a person wants it: doubts marked, some pairs dropped, for one program."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aligner.errors import WriteError
from aligner.export.filters import Dropped, Rule, drop, mark
from aligner.export.profiles import Profile, Refusal, check
from aligner.export.profiles import options as options_for
from aligner.formats.writers import Losses, check_outputs, write
from aligner.types import Bitext

Options = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is wanted of an export beside its files.

    Args:
        flags: checks whose names are written into the flags of the beads that fail them.
        drops: checks that beads must pass to be written.
        profile: the program that the files are for.
        options: keyword arguments for a format's writer, by suffix: `{".csv": {"bom": False}}`.
    """

    flags: tuple[Rule, ...] = ()
    drops: tuple[Rule, ...] = ()
    profile: Profile | None = None
    options: Options = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Exported:
    """What became of an export.

    Args:
        losses: what each format could not hold, by path.
        refusals: what the program would refuse of each file, by path; only files with any.
    """

    losses: Mapping[Path, Losses]
    refusals: Mapping[Path, tuple[Refusal, ...]]


def check_wishes(paths: Iterable[str | Path], wishes: Wishes, *, force: bool = False) -> None:
    """Refuse what could not be done, before the work begins.

    Raises:
        FormatError: no writer answers to a path's suffix.
        MissingExtraError: a package that a format needs is not installed.
        WriteError: a path cannot be written, or the program imports none of the formats.
    """
    files = [Path(path) for path in paths]
    check_outputs(files, force=force)
    profile = wishes.profile
    if profile and not any(file.suffix.lower() in profile.suffixes for file in files):
        formats = " or ".join(profile.suffixes)
        raise WriteError(
            f"no output is one that {profile.title} imports", "", f"write {formats} for it"
        )


def sift(bitext: Bitext, wishes: Wishes) -> Dropped:
    """Mark and drop as wanted, marks first: they look at the whole."""
    return drop(mark(bitext, wishes.flags), wishes.drops)


def export(
    bitext: Bitext, paths: Iterable[str | Path], wishes: Wishes, *, force: bool = False
) -> Exported:
    """Write a bitext to files; those for a program are read again and checked.

    Args:
        bitext: what to write, sifted already.
        paths: the files to be; each appears whole or not at all.
        wishes: what is wanted beside.
        force: whether existing files may be replaced.

    Raises:
        FormatError: no writer answers to a path's suffix.
        WriteError: a file cannot be written, or the program imports none of the formats.
    """
    files = [Path(path) for path in paths]
    check_wishes(files, wishes, force=force)
    losses, refusals = {}, {}
    for file in files:
        suffix = file.suffix.lower()
        options = dict(wishes.options.get(suffix, {}))
        profile = wishes.profile if wishes.profile and suffix in wishes.profile.suffixes else None
        if profile:
            options |= options_for(profile, bitext, suffix)
        losses[file] = write(bitext, file, force=force, **options)
        if profile and (refused := check(file, profile)):
            refusals[file] = refused
    return Exported(losses, refusals)
