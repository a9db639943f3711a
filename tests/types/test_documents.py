"""What is not known of a text is said by nothing."""

import pytest

from aligner.types import Block, Document, Origin, Segment
from aligner.types.documents import LeftOut, join


def test_what_nobody_said_is_empty():
    document = Document((Block("a"),), "en", Origin("a.txt"))
    left_out = LeftOut("b", 0, 1, "furniture")
    said = (document.origin.sha256, document.title, document.blocks[0].place, left_out.place)
    assert not any(said)
    assert (document.segments, document.left_out, document.texts) == ((), (), [])


@pytest.mark.parametrize(
    ("lang", "joined"), [("en", "a b"), ("", "a b"), ("ja", "ab"), ("yue", "ab")]
)
def test_segments_are_joined_as_the_language_does(lang, joined):
    assert join([Segment("a", 0, 1), Segment("b", 2, 3)], lang) == joined
    assert join([], lang) == ""


def test_a_column_makes_no_other_block():
    assert Block("a", column=1) == Block("a", column=2) != Block("a", place="line 1")
