"""How often the right bead is not among the possible ones: what pruning takes, nothing finds.

    python -m benchmarks.possible FOLDER
    python -m benchmarks.possible FOLDER --set mac_dev

FOLDER has one folder a set (`benchmarks/sets.py`), and `ntrex` for the made texts of which one
side lacks its beginning, end, both or its middle (`benchmarks/books.py`). Beads of gold that
are of no type the lattice has are counted apart: no search can find these.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from aligner.encoders.embedded.encoder import EmbeddedEncoder
from aligner.engine import Side, anchors_of, possible_beads
from aligner.engine.search.band import sections
from aligner.engine.search.lattice import BEAD_TYPES
from aligner.errors import AlignerError
from aligner.evaluation import Link
from aligner.types import MAX_SPAN
from benchmarks.books import one_sided
from benchmarks.report import table
from benchmarks.sets import read_sets
from benchmarks.training.documents import side_of
from benchmarks.training.sources import LOOSE

HEAD = ("set", "beads", "of no type", "of nulls", "missing", "of beads with both sides", "missing ")
Key = tuple[int, int, int, int]  # source segment, how many, target segment, how many


@dataclass(slots=True)
class Tally:
    """Beads of gold, by whether the lattice has them."""

    no_type: int = 0
    nulls: int = 0
    nulls_missing: int = 0
    others: int = 0
    others_missing: int = 0

    def add(self, gold: Iterable[Link], found: frozenset[Key]) -> None:
        """Count the beads of a document."""
        for link in gold:
            for bead in _beads(link):
                _, a, _, b = bead
                if (a, b) not in BEAD_TYPES:
                    self.no_type += 1
                elif a == 0 or b == 0:
                    self.nulls += 1
                    self.nulls_missing += bead not in found
                else:
                    self.others += 1
                    self.others_missing += bead not in found

    def row(self, name: str) -> tuple[str, ...]:
        """Return a row of the table."""
        counts = (self.no_type, self.nulls, self.nulls_missing, self.others, self.others_missing)
        total = self.no_type + self.nulls + self.others
        return (name, *(f"{each:,}" for each in (total, *counts)))


def _beads(link: Link) -> Iterator[Key]:
    """Yield a link of gold as the lattice would have it: of segments alone, each by itself."""
    if link.src and link.tgt:
        yield link.src[0], len(link.src), link.tgt[0], len(link.tgt)
    else:
        yield from ((i, 1, -1, 0) for i in link.src)
        yield from ((-1, 0, j, 1) for j in link.tgt)


def possible(src: Side, tgt: Side) -> frozenset[Key]:
    """Return all possible beads of two texts; where a null stands in the other text is left out."""
    chain = anchors_of(src, tgt)
    found: set[Key] = set()
    for section in sections(chain, len(src), len(tgt)):
        lattice = possible_beads(src, tgt, chain, section, MAX_SPAN).lattice
        columns = (
            lattice.i + section.src_start, lattice.a, lattice.j + section.tgt_start, lattice.b,
        )  # fmt: skip
        for i, a, j, b in zip(*(each.tolist() for each in columns), strict=True):
            found.add((i if a else -1, a, j if b else -1, b))
    return frozenset(found)


@click.command(help=__doc__.split("\n", 1)[0] if __doc__ else None)
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--set", "names", multiple=True, metavar="NAME", help="Only this set.")
def main(folder: Path, names: Sequence[str]) -> None:
    encoder = EmbeddedEncoder()
    rows = []
    try:
        for tested in read_sets(folder, names):
            if tested.name in LOOSE:
                continue
            tally = Tally()
            for pair in tested.pairs:
                sides = [side_of(texts, (), encoder) for texts in (pair.src, pair.tgt)]
                tally.add(pair.gold, possible(*sides))
            rows.append(tally.row(tested.name))
        if not names:
            tally = Tally()
            for case in one_sided(folder / "ntrex"):
                sides = [side_of(texts, (), encoder) for texts in (case.src, case.tgt)]
                tally.add(case.gold, possible(*sides))
            rows.append(tally.row("one-sided"))
    except AlignerError as error:
        raise click.ClickException(str(error)) from error
    print(table(HEAD, rows))


if __name__ == "__main__":
    main()
