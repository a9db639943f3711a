"""A language that nobody knows: each letter of the target is another one, drawn from a seed.

    python -m benchmarks.ciphers FOLDER --set hun_1984_enhu

No word is left that two languages share, and no name; digits and marks stay. So a text of any
set stands for one in a language without encoder and pack. FOLDER has one folder a set
(`benchmarks/sets.py`). Of a set's documents of fewer than 50 segments none is read.
"""

import random
from collections.abc import Iterable, Sequence
from pathlib import Path

import click

import aligner
from aligner.errors import AlignerError, MissingExtraError
from aligner.evaluation import Link, evaluate
from benchmarks.report import table
from benchmarks.sets import Pair, read_sets
from benchmarks.systems import system
from benchmarks.training.sources import LOOSE

HEAD = ("set", "system", "documents", "segments", "strict F1", "lax F1")
UNKNOWN = "art"  # any tag that has neither encoder nor pack: that of made languages
COMPARED = ("aligner", "gale-church")
LEAST = 50  # segments of a side
SEED = 1


def ciphered(texts: Sequence[str], seed: int = SEED) -> list[str]:
    """Exchange the letters of texts for each other."""
    letters = sorted({c for text in texts for c in text.lower() if c.isalpha()})
    others = random.Random(seed).sample(letters, len(letters))
    key = dict(zip(letters, others, strict=True))
    key |= {a.upper(): b.upper() for a, b in key.items() if len(a.upper()) == len(b.upper()) == 1}
    return [text.translate(str.maketrans(key)) for text in texts]


def rows(name: str, pairs: Iterable[Pair]) -> Iterable[tuple[str, ...]]:
    """Score the systems on a set."""
    long = [pair for pair in pairs if min(len(pair.src), len(pair.tgt)) >= LEAST]
    segments = sum(len(pair.src) + len(pair.tgt) for pair in long)
    for compared in COMPARED if long else ():
        try:
            run = system(compared, aligner.get_encoder())
        except MissingExtraError:
            continue
        found: list[tuple[Iterable[Link], Iterable[Link]]] = [
            (pair.gold, run(pair.src, ciphered(pair.tgt), "en", UNKNOWN).links) for pair in long
        ]
        scores = evaluate(found)
        yield (
            name, compared, str(len(long)), f"{segments:,}",
            f"{scores.strict.f1:.3f}", f"{scores.lax.f1:.3f}",
        )  # fmt: skip


@click.command(help=__doc__.split("\n", 1)[0] if __doc__ else None)
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--set", "names", multiple=True, metavar="NAME", help="Only this set.")
def main(folder: Path, names: Sequence[str]) -> None:
    try:
        sets = [each for each in read_sets(folder, names) if each.name not in LOOSE]
    except AlignerError as error:
        raise click.ClickException(str(error)) from error
    print(table(HEAD, [row for each in sets for row in rows(each.name, each.pairs)], left=2))


if __name__ == "__main__":
    main()
