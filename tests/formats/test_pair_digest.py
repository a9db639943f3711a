"""The digest of the pairs: the same wherever the same pairs are held, another for any other."""

from dataclasses import replace
from pathlib import Path

import pytest

import aligner
from aligner.formats.pair_digest import of_left_out, of_pairs, signed
from aligner.formats.writers import write
from aligner.types import Alignment, Bead, Bitext, Document, LeftOut, Origin, Segment, Span
from aligner.types.documents import Block


def bitext(src: list[str], tgt: list[str], *beads: tuple[int, int], lang: str = "en") -> Bitext:
    """Return a bitext whose beads have so many segments of either side."""

    def side(texts: list[str], lang: str) -> Document:
        segments = tuple(Segment(text, 0, len(text)) for text in texts)
        return Document((Block(" ".join(texts)),), lang, Origin("a.txt"), segments)

    made, i, j = [], 0, 0
    for m, n in beads:
        made.append(Bead(Span(i, i + m), Span(j, j + n)))
        i, j = i + m, j + n
    return Bitext(side(src, lang), side(tgt, "ru"), Alignment(tuple(made), i, j))


PLAIN = bitext(["A b.", "C.", "D."], ["А б.", "В.", "Г."], (1, 1), (1, 1), (1, 1))


@pytest.mark.parametrize(
    "other",
    [
        bitext(["A b.", "C.", "D."], ["А б.", "Г.", "В."], (1, 1), (1, 1), (1, 1)),
        bitext(["A b.", "D.", "C."], ["А б.", "Г.", "В."], (1, 1), (1, 1), (1, 1)),
        bitext(["A b.", "C.", "D."], ["А б.", "В.", "Г."], (2, 1), (1, 2)),
        bitext(["A b.", "C.", "D."], ["А б.", "В.", "Г."], (1, 1), (1, 1), (1, 0), (0, 1)),
        bitext(["Ab.", "C.", "D."], ["А б.", "В.", "Г."], (1, 1), (1, 1), (1, 1)),
        bitext(["A b.", "C."], ["А б.", "В."], (1, 1), (1, 1)),
    ],
)
def test_other_pairs_have_another(other: Bitext) -> None:
    assert of_pairs(other) != of_pairs(PLAIN)


def test_what_formats_change_of_a_text_does_not_change_it() -> None:
    spaced = bitext([" A\n b.", "C.\x01", "D."], ["А  б.", "В.\t", "\u00a0Г."], *[(1, 1)] * 3)
    assert of_pairs(spaced) == of_pairs(PLAIN)
    # Nor do null alignments, which some formats leave out, and texts that XML cannot hold.
    more = bitext(
        ["A b.", "X.", "C.", "\x01", "D."], ["А б.", "В.", "Э", "Г."],
        (1, 1), (1, 0), (1, 1), (1, 1), (1, 1),
    )  # fmt: skip
    assert of_pairs(more) == of_pairs(PLAIN)
    assert of_pairs(PLAIN, {1}) == of_pairs(bitext(["A b.", "D."], ["А б.", "Г."], (1, 1), (1, 1)))


def test_segments_of_a_bead_are_joined_as_their_language_joins_them() -> None:
    two = bitext(["你好。", "再见。"], ["А."], (2, 1), lang="zh")
    assert of_pairs(two) == of_pairs(bitext(["你好。再见。"], ["А."], (1, 1), lang="zh"))
    assert of_pairs(bitext(["A.", "B."], ["А."], (2, 1))) == of_pairs(
        bitext(["A. B."], ["А."], (1, 1))
    )


def test_many_beads_are_folded_some_at_a_time() -> None:
    texts = [f"{i}\n{i}" for i in range(2500)]
    many = bitext(texts, texts, *[(1, 1)] * 2500)
    flat = [text.replace("\n", " ") for text in texts]
    assert of_pairs(many) == of_pairs(bitext(flat, flat, *[(1, 1)] * 2500))
    flat[2000], flat[2001] = flat[2001], flat[2000]
    assert of_pairs(many) != of_pairs(bitext(texts, flat, *[(1, 1)] * 2500))


def test_lists_of_what_was_left_out() -> None:
    piece = LeftOut("Menu", 3, 7, "menu")
    assert of_left_out([piece], []) != of_left_out([], [piece])
    assert of_left_out([piece], []) != of_left_out([], [])
    assert of_left_out([piece], []) != of_left_out([replace(piece, start=2)], [])
    assert of_left_out([piece], []) == of_left_out([replace(piece, reason="", text="Menu ")], [])
    assert signed(PLAIN).left_out == ""
    assert signed(PLAIN, left_out=([], [])).left_out == of_left_out([], [])


@pytest.mark.parametrize("suffix", ["csv", "jsonl", "parquet", "tmx", "tsv", "xlf", "xlsx"])
def test_every_format_of_ours_carries_it(tmp_path: Path, suffix: str) -> None:
    whole = replace(PLAIN, provenance=replace(PLAIN.provenance, version="1", pairs="0" * 16))
    write(whole, tmp_path / f"a.{suffix}")
    back = aligner.read(tmp_path / f"a.{suffix}")
    assert isinstance(back, Bitext)
    assert back.provenance.pairs == of_pairs(PLAIN)
    assert (back.provenance.left_out != "") == (suffix in ("tmx", "xlf", "jsonl"))
