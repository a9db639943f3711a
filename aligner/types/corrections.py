"""What a person said of segments, and where that stands in two documents."""

from dataclasses import dataclass
from typing import Literal

from aligner.types.beads import Span
from aligner.wording import shorten

# What a person may say of segments: they form a bead, a boundary stands before them, they do
# not translate each other; and, binding nothing, a note and a star.
CorrectionKind = Literal["pin", "cut", "forbid", "note", "star"]
# What the lists of each kind are called in a corrections file.
CORRECTION_LISTS: dict[CorrectionKind, str] = {
    "pin": "pins",
    "cut": "cuts",
    "forbid": "forbids",
    "note": "notes",
    "star": "stars",
}
# Characters of a text that a message shows: enough to find it again.
SHOWN_CHARS = 40


@dataclass(frozen=True, slots=True)
class Quote:
    """One side of a correction: its segments' texts, and the text of the segment before.

    `after` tells which one is meant where a text repeats itself; empty at the beginning, or
    where the file does not say.
    """

    texts: tuple[str, ...]
    after: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person said of some segments, which it names by their texts.

    Args:
        kind: what it is.
        src, tgt: the segments; one side may be empty.
        note: what the person wrote about it.
    """

    kind: CorrectionKind
    src: Quote
    tgt: Quote
    note: str = ""

    def __str__(self) -> str:
        source, target = (
            shorten(" ".join(side.texts), SHOWN_CHARS) for side in (self.src, self.tgt)
        )
        return f"{self.kind} {source or '-'} | {target or '-'}"


@dataclass(frozen=True, slots=True)
class Placed:
    """A correction and where it stands in two documents.

    Args:
        correction: what was said.
        src, tgt: the spans; None where it stands nowhere, and of a side of which a cut says
            nothing. A cut stands before them.
        reason: why it stands nowhere; empty where it stands.
    """

    correction: Correction
    src: Span | None = None
    tgt: Span | None = None
    reason: str = ""

    def __str__(self) -> str:
        return f"{self.correction} ({self.reason})" if self.reason else str(self.correction)
