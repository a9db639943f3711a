"""Train the model: the weights of the evidence, `aligner/engine/learning/model.json`.

    python -m benchmarks.train FOLDER
    python -m benchmarks.train FOLDER --held-out mac_dev

FOLDER has one folder a set (`benchmarks/sets.py`), among them all of those that
`benchmarks/training/sources.py` names, and `ntrex` with line-parallel news. Texts that were
trained on flatter the model: --held-out leaves sets out and scores them;
`python -m benchmarks.accuracy FOLDER --leave-one-out` does so for every set in turn.
"""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from pathlib import Path

import click

from aligner.engine import learning
from aligner.engine.learning.model import Model
from aligner.errors import AlignerError
from benchmarks.report import table, three
from benchmarks.training.documents import Example
from benchmarks.training.fitting import SEED, fitted, prepared
from benchmarks.training.judging import judge
from benchmarks.training.sources import JUDGED_ONLY, LOOSE, MADE, WEIGHTS

MODEL = Path(learning.__file__).with_name("model.json")
HEAD = (
    *("set", "trained on", "documents", "strict P", "R", "F1", "lax P", "R", "F1"),
    "calibration error",
)


@click.command(help=__doc__.split("\n", 1)[0] if __doc__ else None)
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--seed", default=SEED, show_default=True, help="Of the made documents.")
@click.option("--out", type=click.Path(path_type=Path), help="The package's own model by default.")
@click.option("--held-out", multiple=True, metavar="SET", type=click.Choice(list(WEIGHTS)))
@click.option("--date", default="", metavar="YYYY-MM-DD", help="To write into it; today's.")
def main(
    folder: Path,
    seed: int,
    out: Path | None,
    held_out: Sequence[str],
    date: str,
) -> None:
    try:
        known = prepared(folder, seed)
    except AlignerError as error:
        raise click.ClickException(str(error)) from error
    model = fitted(known, held_out, provenance(held_out, seed, date))
    fine = [name for name in WEIGHTS if name not in LOOSE]
    seen = [name for name in fine if name not in held_out]
    unseen = [*(name for name in fine if name in held_out), *JUDGED_ONLY]
    rows = figures(model, known, seen, trained=True)
    print(table(HEAD, rows + figures(model, known, unseen, trained=False), left=2))
    if out is None and not held_out:
        out = MODEL
    if out is not None:
        out.write_text(model.to_json() + "\n", "utf-8")


def figures(
    model: Model, known: Sequence[Example], names: Sequence[str], *, trained: bool
) -> list[tuple[str, ...]]:
    """Score a model on sets: rows of a table."""
    rows: list[tuple[str, ...]] = []
    for name in names:
        own = [each for each in known if each.judged and each.group == name]
        found = judge(model, own)
        right, error = found.evaluation, found.calibration_error or 0.0
        scores = (*three(right.strict), *three(right.lax), f"{error:.3f}")
        rows.append((name, "yes" if trained else "no", f"{len(own)}", *scores))
    return rows


def provenance(held_out: Collection[str], seed: int, date: str) -> str:
    """Say what a model was trained on."""
    sets = [name for name in WEIGHTS if name not in held_out and name != MADE]
    if MADE not in held_out:
        sets.append(f"documents made of NTREX (seed {seed})")
    return f"{', '.join(sets)}; {date or datetime.now(UTC).date().isoformat()}"


if __name__ == "__main__":
    main()
