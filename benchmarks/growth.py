"""Time every reader and every function over text at n, 2n and 4n of what may repeat in a text.

    python -m benchmarks.growth                  # all, four minutes
    python -m benchmarks.growth .html split      # those whose names hold one of these words

Sizes are raised until four times the text takes long enough to be measured. Printed is whatever
grew by more than n log n allows, with room for a busy machine; the exit code is then 1. Times are
seconds of processor time, the best of three.
"""

import logging
import resource
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import click

from aligner.errors import AlignerError
from benchmarks.growth_cases import Case, Work, cases

START = 500
MOST = 256_000
# Seconds that four times the text must take to be measured; what takes less is quick enough at
# any size that is tried.
ENOUGH_S = 0.04
TURNS = 3
# From 1,000 to 4,000 n log n grows by 4.8, and a machine has other things to do.
TOO_MUCH = 6.5


def seconds(work: Work, turns: int = TURNS) -> float:
    """Return the seconds of processor time of the best of some turns; a refusal is an answer."""
    best = float("inf")
    for _ in range(turns):
        start = _used()
        with suppress(AlignerError):
            work()
        best = min(best, _used() - start)
    return best


def _used() -> float:
    """Return the seconds of processor time used so far; readers may work in processes."""
    used = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)


def grown(case: Case, most: int = MOST) -> tuple[int, list[float]]:
    """Return a size, and the seconds at it, at twice and at four times of it."""
    size = START
    while seconds(case.make(4 * size), 1) < ENOUGH_S and 8 * size <= most:
        size *= 2
    return size, [seconds(case.make(size * factor)) for factor in (1, 2, 4)]


def is_too_much(times: list[float]) -> bool:
    """Whether times at n, 2n and 4n grow faster than n log n."""
    return times[2] > ENOUGH_S / 2 and times[2] > TOO_MUCH * times[0]


@contextmanager
def in_silence() -> Iterator[None]:
    """Keep to itself what readers say of such texts."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(before)


@click.command()
@click.argument("words", nargs=-1)
@click.option("--most", default=MOST, show_default=True, help="Characters at most.")
def main(words: tuple[str, ...], most: int) -> None:
    """Print what grows faster than n log n; all that is timed with the names given."""
    count = faults = 0
    with tempfile.TemporaryDirectory() as folder, in_silence():
        for case in cases(Path(folder)):
            if words and not any(word in case.name for word in words):
                continue
            count += 1
            size, times = grown(case, most)
            if is_too_much(times):
                faults += 1
                told = "  ".join(f"{each:.4f}" for each in times)
                click.echo(f"{case.name:40} {size:>8,}: {told}  x{times[2] / times[0]:.1f}")
    click.echo(f"{count:,} cases, {faults} grow faster than n log n")
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
