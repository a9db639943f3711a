"""Marks, ends and numbers of beads, against their definition."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.engine.evidence.surface_features import (
    MARK_KINDS,
    SURFACE,
    same_chapter,
    surface_features,
)
from tests.engine.cases import SEEDS, edges_of, random_lattice, random_surface


def numbers_of(side, start, size):
    return side.numbers[side.number_starts[start] : side.number_starts[start + size]].tolist()


def end_of(side, start, size):
    return side.endings[start + size - 1] if size else 0


def expected(src, tgt, i, a, j, b):
    x, y = src.marks[i : i + a].sum(axis=0), tgt.marks[j : j + b].sum(axis=0)
    row = [min(abs(x[k] - y[k]), 3) for k in range(MARK_KINDS)]
    ends = end_of(src, i, a), end_of(tgt, j, b)
    row += [ends[0] == ends[1] != 0, ends[0] != ends[1]]
    ours, theirs = numbers_of(src, i, a), numbers_of(tgt, j, b)
    shared = sum(number in theirs for number in ours)
    return [*row, min(shared, 3), min(max(len(ours), len(theirs)) - shared, 3)]


@given(SEEDS, st.integers(1, 6), st.integers(1, 6))
@settings(max_examples=40, deadline=None)
def test_surface_features_equal_the_slow_way(seed, n, m):
    rng = np.random.default_rng(seed)
    src, tgt = random_surface(rng, n), random_surface(rng, m)
    lattice = random_lattice(n, m, rng)
    found = surface_features(src, tgt, lattice)
    assert found.shape == (len(lattice), len(SURFACE))
    for edge, row in zip(edges_of(lattice), found, strict=True):
        assert row.tolist() == [float(x) for x in expected(src, tgt, *edge)]


@given(SEEDS, st.integers(1, 6), st.integers(1, 6))
@settings(max_examples=40, deadline=None)
def test_a_bead_of_one_chapter_begins_with_both_headings(seed, n, m):
    rng = np.random.default_rng(seed)
    src = replace(random_surface(rng, n), chapters=rng.integers(0, 3, n))
    tgt = replace(random_surface(rng, m), chapters=rng.integers(0, 3, m))
    lattice = random_lattice(n, m, rng)
    for (i, a, j, b), same in zip(edges_of(lattice), same_chapter(src, tgt, lattice), strict=True):
        assert same == (a > 0 and b > 0 and src.chapters[i] == tgt.chapters[j] > 0)
