"""Saved web pages as text: the article stays, menus, captions and comment forms are left out."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from aligner.text.blocks import furniture
from aligner.types import Block, Document, LeftOut

# Menus and bylines stand among so many blocks at the beginning.
MAX_HEAD = 15
# Paragraphs stand so many characters apart: two line ends.
USUAL_GAP = 2
# In a headline words of this length begin with a capital, shorter ones may not.
MIN_TITLE_WORD = 4
_WORD = re.compile(r"[^\W\d_]+")
# What is left of a tag at an end of a block: <img alt="…" /> lost its beginning.
_MARKUP = re.compile(r"\A\s*<[a-z]+\s[^<>]*>|[\"”“]?\s*/>\Z", re.IGNORECASE)


def strip(document: Document) -> Document:
    """Leave out what surrounds the article of a saved web page, and say what and why.

    A text with no menu above it and no comment form, links or the like under it is no
    saved page, and stays as it is.
    """
    blocks = document.blocks
    end = furniture.closing_start(blocks)
    menu = [i for i, block in enumerate(blocks[:MAX_HEAD]) if _is_menu(block)]
    if end == len(blocks) and not menu:
        return document
    reasons = dict.fromkeys(range(end, len(blocks)), "page furniture")
    reasons |= dict.fromkeys(menu, "menu")
    for index in range(end):
        reason = _reason(blocks, index, end)
        if reason:
            reasons.setdefault(index, reason)
    kept: list[Block] = []
    left = list(document.left_out)
    for index, block in enumerate(blocks):
        if index in reasons:
            left.append(furniture.leave_out(block, reasons[index]))
            continue
        for piece, is_text in _without_markup(block):
            if is_text:
                kept.append(piece)
            else:
                left.append(furniture.leave_out(piece, "broken markup"))
    ordered: tuple[LeftOut, ...] = tuple(sorted(left, key=lambda piece: piece.start))
    return replace(document, blocks=tuple(kept), left_out=ordered)


def _is_menu(block: Block) -> bool:
    return furniture.is_opening(block.text) or furniture.is_crumbs(block.text)


def _reason(blocks: Sequence[Block], index: int, end: int) -> str:
    """Say why a block inside an article is no part of it; "" where it is."""
    text = blocks[index].text
    if furniture.is_credit(text):
        return "credit line"
    if furniture.is_caption(text):
        return "caption"
    if _is_link(blocks, index):
        return "link to another article"
    # Pages give a picture's text twice: as its caption, and for those who cannot see it.
    following = blocks[index + 1].text if index + 1 < end else ""
    repeated = text.strip(" •") in following and furniture.is_caption(following)
    return "caption" if repeated else ""


def _is_link(blocks: Sequence[Block], index: int) -> bool:
    """Whether a headline inside the text is another article's: set apart, Each Word Capital."""
    block = blocks[index]
    first = next((i for i, each in enumerate(blocks) if each.kind == "heading"), index)
    if block.kind != "heading" or index <= first:
        return False
    before = blocks[index - 1]
    set_apart = block.start - (before.start + len(before.text)) > USUAL_GAP
    words = [word for word in _WORD.findall(block.text) if len(word) >= MIN_TITLE_WORD]
    return set_apart and len(words) > 1 and all(word[0].isupper() for word in words)


def _without_markup(block: Block) -> Iterator[tuple[Block, bool]]:
    """Cut what is left of tags off a block's ends; yield pieces and whether they are text."""
    position = 0
    for match in _MARKUP.finditer(block.text):
        yield from _piece(block, position, match.start(), is_text=True)
        yield from _piece(block, match.start(), match.end(), is_text=False)
        position = match.end()
    yield from _piece(block, position, len(block.text), is_text=True)


def _piece(block: Block, start: int, stop: int, *, is_text: bool) -> Iterator[tuple[Block, bool]]:
    text = block.text[start:stop]
    if text.strip():
        start += len(text) - len(text.lstrip())
        yield replace(block, text=text.strip(), start=block.start + start), is_text
