"""The right beads are possible, whatever one of the texts lacks."""

import numpy as np
import pytest

from aligner.engine import anchors_of, possible_beads
from aligner.engine.search.band import Section
from aligner.types import MAX_SPAN
from tests.engine.cases import random_vectors, side

SEGMENTS = 400
PLACES = {
    "start": lambda size: slice(0, size),
    "end": lambda size: slice(SEGMENTS - size, SEGMENTS),
    "middle": lambda size: slice((SEGMENTS - size) // 2, (SEGMENTS + size) // 2),
}


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("swapped", [False, True])
def test_right_beads_are_possible_beside_what_is_missing(place, share, swapped):
    rng = np.random.default_rng(5)
    whole = random_vectors(rng, SEGMENTS)
    kept = np.delete(np.arange(SEGMENTS), PLACES[place](int(share * SEGMENTS)))
    left = whole[kept] + 0.1 * rng.normal(size=(len(kept), whole.shape[1]))
    gold = {(int(i), 1, j, 1) for j, i in enumerate(kept)}
    gold |= {(int(i), 1, -1, 0) for i in set(range(SEGMENTS)) - set(kept.tolist())}
    sides = side(whole), side(left)
    if swapped:
        sides = sides[::-1]
        gold = {(j, b, i, a) for i, a, j, b in gold}
    found = possible_beads(
        *sides, anchors_of(*sides), Section(0, len(sides[0]), 0, len(sides[1])), MAX_SPAN
    ).lattice
    beads = {
        (i if a else -1, a, j if b else -1, b)
        for i, a, j, b in zip(found.i, found.a, found.j, found.b, strict=True)
    }
    assert gold <= beads
