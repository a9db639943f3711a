"""Development sets: what is read, and how coarser units merge."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.errors import ReadError
from aligner.evaluation import Link
from benchmarks.sets import DevelopmentSet, Pair, read_pair, read_sets, write_pair

GOLD = (Link((0,), (0,)), Link((1, 2), (1,)), Link((), (2,)))
PAIR = Pair("a.b", ("One.", "Two.", "Three."), ("Eins.", "Zwei, drei.", "Vier."), GOLD)


def test_what_is_written_is_read_back(tmp_path):
    # Line separators of Unicode stand inside a segment, and names have dots.
    odd = Pair("a.b.c", ("One\x85two.\u2028", "", "Three\r."), PAIR.tgt, GOLD)
    assert read_pair(write_pair(odd, tmp_path)) == odd


def test_sets_are_the_folders_with_gold(tmp_path):
    for name in ("second", "first", "empty"):
        (tmp_path / name).mkdir()
    for name in ("second", "first"):
        write_pair(PAIR, tmp_path / name)
    assert [each.name for each in read_sets(tmp_path)] == ["first", "second"]
    (only,) = read_sets(tmp_path, ["second"])
    assert only == DevelopmentSet("second", (PAIR,))
    with pytest.raises(ReadError, match=r"no set third.*choose among first, second"):
        list(read_sets(tmp_path, ["third"]))
    with pytest.raises(ReadError, match="no such folder"):
        list(read_sets(tmp_path / "nowhere"))


def test_damage_is_named(tmp_path):
    with pytest.raises(ReadError, match="gold names segment 3 of 3"):
        Pair("x", PAIR.src, PAIR.tgt, (Link((3,), (0,)),))
    with pytest.raises(ReadError, match="2 units for 3 segments"):
        Pair("x", PAIR.src, PAIR.tgt, GOLD, ("p", "p"), ("p", "p", "p"))
    stem = write_pair(PAIR, tmp_path)
    stem.with_name("a.b.tgt").unlink()
    with pytest.raises(ReadError, match=r"a\.b\.tgt: cannot be read"):
        read_pair(stem)


UNITS = Pair("u", ("",) * 4, ("",) * 4, (), ("p", "p", "q", "r"), ("p", "q", "q", "r"))


def test_beads_of_one_unit_are_merged():
    found = [Link((0,), (0,)), Link((1,), ()), Link((2,), (1,)), Link((), (2,)), Link((3,), (3,))]
    assert UNITS.merged(found) == [Link((0, 1), (0,)), Link((2,), (1, 2)), Link((3,), (3,))]


def test_a_bead_across_units_stays_and_parts_its_neighbours():
    found = [Link((0,), (0,)), Link((1, 2), (1,)), Link((), (2,)), Link((3,), (3,))]
    assert UNITS.merged(found) == found


@given(st.lists(st.sampled_from("pqr"), min_size=1, max_size=9))
def test_merging_keeps_every_segment_and_is_done_once(units):
    units = tuple(sorted(units))
    texts = ("",) * len(units)
    pair = Pair("u", texts, texts, (), units, units)
    once = pair.merged([Link((i,), (i,)) for i in range(len(units))])
    assert [i for link in once for i in link.src] == list(range(len(units)))
    assert len(once) == len(set(units))
    assert pair.merged(once) == once


def test_gold_is_coarse_where_merging_leaves_all_of_it():
    units = ("p", "q", "q"), ("p", "q", "r")
    coarse = Pair("x", PAIR.src, PAIR.tgt, GOLD, *units)
    finer = (Link((0,), (0,)), Link((1,), (1,)), Link((2,), ()), Link((), (2,)))
    fine = Pair("y", PAIR.src, PAIR.tgt, finer, *units)
    assert DevelopmentSet("s", (coarse,)).is_coarse
    assert not DevelopmentSet("s", (coarse, fine)).is_coarse
    assert not DevelopmentSet("s", (PAIR,)).is_coarse
