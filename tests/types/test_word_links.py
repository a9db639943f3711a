"""Word links are kept by source segment."""

import numpy as np

from aligner.types.word_links import Word, WordLink, WordLinks

# Segment 0 has two links, 1 none, 2 one.
LINKS = WordLinks(
    np.array([0, 2, 2, 3]),
    np.array([[0, 0, 3, 0, 1, 4], [0, 4, 7, 1, 0, 2], [2, 0, 5, 2, 0, 6]], np.int32),
    np.array([0.5, 0.25, 1.0], np.float32),
)
FIRST = [
    WordLink(Word(0, 0, 3), Word(0, 1, 4), 0.5),
    WordLink(Word(0, 4, 7), Word(1, 0, 2), 0.25),
]
LAST = WordLink(Word(2, 0, 5), Word(2, 0, 6), 1.0)


def test_links_of_segments():
    assert len(LINKS) == 3
    assert list(LINKS.of(0, 1)) == FIRST
    assert list(LINKS.of(1, 2)) == list(LINKS.of(2, 2)) == []
    assert list(LINKS.of(0, 3)) == [*FIRST, LAST]


def test_segments_that_are_lost_take_their_links_with_them():
    # The first source segment is gone, and the first two of the target.
    left = LINKS.renumbered([0, 0, 1, 2], [0, 0, 0, 1])
    assert len(left) == 1
    assert list(left.of(0, 2)) == [WordLink(Word(1, 0, 5), Word(0, 0, 6), 1.0)]
    assert left.starts.tolist() == [0, 0, 1]
    assert list(LINKS.of(0, 3)) == [*FIRST, LAST]  # the old ones are as they were


def test_nothing_is_lost_where_all_are_left():
    same = LINKS.renumbered([0, 1, 2, 3], [0, 1, 2, 3])
    assert list(same.of(0, 3)) == list(LINKS.of(0, 3))
    assert same.starts.tolist() == LINKS.starts.tolist()
