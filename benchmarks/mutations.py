"""Change the program a little, again and again, and see whether a test notices.

    python -m benchmarks.mutations --sample 60                  # spread over the package
    python -m benchmarks.mutations --since main aligner/text    # lines changed since a revision

Each mutant is tried in a copy of the tree: by the tests of the folder that mirrors its module's
in `tests/`, the module's own first, then by those of its whole room. A mutant that no test
notices is printed: a test is missing, or the change makes no difference.

The tools that are kept for this do not fit: mutmut 3 times the whole suite first; cosmic-ray has
one command for all tests. The compiled loops are held to their definitions instead
(`tests/native`).
"""

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import zip_longest
from pathlib import Path

import click

from benchmarks.mutants import Mutant, mutants

LEFT = (".*", "__pycache__", "build", "dist", "demo", "node_modules", "*.egg-info")
# A mutant may be slower than the program; one that is so much slower does not end.
SLOWER = 3
START_S = 20.0
FAILED = (1, 2)  # pytest: tests failed; a module of them could not be imported
NO_TESTS = 5
FAILING = 0.0  # the limit of tests that fail in any case
_HUNK = re.compile(r"^@@ \S+ \+(\d+)(?:,(\d+))? @@")

ROOT = Path(__file__).parents[1]


class Tree:
    """A copy of the tree in which mutants are tried, one after the other."""

    def __init__(self, root: Path, folder: Path) -> None:
        self.root = folder / "tree"
        shutil.copytree(root, self.root, ignore=shutil.ignore_patterns(*LEFT))
        self._seconds: dict[tuple[str, ...], float] = {}
        self._tried = 0

    def survives(self, mutant: Mutant) -> bool:
        """Whether no test notices a mutant; tests that fail without it are left out."""
        self._tried += 1
        of_use = False
        for stage in stages(self.root, mutant.path):
            limit = self._limit(stage)
            if limit == FAILING:
                continue
            of_use = True
            with self._changed(mutant):
                if self._run(stage, limit) in FAILED:
                    return False
        if not of_use:
            raise click.ClickException(f"the tests of {mutant.path} fail unmutated")
        return True

    @contextmanager
    def _changed(self, mutant: Mutant) -> Iterator[None]:
        file = self.root / mutant.path
        raw, then = file.read_bytes(), file.stat().st_mtime
        try:
            file.write_bytes(mutant.text)
            # Python knows a file by its seconds and its size, which may be the same.
            os.utime(file, (then + self._tried, then + self._tried))
            yield
        finally:
            file.write_bytes(raw)
            os.utime(file, (then, then))

    def _limit(self, stage: tuple[str, ...]) -> float:
        """How many seconds the tests may take; the first time, they are timed unmutated."""
        if stage not in self._seconds:
            start = time.monotonic()
            status = self._run(stage, None)
            taken = SLOWER * (time.monotonic() - start) + START_S
            if status not in (0, NO_TESTS):
                click.echo(f"tests fail unmutated, and are left out: {' '.join(stage)}", err=True)
                taken = FAILING
            self._seconds[stage] = taken
        return self._seconds[stage]

    def _run(self, stage: Sequence[str], limit: float | None) -> int:
        """Run tests and return pytest's status; tests that do not end have failed."""
        command = (sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *stage)
        more = {"PYTHONPATH": str(self.root)}
        with subprocess.Popen(
            command, cwd=self.root, env=os.environ | more, start_new_session=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        ) as running:  # fmt: skip
            try:
                return running.wait(limit)
            except subprocess.TimeoutExpired:
                return FAILED[0]
            finally:
                if running.poll() is None:
                    os.killpg(running.pid, signal.SIGKILL)


def stages(root: Path, module: Path) -> Iterator[tuple[str, ...]]:
    """Return the tests to run for a module: its own, those of its folder, those of its room."""
    folder = Path("tests", *module.parent.parts[1:])
    own = folder / f"test_{module.stem}.py"
    if (root / own).exists():
        yield (str(own),)
    while not any((root / folder).rglob("test_*.py")):
        folder = folder.parent
    if folder == Path("tests"):
        # The tests that lie there belong to no room; all tests would take too long.
        yield from [] if (root / own).exists() else [("tests", "--ignore-glob=tests/*/*")]
        return
    yield (str(folder),)
    room = Path(*folder.parts[:2])
    if room != folder:
        yield (str(room),)


def changed_lines(root: Path, since: str) -> dict[Path, set[int]]:
    """Return the lines of each file that were written since a revision."""
    command = ["git", "-C", str(root), "diff", "--relative", "--unified=0", "--no-color", since]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise click.ClickException(done.stderr.strip())
    lines: dict[Path, set[int]] = {}
    here: set[int] = set()
    for line in done.stdout.splitlines():
        if line.startswith("+++ "):
            here = lines.setdefault(Path(line[4:].removeprefix("b/")), set())
        elif hunk := _HUNK.match(line):
            first = int(hunk[1])
            here.update(range(first, first + int(hunk[2] or 1)))
    return lines


def spread(found: Sequence[Mutant], size: int, seed: int) -> list[Mutant]:
    """Return a sample with as many mutants of each file as of any other, where it has them."""
    chance = random.Random(seed)
    files: dict[Path, list[Mutant]] = {}
    for mutant in chance.sample(found, len(found)):
        files.setdefault(mutant.path, []).append(mutant)
    turns = (mutant for turn in zip_longest(*files.values()) for mutant in turn)
    chosen = set([mutant for mutant in turns if mutant is not None][:size])
    return [mutant for mutant in found if mutant in chosen]


@click.command(help=__doc__.split("\n", 1)[0] if __doc__ else None)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--since", metavar="REV", help="Mutate only lines changed since a revision.")
@click.option("--sample", type=click.IntRange(1), help="Try so many, spread over the files.")
@click.option("--seed", default=1, show_default=True, help="Which ones.")
@click.option("--at-most", type=click.IntRange(0), help="Fail where more survive.")
@click.option("--root", default=ROOT, type=click.Path(path_type=Path), help="The tree.")
def main(
    paths: tuple[Path, ...],
    since: str | None,
    sample: int | None,
    seed: int,
    at_most: int | None,
    root: Path,
) -> None:
    files = sorted(
        {
            file.relative_to(root.resolve())
            for path in paths or (Path("aligner"),)
            for whole in [(root / path).resolve()]
            for file in ([whole] if whole.is_file() else whole.rglob("*.py"))
        }
    )
    found = [mutant for file in files for mutant in mutants(root, file)]
    if since is not None:
        lines = changed_lines(root, since)
        found = [mutant for mutant in found if mutant.line in lines.get(mutant.path, ())]
    if not found:
        raise click.ClickException("there is nothing to mutate")
    chosen = spread(found, sample or len(found), seed)
    survivors = 0
    with tempfile.TemporaryDirectory() as folder:
        tree = Tree(root, Path(folder))
        for number, mutant in enumerate(chosen, start=1):
            click.echo(f"{number}/{len(chosen)} {mutant}", err=True)
            if tree.survives(mutant):
                survivors += 1
                click.echo(f"{mutant}")
    killed = len(chosen) - survivors
    click.echo(f"{killed} of {len(chosen)} mutants were noticed ({killed / len(chosen):.0%})")
    if at_most is not None and survivors > at_most:
        raise click.ClickException(f"{survivors} survived, at most {at_most} may")


if __name__ == "__main__":
    main()
