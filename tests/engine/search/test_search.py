"""The fast search against every path added up."""

from itertools import groupby

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.engine.evidence.cosines import Cosines
from aligner.engine.search.anchors import (
    Chain,
    _heaviest_chain,
    _is_chance,
    find_anchors,
    same_numbers,
)
from aligner.engine.search.band import Band, Section, lay_band, sections
from aligner.engine.search.inference import best_path, posteriors
from aligner.engine.search.lattice import BEAD_TYPES, LAST_RESORT
from aligner.engine.search.pruning import GAP_OPEN, GAP_SAVED, prune
from tests import oracle
from tests.engine.cases import (
    SEEDS,
    edges_of,
    full_band,
    random_lattice,
    random_scores,
    random_vectors,
)


@given(SEEDS, st.integers(1, 4), st.integers(1, 4))
@settings(max_examples=40, deadline=None)
def test_path_and_posteriors_equal_the_sum_over_all_paths(seed, n, m):
    rng = np.random.default_rng(seed)
    lattice = random_lattice(n, m, rng)
    potentials = rng.normal(size=len(lattice)) * 2
    edges = edges_of(lattice)
    score = dict(zip(edges, potentials, strict=True))
    paths = oracle.all_paths(n, m, lambda *bead: bead in score)
    transitions = rng.normal(size=(3, 3))
    best, probability, expected = oracle.best_and_posteriors(paths, score, transitions)
    assert [edges[e] for e in best_path(lattice, potentials, transitions)] == best
    fast = posteriors(lattice, potentials, transitions)
    assert fast.edges == pytest.approx([probability[e] for e in edges], abs=1e-9)
    assert fast.transitions == pytest.approx(expected, abs=1e-9)


def total(path, score):
    """What a path scores: its beads, and of each long run of nulls the gap that it is."""
    runs = [len(list(run)) for kind, run in groupby(path, oracle.kind) if kind]
    saved = sum(max(0.0, size * GAP_SAVED - GAP_OPEN) for size in runs)
    return sum(score[bead] for bead in path) + saved


SIZES = st.one_of(
    st.tuples(st.integers(1, 4), st.integers(1, 4)), st.sampled_from([(1, 10), (9, 2)])
)


@given(SEEDS, SIZES, st.floats(0.1, 3))
@settings(max_examples=40, deadline=None)
def test_pruning_keeps_exactly_the_edges_of_near_paths(seed, size, near):
    rng = np.random.default_rng(seed)
    scores = random_scores(*size, rng)
    # Nulls are worth less than beads, so that long runs of them win only as gaps.
    scores[:, :2] -= np.float32(0.5)
    band = full_band(*size)
    none = np.empty(0, np.int64), np.empty(0, np.int64)
    whole = prune(band, scores, 8, near=np.inf).lattice
    score = dict(zip(edges_of(whole), whole.plain.tolist(), strict=True))
    paths = oracle.all_paths(*size, lambda *bead: bead in score)
    totals = [total(path, score) for path in paths]
    kept = {
        bead
        for path, each in zip(paths, totals, strict=True)
        if each >= max(totals) - near - 1e-6
        for bead in path
    }
    left = prune(band, scores, 8, near=near, anchors=none)
    edges = edges_of(left.lattice)
    # With no anchor at all, the nulls from the texts' beginning to their end are held.
    n, m = size
    held = {(i, 1, 0, 0) for i in range(n)} | {(n, 0, j, 1) for j in range(m)}
    assert set(edges) == kept | held
    assert left.score == pytest.approx(max(totals))
    assert total([edges[e] for e in left.first_path], score) == pytest.approx(max(totals))


