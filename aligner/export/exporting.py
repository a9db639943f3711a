"""Write a bitext as a person wants it: doubts marked, some pairs dropped, for one program."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import Any

from aligner.errors import WriteError
from aligner.export.filters import Dropped, Rule, drop, mark
from aligner.export.profiles import Profile, Refusal, check
from aligner.export.profiles import options as options_for
from aligner.formats import readers
from aligner.formats.contract import AnyWriter
from aligner.formats.registry import Format
from aligner.formats.writers import Losses, check_outputs, files_of, write_to, write_together
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
        WriteError: a path cannot be written, needs times that no input has, or the program imports
            none of the formats.
    """
    formats = check_outputs(paths, force=force)
    profile = wishes.profile
    if profile and not any(each.suffix in profile.suffixes for each in formats.values()):
        taken = " or ".join(profile.suffixes)
        raise WriteError(
            f"no output is one that {profile.title} imports", "", f"write {taken} for it"
        )
    inputs = tuple(keep)
    _keep(inputs, formats)
    _check_times(inputs, formats)
    return formats


def _check_times(inputs: Iterable[Path], formats: Mapping[Path, Format[AnyWriter]]) -> None:
    """Refuse an output that needs times where no input can have any."""
    read = [readers.READERS.get(path.suffix.lower()) for path in inputs]
    known = [each for each in read if each]
    for path, each in formats.items():
        if each.timed and known and not any(one.timed for one in known):
            problem = "subtitles need times, and neither text comes from subtitles"
            raise WriteError(problem, str(path), "align srt, vtt or ass files, or write another")


def _keep(inputs: Iterable[Path], outputs: Iterable[Path]) -> None:
    """Refuse to write over what is being read."""
    held = [file for each in inputs for file in {each, *readers.files_of(each)}]
    for path in outputs:
        if any(_is_same(path, file) for file in held):
            raise WriteError("this is an input", str(path), "choose another name")


def _is_same(one: Path, other: Path) -> bool:
    """Whether two paths lead to one file; a name that stands for several files is none."""
    try:
        return one.samefile(other)
    except OSError:  # one is not there, or leads nowhere
        return os.path.realpath(one) == os.path.realpath(other)


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
    """Write a bitext to files, all or none; those for a program are read again and checked.

    Args:
        bitext: what to write, sifted already.
        paths: the files to be.
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
    losses = {}
    with write_together(chain(*files.values()), force=force) as streams:
        left = iter(streams)
        for path, each in formats.items():
            options = dict(wishes.options.get(each.suffix, {}))
            if profile := _profile(wishes, each):
                options |= options_for(profile, bitext, each.suffix)
            outs = list(islice(left, len(files[path])))
            losses[path] = write_to(each.load(), bitext, files[path], outs, **options)
    refusals = {}
    for path, each in formats.items():
        profile = _profile(wishes, each)
        if profile and (refused := check(path, profile, each.suffix)):
            refusals[path] = refused
    return Exported(files, losses, refusals)


def _profile(wishes: Wishes, format_: Format[AnyWriter]) -> Profile | None:
    """Return the program that the files are for, if it imports the format."""
    profile = wishes.profile
    return profile if profile and format_.suffix in profile.suffixes else None
