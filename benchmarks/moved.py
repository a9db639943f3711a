"""How many passages that moved are found, and how many where none has.

    python -m benchmarks.moved FOLDER
    python -m benchmarks.moved FOLDER --set mac_dev

FOLDER has one folder a set (`benchmarks/sets.py`). Each document whose gold knows segments is
aligned as it is, which tells what is found where nobody moved anything; then, for every size,
a run of 1-1 beads drawn from a seed has its target put `DISTANCE` beads on.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click

import aligner
from aligner.errors import AlignerError
from aligner.types import Move, Span
from benchmarks.report import table
from benchmarks.sets import Pair, read_sets

SIZES = (1, 2, 3, 5, 8)  # beads that move together
DISTANCE = 30  # beads that they move
LONGEST = 3000  # segments of both sides; longer documents only repeat the same
SEED = 3


@dataclass(frozen=True, slots=True)
class Moved:
    """A document in which a passage moved: where the source has it, and where the target."""

    pair: Pair
    src: Span
    tgt: Span

    def is_found(self, moves: Sequence[Move]) -> bool:
        """Tell whether one of the passages reported lies at both places."""
        return any(_meet(move.src, self.src) and _meet(move.tgt, self.tgt) for move in moves)


def moved(pair: Pair, size: int, rng: random.Random) -> Moved | None:
    """Put the target of `size` beads in a row elsewhere; None where gold has no such row."""
    beads = pair.gold
    starts = [
        at
        for at in range(len(beads) - size - DISTANCE)
        if all(len(each.src) == len(each.tgt) == 1 for each in beads[at : at + size])
        and beads[at + size - 1].tgt[0] - beads[at].tgt[0] == size - 1
        and beads[at + size + DISTANCE - 1].tgt
    ]
    if not starts:
        return None
    at = rng.choice(starts)
    first, last = beads[at], beads[at + size - 1]
    begin, end, to = first.tgt[0], last.tgt[0] + 1, beads[at + size + DISTANCE - 1].tgt[-1] + 1
    tgt = pair.tgt[:begin] + pair.tgt[end:to] + pair.tgt[begin:end] + pair.tgt[to:]
    changed = replace(pair, tgt=tgt, gold=(), src_units=(), tgt_units=())
    return Moved(changed, Span(first.src[0], last.src[0] + 1), Span(to - (end - begin), to))


@click.command(help=__doc__.split("\n", 1)[0] if __doc__ else None)
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--set", "names", multiple=True, metavar="NAME", help="Only this set.")
def main(folder: Path, names: Sequence[str]) -> None:
    counts = {size: [0, 0] for size in SIZES}
    beads = false = 0
    try:
        for pair, languages in _documents(folder, names):
            whole = _aligned(pair, languages)
            beads, false = beads + len(whole.beads), false + len(whole.moves)
            rng = random.Random(SEED)
            for size, count in counts.items():
                made = moved(pair, size, rng)
                if made is not None:
                    count[0] += 1
                    count[1] += made.is_found(_aligned(made.pair, languages).moves)
    except AlignerError as error:
        raise click.ClickException(str(error)) from error
    rows = [(str(size), str(made), str(found)) for size, (made, found) in counts.items()]
    print(table(("segments that moved", "passages", "found"), rows))
    print(f"\nWhere nothing moved: {false} passages in {beads:,} beads.")


def _documents(folder: Path, names: Sequence[str]) -> Iterator[tuple[Pair, tuple[str, str]]]:
    for tested in read_sets(folder, names):
        if not tested.is_coarse:
            yield from ((p, tested.languages) for p in tested.pairs if p.segments <= LONGEST)


def _aligned(pair: Pair, languages: tuple[str, str]) -> aligner.Alignment:
    src_lang, tgt_lang = languages
    return aligner.align_segments(pair.src, pair.tgt, src_lang=src_lang, tgt_lang=tgt_lang)


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.stop and other.start < one.stop


if __name__ == "__main__":
    main()