def test_where_anchors_are_rare_no_run_of_nulls_is_a_gap():
    scores = np.full((2 * 31, len(BEAD_TYPES)), -np.inf, np.float32)
    band = full_band(1, 30)
    for j in range(31):
        for i in range(2):
            for k, (a, b) in enumerate(BEAD_TYPES):
                if i + a <= 1 and j + b <= 30:
                    scores[i * 31 + j, k] = -0.1 if min(a, b) == 0 else -1.0 if b < 8 else 0.2
    none = np.empty(0, np.int64), np.empty(0, np.int64)
    with_gaps, without = (prune(band, scores, 8, anchors=each) for each in (none, None))
    assert without.score == pytest.approx(0.2 - 22 * 0.1)
    assert with_gaps.score > without.score + 1.0


def test_anchors_and_the_nulls_between_them_stay_whatever_they_score():
    rng = np.random.default_rng(1)
    scores = random_scores(9, 9, rng)
    anchors = np.array([2, 6]), np.array([1, 7])
    for i, j in zip(*anchors, strict=True):
        scores[i * 10 + j, BEAD_TYPES.index((1, 1))] = -50.0
    scores[:, :2] -= 50.0
    near = prune(full_band(9, 9), scores, 8).lattice
    assert not {(2, 1, 1, 1), (6, 1, 7, 1)} & set(edges_of(near))
    held = set(edges_of(prune(full_band(9, 9), scores, 8, anchors=anchors).lattice))
    assert {(2, 1, 1, 1), (6, 1, 7, 1)} <= held
    # Source first, then target, from one anchor's end to the next one's beginning.
    assert {(0, 1, 0, 0), (1, 1, 0, 0), (2, 0, 0, 1)} <= held
    assert {(3, 1, 2, 0), (5, 1, 2, 0), (6, 0, 2, 1), (6, 0, 6, 1)} <= held
    assert {(7, 1, 8, 0), (8, 1, 8, 0), (9, 0, 8, 1)} <= held
    # But what a person forbids is none of theirs.
    scores[2 * 10 + 1, BEAD_TYPES.index((1, 1))] = LAST_RESORT
    assert (2, 1, 1, 1) not in edges_of(prune(full_band(9, 9), scores, 8, anchors=anchors).lattice)


@pytest.mark.parametrize("longest", [1, 2, 3])
def test_no_bead_is_longer_than_allowed(longest):
    scores = random_scores(5, 5, np.random.default_rng(0))
    lattice = prune(full_band(5, 5), scores, longest, near=np.inf).lattice
    assert max(lattice.a.max(), lattice.b.max()) == longest


@given(
    st.lists(st.tuples(st.integers(0, 6), st.floats(0.01, 1)), max_size=9),
)
@settings(deadline=None)
def test_chain_is_increasing_and_as_heavy_as_any(pairs):
    column = np.array([c for c, _ in pairs], np.int64)
    weight = np.array([w for _, w in pairs], np.float64)
    kept = _heaviest_chain(column, weight, 7)
    assert (np.diff(column[kept]) > 0).all()
    assert weight[kept].sum() == pytest.approx(oracle.heaviest_chain(column, weight))


@given(SEEDS, st.integers(1, 12), st.integers(1, 12))
@settings(max_examples=30, deadline=None)
def test_cosines_equal_one_dot_product_at_a_time(seed, n, m):
    rng = np.random.default_rng(seed)
    src, tgt = rng.normal(size=(n, 3, 5)), rng.normal(size=(m, 3, 5))
    low = np.sort(rng.integers(0, m + 1, n + 1))
    high = np.maximum.accumulate(np.clip(low + rng.integers(0, 4, n + 1), 0, m))
    grid = Cosines.compute(src.astype(np.float32), tgt.astype(np.float32), Band(low, high)).grid
    expected = oracle.cosine_grid(src, tgt, low, high)
    # A window's rows may reach past the block that is multiplied: only there NaN is allowed.
    assert np.allclose(grid, expected, atol=1e-4, equal_nan=True)


