"""What the head of the page says: what this is, and how sure the program is."""

import re
from collections import Counter
from dataclasses import dataclass

from aligner.languages.language_tags import plain_name
from aligner.languages.table import direction
from aligner.types import UNSURE, Bitext, Document

# How many beads the head offers to check first: what a person does in a few minutes.
CHECK_FIRST = 12


@dataclass(frozen=True, slots=True)
class PageSide:
    """One side, as the head and the column titles name it.

    Args:
        lang: BCP-47 tag; empty where it is not known.
        name: the language's name.
        direction: "ltr" or "rtl".
        file: name of the input, without its folders: a page is made to be shared.
        title: of the document; may be empty.
        segments: how many.
        paired: how many of them have a counterpart.
    """

    lang: str
    name: str
    direction: str
    file: str
    title: str
    segments: int
    paired: int

    @property
    def coverage(self) -> float:
        """The share of segments that have a counterpart; 1 of an empty text."""
        return self.paired / self.segments if self.segments else 1.0


@dataclass(frozen=True, slots=True)
class Facts:
    """The figures of the head.

    Args:
        beads: how many.
        types: bead types with their counts, the most frequent first.
        confidence: mean over the beads; None where there are none.
        wrong: expected number of wrong beads.
        unsure: how many beads are worth a look.
        check_first: numbers (1-based) of the least sure of those, in that order.
        refused: how many beads hold a segment of a pair that a person refused.
        left_out: characters of the input that are in no segment.
    """

    beads: int
    types: tuple[tuple[str, int], ...]
    confidence: float | None
    wrong: float
    unsure: int
    check_first: tuple[int, ...]
    refused: int
    left_out: int


def describe_side(bitext: Bitext, side: str, unnamed: str) -> PageSide:
    """Describe a side, "src" or "tgt"; `unnamed` stands for a language that is not known."""
    document: Document = getattr(bitext, side)
    paired = sum(len(getattr(bead, side)) for bead in bitext.alignment.beads if not bead.is_null)
    return PageSide(
        document.lang,
        plain_name(document.lang) if document.lang else unnamed,
        direction(document.lang),
        re.split(r"[\\/]", document.origin.path)[-1],
        document.title or _first_heading(document),
        len(document.segments),
        paired,
    )


def _first_heading(document: Document) -> str:
    """Return the text of a heading at the very beginning; empty where there is none."""
    if document.segments:
        first = document.blocks[document.segments[0].block]
        if first.kind == "heading":
            return " ".join(first.text.split())
    return ""


def gather(bitext: Bitext) -> Facts:
    """Count what the head shows."""
    alignment = bitext.alignment
    beads = alignment.beads
    unsure = bitext.unsure(UNSURE)
    return Facts(
        beads=len(beads),
        types=tuple(Counter(bead.kind for bead in beads).most_common()),
        confidence=1.0 - alignment.expected_errors / len(beads) if beads else None,
        wrong=alignment.expected_errors,
        unsure=len(unsure),
        check_first=tuple(i + 1 for i in unsure[:CHECK_FIRST]),
        refused=len(bitext.refused),
        left_out=sum(len(piece.text) for piece in bitext.left_out),
    )
