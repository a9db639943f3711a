"""From a folder of sets to weights: of all of them, or of all but some."""

import sys
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from aligner.encoders.embedded.encoder import EmbeddedEncoder
from aligner.engine.learning.model import Model
from benchmarks.training.documents import Example, prepare
from benchmarks.training.likelihood import train
from benchmarks.training.sources import GROUPS, WEIGHTS, tasks

SEED = 7  # of the made documents; the rest of the training draws nothing


def prepared(folder: Path, seed: int) -> list[Example]:
    """Read all documents to learn from, and let the engine gather its evidence: minutes.

    Raises:
        ReadError: the folder lacks a set, or a file is damaged.
    """
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


def fitted(known: Sequence[Example], without: Collection[str], provenance: str) -> Model:
    """Train on all examples but those of some sets."""
    learnt = WEIGHTS.keys() - set(without)
    chosen = [each for each in known if each.fits and each.group in learnt]
    return train(chosen, WEIGHTS, provenance)


def left_out(known: Sequence[Example], wanted: Collection[str]) -> Iterator[tuple[str, Model]]:
    """Yield the sets that are wanted, each with a model that saw neither it nor its texts."""
    for names, also in GROUPS:
        found = [name for name in names if name in wanted]
        if found:
            model = fitted(known, also, "")
            yield from ((name, model) for name in found)


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
