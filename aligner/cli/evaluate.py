"""`aligner evaluate`: score an alignment against gold."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from aligner.cli.parameters import PATH
from aligner.errors import ReadError

if TYPE_CHECKING:
    from aligner.evaluation import Link

# What beads files are called: ours, gold sets', and other aligners'.
SUFFIXES = (".beads", ".gold", ".align")


@click.command()
@click.argument("gold", type=PATH)
@click.argument("test", type=PATH)
def evaluate(gold: Path, test: Path) -> None:
    """Score TEST against GOLD: strict and lax precision, recall and F1.

    Both are beads files (`[0, 1]:[0]` a line), or folders of them. Of two folders, each
    file of GOLD is compared with the file of TEST that has its name, or its name with
    another ending (.beads, .gold, .align); the figures are those of all beads together.
    """
    from aligner.evaluation import evaluate as score

    pairs = _paired(gold, test)
    result = score((_links(wanted), _links(found)) for wanted, found in pairs)
    click.echo(f"{'':9}  strict     lax")
    for measure in ("precision", "recall", "f1"):
        strict, lax = (getattr(each, measure) for each in (result.strict, result.lax))
        name = measure.capitalize()
        click.echo(f"{name:9}  {strict:.4f}  {lax:.4f}")
    click.echo(
        f"{result.counts.test} beads against {result.counts.gold} of gold that are no nulls, "
        f"in {len(pairs)} {'document' if len(pairs) == 1 else 'documents'}"
    )


def _paired(gold: Path, test: Path) -> list[tuple[Path, Path]]:
    """Pair two files, or the files of two folders by name."""
    if gold.is_dir() != test.is_dir():
        folder, other = (gold, test) if gold.is_dir() else (test, gold)
        raise ReadError(
            "this is a folder, the other is not",
            str(folder),
            f"give two files or two folders, not {other}",
        )
    if not gold.is_dir():
        return [(gold, test)]
    return [(wanted, _partner(wanted, test)) for wanted in _gold_files(gold)]


def _gold_files(folder: Path) -> list[Path]:
    """List a folder's gold: the `.gold` files, else all beads files."""
    for suffixes in ((".gold",), SUFFIXES):
        found = sorted(path for path in folder.iterdir() if path.suffix in suffixes)
        if found:
            return found
    raise ReadError(
        "no beads files in this folder", str(folder), f"their names end in {', '.join(SUFFIXES)}"
    )


def _partner(gold: Path, folder: Path) -> Path:
    """Find the file that a gold file is compared with; never the gold file itself."""
    names = [gold.name, *(gold.stem + suffix for suffix in SUFFIXES)]
    for path in (folder / name for name in names):
        if path.is_file() and not path.samefile(gold):
            return path
    raise ReadError("no beads to compare with gold", str(folder), f"{names[1]} is expected there")


def _links(path: Path) -> "list[Link]":
    from aligner.evaluation import parse_links
    from aligner.formats.readers.files import read_bytes

    text = read_bytes(path).decode("utf-8-sig", errors="replace")
    return parse_links(text.splitlines(), str(path))
