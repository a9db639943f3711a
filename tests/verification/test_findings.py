"""What a proof finds, how it calls it, and in which order."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from aligner.types import Document, Origin, Segment
from aligner.verification import verify
from tests.verification.test_verification import changed, pair_up


@pytest.fixture
def two_texts(tmp_path: Path) -> tuple[Path, Path]:
    """Two inputs; by name, the target's comes first."""
    inputs = tmp_path / "z.txt", tmp_path / "a.txt"
    inputs[0].write_text("Yes.\n\nThe dog barks.\n\nYes.\n\nThe cat sleeps.\n\nNo.\n", "utf-8")
    inputs[1].write_text("Да.\n\nСобака лает.\n\nДа.\n\nКошка спит.\n\nНет.\n", "utf-8")
    return inputs


def held(inputs: tuple[Path, Path], *, exact: bool, **sides: list[str]) -> list[tuple[str, ...]]:
    """Prove an export of other texts: kind, file, text, place and what was found of each finding.

    An exact export has the offsets of the next that says the same, another only an order.
    """
    export = pair_up(*inputs)
    for side, texts in sides.items():
        document = getattr(export, side)
        segments = list(_traced(document, texts) if exact else map(_untraced, texts, count()))
        origin = document.origin if exact else Origin(document.origin.path)
        export = changed(export, side, segments)
        export = replace(export, **{side: replace(getattr(export, side), origin=origin)})
    found = verify(export, *inputs).findings
    return [(f.kind, Path(f.file).name, f.text, f.place, f.found) for f in found]


def _untraced(text: str, number: int) -> Segment:
    return Segment(text, number, number)


def _traced(document: Document, texts: list[str]) -> Iterator[Segment]:
    reached = 0
    for text in texts:
        alike = [each for each in document.segments if each.text == text]
        found = next((each for each in alike if each.start >= reached), alike[0])
        reached = found.stop
        yield found


WHOLE = ["Yes.", "The dog barks.", "Yes.", "The cat sleeps.", "No."]


@pytest.mark.parametrize("exact", [True, False])
@pytest.mark.parametrize(
    ("order", "moved"),
    [
        ((0, 1, 2, 3, 4), set()),
        ((0, 2, 1, 3, 4), {"The dog barks."}),
        ((0, 1, 2, 4, 3), {"The cat sleeps."}),
        ((4, 3, 2, 1, 0), {"The cat sleeps.", "Yes."}),
    ],
)
def test_what_repeats_itself_is_accounted_for_as_often_in_its_order(
    two_texts: tuple[Path, Path], exact: bool, order: tuple[int, ...], moved: set[str]
) -> None:
    found = held(two_texts, exact=exact, src=[WHOLE[i] for i in order])
    assert {each[0] for each in found} <= {"moved"}
    assert {each[2] for each in found} == moved


@pytest.mark.parametrize("exact", [True, False])
def test_what_is_there_once_too_often_is_doubled(two_texts: tuple[Path, Path], exact: bool) -> None:
    found = held(two_texts, exact=exact, src=[*WHOLE, "Yes."])
    assert [each[:3] for each in found] == [("doubled", "z.txt", "Yes.")]
    found = held(two_texts, exact=exact, src=[WHOLE[0], *WHOLE])
    assert [each[:3] for each in found] == [("doubled", "z.txt", "Yes.")]
    found = held(two_texts, exact=exact, src=WHOLE[1:])
    assert [each[:3] for each in found] == [("missing", "z.txt", "Yes.")]


def test_findings_are_in_the_order_of_the_inputs(two_texts: tuple[Path, Path]) -> None:
    src = ["Yes.", "The dog barks.", "Yes.", "Yes.", "New.", "No."]
    assert held(two_texts, exact=False, src=src, tgt=["Да.", "Собака лает.", "Да.", "Нет."]) == [
        ("doubled", "z.txt", "Yes.", "line 1", ""),
        ("changed", "z.txt", "The cat sleeps.", "line 7", "New."),
        ("missing", "a.txt", "Кошка спит.", "line 7", ""),
    ]
    assert held(two_texts, exact=False, src=WHOLE[:4], tgt=["Собака лает.", "Да.", "Нет."]) == [
        ("missing", "z.txt", "No.", "line 9", ""),
        ("missing", "a.txt", "Да.", "line 1", ""),
        ("missing", "a.txt", "Кошка спит.", "line 7", ""),
    ]


