"""What a proof finds, and what it comes to."""

from dataclasses import dataclass
from typing import Literal

from aligner.types import LeftOut

Kind = Literal["missing", "doubled", "changed", "added", "moved", "exchanged", "unlisted", "unread"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be.

    Args:
        kind: "missing" (in the input, not in the export), "doubled" (more often in the
            export), "changed" (another text in the export), "added" (in the export alone),
            "moved" (elsewhere in the input than its offsets or its place in the export say),
            "exchanged" (the pairs are not those that were written), "unlisted" (the list of
            what was left out is not the one that was written), "unread" (in the input, and not in
            what reading finds of it).
        file: the input; "" of what is said of the export as a whole.
        text: what the input says; what the export says where it is doubled, added or moved;
            of the export as a whole, what is wrong with it.
        start, stop: characters of the input, `[start, stop)`; -1 where it is not in the input.
        place: where a person finds it ("line 12").
        found: what the export says instead, where it was changed.
    """

    kind: Kind
    file: str
    text: str
    start: int = -1
    stop: int = -1
    place: str = ""
    found: str = ""


@dataclass(frozen=True, slots=True)
class Verification:
    """What a proof came to.

    Args:
        segments: of the export, both sides together.
        left_out: pieces of the inputs that are listed as left out.
        findings: what is wrong, in the order of the inputs.
        notes: what a person should know beside.
        signed: whether the export carries a digest of its pairs. Without one, translations
            that were exchanged between beads cannot be told from those that were written.
    """

    segments: int
    left_out: tuple[LeftOut, ...]
    findings: tuple[Finding, ...]
    notes: tuple[str, ...] = ()
    signed: bool = False

    @property
    def holds(self) -> bool:
        """Whether every sentence is there exactly once, or listed as left out."""
        return not self.findings
