"""Measure speed and memory, of the program and its peers, on documents of growing length.

    python -m benchmarks.speed
    python -m benchmarks.speed --texts FOLDER --million
    python -m benchmarks.speed --document FOLDER/SET/NAME

Every measurement has a process of its own. The documents are generated, from sentences made
of parts or from the English–Russian sets of a folder (`benchmarks/generate.py`); or one is
given. With --write the table and the plot go into `docs/`. With --kept each measurement is
kept in a file as soon as it is made, and taken from there the next time: a million segments
need not be measured in one go with the rest.
"""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from aligner.errors import AlignerError, ReadError
from benchmarks.generate import SEED, generate, passages
from benchmarks.measure import Measurement
from benchmarks.report import DOCS, NOTHING, ROOT, put, stamp, table
from benchmarks.runs import Run
from benchmarks.sets import DevelopmentSet, Pair, read_pair, read_sets, write_pair

SIZES = (1_000, 10_000, 100_000)
MILLION = 1_000_000
# The most segments a side that each system is tried with: the next size would take the peers
# an hour, or more memory than there is.
LIMITS = {"aligner": 10**9, "vecalign-text": 11_000, "vecalign": 110_000, "gale-church": 11_000}
DEFAULT = ("aligner", "vecalign", "vecalign-text", "gale-church")
LANGUAGES = ("en", "ru")
HEAD = (
    *("segments a side", "system", "segments/s", "aligner is × as fast", "by processor"),
    *("µs a segment", "seconds", "processor, s", "start-up, s", "peak memory, MiB"),
    *("strict F1", "lax F1"),
)
WORDS = 2  # columns of HEAD that are no figures


class Kept:
    """Measurements that were made before, kept in a file, one a line.

    Args:
        path: of the file; None keeps nothing.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._found: dict[tuple[str, str], Measurement] = {}
        for line in path.read_text("utf-8").splitlines() if path and path.exists() else ():
            data = json.loads(line)
            key = data.pop("document"), data.pop("system")
            self._found[key] = Measurement(**data)

    def get(self, document: str, system: str) -> Measurement | None:
        """Return what was measured before, if anything was."""
        return self._found.get((document, system))

    def add(self, document: str, system: str, measured: Measurement) -> None:
        """Keep a measurement."""
        if self._path:
            line = json.dumps({"document": document, "system": system, **asdict(measured)})
            with self._path.open("a", encoding="utf-8") as file:
                file.write(f"{line}\n")


def run_all(
    pairs: Iterator[Pair], languages: tuple[str, str], systems: Sequence[str], kept: Kept
) -> Iterator[Run]:
    """Yield every system's run on every document; progress goes to standard error."""
    with TemporaryDirectory() as folder:
        for pair in pairs:
            stem = write_pair(pair, Path(folder))
            size = max(len(pair.src), len(pair.tgt))
            for name in systems:
                if size > LIMITS[name]:
                    yield Run(size, name, None)
                    continue
                known = kept.get(pair.name, name)
                run = Run(size, name, known or _measured(name, stem, languages))
                if run.measured and not known:
                    kept.add(pair.name, name, run.measured)
                print(f"{size:,} {name}: {run.per_second:,.0f} segments/s", file=sys.stderr)
                yield run


def rows(runs: Sequence[Run]) -> Iterator[tuple[str, ...]]:
    """Yield the table's rows."""
    ours = {run.size: run for run in runs if run.system == "aligner" and run.measured}
    for run in runs:
        found = run.measured
        if found is None:
            yield (f"{run.size:,}", run.system, *[NOTHING] * (len(HEAD) - 2))
            continue
        faster, spared = NOTHING, NOTHING
        if run.system != "aligner" and run.size in ours:
            faster = f"{ours[run.size].per_second / run.per_second:.2g}"
            spared = f"{run.work / ours[run.size].work:.2g}"
        yield (
            f"{run.size:,}",
            run.system,
            f"{run.per_second:,.0f}",
            faster,
            spared,
            f"{1e6 / run.per_second:,.0f}",
            f"{found.seconds:,.1f}",
            f"{found.processor:,.1f}",
            f"{found.startup:.1f}",
            f"{found.mebibytes:,.0f}",
            f"{found.strict:.3f}",
            f"{found.lax:.3f}",
        )


def growth(runs: Sequence[Run]) -> str:
    """Say how the program's time for a segment grows with the text."""
    ours = {run.size: run for run in runs if run.system == "aligner" and run.measured}
    base = min((size for size in ours if size > SIZES[0]), default=None)
    said = [
        f"at {size:,} segments a side {ours[base].per_second / ours[size].per_second:.2f} times "
        f"that at {base:,} ({ours[size].work / ours[base].work:.2f} in seconds of processor)"
        for size in sorted(ours)
        if base and size > base
    ]
    return f"The program's time for a segment: {'; '.join(said)}." if said else ""


@click.command(help=__doc__.split("\n", 1)[0] if __doc__ else None)
@click.option("--texts", type=click.Path(path_type=Path), help="A folder of development sets.")
@click.option("--set", "names", multiple=True, metavar="NAME", help="Only this set of them.")
@click.option("--document", type=click.Path(path_type=Path), help="STEM.src, .tgt and .gold.")
@click.option("--size", "sizes", multiple=True, type=int, metavar="N", help="Segments a side.")
@click.option("--million", is_flag=True, help="A document of a million, too.")
@click.option("--system", "systems", multiple=True, type=click.Choice([*LIMITS]))
@click.option("--seed", default=SEED, show_default=True)
@click.option("--kept", type=click.Path(path_type=Path), help="A file of measurements.")
@click.option("--write", is_flag=True, help="Put table and plot into docs/.")
def main(
    texts: Path | None,
    names: Sequence[str],
    document: Path | None,
    sizes: Sequence[int],
    systems: Sequence[str],
    seed: int,
    kept: Path | None,
    *,
    million: bool,
    write: bool,
) -> None:
    wanted = [*(sizes or SIZES), *([MILLION] if million else [])]
    try:
        pairs, languages = _documents(texts, names, document, wanted, seed)
        runs = list(run_all(pairs, languages, systems or DEFAULT, Kept(kept)))
    except AlignerError as error:
        raise click.ClickException(str(error)) from error
    text = "\n\n".join(filter(None, [table(HEAD, list(rows(runs)), left=WORDS), growth(runs)]))
    print(text)
    if write and document:
        put("speed-document", f"{text}\n\n{stamp()}")
    elif write:
        from benchmarks.plot import plot

        put("speed", f"{text}\n\n{stamp()}")
        plot(runs, DOCS / "speed.svg")


def _documents(
    texts: Path | None,
    names: Sequence[str],
    document: Path | None,
    sizes: Sequence[int],
    seed: int,
) -> tuple[Iterator[Pair], tuple[str, str]]:
    """Return the documents to measure, one after the other, and their languages."""
    if document:
        pair = read_pair(document)
        return iter([pair]), DevelopmentSet(pair.name, (pair,)).languages
    known = []
    if texts:
        sets = [each for each in read_sets(texts, names) if each.languages == LANGUAGES]
        known = passages([pair for each in sets for pair in each.pairs])
        if not known:
            raise ReadError("no set in English and Russian", str(texts))
    return (generate(size, known, seed) for size in sizes), LANGUAGES


def _measured(name: str, stem: Path, languages: tuple[str, str]) -> Measurement:
    command = [sys.executable, "-m", "benchmarks.measure", name, str(stem), *languages]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise AlignerError(f"{name} failed on {stem.name}", remedy="its message is above")
    return Measurement(**json.loads(done.stdout))


if __name__ == "__main__":
    main()
