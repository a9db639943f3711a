"""Corrections: read as the page writes them, found by text, refused where they contradict."""

import json
import os
import threading
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.corrections import bind, check, load, load_with_digest
from aligner.errors import CorrectionError
from aligner.types import Alignment, Bead, Block, Correction, Document, Origin, Quote, Segment, Span


def document(*texts: str) -> Document:
    segments = tuple(Segment(text, 0, len(text)) for text in texts)
    return Document((Block(" ".join(texts)),), "en", Origin("x"), segments)


def pin(source: tuple[str, ...], target: tuple[str, ...], *after: str) -> Correction:
    before = (*after, "", "")
    return Correction("pin", Quote(source, before[0]), Quote(target, before[1]))


SRC = document("One.", "Two.", "Yes.", "Three.", "Yes.", "Four.")
TGT = document("Раз.", "Два.", "Да.", "Три.", "Да.", "Четыре.")


def test_a_pin_is_found_by_its_texts() -> None:
    found = bind([pin(("One.", "Two."), ("Раз.",))], SRC, TGT)
    assert found.pins == ((Span(0, 2), Span(0, 1)),)
    assert found.missed == found.cuts == found.forbids == ()


def test_white_space_does_not_count() -> None:
    found = bind([pin(("On e.", "Two ."), ("Р аз.",))], SRC, TGT)
    assert found.pins == ((Span(0, 2), Span(0, 1)),)


@pytest.mark.parametrize(
    ("after", "place"), [(("Two.", "Два."), 2), (("Three.", "Три."), 4), (("", ""), 2)]
)
def test_the_segment_before_tells_which_is_meant(after: tuple[str, str], place: int) -> None:
    found = bind([pin(("Yes.",), ("Да.",), *after)], SRC, TGT)
    assert found.pins == ((Span(place, place + 1), Span(place, place + 1)),)


def test_repeated_texts_are_taken_in_order() -> None:
    found = bind([pin(("Yes.",), ("Да.",)), pin(("Yes.",), ("Да.",))], SRC, TGT)
    assert found.pins == ((Span(2, 3), Span(2, 3)), (Span(4, 5), Span(4, 5)))


def test_an_empty_side_stands_after_the_segment_before() -> None:
    found = bind([pin(("Three.",), (), "Yes.", "Да.")], SRC, TGT)
    assert found.pins == ((Span(3, 4), Span(3, 3)),)
    found = bind([pin((), ("Раз.",))], SRC, TGT)
    assert found.pins == ((Span(0, 0), Span(0, 1)),)


def test_another_splitting_that_keeps_the_ends_is_no_matter() -> None:
    joined = document("One. Two.", "Yes.", "Three. Yes. Four.")
    found = bind([pin(("One.", "Two."), ("Раз.",))], joined, TGT)
    assert found.pins == ((Span(0, 1), Span(0, 1)),)


@pytest.mark.parametrize(
    ("correction", "reason"),
    [
        (pin(("Five.",), ("Раз.",)), "not there any more"),
        (pin(("One.",), ("Пять.",)), "not there any more"),
        (pin(("One",), ("Раз.",)), "split in another way"),
        (pin(("One.",), (), "", "Пять."), "the segment before"),
    ],
)
def test_what_does_not_match_is_reported(correction: Correction, reason: str) -> None:
    found = bind([correction, pin(("Four.",), ("Четыре.",))], SRC, TGT)
    assert found.pins == ((Span(5, 6), Span(5, 6)),)
    assert [missed.correction for missed in found.missed] == [correction]
    assert reason in found.missed[0].reason


@pytest.mark.parametrize(
    "other", [pin(("Two.", "Yes."), ("Два.",)), pin(("Four.",), ("Раз.",), "Yes.")]
)
def test_pins_that_contradict_each_other_are_refused(other: Correction) -> None:
    with pytest.raises(CorrectionError, match=r"contradict.*pin Two\."):
        bind([pin(("Two.",), ("Два.",)), other], SRC, TGT)


