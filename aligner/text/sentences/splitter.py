"""Split text into sentences, with offsets; segment a document."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import Literal

from aligner.text.decoding.normalisation import fold
from aligner.text.sentences import overlong, thai, unmarked, unspaced
from aligner.text.sentences.candidates import Candidate, candidates
from aligner.text.sentences.lexicon import Lexicon, lexicon
from aligner.text.sentences.rules import ends
from aligner.text.sentences.speakers import with_speeches
from aligner.types import Block, Document, Segment

# Text and its language in; offsets [start, stop) of sentences out, in order.
Splitter = Callable[[str, str], Iterable[tuple[int, int]]]

# A blank line inside a text is always an end.
_BLANK_LINE = re.compile(r"\n[^\S\n]*+\n")
_WORDY = re.compile(r"[^\W_]")
# "2", "(12)", "§ 5": no sentence, whatever stands before it.
_BARE_NUMBER = re.compile(r"[(\[§#*–—-]{0,2}\s?\d{1,4}[)\]]?[*–—-]?")
_FIRST = re.compile(r"\S")


def split(text: str, lang: str, lex: Lexicon | None = None) -> list[tuple[int, int]]:
    """Split running text into sentences.

    Args:
        text: any text; a line end counts as a space, a blank line as an end.
        lang: BCP-47 tag; a language without rules of its own gets those for all.
        lex: the language's words, where they are not those of the program alone.

    Returns:
        `[start, stop)` of each sentence in `text`, in order, white space trimmed: every
        character that is not white space is in exactly one; none is longer than
        `overlong.LONGEST`. Time is linear in the text.
    """
    spans = _trimmed(text, _boundaries(text, lex or lexicon(lang)))
    return _without_crumbs(text, spans)


def _boundaries(text: str, lex: Lexicon) -> list[int]:
    """Where sentences end, sorted; the text's own end last."""
    found: list[int] = []
    begin = 0
    # Where the language's own full stop is in use, a full stop abbreviates.
    marks = "!?…" if lex.stop and lex.stop in text else ".!?…"
    for end, following in candidates(text, marks):
        candidate = Candidate(text, lex, begin, end, following)
        if ends(candidate):
            begin = candidate.stop
            found.append(begin)
    found += unspaced.ends(text, lex)
    found += unmarked.ends(text, lex)
    if lex.cuts_at_spaces:
        found += thai.ends(text)
    found += (match.end() for match in _BLANK_LINE.finditer(text))
    boundaries = sorted({*found, len(text)})
    return sorted([*boundaries, *overlong.ends(text, boundaries)])


def _trimmed(text: str, boundaries: Iterable[int]) -> Iterator[tuple[int, int]]:
    start = 0
    for stop in boundaries:
        first = _FIRST.search(text, start, stop)
        if first:
            yield first.start(), start + len(text[start:stop].rstrip())
        start = stop


def _without_crumbs(text: str, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join what has no letter and no digit to its neighbour: it is no sentence.

    Nor is a number without an end mark, such as that of a verse: it joins what follows.
    """
    found: list[tuple[int, int]] = []
    crumbs_only = True
    number = -1
    for start, stop in spans:
        is_crumb = not _WORDY.search(text, start, stop)
        if not is_crumb and _BARE_NUMBER.fullmatch(text, start, stop):
            number = start if number < 0 else number
            continue
        if found and (is_crumb or crumbs_only):
            found[-1] = (found[-1][0], stop)
        else:
            found.append((start if number < 0 else number, stop))
        number = -1
        crumbs_only = crumbs_only and is_crumb
    if number >= 0:
        # The last number of all has nothing but what stands before it.
        found[-1:] = [(found[-1][0] if found else number, len(text.rstrip()))]
    return found


def segment(
    document: Document,
    mode: Literal["auto", "lines"] = "auto",
    splitter: Splitter | None = None,
    lex: Lexicon | None = None,
) -> Document:
    """Fill a document's segments.

    Args:
        document: blocks and language.
        mode: "auto" splits each block into sentences, a heading stays whole; "lines" takes
            each line as it is.
        splitter: offsets of sentences in a block's text, in place of `split`.
        lex: the words that `split` goes by, where they are not those of the program alone.

    Returns:
        The document with segments; no segment reaches over a block's end.

    Raises:
        ValueError: the given splitter lost, doubled or disordered text.
    """
    if mode == "lines":
        spans: Callable[[Block], Iterable[tuple[int, int]]] = _lines
    elif splitter is not None:
        spans = partial(_checked, lang=document.lang, splitter=splitter)
    else:
        spans = partial(_sentences, lang=document.lang, lex=lex or lexicon(document.lang))
    found = [list(spans(block)) for block in document.blocks]
    if mode == "auto" and splitter is None:
        found = with_speeches(document.blocks, found)
    segments = tuple(
        Segment(fold(block.text[start:stop]), block.start + start, block.start + stop, index)
        for index, (block, own) in enumerate(zip(document.blocks, found, strict=True))
        for start, stop in own
    )
    return replace(document, segments=segments)


def _lines(block: Block) -> Iterable[tuple[int, int]]:
    """Split a block into its lines."""
    return _trimmed(block.text, [m.end() for m in re.finditer(r"\n|\Z", block.text)])


def _sentences(block: Block, lang: str, lex: Lexicon) -> Iterable[tuple[int, int]]:
    """Split a block into its sentences."""
    if block.kind == "heading":
        # "Chapter 1. The Island" is one thing, and so is its translation.
        return _trimmed(block.text, [len(block.text)])
    return split(block.text, lang, lex)


def _checked(block: Block, lang: str, splitter: Splitter) -> Iterable[tuple[int, int]]:
    """Split a block with a splitter from outside; make sure that it keeps the text whole."""
    checked = list(splitter(block.text, lang))
    position = 0
    for start, stop in [*checked, (len(block.text), len(block.text))]:
        if start < position or stop < start or block.text[position:start].strip():
            raise ValueError(
                f"the splitter's [{start}, {stop}) leaves out, doubles or disorders text "
                f"of the block at {block.place or block.start}"
            )
        position = stop
    return checked