@pytest.mark.parametrize(("lost", "front"), [(0, 0), (300, 0), (0, 500), (200, 200)])
def test_anchors_bridge_missing_chapters_and_unrelated_fronts(lost, front, monkeypatch):
    monkeypatch.setattr("aligner.engine.search.anchors.PAIRS", 20_000)  # forces the sampled way
    monkeypatch.setattr("aligner.engine.search.anchors.SAMPLES", 4)
    rng = np.random.default_rng(1)
    src = random_vectors(rng, 1000)
    noise = rng.normal(size=src.shape).astype(np.float32) * 0.05
    tgt = np.concatenate(
        [random_vectors(rng, front), (src + noise)[:400], (src + noise)[400 + lost :]]
    )
    chain = find_anchors(src, tgt)
    truth = {i: i + front for i in range(400)} | {
        i: i + front - lost for i in range(400 + lost, 1000)
    }
    right = sum(truth.get(int(i)) == j for i, j in zip(chain.src, chain.tgt, strict=True))
    assert right >= 0.9 * len(truth)
    # What stands in the missing stretch may find a stray partner between the true ones.
    assert right >= 0.97 * len(chain.src)


def chapters_at(n, at, numbers):
    found = np.zeros(n, np.int64)
    found[at] = numbers
    return found


def test_chapters_of_one_number_are_anchors_where_vectors_say_nothing():
    src, tgt = np.ones((400, 4), np.float32) / 2, np.ones((500, 4), np.float32) / 2
    ours = chapters_at(400, [0, 100, 200, 300], [1, 2, 4, 5])
    theirs = chapters_at(500, [10, 120, 240, 360, 480], [1, 2, 3, 4, 5])
    chain = find_anchors(src, tgt, same_numbers(ours, theirs))
    found = dict(zip(chain.src.tolist(), chain.tgt.tolist(), strict=True))
    assert {i: found.get(i) for i in (0, 100, 200, 300)} == {0: 10, 100: 120, 200: 360, 300: 480}


def test_chapters_that_are_counted_otherwise_mislead_nobody():
    rng = np.random.default_rng(4)
    src = random_vectors(rng, 400)
    tgt = src + 0.05 * rng.normal(size=src.shape).astype(np.float32)
    ours = chapters_at(400, [0, 100, 200, 300], [1, 2, 3, 4])
    theirs = chapters_at(400, [0, 100, 200, 300], [2, 3, 4, 5])
    chain = find_anchors(src, tgt, same_numbers(ours, theirs))
    assert len(chain.src) > 380
    assert (chain.src == chain.tgt).all()


def test_numbers_that_come_all_the_time_say_nothing_of_the_place():
    ours = np.tile([1, 2, 0], 50)
    assert [len(each) for each in same_numbers(ours, ours)] == [0, 0]
    one = np.array([0, 7, 0, 7])
    assert [each.tolist() for each in same_numbers(one, one)] == [[1, 1, 3, 3], [1, 3, 1, 3]]


def test_a_sample_that_matches_alone_is_not_believed(monkeypatch):
    """Else a sentence with its like elsewhere parts all that follows from its translation."""
    monkeypatch.setattr("aligner.engine.search.anchors.PAIRS", 60_000)
    monkeypatch.setattr("aligner.engine.search.anchors.SAMPLES", 4)
    rng = np.random.default_rng(2)
    src = random_vectors(rng, 3000)
    tgt = src + 0.05 * rng.normal(size=src.shape).astype(np.float32)
    samples = np.linspace(0, 2999, 20).astype(np.int64)
    at, weak = samples[10], samples[[8, 9, 11, 12]]
    tgt[at + 150] = src[at]
    tgt[[at, *weak]] = -tgt[[at, *weak]]
    chain = find_anchors(src, tgt)
    assert at + 150 not in chain.tgt[chain.src == at]
    assert len(chain.src) > 2900