def test_the_same_pin_twice_is_one() -> None:
    correction = pin(("Two.",), ("Два.",))
    assert bind([correction, correction], SRC, TGT).pins == ((Span(1, 2), Span(1, 2)),)


def test_cuts_and_forbids() -> None:
    cut = replace(pin(("Three.",), ("Три.",)), kind="cut")
    forbid = replace(pin(("Two.",), ("Раз.",)), kind="forbid")
    found = bind([cut, forbid], SRC, TGT)
    assert (found.cuts, found.forbids) == (((3, 3),), ((Span(1, 2), Span(0, 1)),))


def cut(source: tuple[str, ...], target: tuple[str, ...], *after: str) -> Correction:
    return replace(pin(source, target, *after), kind="cut")


def test_a_correction_is_named_in_one_short_line() -> None:
    name = str(pin(("One\n\x1b[31m two.", "word " * 50), ()))
    assert name.startswith("pin One [31m two. word ")
    assert name.endswith("… | -")
    assert len(name) < 60


def test_a_cut_may_speak_of_one_side_alone() -> None:
    found = bind([cut(("Three.",), ()), cut((), ("Три.",)), cut((), (), "", "Три.")], SRC, TGT)
    assert found.cuts == ((3, None), (None, 3), (None, 4))


def test_a_side_of_which_nothing_is_said_is_no_place() -> None:
    refrain = document("Ля.", "Ля.", "Ля.", "Ля.")
    cuts = [cut(("Two.",), ("Ля.",), "", "Ля."), cut(("Yes.",), ()), cut(("Three.",), ("Ля.",))]
    assert bind(cuts, SRC, refrain).cuts == ((1, 1), (2, None), (3, 2))
    turned = [replace(each, src=each.tgt, tgt=each.src) for each in cuts]
    assert bind(turned, refrain, SRC).cuts == ((1, 1), (None, 2), (2, 3))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (pin(("Two.", "Yes."), ("Два.",)), cut(("Yes.",), (), "Two.")),
        (pin(("One.",), ("Раз.", "Два.")), cut((), ("Два.",))),
        (pin(("Three.",), ("Три.",)), cut(("Four.",), ("Два.",))),
        (cut(("Two.",), ("Три.",)), cut(("Three.",), ("Два.",))),
        (pin(("One.", "Two."), ("Раз.",)), replace(pin(("Two.",), ("Раз.",)), kind="forbid")),
        (pin(("Three.",), (), "Yes.", "Да."), replace(pin(("Three.",), ()), kind="forbid")),
    ],
)
def test_corrections_that_contradict_each_other_are_refused_by_name(
    first: Correction, second: Correction
) -> None:
    with pytest.raises(CorrectionError) as caught:
        bind([first, second], SRC, TGT)
    assert str(first) in caught.value.problem
    assert str(second) in caught.value.problem
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (pin(("Two.", "Yes."), ("Два.",)), cut(("Two.",), ("Два.",))),
        (pin(("Two.", "Yes."), ("Два.",)), cut(("Three.",), (), "Yes.")),
        (pin(("Two.",), ("Два.",)), replace(pin(("Two.", "Yes."), ("Два.",)), kind="forbid")),
        (pin(("Two.",), ("Два.",)), replace(pin(("Two.",), ()), kind="forbid")),
    ],
)
def test_what_goes_together_is_not_refused(first: Correction, second: Correction) -> None:
    found = bind([first, second], SRC, TGT)
    assert len(found.pins) == 1
    assert len(found.cuts) + len(found.forbids) == 1


def test_a_forbid_that_could_not_be_obeyed_is_an_error() -> None:
    forbid = replace(pin(("Two.",), ()), kind="forbid")
    bound = bind([forbid], SRC, TGT)
    apart = [Bead(Span(i, i + 1), Span(0, 0)) for i in range(6)]
    rest = [Bead(Span(6, 6), Span(0, 6))]
    with pytest.raises(CorrectionError, match=r"nothing else is possible.*forbid Two\. \| -"):
        check(bound, Alignment((*apart, *rest), 6, 6), SRC, TGT)
    pairs = tuple(Bead(Span(i, i + 1), Span(i, i + 1)) for i in range(6))
    check(bound, Alignment(pairs, 6, 6), SRC, TGT)


