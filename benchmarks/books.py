"""How books come out as people have them: with frames, and one of them going on alone.

    python -m benchmarks.books DIR
    python -m benchmarks.books DIR --only made
    python -m benchmarks.books DIR --without gale-church

DIR/books has books, `<name>.src.*` and `<name>.tgt.*`, and `<name>.points`, two strings a line
that must come to stand in one bead. DIR/ntrex has `<language>.txt`, the same text line by line:
of each pair of languages one side loses its beginning, end, both or its middle, and gold is known.
"""

import csv
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

import aligner
from aligner.errors import AlignerError
from aligner.evaluation import Link, count
from benchmarks.report import NOTHING, table
from benchmarks.systems import System, system

LANGUAGES = {"eng": "en", "rus": "ru", "deu": "de", "fra": "fr", "zho-CN": "zh"}
PAIRS = (("eng", "rus"), ("deu", "fra"), ("eng", "zho-CN"))
PLACES = ("start", "end", "both", "middle")
SHARES = (0.3, 0.6, 0.9)  # of a side that are missing
COMPARED = ("aligner", "vecalign", "gale-church")
csv.field_size_limit(1 << 30)


@dataclass(frozen=True, slots=True)
class OneSided:
    """A text and what is left of its translation, line by line.

    Args:
        name: languages, where the translation lacks something, and how much.
        src, tgt: the segments.
        gold: the beads that have both sides.
    """

    name: str
    src: tuple[str, ...]
    tgt: tuple[str, ...]
    langs: tuple[str, str]
    gold: frozenset[Link]


def one_sided(folder: Path) -> Iterator[OneSided]:
    """Yield the made cases."""
    for names in PAIRS:
        src, tgt = ((folder / f"{name}.txt").read_text("utf-8").splitlines() for name in names)
        langs = LANGUAGES[names[0]], LANGUAGES[names[1]]
        for place in PLACES:
            for share in SHARES:
                gone = missing(len(src), place, share)
                kept = [i for i in range(len(src)) if i not in gone]
                gold = frozenset(Link((i,), (j,)) for j, i in enumerate(kept))
                name = f"{'-'.join(langs)}, {share:.0%} of the {place}"
                yield OneSided(name, tuple(src), tuple(tgt[i] for i in kept), langs, gold)


def missing(n: int, place: str, share: float) -> frozenset[int]:
    """Return which of n segments are missing."""
    size = int(share * n)
    starts = {"start": 0, "end": n - size, "middle": (n - size) // 2}
    if place in starts:
        return frozenset(range(starts[place], starts[place] + size))
    return frozenset([*range(size // 2), *range(n - (size - size // 2), n)])


def judge(case: OneSided, run: System) -> tuple[str, ...]:
    """Return a row: strict F1 of what has a counterpart, errors, and errors expected."""
    start = time.process_time()
    found = run(case.src, case.tgt, *case.langs)
    seconds = time.process_time() - start
    beads = [link for link in found.links if not link.is_null]
    counts = count(case.gold, beads)
    precision = counts.test_strict / (counts.test or 1)
    recall = counts.gold_strict / (counts.gold or 1)
    f1 = 2 * precision * recall / ((precision + recall) or 1)
    paired = {i for link in case.gold for i in link.src}
    wrong = sum(
        link not in case.gold if not link.is_null else bool(link.tgt or paired & set(link.src))
        for link in found.links
    )
    expected = (
        f"{sum(1 - each for each in found.confidences):.1f}" if found.confidences else NOTHING
    )
    return f"{f1:.3f}", f"{wrong}", expected, f"{seconds:.1f}"


def points(folder: Path) -> Iterator[tuple[str, ...]]:
    """Align each book with the defaults; yield its name, its points, and how many hold."""
    for path in sorted(folder.glob("*.points")):
        texts = [next(folder.glob(f"{path.stem}.{side}.*")) for side in ("src", "tgt")]
        start = time.process_time()
        bitext = aligner.align(*texts)
        seconds = time.process_time() - start
        with tempfile.TemporaryDirectory() as held:
            out = Path(held) / "out.csv"
            aligner.write(bitext, out)
            with out.open(encoding="utf-8-sig", newline="") as file:
                rows = [(fold(row["source"]), fold(row["target"])) for row in csv.DictReader(file)]
        lines = path.read_text("utf-8").splitlines()
        wanted = [line.split("\t") for line in lines if line and not line.startswith("#")]
        hold = sum(
            any(fold(src) in source and fold(tgt) in target for source, target in rows)
            for src, tgt in wanted
        )
        share = f"{hold / (len(wanted) or 1):.2f}"
        wrong = f"{bitext.alignment.expected_errors:.1f} of {len(rows):,}"
        yield path.stem, f"{len(wanted)}", f"{hold}", share, wrong, f"{seconds:.1f}"


def fold(text: str) -> str:
    """Return what of a text counts."""
    return "".join(text.split()).replace("\u2060", "").replace("\u00ad", "").casefold()


@click.command(help=__doc__.split("\n", 1)[0] if __doc__ else None)
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--only", type=click.Choice(["books", "made"]), help="Only these.")
@click.option("--without", multiple=True, type=click.Choice(COMPARED), help="Leave it out.")
def main(folder: Path, only: str | None, without: Sequence[str]) -> None:
    try:
        if only != "made":
            head = ("book", "points", "hold", "share", "may be wrong", "processor s")
            print(table(head, list(points(folder / "books"))))
        if only != "books":
            encoder = aligner.get_encoder()
            systems = {name: system(name, encoder) for name in COMPARED if name not in without}
            head = ("missing", "system", "strict F1", "wrong", "expected", "processor s")
            rows = [
                (case.name, name, *judge(case, run))
                for case in one_sided(folder / "ntrex")
                for name, run in systems.items()
            ]
            print(table(head, rows, left=2))
    except AlignerError as error:
        raise click.ClickException(str(error)) from error


if __name__ == "__main__":
    main()