@given(SEEDS, st.integers(0, 60), st.integers(1, 60), st.integers(1, 60))
@settings(max_examples=60, deadline=None)
def test_pieces_tile_the_texts_and_every_band_connects(seed, k, n, m):
    rng = np.random.default_rng(seed)
    k = min(k, n, m)
    src = np.sort(rng.choice(n, k, replace=False))
    tgt = np.sort(rng.choice(m, k, replace=False))
    chain = Chain(src, tgt)
    i = j = 0
    for section in sections(chain, n, m, size=10):
        assert (section.src_start, section.tgt_start) == (i, j)
        i, j = section.src_stop, section.tgt_stop
        band = lay_band(chain, section)
        assert band.low[0] == 0
        assert band.high[-1] == section.tgt_stop - section.tgt_start
        assert (band.low <= band.high).all()
        assert (band.low[1:] <= band.high[:-1]).all()
    assert (i, j) == (n, m)


def test_a_missing_chapter_costs_its_length():
    n, gap = 200, 3000
    src = np.arange(n)
    tgt = np.where(src < 100, src, src + gap)
    band = lay_band(Chain(src, tgt), Section(0, n, 0, n + gap))
    assert band.offsets[-1] < 40 * (n + gap)


@pytest.mark.parametrize(("apart", "searched"), [(100, True), (1, False)])
def test_a_large_gap_is_searched_along_its_diagonal_where_anchors_are_rare(apart, searched):
    n = 3000
    anchors = np.setdiff1d(np.arange(0, n, apart), np.arange(1001, 1600))
    band = lay_band(Chain(anchors, anchors), Section(0, n, 0, n))
    rows = np.arange(1010, 1590)
    assert ((band.low[rows] <= rows) & (rows <= band.high[rows])).all() == searched
    assert (band.high[1300] > 1300) == searched


def test_no_gap_is_too_large_to_be_left_out():
    n = 200_000
    no_anchors = Chain(np.empty(0, np.int64), np.empty(0, np.int64))
    assert lay_band(no_anchors, Section(0, n, 0, n)).offsets[-1] < 40 * n


def test_texts_with_few_anchors_are_cut_where_three_agree():
    n = 20_000
    src = np.arange(0, n, 90)
    tgt = src + np.where(np.arange(len(src)) % 5 == 4, 30, 0)  # one in five is wrong
    found = list(sections(Chain(src, tgt), n, n))
    assert len(found) > 3
    assert all(section.src_start == section.tgt_start for section in found)


def test_where_all_is_alike_no_more_edges_are_kept_than_fit(monkeypatch):
    rng = np.random.default_rng(0)
    scores = random_scores(12, 12, rng) * np.float32(0.01)
    whole = prune(full_band(12, 12), scores, 8)
    monkeypatch.setattr("aligner.engine.search.pruning.MOST", 20)
    few = prune(full_band(12, 12), scores, 8)
    assert len(few.lattice) <= 20 * 25 < len(whole.lattice)
    paths = [[edges_of(each.lattice)[e] for e in each.first_path] for each in (whole, few)]
    assert paths[0] == paths[1]


@pytest.mark.parametrize("count", [10, 200, 2000])
def test_a_chain_that_blind_draws_would_make_is_chance(count):
    rng = np.random.default_rng(count)
    drawn = [len(_heaviest_chain(rng.permutation(count), np.ones(count), count)) for _ in range(40)]
    assert sum(_is_chance(each, count) for each in drawn) >= 38
    assert not _is_chance(count // 2 + 2, count)


def test_numbers_of_chapters_that_fit_nowhere_mislead_nobody():
    rng = np.random.default_rng(4)
    src, tgt = (random_vectors(rng, 900) for _ in range(2))
    numbers = [np.where(rng.random(900) < 0.02, rng.integers(1, 4, 900), 0) for _ in range(2)]
    assert len(same_numbers(*numbers)[0]) > 20
    chain = find_anchors(src, tgt, same_numbers(*numbers))
    assert len(chain.src) == 0
