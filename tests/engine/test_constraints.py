"""What a person fixed is obeyed, by every path, and changes nothing that it does not touch."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner import engine
from aligner.engine.constraints import Rules
from aligner.engine.search.anchors import Chain
from aligner.engine.search.band import Section, lay_band, sections
from aligner.engine.search.inference import best_path
from aligner.engine.search.pruning import prune
from aligner.types import Constraints, Span
from tests import oracle
from tests.engine.cases import SEEDS, edges_of, full_band, random_scores, random_vectors, side

# Wider than any path falls short of another, and less than a forbidden bead costs.
WIDE = 1000.0


def random_constraints(path, n, m, rng):
    """Constraints that an alignment obeys, for it is made of them: beads, boundaries, others."""
    pins, cuts, forbids = [], [], []
    for src, tgt in path:
        if rng.random() < 0.3:
            pins.append((src, tgt))
        if rng.random() < 0.3:
            known = rng.random(2) < 0.7
            cuts.append((src.start if known[0] else None, tgt.start if known[1] else None))
    for _ in range(rng.integers(0, 4)):
        pair = random_span(n, rng), random_span(m, rng)
        if not any(holds(bead, pair) for bead in path):
            forbids.append(pair)
    return Constraints(tuple(pins), tuple(cuts), tuple(forbids))


def random_span(n, rng):
    start = int(rng.integers(0, n))
    return Span(start, min(n, start + int(rng.integers(0, 3))))


def holds(bead, pair):
    """Whether a bead joins all that a pair names; an empty span is held by empty ones."""
    return all(
        outer.start <= inner.start and inner.stop <= outer.stop if inner else not outer
        for outer, inner in zip(bead, pair, strict=True)
    )


def obeys(beads, constraints):
    """Whether a list of beads, pairs of spans, does all that it must: said as plainly as can be."""
    nodes = {(src.start, tgt.start) for src, tgt in beads}
    nodes |= {(src.stop, tgt.stop) for src, tgt in beads}
    for pin in constraints.pins:
        if pin not in beads:
            return False
    for i, j in constraints.cuts:
        if i is not None and j is not None and (i, j) not in nodes:
            return False
        if i is not None and any(src.start < i < src.stop for src, _ in beads):
            return False
        if j is not None and any(tgt.start < j < tgt.stop for _, tgt in beads):
            return False
    return not any(holds(bead, pair) for pair in constraints.forbids for bead in beads)


def spans_of(path):
    return [(Span(i, i + a), Span(j, j + b)) for i, a, j, b in path]


@given(SEEDS, st.integers(1, 4), st.integers(1, 4))
@settings(max_examples=60, deadline=None)
def test_what_is_left_is_every_path_that_obeys_and_no_other(seed, n, m):
    rng = np.random.default_rng(seed)
    scores = random_scores(n, m, rng)
    free = prune(full_band(n, m), scores, 8, near=np.inf).lattice
    score = dict(zip(edges_of(free), free.plain.tolist(), strict=True))
    every = oracle.all_paths(n, m, lambda *bead: bead in score)
    constraints = random_constraints(spans_of(every[rng.integers(len(every))]), n, m, rng)
    band, section = full_band(n, m), Section(0, n, 0, m)
    rules = Rules(constraints, n, m, 8)
    lattice = prune(band, rules.obeying(scores, band, section), 8, near=WIDE).lattice
    right = [path for path in every if obeys(spans_of(path), constraints)]
    left = set(edges_of(lattice))
    assert [path for path in every if set(path) <= left] == right
    best = [edges_of(lattice)[edge] for edge in best_path(lattice, lattice.plain)]
    assert best == max(right, key=lambda path: sum(score[bead] for bead in path))


# How a translator treats a sentence, and how often: keeps, joins, splits, omits, adds.
TREATMENTS = [(1, 1)] * 4 + [(2, 1), (1, 2), (1, 0), (0, 1)]


def translated(rng, n, dimension=24):
    """A text of about n segments and its translation, as the engine sees them."""
    meanings = random_vectors(rng, 2 * n, dimension)
    src, tgt = [], []
    for number, halves in enumerate(zip(meanings[:n], meanings[n:], strict=True)):
        a, b = TREATMENTS[rng.integers(len(TREATMENTS))] if number else (1, 1)
        src += [sum(halves)] if a == 1 else halves[:a]
        tgt += [sum(halves)] if b == 1 else halves[:b]
    return side(np.array(src)), side(np.array(tgt) + 0.05 * rng.normal(size=(len(tgt), dimension)))


def spans(alignment):
    return [(bead.src, bead.tgt) for bead in alignment.beads]


def random_path(n, m, rng):
    """Some alignment of n and m segments, with beads of no type and longer than any."""
    i = j = 0
    path = []
    while (i, j) != (n, m):
        a = int(rng.integers(0, min(12, n - i) + 1))
        b = min(m - j, max(0, round((i + a) * m / n) - j + int(rng.integers(-1, 2))))
        b = m - j if i + a == n else b
        if a or b:
            path.append((Span(i, i + a), Span(j, j + b)))
            i, j = i + a, j + b
    return path


@given(SEEDS, st.integers(1, 60))
@settings(max_examples=25, deadline=None)
def test_whatever_is_fixed_is_obeyed(seed, n):
    """Pins longer than any bead, and of no type, too; in sections, too."""
    rng = np.random.default_rng(seed)
    src, tgt = translated(rng, n)
    path = random_path(len(src), len(tgt), rng)
    constraints = random_constraints(path, len(src), len(tgt), rng)
    result = engine.align(src, tgt, constraints=constraints)
    assert obeys(spans(result), constraints)
    flagged = {(bead.src, bead.tgt) for bead in result.beads if bead.flags == ("pinned",)}
    assert flagged == set(constraints.pins)
    assert all(bead.confidence == 1 for bead in result.beads if "pinned" in bead.flags)


def edited(beads, rng):
    """Constraints as a person makes them in the page: rows confirmed, joined, parted, refused."""
    pins, forbids = [], []
    at = 0
    while at < len(beads):
        src, tgt = beads[at]
        choice = rng.integers(30)
        if choice == 0:
            pins.append((src, tgt))
        elif choice == 1 and at + 1 < len(beads):
            at += 1
            pins.append((Span(src.start, beads[at][0].stop), Span(tgt.start, beads[at][1].stop)))
        elif choice == 2 and src and tgt:
            pins += [(src, Span(tgt.start, tgt.start)), (Span(src.stop, src.stop), tgt)]
        elif choice == 3 and src and tgt:
            forbids.append((src, tgt))
        at += 1
    return Constraints(tuple(pins), (), tuple(forbids))


@given(SEEDS)
@settings(max_examples=25, deadline=None)
def test_nothing_changes_but_what_is_corrected_and_what_that_forces(seed):
    """Two alignments differ, between nodes that both have, only where the first is corrected."""
    rng = np.random.default_rng(seed)
    src, tgt = translated(rng, 60)
    before = spans(engine.align(src, tgt))
    constraints = edited(before, rng)
    after = spans(engine.align(src, tgt, constraints=constraints))
    shared = sorted(starts(before) & starts(after))
    for low, high in pairwise([*shared, (len(src), len(tgt))]):
        old, new = (between(beads, low, high) for beads in (before, after))
        if old != new:
            asked = [pin for pin in constraints.pins if between([pin], low, high)]
            assert set(asked) - set(old) or set(constraints.forbids) & set(old)


def starts(beads):
    return {(src.start, tgt.start) for src, tgt in beads}


def between(beads, low, high):
    """The beads that lie between two nodes."""
    return [
        (src, tgt)
        for src, tgt in beads
        if low <= (src.start, tgt.start)
        and (src.stop, tgt.stop) <= high
        and low[1] <= tgt.start
        and tgt.stop <= high[1]
    ]


@given(SEEDS)
@settings(max_examples=15, deadline=None)
def test_confirming_changes_no_bead(seed):
    rng = np.random.default_rng(seed)
    src, tgt = translated(rng, 60)
    before = spans(engine.align(src, tgt))
    pins = tuple(bead for bead in before if rng.random() < 0.2)
    assert spans(engine.align(src, tgt, constraints=Constraints(pins))) == before


@given(SEEDS)
@settings(max_examples=10, deadline=None)
def test_whatever_is_fixed_is_obeyed_in_pieces(seed):
    rng = np.random.default_rng(seed)
    vectors = random_vectors(rng, 120)
    src = tgt = side(vectors)
    path = random_path(120, 120, rng)
    constraints = random_constraints(path, 120, 120, rng)
    found = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "sections", lambda *of: found.extend(sections(*of, size=20)) or found)
        result = engine.align(src, tgt, constraints=constraints)
    assert len(found) > 1
    assert obeys(spans(result), constraints)


def test_a_pin_far_from_the_diagonal_costs_no_square():
    """The band between two texts of n segments never grows to n times n nodes."""
    n = 4000
    anchors = np.arange(n)
    chain, section = Chain(anchors, anchors), Section(0, n, 0, n)
    rules = Rules(Constraints(((Span(10, 11), Span(2000, 2001)),)), n, n, 8)
    band = rules.widened(lay_band(chain, section), chain, section)
    assert band.offsets[-1] < 200 * n
    assert band.low[10] <= 2000 <= band.high[10]
    assert band.low[11] <= 2001 <= band.high[11]
    assert (band.low[1:] <= band.high[:-1]).all()


@pytest.mark.parametrize("pin", [(Span(0, 2), Span(0, 0)), (Span(2, 3), Span(0, 0))])
def test_a_pin_in_a_text_without_a_translation(pin):
    src, _ = translated(np.random.default_rng(0), 6)
    nothing = side(np.empty((0, 24)))
    result = engine.align(src, nothing, constraints=Constraints((pin,)))
    assert pin in spans(result)


def test_a_forbid_is_broken_only_where_nothing_else_is_left():
    src, tgt = side(np.eye(1, 24)), side(np.eye(1, 24))
    pair, alone = (Span(0, 1), Span(0, 1)), (Span(0, 1), Span(0, 0))
    assert spans(engine.align(src, tgt, constraints=Constraints(forbids=(pair,)))) != [pair]
    assert spans(engine.align(src, tgt, constraints=Constraints(forbids=(alone,)))) == [pair]
    both = Constraints(forbids=(pair, alone))
    assert len(engine.align(src, tgt, constraints=both)) > 0


@pytest.mark.parametrize(
    "constraints",
    [
        {"pins": ((Span(0, 1), Span(1, 2)), (Span(1, 2), Span(0, 1)))},
        {"pins": ((Span(0, 2), Span(0, 1)), (Span(1, 2), Span(1, 2)))},
        {"pins": ((Span(0, 2), Span(0, 2)),), "cuts": ((1, 1),)},
        {"cuts": ((1, 2), (2, 1))},
    ],
)
def test_constraints_that_cross_are_refused(constraints):
    with pytest.raises(ValueError, match="contradict"):
        Constraints(**constraints)
