"""How well a model does on examples."""

from collections.abc import Iterable, Sequence

from aligner.engine.lattice import Lattice
from aligner.engine.model import Model, decide
from aligner.engine.side import Ints
from aligner.evaluation import Evaluation, Link, evaluate
from benchmarks.training.documents import Example


def judge(model: Model, examples: Iterable[Example]) -> Evaluation:
    """Score a model's beads; a document is one piece here, however long."""
    return evaluate((each.gold, found(model, each)) for each in examples)


def found(model: Model, example: Example) -> Sequence[Link]:
    """Return the beads that a model chooses."""
    decision = decide(model, example.features, example.lattice, example.first_path)
    return _links(example.lattice, decision.path)


def _links(lattice: Lattice, path: Ints) -> list[Link]:
    starts_and_sizes = zip(
        *(values[path].tolist() for values in (lattice.i, lattice.a, lattice.j, lattice.b)),
        strict=True,
    )
    return [Link(tuple(range(i, i + a)), tuple(range(j, j + b))) for i, a, j, b in starts_and_sizes]
