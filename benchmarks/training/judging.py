"""How well a model does on examples."""

from collections.abc import Iterable
from typing import NamedTuple

from aligner.engine.learning.adaptation import decide
from aligner.engine.learning.model import Model
from aligner.engine.search.lattice import Lattice
from aligner.engine.sides import Ints
from aligner.evaluation import Evaluation, Link, evaluate
from benchmarks.scoring import calibration_error
from benchmarks.systems import Result
from benchmarks.training.documents import Example


class Judgement(NamedTuple):
    """How right a model's beads are, and how far its confidences are from the truth."""

    evaluation: Evaluation
    calibration_error: float | None


def judge(model: Model, examples: Iterable[Example]) -> Judgement:
    """Score a model's beads; a document is one piece here, however long."""
    results = [(each.gold, found(model, each)) for each in examples]
    evaluation = evaluate((gold, result.links) for gold, result in results)
    return Judgement(evaluation, calibration_error(results))


def found(model: Model, example: Example) -> Result:
    """Return the beads that a model chooses."""
    decision = decide(model, example.features, example.lattice, example.first_path)
    links = _links(example.lattice, decision.path)
    return Result(tuple(links), tuple(decision.confidences.tolist()))


def _links(lattice: Lattice, path: Ints) -> list[Link]:
    starts_and_sizes = zip(
        *(values[path].tolist() for values in (lattice.i, lattice.a, lattice.j, lattice.b)),
        strict=True,
    )
    return [Link(tuple(range(i, i + a)), tuple(range(j, j + b))) for i, a, j, b in starts_and_sizes]
