"""Pieces: what a reader finds in a format that is no plain text, laid out as a document.

Such a format has no decoded source of its own. The source that offsets count in is then
the text found: all pieces in reading order, with one blank line between them; `source`
rebuilds it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from aligner.errors import ReadError
from aligner.formats.readers.files import origin, refuse_too_many
from aligner.text.decoding.normalisation import fold, normalise
from aligner.types import Block, BlockKind, Document, LeftOut

# What stands between two pieces in the source.
BLANK_LINE = "\n\n"


@dataclass(frozen=True, slots=True)
class FoundBlock:
    """A paragraph-like unit as a reader finds it.

    Args:
        text: its text; white space is folded when it is laid out.
        kind: of the block.
        place: where a person finds it again.
        reason: why it is left out; "" where it belongs to the text.
        column: of a cell, from 1.
    """

    text: str
    kind: BlockKind = "paragraph"
    place: str = ""
    reason: str = ""
    column: int = 0


def lay_out(path: Path, raw: bytes, pieces: Iterable[FoundBlock], title: str = "") -> Document:
    """Make a document of the pieces that a file holds.

    Args:
        path: the file.
        raw: its bytes.
        pieces: in reading order; blank ones are dropped.
        title: of the document, where the format has one.

    Raises:
        ReadError: no piece belongs to the text.
    """
    blocks: list[Block] = []
    left_out: list[LeftOut] = []
    start = 0
    for number, piece in enumerate(pieces):
        refuse_too_many(number, "paragraphs", path)
        text = fold(normalise(piece.text))
        if not text:
            continue
        stop = start + len(text)
        if piece.reason:
            left_out.append(LeftOut(text, start, stop, piece.reason, piece.place))
        else:
            blocks.append(Block(text, piece.kind, start, piece.place, piece.column))
        start = stop + len(BLANK_LINE)
    if not blocks:
        raise ReadError("there is no text in the file", str(path), "give a file with text in it")
    return Document(
        tuple(blocks), "", origin(path, raw), left_out=tuple(left_out), title=fold(title)
    )


def source(document: Document) -> str:
    """Rebuild the text that a laid-out document's offsets count in."""
    pieces = [(block.start, block.text) for block in document.blocks]
    pieces += [(piece.start, piece.text) for piece in document.left_out]
    return BLANK_LINE.join(text for _, text in sorted(pieces))
