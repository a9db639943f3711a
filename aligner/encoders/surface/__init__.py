"""What the characters of segments show, in any script: the evidence that needs no encoder."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from aligner.encoders.surface.chapters import chapter_numbers
from aligner.encoders.surface.marks import count_marks, endings, numbers
from aligner.encoders.surface.segment_edges import balances, edges
from aligner.engine.sides import Surface


def read_surface(texts: Sequence[str], blocks: Sequence[object] = (), lang: str = "und") -> Surface:
    """Count what the characters of each text show.

    Args:
        texts: of the segments.
        blocks: what block or paragraph each segment is in; empty where it is not known.
        lang: BCP-47 tag, for numbers in words.
    """
    lengths = np.array([max(len(text), 1) for text in texts], np.float64)
    breaks = np.zeros(len(texts), bool)
    breaks[1:] = [before != after for before, after in pairwise(blocks)] or False
    chapters = chapter_numbers(texts, breaks, lang)
    return Surface(
        lengths, count_marks(texts), endings(texts), balances(texts), edges(texts), breaks,
        *numbers(texts, chapters), chapters,
    )  # fmt: skip
