"""What stands around a book and in it, and is no text of the author's: found and left out.

Each kind has a module with its rules: `editions` (heads, licences, colophons), `contents`,
`marks` (pictures, page numbers, notes), `other_language`; `saved_page` knows web pages.
Nothing is lost: what leaves a document's blocks is in its `left_out`, with the reason.
"""

from collections.abc import Iterator
from dataclasses import replace

from aligner.text.blocks import contents, editions, furniture, marks, other_language, saved_page
from aligner.types import Block, Document


def without_frames(document: Document, other: str = "") -> Document:
    """Leave out what is no text of the author's, and say what and why.

    Args:
        document: blocks; its language where it is known.
        other: the tag of the other side's language; "" where languages are not looked at.
    """
    return saved_page.strip(_without_other_language(strip(document), other))


def strip(document: Document) -> Document:
    """Leave out an edition's frame, lists of contents, notes and marks, in any language."""
    blocks = document.blocks
    reasons = editions.find(blocks)
    reasons = contents.find(blocks, reasons) | reasons
    reasons = marks.find(blocks) | reasons
    return _without(document, reasons, cut=True)


def _without_other_language(document: Document, other: str) -> Document:
    if not other or not document.lang:
        return document
    return _without(document, other_language.find(document.blocks, document.lang, other))


def _without(document: Document, reasons: dict[int, str], *, cut: bool = False) -> Document:
    """Leave out blocks, by index, and the marks in the others; all but everything."""
    kept: list[Block] = []
    left = list(document.left_out)
    for index, block in enumerate(document.blocks):
        if index in reasons:
            left.append(furniture.leave_out(block, reasons[index]))
            continue
        for piece, reason in _pieces(block) if cut else [(block, "")]:
            if reason:
                left.append(furniture.leave_out(piece, reason))
            else:
                kept.append(piece)
    if not any(map(_says_something, kept)) or len(left) == len(document.left_out):
        return document
    left.sort(key=lambda piece: piece.start)
    return replace(document, blocks=tuple(kept), left_out=tuple(left))


def _says_something(block: Block) -> bool:
    return any(map(str.isalnum, block.text))


def _pieces(block: Block) -> Iterator[tuple[Block, str]]:
    """Cut a block at the marks in it; yield pieces, and why they are left out."""
    position = 0
    for start, stop, reason in [*marks.inside(block.text), (len(block.text),) * 2 + ("",)]:
        for first, last, why in ((position, start, ""), (start, stop, reason)):
            text = block.text[first:last]
            if text.strip():
                begin = block.start + first + len(text) - len(text.lstrip())
                yield replace(block, text=text.strip(), start=begin), why
        position = stop
