"""Say what alignments cost in a unit that holds on other machines: a fixed matrix product.

    python -m benchmarks.units --document FOLDER/SET/NAME

The unit is the processor time of a float32 product of 1024 x 1280 by 1280 x 512 on one thread.
Costs are seconds of processor, of all cores together, in it. Every one has a process of its own.
"""

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import click
import numpy as np
from threadpoolctl import threadpool_limits

from aligner.languages.identification import identify
from benchmarks.report import ROOT, stamp, table
from benchmarks.sets import read_pair

SEGMENTS = 3000, 2800  # of the novel, as it has been measured elsewhere
SMALL = 50
REPEATS = 5
ARTICLE = ROOT / "seeds" / "izvestia.txt"
HEAD = ("what", "units", "processor, s", "peak memory, MiB")


@click.command(help=__doc__)
@click.option("--document", type=click.Path(path_type=Path), help="NAME.src, NAME.tgt: a novel.")
@click.option("--part", type=int, nargs=2, hidden=True)
def main(document: Path | None, part: tuple[int, int] | None) -> None:
    if part and document:
        click.echo(json.dumps(align_part(document, *part)))
        return
    rows = []
    if document:
        for name, sizes in (("novel", SEGMENTS), ("pair of 50", (SMALL, SMALL))):
            command = ("benchmarks.units", "--document", str(document), "--part", *map(str, sizes))
            seconds, memory = json.loads(run(command)[2])
            rows.append((f"{name}, {sizes[0]:,} + {sizes[1]:,} segments", seconds, memory))
    with TemporaryDirectory() as cache:
        article = ("aligner", "align", str(ARTICLE), "--force", "-o", f"{cache}/a.tmx")
        rows.append(("the article, first run ever", *run(article, cache)[:2]))
        again = sorted(run(article, cache)[:2] for _ in range(REPEATS))
        rows.append(("the article, again", *again[REPEATS // 2]))
    unit = product()
    click.echo(table(HEAD, [
        (name, f"{seconds / unit:.1f}", f"{seconds:.2f}", f"{memory:.0f}")
        for name, seconds, memory in rows
    ]))  # fmt: skip
    click.echo(f"\nThe unit is {1000 * unit:.1f} ms. {stamp()}")


def run(module: Sequence[str], cache: str | None = None) -> tuple[float, float, str]:
    """Run a module: seconds of processor, MiB at most, and what it printed."""
    own = {"XDG_CACHE_HOME": cache} if cache else {}
    with subprocess.Popen(
        [sys.executable, "-m", *module], env=os.environ | own, cwd=ROOT,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    ) as running:  # fmt: skip
        assert running.stdout
        said = running.stdout.read()
        _, status, used = os.wait4(running.pid, 0)
        running.returncode = os.waitstatus_to_exitcode(status)
    if running.returncode:
        raise click.ClickException(f"{' '.join(module)} failed")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, said


def align_part(document: Path, src: int, tgt: int) -> tuple[float, float]:
    """Align the beginning of a document: seconds of processor when all is loaded, MiB at most."""
    import aligner

    pair = read_pair(document)
    languages = [identify(side[:SMALL]) for side in (pair.src, pair.tgt)]

    def once() -> float:
        start = time.process_time()
        aligner.align_segments(
            pair.src[:src], pair.tgt[:tgt], src_lang=languages[0], tgt_lang=languages[1]
        )
        return time.process_time() - start

    once()
    seconds = median(once() for _ in range(REPEATS if src == SMALL else 1))
    return seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def product() -> float:
    """Return the unit in seconds: the quickest of some."""
    chance = np.random.default_rng(1)
    x, y = (chance.random(shape, np.float32) for shape in ((1024, 1280), (1280, 512)))
    times = []
    with threadpool_limits(1, "blas"):
        for _ in range(40):
            start = time.process_time()
            x @ y
            times.append(time.process_time() - start)
    return min(times)


if __name__ == "__main__":
    main()
