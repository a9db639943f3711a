"""Which beads of a lattice gold allows.

Gold does not always name beads that the lattice has: people align out of order, skip
segments, or make a bead of eleven. Some gold knows paragraphs only. Then gold still says
something: the path passes through the corners of the bead. Between two corners every path
is allowed, and training sums over them all.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aligner.engine.search.lattice import Lattice
from aligner.evaluation import Link

Corner = tuple[int, int]  # segments done: source, target


@dataclass(frozen=True, slots=True)
class _Step:
    """Where gold goes next, and whether by one bead or over segments that gold leaves out."""

    corner: Corner
    is_bead: bool


def allowed(lattice: Lattice, gold: Sequence[Link], *, loose: bool) -> NDArray[np.bool_]:
    """Mark the edges that lie on a path which agrees with gold.

    Args:
        lattice: the possible beads of the whole document.
        gold: in order; what goes back is passed over.
        loose: gold names paragraphs, not beads: only its corners count.

    Returns:
        bool (e,). No path may be left, where a corner of gold that must be passed cannot be.
    """
    nodes = set(zip(lattice.i.tolist(), lattice.j.tolist(), strict=True))
    end = (int((lattice.i + lattice.a).max()), int((lattice.j + lattice.b).max()))
    nodes.add(end)
    columns = (lattice.i, lattice.j, lattice.i + lattice.a, lattice.j + lattice.b)
    edges = {key: edge for edge, key in enumerate(zip(*(x.tolist() for x in columns), strict=True))}
    result = np.zeros(len(lattice), bool)
    last, waiting = (0, 0), False  # waiting: a corner that no node has was passed over
    for step in _steps(gold, end):
        edge = edges.get((*last, *step.corner))
        if step.is_bead and edge is not None and not waiting and not loose:
            result[edge] = True
        elif step.corner in nodes:
            result |= _between(lattice, last, step.corner)
        else:
            waiting = True
            continue
        last, waiting = step.corner, False
    return result


def restricted(lattice: Lattice, edges: NDArray[np.bool_]) -> Lattice:
    """Return the lattice with some of its edges only."""
    return Lattice(
        lattice.tail[edges], lattice.head[edges], lattice.type[edges],
        lattice.i[edges], lattice.j[edges], lattice.a[edges], lattice.b[edges],
        lattice.plain[edges], lattice.nodes,
    )  # fmt: skip


def _steps(gold: Sequence[Link], end: Corner) -> Iterator[_Step]:
    i = j = 0
    for link in gold:
        start = (link.src[0] if link.src else i, link.tgt[0] if link.tgt else j)
        if start[0] < i or start[1] < j:
            continue
        if start != (i, j):
            yield _Step(start, is_bead=False)
        i, j = start[0] + len(link.src), start[1] + len(link.tgt)
        yield _Step((i, j), is_bead=True)
    if (i, j) != end:
        yield _Step(end, is_bead=False)


def _between(lattice: Lattice, start: Corner, stop: Corner) -> NDArray[np.bool_]:
    """Mark the edges within a rectangle."""
    inside: NDArray[np.bool_] = (
        (lattice.i >= start[0])
        & (lattice.j >= start[1])
        & (lattice.i + lattice.a <= stop[0])
        & (lattice.j + lattice.b <= stop[1])
    )
    return inside