def test_a_correction_is_placed_on_the_sides_of_which_it_speaks() -> None:
    spoken = [
        cut(("Two.", "Yes."), ()),
        cut((), ("Три.", "Да.")),
        cut((), (), "", "Да."),
        cut(("Three.",), ("Три.",)),
        pin(("Four.",), (), "", "Да."),
    ]
    found = bind(spoken, SRC, TGT)
    by_kind = {placed.correction: (placed.src, placed.tgt) for placed in found.placed}
    assert by_kind == {
        spoken[0]: (Span(1, 3), None),
        spoken[1]: (None, Span(3, 5)),
        # Behind the segment before: the first "Да." after the cut before.
        spoken[2]: (None, Span(5, 5)),
        spoken[3]: (Span(3, 4), Span(3, 4)),
        spoken[4]: (Span(5, 6), Span(3, 3)),
    }
    assert found.cuts == ((1, None), (None, 3), (None, 5), (3, 3))


def test_a_cut_goes_across_a_pin_inside_it_and_not_at_its_ends() -> None:
    pins = [pin(("One.",), ("Раз.",)), pin(("Yes.", "Three.", "Yes."), ("Да.", "Три.", "Да."))]
    places = {0: "", 1: "One.", 2: "Two.", 3: "Yes.", 4: "Three.", 5: "Yes.", 6: "Four."}
    others = {1: "Раз.", 2: "Два.", 3: "Да.", 4: "Три.", 6: "Четыре."}
    # "Yes." and "Да." repeat themselves: behind the first of each is inside.
    for side, words in enumerate((places, others)):
        for position, before in words.items():
            if not before or position == 5:
                continue
            said = cut((), (), *(("", before) if side else (before,)))
            if position in (3, 4):
                with pytest.raises(CorrectionError, match=r"pin Yes\. Three"):
                    bind([*pins, said], SRC, TGT)
            else:
                assert len(bind([*pins, said], SRC, TGT).cuts) == 1


@pytest.mark.parametrize(
    ("source", "target", "held"),
    [
        (("One.", "Two."), ("Раз.",), True),
        (("Two.",), ("Раз.", "Два."), True),
        (("One.",), ("Два.",), True),
        (("One.", "Two."), ("Два.", "Да."), False),
        (("Two.", "Yes."), ("Два.",), False),
        (("Yes.",), ("Два.",), False),
        (("Two.",), ("Да.",), False),
        (("Two.",), (), False),
        ((), ("Два.",), False),
    ],
)
def test_a_forbid_contradicts_the_pin_that_holds_all_of_it(
    source: tuple[str, ...], target: tuple[str, ...], held: bool
) -> None:
    pins = [pin(("One.", "Two."), ("Раз.", "Два.")), pin(("Four.",), ("Четыре.",))]
    forbid = replace(pin(source, target), kind="forbid")
    if held:
        with pytest.raises(CorrectionError, match="contradict"):
            bind([*pins, forbid], SRC, TGT)
    else:
        assert len(bind([*pins, forbid], SRC, TGT).forbids) == 1


def test_an_omission_that_is_pinned_may_not_be_forbidden() -> None:
    pins = [pin(("One.",), ()), pin((), ("Раз.",), "One."), pin((), ("Два.",), "One.", "Раз.")]
    for same in pins:
        with pytest.raises(CorrectionError, match="contradict"):
            bind([*pins, replace(same, kind="forbid")], SRC, TGT)
    pair = replace(pin(("One.",), ("Раз.",)), kind="forbid")
    assert len(bind([*pins, pair], SRC, TGT).forbids) == 1


WORDS = st.lists(st.sampled_from(["a.", "b.", "a. b.", "c"]), min_size=1, max_size=8)


