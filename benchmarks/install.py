"""Install the program for real, as people do, and let each installation do its main work.

    python -m benchmarks.install
    python -m benchmarks.install --only plain

Each way has a fresh environment of its own, filled from the package index that pip is set up
with (1.7 GB each, minutes), and works in a folder of its own, away from this checkout. torch
alone is held to the release of `constraints.txt`: others bring gigabytes of GPU libraries.
"""

import os
import re
import shutil
import subprocess
import sys
import tomllib
import venv
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import click

ROOT = Path(__file__).parents[1]
IZVESTIA = ROOT / "seeds" / "izvestia.txt"

EXTRAS = "parquet,xlsx"
OUTPUTS = ("out.tmx", "out.csv", "out.html")
EXTRA_OUTPUTS = ("out.parquet", "out.xlsx")


def lowest() -> list[str]:
    """Return the lowest versions that pyproject.toml allows, as constraints."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = [*project["dependencies"], *(each for x in EXTRAS.split(",") for each in extras[x])]
    return [each.replace(">=", "==") for each in wanted]


def torch() -> list[str]:
    """Return the one pin that every installation keeps."""
    pins = (ROOT / "constraints.txt").read_text("utf-8")
    return re.findall(r"^torch==.*$", pins, re.MULTILINE)


# What is installed of the wheel, what holds it back, and what is then written.
WAYS: dict[str, tuple[str, Callable[[], list[str]], Sequence[str]]] = {
    "extras": (f"[{EXTRAS}]", list, (*OUTPUTS, *EXTRA_OUTPUTS)),
    "plain": ("", list, OUTPUTS),
    "lowest": (f"[{EXTRAS}]", lowest, (*OUTPUTS, *EXTRA_OUTPUTS)),
}


@click.command(help=__doc__.split("\n", 1)[0] if __doc__ else None)
@click.option("--only", "ways", multiple=True, type=click.Choice([*WAYS]), help="Only this way.")
def main(ways: Sequence[str]) -> None:
    failed = []
    with TemporaryDirectory() as name:
        folder = Path(name)
        wheel = build(folder)
        for way in ways or WAYS:
            print(f"== {way}", flush=True)
            try:
                install(way, wheel, folder / way)
            except subprocess.CalledProcessError as error:
                print(f"{way}: failed: {error}", file=sys.stderr)
                failed.append(way)
            shutil.rmtree(folder / way)  # the next one needs as much room
    if failed:
        raise click.ClickException(f"failed: {', '.join(failed)}")


def build(folder: Path) -> Path:
    """Build the wheel of a copy, so that nothing is left in the checkout."""
    source = folder / "source"
    ignored = (".venv", ".git", "build", "dist", "demo", "*.egg-info", "__pycache__", ".*_cache")
    shutil.copytree(ROOT, source, ignore=shutil.ignore_patterns(*ignored))
    pip = (sys.executable, "-m", "pip")
    run([*pip, "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder), str(source)], folder)
    return next(folder.glob("*.whl"))


def install(way: str, wheel: Path, folder: Path) -> None:
    """Install the wheel one way, and align the sample with it."""
    extras, held, outputs = WAYS[way]
    venv.create(folder / "venv", with_pip=True)
    binaries = folder / "venv" / ("Scripts" if os.name == "nt" else "bin")
    constraints = folder / "constraints.txt"
    constraints.write_text("\n".join([*torch(), *held()]) + "\n", "utf-8")
    pip = [str(binaries / "python"), "-m", "pip", "install", "--quiet", "--no-cache-dir"]
    run([*pip, "--constraint", str(constraints), f"{wheel}{extras}"], folder)
    run([str(binaries / "python"), "-m", "pip", "check"], folder)
    shutil.copy(IZVESTIA, folder)
    options = [each for name in outputs for each in ("-o", name)]
    run([str(binaries / "aligner"), "align", IZVESTIA.name, *options], folder)
    for name in outputs:
        print(f"{name}: {(folder / name).stat().st_size:,} bytes", flush=True)


def run(command: Sequence[str], folder: Path) -> None:
    """Run a command from a folder with nothing of this environment that Python looks at."""
    env = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    env.pop("VIRTUAL_ENV", None)
    subprocess.run(command, cwd=folder, env=env, check=True)


if __name__ == "__main__":
    main()
