"""One file that holds a text and its translation: find the two, and report the rest.

Two layouts. *Sequential*: one language after the other; the two longest runs are the texts,
what stands before, between and after them is left out. *Alternating*: block by block or
line by line; each block goes to the side of its language.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from aligner.errors import LanguageError
from aligner.languages.given import NOT_GIVEN, GivenLanguages
from aligner.languages.language_tags import name
from aligner.text.bilingual.block_weights import Weight, weigh
from aligner.text.bilingual.language_pair import LanguagePair, find_pair
from aligner.text.bilingual.layout import best_runs, detect_layout, strict_sides
from aligner.text.bilingual.leading_lines import match_heads
from aligner.text.bilingual.table_columns import leave_out_columns
from aligner.text.blocks import furniture
from aligner.types import Block, Document, LeftOut

Layout = Literal["auto", "sequential", "alternating"]

# Where only words tell the languages apart, short lines of names mislead: so many letters
# must speak for it before a text's first or last blocks are left out.
DOUBT = 60.0

_GIVE_TWO = "give a second file, or name the languages with --src-lang and --tgt-lang"


@dataclass(frozen=True, slots=True)
class _OneText:
    """One text's blocks, by index in the file."""

    lang: str
    indices: tuple[int, ...]


def split_bilingual(
    document: Document, given: GivenLanguages = NOT_GIVEN, layout: Layout = "auto"
) -> tuple[Document, Document]:
    """Split a document that holds a text and its translation.

    Args:
        document: the whole file's blocks, as a reader gives them.
        given: the languages that were given; the others are found. The first language of the
            file is the source where neither is given.
        layout: how the two stand in the file; "auto" finds out.

    Returns:
        Source and target, not segmented; the source carries what was left out, with
        reasons. Both keep their blocks' offsets and places in the file.

    Raises:
        LanguageError: not two languages, or not the ones that were asked for.
    """
    blocks, beside = leave_out_columns(document.blocks, given)
    where = document.origin.path
    pair = find_pair([block.text for block in blocks], where, given)
    weights = weigh(blocks, pair)
    if layout == "auto":
        layout = detect_layout(weights)
    if layout == "alternating":
        sides, left = _alternating(blocks, weights, pair)
    else:
        sides, left = _sequential(blocks, weights, pair)
    for side in sides:
        if not side.indices:
            raise LanguageError(f"no text in {name(side.lang)} was found", where, _GIVE_TWO)
    if not any(given.tags):
        sides = sorted(sides, key=lambda side: side.indices[0])
    return _build(replace(document, blocks=blocks, segments=()), sides, [*beside, *left])


def _sequential(
    blocks: Sequence[Block], weights: Sequence[Weight], pair: LanguagePair
) -> tuple[list[_OneText], list[LeftOut]]:
    runs = best_runs(weights, DOUBT if pair.telling_scripts is None else 0.0)
    begin, end = min(run.start for run in runs), max(run.stop for run in runs)
    left: list[LeftOut] = []
    for index, block in enumerate(blocks):
        if not any(index in run for run in runs):
            where = "before" if index < begin else "after" if index >= end else "between"
            left.append(furniture.leave_out(block, f"{where} the texts"))
    trimmed = []
    for run in runs:
        stop = run.start + furniture.closing_start(blocks[run.start : run.stop])
        left += [furniture.leave_out(blocks[i], "page furniture") for i in range(stop, run.stop)]
        trimmed.append(tuple(range(run.start, stop)))
    first, second, unmatched = match_heads(blocks, *trimmed)
    return [_OneText(pair.first, first), _OneText(pair.second, second)], left + unmatched


def _alternating(
    blocks: Sequence[Block], weights: Sequence[Weight], pair: LanguagePair
) -> tuple[list[_OneText], list[LeftOut]]:
    strict = strict_sides(weights)
    if strict:
        return [_OneText(pair.first, strict[0]), _OneText(pair.second, strict[1])], []
    first: list[int] = []
    second: list[int] = []
    left: list[LeftOut] = []
    side = first if next((w.first for w in weights if w.first), 0.0) > 0 else second
    for index, (block, weight) in enumerate(zip(blocks, weights, strict=True)):
        if weight.is_foreign:
            left.append(furniture.leave_out(block, "other language"))
            continue
        # A block that speaks for no language goes with the one before it.
        if weight.first or weight.second:
            side = first if weight.first > 0 else second
        side.append(index)
    return [_OneText(pair.first, tuple(first)), _OneText(pair.second, tuple(second))], left


def _build(
    document: Document, sides: Sequence[_OneText], left: Iterable[LeftOut]
) -> tuple[Document, Document]:
    blocks = document.blocks
    begin = min(side.indices[0] for side in sides)
    title = document.title or _title(blocks[: begin + 1])
    src, tgt = (
        replace(
            document,
            blocks=tuple(blocks[i] for i in side.indices),
            lang=side.lang,
            segments=(),
            left_out=(),
            title=title,
        )
        for side in sides
    )
    in_order = tuple(sorted((*document.left_out, *left), key=lambda piece: piece.start))
    return replace(src, left_out=in_order), tgt


def _title(blocks: Iterable[Block]) -> str:
    """Return the first heading that is no credit line."""
    return next(
        (b.text for b in blocks if b.kind == "heading" and not furniture.is_credit(b.text)), ""
    )
