"""What only one text goes on with takes nothing away from what both have."""

import pytest

import aligner
from tests import STORY

PLACES = ("harbour", "orchard", "station", "library", "market", "mill", "bridge", "school")
THINGS = ("a red boat", "two tired horses", "an old clock", "the new teacher", "a box of nails")


def story(lang):
    document = aligner.read(STORY / f"story.{lang}.txt")
    from aligner.text.sentences import segment

    return segment(document).texts if document.lang else [block.text for block in document.blocks]


def another_story(count):
    """Sentences that translate nothing here, no two alike."""
    return [
        f"On day {number} somebody saw {THINGS[number % 5]} near the {PLACES[number % 8]}, "
        f"and wrote {number * 37} letters about it."
        for number in range(count)
    ]


@pytest.mark.parametrize("place", ["before", "behind", "both", "inside"])
def test_a_text_that_goes_on_alone(place):
    ours, theirs = story("en"), story("ru")
    whole = aligner.align_segments(ours, theirs, src_lang="en", tgt_lang="ru")
    more = another_story(240)
    half = len(ours) // 2
    cut = next(bead for bead in whole.beads if bead.src.start >= half).src.start
    longer = {
        "before": [*more, *ours],
        "behind": [*ours, *more],
        "both": [*more[:120], *ours, *more[120:]],
        "inside": [*ours[:cut], *more, *ours[cut:]],
    }[place]
    found = aligner.align_segments(longer, theirs, src_lang="en", tgt_lang="ru")

    def texts(alignment, src):
        return [
            (tuple(src[b.src.start : b.src.stop]), tuple(theirs[b.tgt.start : b.tgt.stop]))
            for b in alignment.beads
            if b.src and b.tgt
        ]

    assert texts(found, longer) == texts(whole, ours)
    assert found.expected_errors < 0.1 * len(longer)