@pytest.mark.parametrize(
    ("src", "expected"),
    [
        (["Yes.", "The wolf howls.", *WHOLE[2:]], [("changed", "line 3", "The wolf howls.")]),
        (["Yes.", "The wolf", "howls.", *WHOLE[2:]], [("changed", "line 3", "The wolf howls.")]),
        (["Oui.", *WHOLE[1:]], [("changed", "line 1", "Oui.")]),
        ([*WHOLE[:4], "Non."], [("changed", "line 9", "Non.")]),
        (
            ["Yes.", "A wolf.", "Yes.", "A fox.", "No."],
            [("changed", "line 3", "A wolf."), ("changed", "line 7", "A fox.")],
        ),
        # What is missing elsewhere is not what stands in its place.
        (
            ["The dog barks.", "Yes.", "A fox.", "No."],
            [("missing", "line 1", ""), ("changed", "line 7", "A fox.")],
        ),
        (
            ["Yes.", "A fox.", "The dog barks.", "Yes.", "No."],
            [("added", "", ""), ("missing", "line 7", "")],
        ),
        # Nor does a text that is there once too often say where its neighbours are.
        (
            ["Yes.", "Yes.", "The cat sleeps.", "Yes.", "A fox."],
            [("doubled", "line 1", ""), ("missing", "line 3", ""), ("changed", "line 9", "A fox.")],
        ),
        ([*WHOLE[:2], "A wolf.", *WHOLE[2:]], [("added", "", "")]),
        ([*WHOLE, "One.", "Two."], [("added", "", ""), ("added", "", "")]),
    ],
)
def test_what_stands_nowhere_is_set_against_what_stands_in_its_place(
    two_texts: tuple[Path, Path], src: list[str], expected: list[tuple[str, str, str]]
) -> None:
    found = held(two_texts, exact=False, src=src)
    assert [(kind, place, instead) for kind, _, _, place, instead in found] == expected


def test_sides_are_turned_only_where_the_languages_say_so(two_texts: tuple[Path, Path]) -> None:
    english = "The weather was very good on that day, and everybody went down to the river. "
    russian = "Погода в тот день была очень хорошая, и все отправились вниз, к самой реке. "
    for path, text in zip(two_texts, (english, russian), strict=True):
        path.write_text(text * 3, "utf-8")
    export = pair_up(*two_texts)
    unknown = replace(
        export,
        src=replace(export.src, origin=Origin("x")),
        tgt=replace(export.tgt, origin=Origin("y")),
    )
    turned = unknown.swapped()
    note = f"the export's target is held against {two_texts[0]}, by its language"
    assert note in verify(turned, *two_texts).notes
    assert verify(turned, *two_texts).findings == ()
    for other, inputs in ((unknown, two_texts), (turned, two_texts[::-1])):
        assert note not in verify(other, *inputs).notes
    # What was read from these very bytes stays; so does what is in neither language.
    kept = replace(turned, src=replace(turned.src, origin=export.src.origin))
    assert note not in verify(kept, *two_texts).notes
    kept = replace(turned, tgt=replace(turned.tgt, origin=export.tgt.origin))
    assert note not in verify(kept, *two_texts).notes
    # One side's language says so, and the other's that it cannot be.
    french = two_texts[1].with_name("f.txt")
    said = "Il faisait très beau ce jour-là, et tout le monde est allé à la rivière. "
    french.write_text(said * 3, "utf-8")
    assert note not in verify(turned, two_texts[0], french).notes
    both = replace(turned, src=replace(turned.src, lang="en"))
    assert not any("is held against" in line for line in verify(both, *two_texts).notes)
