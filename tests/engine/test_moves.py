"""Passages that stand out of order are found, and nothing else."""

import numpy as np
import pytest

from aligner.engine import align, possible_beads
from aligner.engine.moves import FLAG, Alone, find_moves
from aligner.engine.search.anchors import Chain, find_anchors
from aligner.engine.search.band import Section
from aligner.types import Bead, Constraints, Span
from tests.engine.cases import random_vectors, side
from tests.engine.cases import unit as unit_rows

DIMENSION = 48


def translated(vectors, rng):
    return vectors + 0.05 * rng.normal(size=vectors.shape)


def found(alignment):
    return [(move.src, move.tgt) for move in alignment.moves]


@pytest.mark.parametrize("size", [1, 2, 5])
@pytest.mark.parametrize("to", [10, 70])
def test_a_passage_that_moved_is_found_at_both_places(size, to):
    rng = np.random.default_rng(size)
    src = random_vectors(rng, 100, DIMENSION)
    rest = np.delete(np.arange(100), np.arange(40, 40 + size))
    order = np.concatenate([rest[:to], np.arange(40, 40 + size), rest[to:]])
    alignment = align(side(src), side(translated(src[order], rng)))
    assert found(alignment) == [(Span(40, 40 + size), Span(to, to + size))]
    assert alignment.moves[0].score > 0.8
    moved = [bead for bead in alignment.beads if FLAG in bead.flags]
    assert [bead.kind for bead in moved].count("1-0") == size
    assert [bead.kind for bead in moved].count("0-1") == size
    assert len(moved) == 2 * size


@pytest.mark.parametrize(("size", "to", "expected"), [(5, 70, True), (2, 70, True), (2, 41, False)])
def test_anchors_tell_of_a_passage_that_stands_elsewhere(size, to, expected):
    """One that crosses hardly anything does not: it is one bead, many to many."""
    rng = np.random.default_rng(size)
    src = random_vectors(rng, 100, DIMENSION)
    rest = np.delete(np.arange(100), np.arange(40, 40 + size))
    order = np.concatenate([rest[:to], np.arange(40, 40 + size), rest[to:]])
    chain = find_anchors(src, unit_rows(translated(src[order], rng)))
    both = (Span(40, 40 + size),), (Span(to, to + size),)
    assert (chain.src_astray, chain.tgt_astray) == (both if expected else ((), ()))


def test_what_matches_out_of_order_is_in_no_bead_with_both_sides():
    rng = np.random.default_rng(0)
    vectors = random_vectors(rng, 30, DIMENSION)
    anchors = np.r_[0:10, 20:30]
    for astray in ((), ((Span(12, 15),), (Span(14, 16),))):
        chain = Chain(anchors, anchors, *astray)
        texts = side(vectors), side(translated(vectors, rng))
        lattice = possible_beads(*texts, chain, Section(5, 30, 5, 30), 8).lattice
        beads = lattice.i[~lattice.null] + 5, lattice.a[~lattice.null]
        over = (beads[0] < 15) & (beads[0] + beads[1] > 12)
        beads = lattice.j[~lattice.null] + 5, lattice.b[~lattice.null]
        over |= (beads[0] < 16) & (beads[0] + beads[1] > 14)
        assert over.any() == (not astray)


@pytest.mark.parametrize("turned", [False, True])
def test_a_passage_that_one_side_repeats_stays_where_it_stands(turned):
    """Though the other copy is the better match, since here a translator was freer."""
    rng = np.random.default_rng(2)
    src = random_vectors(rng, 100, DIMENSION)
    tgt = translated(src, rng)
    copy = tgt[40:45].copy()
    tgt[40:45] = unit_rows(tgt[40:45] + 0.6 * random_vectors(rng, 5, DIMENSION))
    tgt = np.concatenate([tgt[:70], copy, tgt[70:]])
    sides = (side(tgt), side(src)) if turned else (side(src), side(tgt))
    alignment = align(*sides)
    expected = [(i, i + 5 * (i >= 70)) for i in range(100)]
    found = [
        (bead.tgt.start, bead.src.start) if turned else (bead.src.start, bead.tgt.start)
        for bead in alignment.beads
        if not bead.is_null
    ]
    assert found == expected
    assert alignment.moves == ()


