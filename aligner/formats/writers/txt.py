"""Plain text side by side, for a terminal or a printer with a fixed pitch."""

import unicodedata
from itertools import zip_longest
from typing import BinaryIO

from aligner.formats.losses import NOT_UTF8, Losses, Stripper
from aligner.types import UNSURE, Bitext

# Columns of a common terminal.
WIDTH = 100
BETWEEN = " │ "
# Where a side is empty.
NOTHING = "–"


def write(bitext: Bitext, out: BinaryIO, *, width: int = WIDTH) -> Losses:
    """Write one bead after another, both sides wrapped.

    Args:
        bitext: what to write.
        out: binary stream.
        width: of the whole, in columns; an East Asian character takes two.
    """
    strip = Stripper(NOT_UTF8)
    digits = len(str(len(bitext.alignment.beads)))
    column = max((width - digits - 3 - len(BETWEEN)) // 2, 10)
    for number, bead in enumerate(bitext.alignment.beads, start=1):
        left = wrap(strip(bitext.src_text(bead)), column) or [NOTHING]
        right = wrap(strip(bitext.tgt_text(bead)), column) or [NOTHING]
        mark = "?" if bead.confidence < UNSURE else " "
        head = f"{number:>{digits}} {mark} "
        for src, tgt in zip_longest(left, right, fillvalue=""):
            padding = " " * (column - cells(src))
            out.write(f"{head}{src}{padding}{BETWEEN}{tgt}".rstrip().encode() + b"\n")
            head = " " * len(head)
    return Losses(characters=strip.count)


def cells(text: str) -> int:
    """Count the columns that a text takes in a terminal."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )


def wrap(text: str, width: int) -> list[str]:
    """Cut a text into lines of at most `width` columns, between words where there are any."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        if line and cells(line) + 1 + cells(word) <= width:
            line += f" {word}"
            continue
        if line:
            lines.append(line)
        line = ""
        for letter in word:
            if cells(line) + cells(letter) > width:
                lines.append(line)
                line = ""
            line += letter
    return [*lines, line] if line else lines
