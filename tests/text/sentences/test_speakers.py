"""A speaker's name belongs to what is said."""

import pytest

from aligner.text.sentences.speakers import LONGEST
from aligner.text.sentences.splitter import segment
from aligner.types import Block, Document, Origin

PLAY = (
    "ACT I",
    "MILLER. The wheel stands still. Who was here?",
    "ANNA (laughing). Nobody. It is the frost.",
    "MILLER. Say that again!",
    "MRS. HILL. Peace. The bread is on the table.",
    "ANNA. I will not.",
    "The door opens. JOHN comes in.",
    "MRS. HILL. Nor I.",
    "MILLER. Then stay.",
    "_Anna._ Where?",
    "MRS. HILL. Here.",
)


def cut(texts, lang="en"):
    blocks = tuple(Block(text, start=1000 * at) for at, text in enumerate(texts))
    document = segment(Document(blocks, lang, Origin("")))
    return [[s.text for s in document.segments if s.block == at] for at in range(len(texts))]


def test_speakers_stand_with_what_they_say():
    assert cut(PLAY) == [
        ["ACT I"],
        ["MILLER. The wheel stands still.", "Who was here?"],
        ["ANNA (laughing). Nobody.", "It is the frost."],
        ["MILLER. Say that again!"],
        ["MRS. HILL. Peace.", "The bread is on the table."],
        ["ANNA. I will not."],
        ["The door opens.", "JOHN comes in."],
        ["MRS. HILL. Nor I."],
        ["MILLER. Then stay."],
        ["_Anna._ Where?"],
        ["MRS. HILL. Here."],
    ]


@pytest.mark.parametrize(
    ("lang", "names", "said"),
    [
        ("ru", ("Мельник", "Анна"), "Колесо стоит. Кто здесь был?"),
        ("de", ("MÜLLER", "ANNA"), "Das Rad steht still. Wer war hier?"),
        ("cs", ("Mlynář", "Anna"), "Kolo stojí. Kdo tu byl?"),
        ("fr", ("LE MEUNIER", "ANNE"), "La roue ne tourne plus. Qui est venu?"),
        ("el", ("ΜΥΛΩΝΑΣ", "ΑΝΝΑ"), "Ο τροχός στέκει. Ποιος ήταν εδώ;"),
    ],
)
def test_plays_in_any_language(lang, names, said):
    first, second = said.split(". ")
    texts = [f"{name}. {said}" for _ in range(3) for name in names]
    expected = [[f"{name}. {first}.", second] for _ in range(3) for name in names]
    assert cut(texts, lang) == expected


def test_a_story_has_no_speakers():
    story = (
        *("Yes. I know that well.", "No. You know nothing.") * 3,
        *("The mill stood still all winter. Nobody asked why it did so.",) * 12,
    )
    assert cut(story)[:2] == [["Yes.", "I know that well."], ["No.", "You know nothing."]]


def test_one_who_speaks_alone_is_nobody_yet():
    assert cut(["Anna. The wheel stands still."] * 5)[0] == ["Anna.", "The wheel stands still."]


@pytest.mark.parametrize(("length", "speaks"), [(LONGEST, True), (LONGEST + 1, False)])
def test_a_name_is_no_longer_than_a_name(length, speaks):
    name = "A" + "n" * (length - 1)
    texts = [f"{each}. The wheel stands still. Who was here?" for each in (name, "BERG")] * 4
    first = cut(texts)[0]
    wheel = "The wheel stands still."
    assert first[:-1] == ([f"{name}. {wheel}"] if speaks else [f"{name}.", wheel])