def test_a_person_knows_better_than_anchors():
    rng = np.random.default_rng(3)
    src = random_vectors(rng, 100, DIMENSION)
    order = np.r_[0:40, 45:70, 40:45, 70:100]
    texts = side(src), side(translated(src[order], rng))
    pin = Span(41, 43), Span(41, 42)
    alignment = align(*texts, constraints=Constraints(pins=(pin,)))
    assert pin in [(bead.src, bead.tgt) for bead in alignment.beads]


def test_what_is_only_left_out_or_added_has_not_moved():
    rng = np.random.default_rng(0)
    src = random_vectors(rng, 100, DIMENSION)
    tgt = np.concatenate([src[:20], src[30:60], random_vectors(rng, 10, DIMENSION), src[60:]])
    alignment = align(side(src), side(translated(tgt, rng)))
    assert sum(bead.is_null for bead in alignment.beads) == 20
    assert alignment.moves == ()


def test_a_passage_that_a_person_says_is_no_translation_has_not_moved():
    rng = np.random.default_rng(1)
    src = random_vectors(rng, 60, DIMENSION)
    order = np.r_[0:10, 15:50, 10:15, 50:60]
    pins = tuple((Span(i, i + 1), Span(10, 10)) for i in range(10, 15))
    alignment = align(
        side(src), side(translated(src[order], rng)), constraints=Constraints(pins=pins)
    )
    assert alignment.moves == ()


def alone(at, vectors):
    return Alone(np.array(at, np.int64), np.array(vectors, np.float16))


def unit(*columns):
    return np.eye(8)[list(columns)]


PATH = [
    *(Bead(Span(i, i + 1), Span(0, 0)) for i in range(3)),
    Bead(Span(3, 9), Span(0, 6)),
    *(Bead(Span(9, 9), Span(j, j + 1)) for j in range(6, 9)),
]


def test_a_match_in_reverse_order_begins_another_passage():
    moves = find_moves(alone([0, 1], unit(0, 1)), alone([6, 7], unit(1, 0)), PATH)
    assert [(m.src, m.tgt) for m in moves] == [(Span(0, 1), Span(7, 8)), (Span(1, 2), Span(6, 7))]


def test_a_match_that_repeats_is_none():
    assert find_moves(alone([0], unit(0)), alone([6, 8], unit(0, 0)), PATH) == ()


def test_what_stands_at_the_same_place_has_not_moved():
    path = [Bead(Span(0, 1), Span(0, 0)), Bead(Span(1, 1), Span(0, 1))]
    assert find_moves(alone([0], unit(0)), alone([0], unit(0)), path) == ()


def test_one_segment_must_be_surer_than_a_passage():
    weak = 0.6 * unit(0, 1, 2) + 0.8 * unit(5, 6, 7)
    assert find_moves(alone([0], unit(0)), alone([6], weak[:1]), PATH) == ()
    both = find_moves(alone([0, 1], unit(0, 1)), alone([6, 7], weak[:2]), PATH)
    assert [(m.src, m.tgt) for m in both] == [(Span(0, 2), Span(6, 8))]
    assert both[0].score == pytest.approx(0.6, abs=1e-3)


def test_too_many_are_not_looked_through(monkeypatch):
    rng = np.random.default_rng(1)
    src = random_vectors(rng, 60, DIMENSION)
    sides = side(src), side(translated(src[np.r_[0:10, 15:50, 10:15, 50:60]], rng))
    assert align(*sides).moves
    monkeypatch.setattr("aligner.engine.moves.PAIRS", 24)
    assert align(*sides).moves == ()