@given(WORDS, WORDS, st.data())
def test_what_the_page_names_is_found_where_it_was(
    source: list[str], target: list[str], data: st.DataObject
) -> None:
    """All beads of a page, pinned as it writes them, come back as they were."""
    cuts = st.lists(st.integers(0, 8), max_size=6).map(sorted)
    src_cuts, tgt_cuts = data.draw(cuts), data.draw(cuts)
    n = min(len(src_cuts), len(tgt_cuts))
    edges = [
        (min(i, len(source)), min(j, len(target)))
        for i, j in zip([0, *src_cuts[:n], 8], [0, *tgt_cuts[:n], 8], strict=True)
    ]
    spans = [(Span(a, c), Span(b, d)) for (a, b), (c, d) in pairwise(edges) if (a, b) != (c, d)]
    corrections = [
        pin(
            tuple(source[src.start : src.stop]),
            tuple(target[tgt.start : tgt.stop]),
            source[src.start - 1] if src.start else "",
            target[tgt.start - 1] if tgt.start else "",
        )
        for src, tgt in spans
    ]
    found = bind(corrections, document(*source), document(*target))
    assert found.missed == ()
    assert found.pins == tuple(spans)


def saved(path: Path, **content: Any) -> Path:
    path.write_text(json.dumps({"format": "aligner corrections", "version": 1} | content), "utf-8")
    return path


def test_a_file_is_read(tmp_path: Path) -> None:
    entry = {"source": ["A."], "target": [], "after": {"source": "Z."}, "note": "why"}
    path = saved(tmp_path / "c.json", pins=[entry], forbids=[entry], notes=[entry])
    expected = Correction("pin", Quote(("A.",), "Z."), Quote(()), "why")
    kinds = ("forbid", "note")
    assert load(path) == (expected, *(replace(expected, kind=kind) for kind in kinds))


@pytest.mark.parametrize(
    ("content", "where"),
    [
        ({"version": 2}, ""),
        ({"format": "x"}, ""),
        ({"pins": [{"source": ["A."]}]}, ", pin 1"),
        ({"forbids": [{"source": "A.", "target": []}]}, ", forbid 1"),
        ({"pins": [{"source": [], "target": []}]}, ", pin 1"),
        ({"notes": [{"source": ["A."], "target": [], "note": None}]}, ", note 1"),
        ({"pins": [{"source": ["A."], "target": [], "after": {"source": 5}}]}, ", pin 1"),
        ({"cuts": 5}, ""),
        ({"forbids": None}, ""),
    ],
)
def test_a_damaged_file_is_refused(tmp_path: Path, content: dict[str, Any], where: str) -> None:
    path = saved(tmp_path / "c.json", **content)
    with pytest.raises(CorrectionError) as caught:
        load(path)
    assert caught.value.where == f"{path}{where}"


def test_a_file_that_is_not_there_or_no_json(tmp_path: Path) -> None:
    with pytest.raises(CorrectionError, match="there is no such file"):
        load(tmp_path / "missing.json")
    for damaged in ("{", "[" * 100_000):
        (tmp_path / "x.json").write_text(damaged)
        with pytest.raises(CorrectionError, match="no corrections file"):
            load(tmp_path / "x.json")
    (tmp_path / "x.json").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CorrectionError, match="no corrections file"):
        load(tmp_path / "x.json")


def test_a_file_is_known_by_its_bytes(tmp_path: Path) -> None:
    one, other = saved(tmp_path / "1.json"), saved(tmp_path / "2.json", pins=[])
    known = [load_with_digest(path)[1] for path in (one, one, other)]
    assert known[0] == known[1] != known[2]
    assert len(known[0]) == 16


def test_a_pipe_is_read_once(tmp_path: Path) -> None:
    pipe, content = tmp_path / "pipe", saved(tmp_path / "1.json").read_bytes()
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(content,))
    writer.start()
    assert load_with_digest(pipe) == load_with_digest(tmp_path / "1.json")
    writer.join()
