"""Score the program and its peers on development sets.

    python -m benchmarks.accuracy FOLDER
    python -m benchmarks.accuracy FOLDER --set textberg_dev --without gale-church
    python -m benchmarks.accuracy FOLDER --leave-one-out

FOLDER has one folder a set (`benchmarks/sets.py` says what is in it). With --write the table
goes into `docs/benchmarks.md`. Sets that the weights were trained on flatter them:
--leave-one-out trains them anew for each set, without it and all that shares its texts, and
scores these as well; FOLDER must then have all that `python -m benchmarks.train` needs.
"""

import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

import click

import aligner
from aligner.encoders import EMBEDDED
from aligner.encoders.embedded.encoder import EmbeddedEncoder
from aligner.engine.learning.model import default_model
from aligner.errors import AlignerError, MissingExtraError
from benchmarks.report import NOTHING, put, stamp, table, three
from benchmarks.scoring import Score, score
from benchmarks.sets import DevelopmentSet, read_sets
from benchmarks.systems import System, TooLargeError, system, weighted
from benchmarks.training.fitting import SEED, left_out, prepared

COMPARED = ("aligner", "vecalign", "gale-church")
BLIND = "aligner, left out"  # of the set's name: weights that saw neither it nor its texts
HEAD = (
    *("set", "languages", "system", "documents", "segments"),
    *("strict P", "R", "F1", "lax P", "R", "F1", "calibration error", "seconds"),
)
WORDS = 3  # columns of HEAD that are no figures
# A text for the first call, which loads the encoder and compiles what is not yet compiled.
WARM_UP = ("One.", "Two.", "Three.")


def rows(
    sets: Sequence[DevelopmentSet],
    systems: Mapping[str, System],
    blind: Mapping[str, System] = MappingProxyType({}),
) -> Iterator[tuple[str, ...]]:
    """Yield the table's rows; what is left out is told on standard error.

    Args:
        sets: what is scored.
        systems: by name.
        blind: for a set's name, the program with weights that never saw it.
    """
    for tested in sets:
        own = {BLIND: blind[tested.name]} if tested.name in blind else {}
        for name, run in {**own, **systems}.items():
            found = _scored(name, run, tested)
            yield (
                *(tested.name, "-".join(tested.languages), name),
                *(f"{len(tested.pairs):,}", f"{tested.segments:,}", *cells(found)),
            )


def cells(found: Score | None) -> list[str]:
    """Return the figures of a row; dashes for a system that could not run."""
    if found is None:
        return [NOTHING] * 8
    error = found.calibration_error
    return [
        *three(found.evaluation.strict),
        *three(found.evaluation.lax),
        NOTHING if error is None else f"{error:.3f}",
        f"{found.seconds:.1f}",
    ]


def chosen(without: Sequence[str], encoder: aligner.Encoder) -> dict[str, System]:
    """Return the systems that are wanted and installed, after a first call of each."""
    found = {}
    for name in COMPARED:
        if name in without:
            continue
        try:
            found[name] = system(name, encoder)
        except MissingExtraError as error:
            _say(f"{name}: left out, {error}")
            continue
        lang = min(encoder.languages or {"en"})
        found[name](WARM_UP, WARM_UP, lang, lang)
    return found


@click.command(help=__doc__.split("\n", 1)[0] if __doc__ else None)
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--set", "names", multiple=True, metavar="NAME", help="Only this set.")
@click.option("--without", multiple=True, type=click.Choice(COMPARED), help="Leave it out.")
@click.option("--encoder", default=EMBEDDED, metavar="MODEL", show_default=True)
@click.option("--leave-one-out", is_flag=True, help="Also with weights that never saw the set.")
@click.option("--write", is_flag=True, help="Put the table into docs/benchmarks.md.")
def main(
    folder: Path,
    names: Sequence[str],
    without: Sequence[str],
    encoder: str,
    *,
    leave_one_out: bool,
    write: bool,
) -> None:
    if leave_one_out and encoder != EMBEDDED:
        raise click.ClickException("weights are trained with the embedded encoder alone")
    try:
        sets = list(read_sets(folder, names))
        model = aligner.get_encoder(encoder)
        blind = _blind(folder, {each.name for each in sets}) if leave_one_out else {}
        text = table(HEAD, list(rows(sets, chosen(without, model), blind)), left=WORDS)
    except AlignerError as error:
        raise click.ClickException(str(error)) from error
    print(text)
    if write:
        put("accuracy", f"{text}\n\n{stamp()} Weights: {default_model().provenance}.")


def _blind(folder: Path, names: Collection[str]) -> dict[str, System]:
    encoder = EmbeddedEncoder()
    trained = left_out(prepared(folder, SEED), names)
    return {name: weighted(encoder, model) for name, model in trained}


def _scored(name: str, run: System, tested: DevelopmentSet) -> Score | None:
    try:
        found = score(run, tested)
    except TooLargeError as error:
        _say(f"{tested.name}: {name} left out, {error}")
        return None
    strict = found.evaluation.strict.f1
    _say(f"{tested.name}: {name}, strict F1 {strict:.3f}, {found.seconds:.1f} s")
    return found


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
