"""Feed the program with what nobody would write, and see that it loses nothing and never breaks.

    python -m benchmarks.fuzz --seconds 60 --seed 1
    python -m benchmarks.fuzz --seconds 600 --seed 2 text readers

Each group gets an equal share of the seconds. An input is right if it gives what it should or one
line of the program's own errors; it is a fault if anything else is raised, if a letter is lost,
or if it takes too long. A fault is printed with its group and number: the same seed makes the
same inputs, whatever the machine.
"""

import random
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import click

from aligner.errors import AlignerError
from benchmarks.fuzz_inputs import GROUPS, Group
from benchmarks.growth import in_silence

# Seconds of processor time that no input of these sizes may take.
TOO_LONG_S = 5.0
SHOWN = 20


@dataclass
class Tally:
    """What became of a group's inputs."""

    inputs: int = 0
    refused: int = 0
    faults: list[str] = field(default_factory=list)


def run(
    group: Group, seed: int, *, seconds: float = 0.0, count: int = 0, folder: Path | None = None
) -> Tally:
    """Try inputs of a group, for so many seconds or so many times.

    Args:
        group: what makes inputs and tries them.
        seed: each input is made of this and its number.
        seconds: of processor time, where no count is given.
        count: of inputs.
        folder: where files are written; a temporary one without it.
    """
    tally = Tally()
    with tempfile.TemporaryDirectory() as temporary, in_silence():
        trial = group.prepare(folder or Path(temporary))
        end = time.process_time() + seconds
        while tally.inputs < count if count else time.process_time() < end:
            number = tally.inputs
            tally.inputs += 1
            _try(trial, random.Random(f"{group.name} {seed} {number}"), number, tally)
    return tally


def _try(
    trial: Callable[[random.Random], None], chance: random.Random, number: int, tally: Tally
) -> None:
    start = time.process_time()
    try:
        trial(chance)
    except AlignerError as error:
        tally.refused += 1
        if "\n" in str(error):
            tally.faults.append(f"{number}: more than one line: {error}")
    except Exception as error:  # noqa: BLE001 - that is what is looked for
        where = traceback.extract_tb(error.__traceback__)[-1]
        told = f"{type(error).__name__}: {error} ({Path(where.filename).name}, {where.lineno})"
        tally.faults.append(f"{number}: {told[:300]}")
    took = time.process_time() - start
    if took > TOO_LONG_S:
        tally.faults.append(f"{number}: took {took:.1f} s")


@click.command()
@click.argument("names", nargs=-1, type=click.Choice([group.name for group in GROUPS]))
@click.option("--seconds", default=60.0, show_default=True, help="Of processor time, in all.")
@click.option("--seed", default=1, show_default=True)
def main(names: tuple[str, ...], seconds: float, seed: int) -> None:
    """Print how many inputs were tried and refused, by group, and every fault."""
    groups = [group for group in GROUPS if not names or group.name in names]
    faults = 0
    for group in groups:
        tally = run(group, seed, seconds=seconds / len(groups))
        faults += len(tally.faults)
        told = f"{tally.inputs:>10,} inputs, {tally.refused:,} refused, {len(tally.faults)} faults"
        click.echo(f"{group.name:12}{told}")
        for fault in tally.faults[:SHOWN]:
            click.echo(f"    {fault}")
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
