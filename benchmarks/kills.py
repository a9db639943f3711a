"""Kill `align` at random moments, and look what it leaves of the files that it was to replace.

    python -m benchmarks.kills --count 200 --seed 1

Three outputs stand there already. Half of the kills fall anywhere in the run, half in its last
tenth, where the files are written. After each, the three must all be old or all be new; after
another run, which is not killed, nothing but them may be there. (The tests kill a run before
every single call that it makes of the system while it writes; this is the whole program.)
"""

import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import click

IZVESTIA = Path(__file__).parents[1] / "seeds" / "izvestia.txt"
NAMES = ("out.tmx", "out.csv", "out.html")
OLD = b"old"
ENDING = 0.1


def command(folder: Path) -> list[str]:
    """Return what is run."""
    outputs = [each for name in NAMES for each in ("-o", str(folder / name))]
    return [sys.executable, "-m", "aligner", "align", str(IZVESTIA), "-q", "--force", *outputs]


def killed_after(folder: Path, seconds: float) -> str:
    """Run, kill, and say what the outputs are: "old", "new" or "mixed"."""
    for name in NAMES:
        (folder / name).write_bytes(OLD)
    with subprocess.Popen(command(folder)) as process:
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)
    olds = sum((folder / name).read_bytes() == OLD for name in NAMES)
    return {0: "new", len(NAMES): "old"}.get(olds, "mixed")


@click.command()
@click.option("--count", default=200, show_default=True, help="Kills.")
@click.option("--seed", default=1, show_default=True)
def main(count: int, seed: int) -> None:
    """Print how often the outputs were old, new or mixed, and what was left over."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run(command(folder), check=True)
        start = time.monotonic()
        subprocess.run(command(folder), check=True)
        length = time.monotonic() - start
        seen: Counter[str] = Counter()
        left = 0
        for number in range(count):
            first = (1 - ENDING) * length if number % 2 else 0.0
            seen[killed_after(folder, chance.uniform(first, length))] += 1
            left += len(list(folder.iterdir())) > len(NAMES)
        subprocess.run(command(folder), check=True)
        over = sorted(path.name for path in folder.iterdir() if path.name not in NAMES)
    click.echo(f"{count} kills of a run of {length:.2f} s: {dict(seen)}")
    click.echo(f"parts were left {left} times; after the next run: {over or 'nothing'}")
    sys.exit(bool(seen["mixed"] or over))


if __name__ == "__main__":
    main()
