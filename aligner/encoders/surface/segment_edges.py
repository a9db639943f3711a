"""How texts begin and end: inside a quotation, behind a comma, with a dash, as arrays.

A sentence may be split differently on the two sides, but a quotation, a bracket or a clause
that is open at the end of one side should be open at the end of the other.
"""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_MARK = re.compile("[\"'`“”„‘’«»‹›「」『』《》()（）[\\]［］【】]")
_BRACKETS = dict.fromkeys("(（[［【", 1) | dict.fromkeys(")）]］】", -1)
_CORNERS = dict.fromkeys("「『《", 1) | dict.fromkeys("」』》", -1)
_APOSTROPHES = "'’‘`"
# Which way a mark that looks both ways usually turns: German closes with “, Danish opens with ».
_OPENING = {"“": 1, "„": 1, "«": 1, "‹": 1, "”": -1, "»": -1, "›": -1, '"': 0}
_BEFORE_OPENING = frozenset("([（［—–-:：，。、！？")
_BEHIND_CLOSING = frozenset(").,;:!?…，。；：！？）]—–-")
_SENTENCE_MARKS = frozenset(".,!?…;:—–-")

_SOFT_END = re.compile(r"[,;:，；：、—–-][\"'”“»›’」』》)）\]］\s]*$")
_CLOSING = re.compile(r"[\"”»›」』]\s*$|[.,!?…][’'“«]\s*$")
_OPENS = frozenset("\"“„«‹「『‘'")
_DASHES = frozenset("—–-")

# Columns of `edges`.
EDGES = ("soft_end", "closing", "opening", "dash", "lower", "letterless")


def balances(texts: Sequence[str]) -> NDArray[np.int8]:
    """Count quotes, and brackets, that a text opens less those that it closes: int8 (n, 2)."""
    found = []
    for text in texts:
        quotes = brackets = 0
        for match in _MARK.finditer(text):
            mark = match[0]
            if mark in _BRACKETS:
                brackets += _BRACKETS[mark]
            else:
                quotes += _turn(text, match.start(), mark, quotes)
        found.append((quotes, brackets))
    return np.clip(np.array(found, np.int64).reshape(-1, 2), -100, 100).astype(np.int8)


def edges(texts: Sequence[str]) -> NDArray[np.bool_]:
    """Tell how each text begins and ends: bool (n, len(EDGES)).

    - soft_end: with a comma, semicolon, colon or dash, closing quotes and brackets aside;
    - closing, opening: with a quote;
    - dash: begins with one;
    - lower: its first letter is a small one;
    - letterless: it has neither letter nor digit.
    """
    found = []
    for text in texts:
        begin = text.lstrip()[:1]
        letter = next(filter(str.isalpha, text), "")
        row = (
            _SOFT_END.search(text) is not None,
            _CLOSING.search(text) is not None,
            begin in _OPENS,
            begin in _DASHES,
            letter.islower(),
            not letter and not any(map(str.isalnum, text)),
        )
        found.append(row)
    return np.array(found, np.bool_).reshape(-1, len(EDGES))


def _turn(text: str, at: int, mark: str, opened: int) -> int:
    """Tell whether a quote opens (1), closes (-1) or is none (0), by what stands around it."""
    if mark in _CORNERS:
        return _CORNERS[mark]
    before, behind = text[at - 1 : at], text[at + 1 : at + 2]
    left = not before or before.isspace() or before in _BEFORE_OPENING
    right = not behind or behind.isspace() or behind in _BEHIND_CLOSING
    if mark in _APOSTROPHES:
        if mark == "‘" or (left and behind.isalnum()):
            return 1
        return -1 if right and (before in _SENTENCE_MARKS or opened > 0) else 0
    if left != right:
        return 1 if left else -1
    return _OPENING[mark]
