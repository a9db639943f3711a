"""Train the model: the weights of the evidence, `aligner/engine/model.json`.

    python -m benchmarks.train FOLDER
    python -m benchmarks.train FOLDER --held-out mac_dev
    python -m benchmarks.train FOLDER --leave-one-out

FOLDER has one folder a set (`benchmarks/sets.py`), among them all of those that
`benchmarks/training/sources.py` names, and `ntrex` with line-parallel news. Texts that were
trained on flatter the model: --held-out leaves sets out and scores them; --leave-one-out
does so for every set in turn, and writes nothing.
"""

import sys
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import click

import aligner.engine
from aligner.encoders.embedded import EmbeddedEncoder
from aligner.engine.model import Model
from aligner.errors import AlignerError
from benchmarks.report import table, three
from benchmarks.training.documents import Example, prepare
from benchmarks.training.judging import judge
from benchmarks.training.likelihood import train
from benchmarks.training.sources import GROUPS, JUDGED_ONLY, LOOSE, MADE, WEIGHTS, tasks

SEED = 7  # of the made documents; the rest of the training draws nothing
MODEL = Path(aligner.engine.__file__).with_name("model.json")
HEAD = (
    *("set", "trained on", "documents", "strict P", "R", "F1", "lax P", "R", "F1"),
    "calibration error",
)


@click.command(help=__doc__.split("\n", 1)[0] if __doc__ else None)
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--seed", default=SEED, show_default=True, help="Of the made documents.")
@click.option("--out", type=click.Path(path_type=Path), help="The package's own model by default.")
@click.option("--held-out", multiple=True, metavar="SET", type=click.Choice(list(WEIGHTS)))
@click.option("--leave-one-out", is_flag=True, help="Only print what sets left out score.")
@click.option("--date", default="", metavar="YYYY-MM-DD", help="To write into it; today's.")
def main(
    folder: Path,
    seed: int,
    out: Path | None,
    held_out: Sequence[str],
    date: str,
    *,
    leave_one_out: bool,
) -> None:
    try:
        known = _prepared(folder, seed)
    except AlignerError as error:
        raise click.ClickException(str(error)) from error
    if leave_one_out:
        rows = []
        for judged, also in GROUPS:
            model = fitted(known, {*judged, *also}, "")
            rows += figures(model, known, judged, trained=False)
        print(table(HEAD, rows, left=2))
        return
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


def fitted(known: Sequence[Example], without: Collection[str], provenance: str) -> Model:
    """Train on all examples but those of some sets."""
    learnt = WEIGHTS.keys() - set(without)
    chosen = [each for each in known if each.fits and each.group in learnt]
    return train(chosen, WEIGHTS, provenance)


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


def _prepared(folder: Path, seed: int) -> list[Example]:
    encoder = EmbeddedEncoder()
    known = []
    for task in tasks(folder, seed):
        known.append(prepare(task, encoder))
        if task.group in WEIGHTS:  # also the other way round: no side is special
            known.append(replace(prepare(task.swapped, encoder), judged=False))
        if not known[-1].fits:
            _say(f"{task.group}: {task.pair.name} is judged only, its gold fits no path")
    _say(f"{len(known)} documents prepared")
    return known


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
