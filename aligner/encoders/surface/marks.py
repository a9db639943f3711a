"""What a translation mostly keeps and any script shows: marks and numbers, as arrays."""

import re
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

# Kinds of marks; characters of a kind are counted together.
MARKS = {
    "question": "?？؟",
    "exclamation": "!！",
    "quote": '"“”„«»‹›「」『』《》',
    "dash": "—–―",
    "bracket": "()（）[]［］",
    "colon": ":：;；؛",
    "ellipsis": "…",
}
_TABLE = {ord(c): kind for kind, group in enumerate(MARKS.values()) for c in group}
_MARK = re.compile("[" + re.escape("".join(MARKS.values())) + r"]|\.\.\.|--")
_LONGER = {"...": list(MARKS).index("ellipsis"), "--": list(MARKS).index("dash")}
_CLOSING = "\"”“»›’'）)]］」』》 "
# How a segment ends: the index of its kind, or one more for everything else.
ENDINGS = {
    "?": 1,
    "？": 1,
    "؟": 1,
    "!": 2,
    "！": 2,
    "…": 3,
    ":": 4,
    "：": 4,
    ",": 5,
    "，": 5,
    "、": 5,
}
_NUMBER = re.compile(r"\d+")


def count_marks(texts: Sequence[str]) -> NDArray[np.float32]:
    """Count each text's marks: float32 (n, len(MARKS))."""
    counts = np.zeros((len(texts), len(MARKS)), np.float32)
    for row, text in enumerate(texts):
        for mark in _MARK.findall(text):
            counts[row, _LONGER[mark] if len(mark) > 1 else _TABLE[ord(mark)]] += 1
    return counts


def endings(texts: Sequence[str]) -> NDArray[np.int8]:
    """Tell how each text ends, closing quotes and brackets aside: int8 (n,), 0 for the rest."""
    ends = np.zeros(len(texts), np.int8)
    for row, text in enumerate(texts):
        bare = text.rstrip(_CLOSING)
        ends[row] = 3 if bare.endswith("...") else ENDINGS.get(bare[-1:], 0)
    return ends


def numbers(
    texts: Sequence[str], chapters: Iterable[int] = ()
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """List the numbers in texts, in any script's digits.

    Args:
        texts: of the segments.
        chapters: the number of the chapter that each text is the heading of, however it is
            written; 0 for none.

    Returns:
        int64 (n + 1,) where each text's begin, the last is the end; and int64 values, sorted
        within a text (those above 18 digits by their end).
    """
    values: list[int] = []
    starts = [0]
    for text, chapter in zip(texts, [*chapters] or [0] * len(texts), strict=True):
        found = [int(digits[-18:]) for digits in _NUMBER.findall(text)]
        if chapter and chapter not in found:
            found.append(chapter)
        values.extend(sorted(found))
        starts.append(len(values))
    return np.array(starts, np.int64), np.array(values, np.int64)
