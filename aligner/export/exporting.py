"""Write a bitext as a person wants it: doubts marked, some pairs dropped, for one program."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any

from aligner.errors import WriteError
from aligner.export.filters import Dropped, Rule, drop, mark
from aligner.export.profiles import Profile, Refusal, check
from aligner.export.profiles import options as options_for
from aligner.formats import readers
from aligner.formats.contract import AnyWriter
from aligner.formats.registry import Format
from aligner.formats.writers import Losses, check_outputs, files_of, write_files
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
        files: what was written for each path: a file of that name, or the several that a
            format has.
        losses: what each format could not hold, by path.
        refusals: what the program would refuse of each file, by path; only files with any.
    """

    files: Mapping[Path, tuple[Path, ...]]
    losses: Mapping[Path, Losses]
    refusals: Mapping[Path, tuple[Refusal, ...]]


def check_wishes(
    paths: Iterable[str | Path],
    wishes: Wishes,
    *,
    keep: Iterable[Path] = (),
    force: bool = False,
) -> dict[Path, Format[AnyWriter]]:
    """Refuse what could not be done, before the work begins.

    Args:
        paths: the files to be.
        wishes: what is wanted beside.
        keep: the inputs, which are not written over, even with `force`.
        force: whether existing files may be replaced.

    Returns:
        The format of each path.

    Raises:
        FormatError: no writer answers to a path's suffix.
        MissingExtraError: a package that a format needs is not installed.
        WriteError: a path cannot be written, or the program imports none of the formats.
    """
    formats = check_outputs(paths, force=force)
    profile = wishes.profile
    if profile and not any(each.suffix in profile.suffixes for each in formats.values()):
        taken = " or ".join(profile.suffixes)
        raise WriteError(
            f"no output is one that {profile.title} imports", "", f"write {taken} for it"
        )
    _keep(keep, formats)
    return formats


def _keep(inputs: Iterable[Path], outputs: Iterable[Path]) -> None:
    """Refuse to write over what is being read."""
    held = [file for each in inputs for file in {each, *readers.files_of(each)}]
    for path in outputs:
        if any(_is_same(path, file) for file in held):
            raise WriteError("this is an input", str(path), "choose another name")


def _is_same(one: Path, other: Path) -> bool:
    """Whether two paths lead to one file; a name that stands for several files is none."""
    if one.exists() and other.exists():
        return one.samefile(other)
    return one.resolve() == other.resolve()


def sift(bitext: Bitext, wishes: Wishes) -> Dropped:
    """Mark and drop as wanted, marks first: they look at the whole."""
    return drop(mark(bitext, wishes.flags), wishes.drops)


def export(
    bitext: Bitext,
    paths: Iterable[str | Path],
    wishes: Wishes,
    *,
    keep: Iterable[Path] = (),
    force: bool = False,
) -> Exported:
    """Write a bitext to files; those for a program are read again and checked.

    Args:
        bitext: what to write, sifted already.
        paths: the files to be; each appears whole or not at all.
        wishes: what is wanted beside.
        keep: files that were read, which are not written over, even with `force`.
        force: whether existing files may be replaced.

    Raises:
        FormatError: no writer answers to a path's suffix.
        WriteError: a file cannot be written, or the program imports none of the formats.
    """
    formats = check_wishes(paths, wishes, force=force)
    # The names of several files are known only now: they have the languages in them.
    files = {path: files_of(each.load(), bitext, path) for path, each in formats.items()}
    _keep(keep, chain(*files.values()))
    losses, refusals = {}, {}
    for path, each in formats.items():
        options = dict(wishes.options.get(each.suffix, {}))
        profile = wishes.profile
        if profile and each.suffix not in profile.suffixes:
            profile = None
        if profile:
            options |= options_for(profile, bitext, each.suffix)
        losses[path] = write_files(each.load(), bitext, files[path], force=force, **options)
        if profile and (refused := check(path, profile, each.suffix)):
            refusals[path] = refused
    return Exported(files, losses, refusals)
