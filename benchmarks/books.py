"""How books come out as people have them: with frames, and one of them going on alone.

    python -m benchmarks.books DIR
    python -m benchmarks.books DIR --only made
    python -m benchmarks.books DIR --without gale-church

DIR/books has books, `<name>.src.*` and `<name>.tgt.*`, and `<name>.points`, two strings a line
that must come to stand in one bead. DIR/ntrex has `<language>.txt`, the same text line by line:
of each pair of languages one side loses its beginning, end, both or its middle, and gold is known.
Each case comes as it is, and with what translators do besides: one line in eight joined to the
next on a side, one in twenty-five lost.
"""

import csv
import random
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path

import click

import aligner
from aligner.errors import AlignerError
from aligner.evaluation import Link, count
from aligner.languages.table import separator
from benchmarks.report import NOTHING, table
from benchmarks.systems import System, system

LANGUAGES = {"eng": "en", "rus": "ru", "deu": "de", "fra": "fr", "zho-CN": "zh"}
PAIRS = (("eng", "rus"), ("deu", "fra"), ("eng", "zho-CN"))
PLACES = ("start", "end", "both", "middle")
SHARES = (0.3, 0.6, 0.9)  # of a side that are missing
JOINED, LOST = 1 / 8, 1 / 25  # shares of lines
SEED = 11
SIDES = (attrgetter("src"), attrgetter("tgt"))
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
                for damage in (False, True):
                    rng = random.Random(SEED) if damage else None
                    name = f"{'-'.join(langs)}, {share:.0%} of the {place}"
                    yield _case(f"{name}{', damaged' * damage}", src, tgt, langs, gone, rng)


def _case(
    name: str,
    src: Sequence[str],
    tgt: Sequence[str],
    langs: tuple[str, str],
    gone: frozenset[int],
    rng: random.Random | None,
) -> OneSided:
    """Make a case of lines that translate each other, damaged where a source of chance is given."""
    ours: list[str] = []
    theirs: list[str] = []
    gold = set()
    i = 0
    while i < len(src):
        draw = rng.random() if rng else 1.0
        here = {i} if draw >= JOINED or i + 1 == len(src) else {i, i + 1}
        i += len(here)
        if here & gone:
            ours += [src[k] for k in sorted(here)]
            theirs += [tgt[k] for k in sorted(here - gone)]
            continue
        lost = rng.random() if rng else 1.0
        parts = [[lines[k] for k in sorted(here)] for lines in (src, tgt)]
        if len(here) > 1:
            side = int(draw < JOINED / 2)
            parts[side] = [separator(langs[side]).join(parts[side])]
        elif lost < LOST:
            parts[int(lost < LOST / 2)] = []
        if all(parts):
            at = len(ours), len(theirs)
            spans = [tuple(range(k, k + len(part))) for k, part in zip(at, parts, strict=True)]
            gold.add(Link(*spans))
        ours += parts[0]
        theirs += parts[1]
    return OneSided(name, tuple(ours), tuple(theirs), langs, frozenset(gold))


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
    paired = [{at for link in case.gold for at in side(link)} for side in SIDES]
    wrong = sum(
        any(set(side(link)) & own for side, own in zip(SIDES, paired, strict=True))
        if link.is_null
        else link not in case.gold
        for link in found.links
    )
    expected = (
        f"{sum(1 - each for each in found.confidences):.1f}" if found.confidences else NOTHING
    )
    return f"{f1:.3f}", f"{wrong}", expected, f"{seconds:.1f}"


def sums(rows: Sequence[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """Yield a row a system: its mean F1, and the sums of the rest."""
    for system_name in dict.fromkeys(row[1] for row in rows):
        own = [[float(x) for x in row[2:] if x != NOTHING] for row in rows if row[1] == system_name]
        f1, wrong, *rest = (sum(column) for column in zip(*own, strict=True))
        expected = f"{rest[0]:.1f}" if len(rest) > 1 else NOTHING
        yield (
            "all",
            system_name,
            f"{f1 / len(own):.3f}",
            f"{wrong:.0f}",
            expected,
            f"{rest[-1]:.1f}",
        )


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
            print(table(head, [*rows, *sums(rows)], left=2))
    except AlignerError as error:
        raise click.ClickException(str(error)) from error


if __name__ == "__main__":
    main()
