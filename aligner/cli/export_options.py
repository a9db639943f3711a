"""What the commands that write files share: their options, and what they say at the end."""

from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from aligner.export.filters import CHECKS, Dropped, Rule
from aligner.export.profiles import find, names

if TYPE_CHECKING:
    from aligner.export.exporting import Exported, Options

FAILED = 1
BOOK_LAYOUTS = ("alternating", "columns")


class RuleType(click.ParamType):  # type: ignore[type-arg] # older clicks have no arguments here
    """A check with, after an equals sign, its limit."""

    name = "check"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Rule:
        """Make a rule of what was typed."""
        if isinstance(value, Rule):
            return value
        try:
            return Rule.parse(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)


def _describe_checks() -> str:
    """Return the checks in one line each, in a block whose lines click keeps."""
    limits = ("" if check.limit is None else f"={check.limit:g}" for check in CHECKS.values())
    lines = [
        f"  {check.name + limit:17} {check.meaning}"
        for check, limit in zip(CHECKS.values(), limits, strict=True)
    ]
    return "\b\nChecks, with the limit that they have unless you give one:\n" + "\n".join(lines)


CHECKS_HELP = _describe_checks()

_OPTIONS = (
    click.option(
        "--drop",
        "drops",
        type=RuleType(),
        metavar="CHECK[=LIMIT]",
        multiple=True,
        help="Leave out, count and list the beads that fail a check; the checks are below.",
    ),
    click.option(
        "--flag",
        "flags",
        type=RuleType(),
        metavar="CHECK[=LIMIT]",
        multiple=True,
        help="Only write the check's name into the column `flags`.",
    ),
    click.option(
        "--for",
        "program",
        type=click.Choice(names()),
        help="Write as this program imports it, read it again, and name what it would refuse.",
    ),
    click.option(
        "--book",
        type=click.Choice(BOOK_LAYOUTS),
        default=BOOK_LAYOUTS[0],
        show_default=True,
        help="How an e-book sets the two texts.",
    ),
    click.option("--no-bom", is_flag=True, help="Write csv without a byte-order mark."),
    click.option("--force", is_flag=True, help="Replace outputs that exist."),
)


def export_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of an export, and hand it the `wishes` that they make."""

    @wraps(command)
    def with_wishes(
        *arguments: Any,
        drops: tuple[Rule, ...],
        flags: tuple[Rule, ...],
        program: str | None,
        book: str,
        no_bom: bool,
        **others: Any,
    ) -> None:
        from aligner.export.exporting import Wishes

        if not others["quiet"]:
            say_idle(others["outputs"])
        options: Options = {".csv": {"bom": not no_bom}, ".epub": {"layout": book}}
        profile = find(program) if program else None
        command(*arguments, wishes=Wishes(flags, drops, profile, options), **others)

    for option in reversed(_OPTIONS):
        with_wishes = option(with_wishes)
    return with_wishes


# Options of the writers, and the suffix of the only format that each does something for.
WRITERS_OPTIONS = {"book": ".epub", "no_bom": ".csv"}


def say_idle(outputs: Iterable[Path]) -> None:
    """Say of options that were given that they do nothing for these outputs."""
    suffixes = {path.suffix.lower() for path in outputs}
    for name, suffix in WRITERS_OPTIONS.items():
        if is_given(name) and suffix not in suffixes:
            option = f"--{name.replace('_', '-')}"
            note(f"{option} does nothing here: it is for {suffix}, and no output is one")


def is_given(name: str) -> bool:
    """Whether an option of the command that runs was given, were it with its default."""
    source = click.get_current_context().get_parameter_source(name)
    return source is click.core.ParameterSource.COMMANDLINE


def note(text: str) -> None:
    """Say what a person may not expect, in one line."""
    click.echo(f"Note        {text}", err=True)


def say_dropped(dropped: Dropped) -> Iterator[str]:
    """Say what was dropped, and why."""
    if dropped.beads:
        reasons = ", ".join(f"{name} {count:,}" for name, count in dropped.counts.items())
        kept = len(dropped.bitext.alignment)
        noun = "bead" if dropped.beads + kept == 1 else "beads"
        yield (
            f"Dropped     {dropped.beads:,} of {dropped.beads + kept:,} {noun}, "
            f"{kept:,} kept: {reasons}"
        )


def fail_if_refused(exported: "Exported") -> None:
    """Name what the program would refuse, and leave with the exit code of a failure."""
    for path, refusals in exported.refusals.items():
        for refusal in refusals:
            click.echo(f"Refused     {path}, {refusal}", err=True)
    if exported.refusals:
        click.get_current_context().exit(FAILED)
