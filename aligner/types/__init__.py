r"""The values that flow through the house: plain, frozen, and never wrong once built.

Constructors enforce the invariants, so nothing downstream checks them again. All indices
and offsets are 0-based; offsets count characters (Unicode code points) of the decoded
source, after line ends were made ``\n``.
"""

from aligner.types.beads import (
    DOUBTFUL,
    MAX_SPAN,
    PINNED,
    UNSURE,
    Alignment,
    Bead,
    Constraints,
    Move,
    Span,
)
from aligner.types.bitext import Bitext, Provenance
from aligner.types.codes import Code, Facts, UnitFacts
from aligner.types.corrections import CORRECTION_LISTS, Correction, CorrectionKind, Placed, Quote
from aligner.types.documents import Block, BlockKind, Document, LeftOut, Origin, Segment, join
from aligner.types.word_links import Word, WordLink, WordLinks

__all__ = [
    "CORRECTION_LISTS",
    "DOUBTFUL",
    "MAX_SPAN",
    "PINNED",
    "UNSURE",
    "Alignment",
    "Bead",
    "Bitext",
    "Block",
    "BlockKind",
    "Code",
    "Constraints",
    "Correction",
    "CorrectionKind",
    "Document",
    "Facts",
    "LeftOut",
    "Move",
    "Origin",
    "Placed",
    "Provenance",
    "Quote",
    "Segment",
    "Span",
    "UnitFacts",
    "Word",
    "WordLink",
    "WordLinks",
    "join",
]
