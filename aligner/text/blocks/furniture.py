"""What stands around a text on its page: credits above it, comments and links under it."""

import re
from collections.abc import Sequence
from functools import cache

from aligner.text.word_lists import sections
from aligner.types import Block, LeftOut

# A credit, a menu entry or a link is at most this long (characters).
MAX_FURNITURE = 120
# A line without a final stop is still a sentence from this many letters on.
MIN_SENTENCE = 100
# ... which in scripts that write a word in one or two characters are this many.
MIN_IDEOGRAPHS = 30

_FINAL_STOP = re.compile(r"[.!?…。！？।؟۔։][\"'”’»)\]」』]*$")
_IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_NAME = r"(?:[^\W\d_a-zа-яё][\w’'-]*\.?)"
_BYLINE = re.compile(rf"(?:by|By|BY|von|Von|par|Par|por|Por)\s+{_NAME}(?:\s+{_NAME}){{1,4}}\b")
_MONTH = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|янв|фев|мар|апр|мая|июн|июл|авг|сен|"
    r"окт|ноя|дек|mär|mai|okt|dez|janv|févr|avr|juin|juil|août|déc|ene|abr|ago|dic|gen|mag|"
    r"giu|lug|set|ott)\w*\.?"
)
_DATE = re.compile(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th|\.)?\s+(?:de\s+)?{_MONTH}(?:\s+de)?,?\s+\d{{4}}|"
    rf"{_MONTH}\s+\d{{1,2}},?\s+\d{{4}}|\d{{1,2}}[./]\d{{1,2}}[./]\d{{4}}|"
    r"\d{4}-\d{2}-\d{2}|\d{4}年\d{1,2}月\d{1,2}日)",
    re.IGNORECASE,
)
_CRUMBS = re.compile(r"[^!?>»›/|]{1,30}(?:\s[>»›/|]\s[^!?>»›/|]{1,30})+")
_CAPTION_CREDIT = re.compile(
    r"(?:\||\(|—|–|-)\s*(?:(?:photo|image|foto|фото|picture|credit|source)\b[^()|]{0,60}"
    r"|(?P<agency>[^()|]{2,30}))\)?\s*\Z",
    re.IGNORECASE,
)


def is_sentence(text: str) -> bool:
    """Whether a block reads as running text: it ends in a stop, or is long."""
    if ends_in_stop(text):
        return True
    return len(text) >= MIN_SENTENCE or len(_IDEOGRAPH.findall(text)) >= MIN_IDEOGRAPHS


def ends_in_stop(text: str) -> bool:
    """Whether a text ends in what ends sentences, quotes and brackets behind it."""
    stripped = text.rstrip()
    return _FINAL_STOP.search(stripped, max(0, len(stripped) - 10)) is not None


def is_credit(text: str) -> bool:
    """Whether a short line says who made the text, where and when it appeared."""
    if len(text) > MAX_FURNITURE:
        return False
    if _begins(text, "credit"):
        return True
    # "By Monday it was over." and "On 3 May 1945 it ended." are sentences.
    return not is_sentence(text) and bool(_BYLINE.match(text) or _DATE.search(text))


def is_byline(text: str) -> bool:
    """Whether a short line says who wrote the text, and no more: "by Ann Moss"."""
    short = len(text) <= MAX_FURNITURE and not is_sentence(text)
    return short and _BYLINE.match(text) is not None


def is_opening(text: str) -> bool:
    """Whether a line is a menu entry of a page, as a whole."""
    return len(text) <= MAX_FURNITURE and text.strip(" •·*|>-").casefold() in _phrases("opening")


def is_closing(text: str) -> bool:
    """Whether a short line begins what stands under an article."""
    return len(text) <= MAX_FURNITURE and _begins(text, "closing")


def is_crumbs(text: str) -> bool:
    """Whether a line is a path through a site: "News > U.S."."""
    return len(text) <= MAX_FURNITURE and _CRUMBS.fullmatch(text.strip()) is not None


def is_caption(text: str) -> bool:
    """Whether a block ends as a picture's caption does: "… (Getty Images)", "… | Photo: X"."""
    found = _CAPTION_CREDIT.search(text, max(0, len(text) - MAX_FURNITURE))
    if found is None:
        return False
    agency = found["agency"]
    return agency is None or agency.strip().casefold() in _phrases("agency")


def closing_start(blocks: Sequence[Block]) -> int:
    """Return where the furniture under a text begins: its first block's index, or the end.

    It begins at a line that says so ("Leave a Reply"), if nothing after it reads like a
    paragraph of the text.
    """
    start = len(blocks)
    for index in range(len(blocks) - 1, 0, -1):
        text = blocks[index].text
        if is_closing(text):
            start = index
        elif len(text) > MAX_FURNITURE:
            break
    return start


def leave_out(block: Block, reason: str) -> LeftOut:
    """Record a block as left out."""
    return LeftOut(block.text, block.start, block.start + len(block.text), reason, block.place)


def _begins(text: str, section: str) -> bool:
    """Whether a line is an entry, or begins with one that goes on after a space or a mark."""
    line = text.strip(" •·*|>-").casefold()
    return any(
        line.startswith(entry)
        and (len(entry) == len(line) or not (entry[-1].isalnum() and line[len(entry)].isalnum()))
        and (section != "closing" or _says_no_more(line, entry))
        for entry in _phrases(section)
    )


def _says_no_more(line: str, entry: str) -> bool:
    """Whether an entry of one word is the whole line: "Topics", not "Topics we discussed"."""
    return " " in entry or line.rstrip(" :.!…") == entry.rstrip(":")


@cache
def _phrases(section: str) -> frozenset[str]:
    return frozenset(
        entry.casefold() for entry in sections("aligner.text.blocks", "furniture")[section]
    )
