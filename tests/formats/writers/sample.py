"""A real bitext, aligned by hand: the article of seeds/izvestia.txt, with doubts invented."""

import re

from aligner.types import (
    Alignment,
    Bead,
    Bitext,
    Block,
    Document,
    LeftOut,
    Origin,
    Provenance,
    Segment,
    Span,
)
from tests import IZVESTIA

# A sentence ends before white space and a capital, but not after "U.S.".
SENTENCE = re.compile(r"\S.*?(?:(?<!U\.S)[.?!][»\"”]?(?=\s+[A-ZА-Я])|$)")
TITLE = "Security Assurances Still on the Table"
TITLE_LINE = 3
ENGLISH = range(9, 40)
RUSSIAN = range(42, 73)
# Source and target segments of every bead; the rest of them are pairs of one and one.
SHAPES = {0: (1, 0), 2: (2, 1), 3: (2, 1), 8: (2, 1), 13: (1, 0), 14: (0, 1), 22: (2, 1)}
SHAPES |= {23: (2, 1), 26: (2, 1), 39: (2, 1)}
BEADS = 46
CONFIDENCES = {0: 0.97, 2: 0.93, 8: 0.71, 13: 0.46, 14: 0.46, 22: 0.58, 26: 0.88, 33: 0.64}


def izvestia() -> Bitext:
    """Return the English translation and the Russian original, a line a block."""
    lines, start = [], 0
    for line in IZVESTIA.read_text("utf-8").split("\n"):
        lines.append((line, start))
        start += len(line) + 1
    origin = Origin("seeds/izvestia.txt", "0" * 64)
    english = _document(lines, [TITLE_LINE, *ENGLISH], "en", origin, TITLE)
    russian = _document(lines, RUSSIAN, "ru", origin)
    return Bitext(
        english,
        russian,
        _alignment(len(english.segments), len(russian.segments)),
        Provenance("0.1.0", "embedded", (("max_span", "8"),), "2025-01-02T03:04:05Z"),
    )


def _document(
    lines: list[tuple[str, int]], chosen: "range | list[int]", lang: str, origin: Origin, title=""
) -> Document:
    blocks, segments, left_out = [], [], []
    for number, (line, start) in enumerate(lines, start=1):
        if not line.strip():
            continue
        if number in chosen:
            kind = "heading" if number == TITLE_LINE else "paragraph"
            found = SENTENCE.finditer(line)
            segments += [
                Segment(m[0], start + m.start(), start + m.end(), len(blocks)) for m in found
            ]
            blocks.append(Block(line, kind, start, f"line {number}"))
        elif lang == "en" and number not in RUSSIAN:
            place = f"line {number}"
            left_out.append(LeftOut(line, start, start + len(line), "furniture", place))
    return Document(tuple(blocks), lang, origin, tuple(segments), tuple(left_out), title)


def _alignment(n_src: int, n_tgt: int) -> Alignment:
    beads, src, tgt = [], 0, 0
    for number in range(BEADS):
        plus_src, plus_tgt = SHAPES.get(number, (1, 1))
        beads.append(
            Bead(
                Span(src, src + plus_src),
                Span(tgt, tgt + plus_tgt),
                score=2.5 + number % 7 / 10,
                confidence=CONFIDENCES.get(number, 0.985 + number % 5 / 500),
            )
        )
        src, tgt = src + plus_src, tgt + plus_tgt
    return Alignment(tuple(beads), n_src, n_tgt)
