"""Bitexts to write: a real one, and any that hypothesis can think of."""

from collections.abc import Iterable
from dataclasses import replace

from hypothesis import strategies as st

from aligner.types import (
    Alignment,
    Bead,
    Bitext,
    Block,
    Document,
    LeftOut,
    Move,
    Origin,
    Provenance,
    Segment,
    Span,
    join,
)

# What breaks writers that paste strings together.
NASTY = [
    *("&", "<b>", "</seg>", "]]>", "&amp;", '"', "'", "<script>alert(1)</script>", "{{ 7 * 7 }}"),
    *(
        "=HYPERLINK(0)",
        "'=1",
        "''-",
        "-1",
        "+7",
        "@x",
        "\tx",
        "\r",
        "a\nb",
        "\r\n",
        "\u2028",
        "\x85",
    ),
    *("\x00", "\x08", "\x0b", "\x1f", "\x7f", "\ufffe", "\uffff", "\ufeff", "😀", "𝔘", "e\u0301"),
    *(
        "\u200f",
        "\u202e",
        "\u00a0",
        "\u00ad",
        ";",
        ",",
        "|",
        "\\N",
        "NULL",
        " ",
        "  x  ",
        "й",
        "中",
    ),
]
TEXT = st.lists(st.sampled_from(NASTY) | st.text(max_size=5), min_size=1, max_size=4).map("".join)
# Characters that XML cannot hold are tested by themselves.
LANGS = ["en", "ru", "en-GB", "zh-TW", "ja", "ar"]
KINDS = ["paragraph", "heading", "caption", "cue", "cell"]


@st.composite
def documents(draw: st.DrawFn, size: int, lang: str) -> Document:
    blocks: list[list[Segment]] = []
    end = 0
    for _ in range(size):
        text = draw(TEXT.filter(bool))
        start = end + draw(st.integers(0, 3))
        end = start + len(text)
        if not blocks or draw(st.booleans()):
            blocks.append([])
        blocks[-1].append(Segment(text, start, end, len(blocks) - 1))
    return Document(
        tuple(
            Block(
                draw(st.just(join(segments, lang)) | TEXT),
                draw(st.sampled_from(KINDS)),
                segments[0].start,
                draw(st.sampled_from(["", "line 3", "page 4", "глава «5»"])),
            )
            for segments in blocks
        ),
        lang,
        Origin(draw(TEXT), "ab" * 32),
        tuple(segment for segments in blocks for segment in segments),
        tuple(draw(st.lists(st.builds(LeftOut, TEXT, st.just(1), st.just(2), TEXT), max_size=2))),
        draw(TEXT),
    )


@st.composite
def bitexts(draw: st.DrawFn) -> Bitext:
    langs = draw(st.permutations(LANGS))
    shape = st.tuples(st.integers(0, 3), st.integers(0, 3)).filter(any)
    beads, src, tgt = [], 0, 0
    for n_src, n_tgt in draw(st.lists(shape, min_size=1, max_size=4)):
        beads.append(
            Bead(
                Span(src, src + n_src),
                Span(tgt, tgt + n_tgt),
                draw(st.floats(-1e9, 1e9)),
                draw(st.floats(0, 1)),
                tuple(draw(st.sets(st.sampled_from(["moved", "pinned", "two words"])))),
            )
        )
        src, tgt = src + n_src, tgt + n_tgt
    moves = (Move(Span(0, 1), Span(0, 1), 0.5),) if src and tgt and draw(st.booleans()) else ()
    return Bitext(
        draw(documents(src, langs[0])),
        draw(documents(tgt, langs[1])),
        Alignment(tuple(beads), src, tgt, moves),
        Provenance("0.1.0", "C:\\models\\x", (("max_span", "8"),), "2025-01-02T03:04:05Z"),
    )


def as_rows_hold_it(bitext: Bitext) -> Bitext:
    """Return what rows keep of a bitext: no white space between segments, nothing left out."""
    return replace(
        bitext,
        src=_segments_alone(bitext.src),
        tgt=_segments_alone(bitext.tgt),
        alignment=replace(bitext.alignment, moves=()),
    )


def with_left_out(bitext: Bitext, original: Bitext, unpaired: Iterable[Bead]) -> Bitext:
    """Return the bitext with the list of what the original has in no pair."""
    documents = []
    for side in ("src", "tgt"):
        document = getattr(original, side)
        pieces = list(document.left_out)
        for bead in unpaired:
            span = getattr(bead, side)
            for each in document.segments[span.start : span.stop]:
                place = document.blocks[each.block].place
                pieces.append(LeftOut(each.text, each.start, each.stop, "no counterpart", place))
        left_out = tuple(sorted(pieces, key=lambda piece: piece.start))
        documents.append(replace(getattr(bitext, side), left_out=left_out))
    return replace(bitext, src=documents[0], tgt=documents[1])


def _segments_alone(document: Document) -> Document:
    blocks = tuple(
        replace(block, text=join([s for s in document.segments if s.block == i], document.lang))
        for i, block in enumerate(document.blocks)
    )
    return replace(document, blocks=blocks, left_out=(), title="")
