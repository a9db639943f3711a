"""What is surely in neither language of a pair."""

import pytest

from aligner.text.blocks.frames import without_frames
from aligner.text.blocks.paragraphs import cut
from aligner.types import Document, Origin

GERMAN = (
    "Das alte Haus stand am Ende einer langen Straße, die seit dem Krieg niemand mehr gekehrt "
    "hatte. Im Winter lag der Schnee bis in den März vor der Tür, und die Kinder erzählten, dass "
    "dort ein Kapitän wohne, der sein Schiff verkauft habe."
)
ENGLISH = (
    "The old house stood at the end of a long road that nobody had swept since the war. In winter "
    "the snow lay before its door until March, and the children said that a captain lived there "
    "who had sold his ship and who never spoke of it to anybody, not even to the postman, who "
    "came twice a week and knew everything. On Sundays smoke rose from the chimney, and "
    "somebody played the piano until the lamps were lit."
)
LATIN = "Hic est, inquit, qui navem vendidit et numquam de ea locutus est."


def read(*paragraphs, lang="de"):
    return Document(cut("\n\n".join(paragraphs)), lang, Origin("book.txt"))


def foreign(document, other):
    found = without_frames(document, other)
    return [piece.text for piece in found.left_out if piece.reason == "other language"]


@pytest.mark.parametrize("other", ["en", "fr", "pl"])
@pytest.mark.parametrize("position", [0, 3, 6])
def test_a_long_stretch_is_left_out(other, position):
    paragraphs = [GERMAN] * 6
    paragraphs.insert(position, ENGLISH)
    assert foreign(read(*paragraphs), other) == [ENGLISH]


def test_several_blocks_are_left_out_with_what_stands_between():
    english = ENGLISH.split(". ")
    document = read(*[GERMAN] * 4, *english[:2], "Chapter 2", english[2], *[GERMAN] * 4)
    assert foreign(document, "en") == [*english[:2], "Chapter 2", english[2]]


@pytest.mark.parametrize(
    "quotation", [LATIN, "“To be or not to be, that is the question.”", "Oui, monsieur!"]
)
def test_a_short_quotation_stays(quotation):
    assert foreign(read(*[GERMAN] * 4, quotation, GERMAN), "en") == []


def test_a_long_book_is_not_asked_line_by_line():
    paragraphs = [f"{GERMAN} Kapitel {number} ist zu Ende." for number in range(450)]
    paragraphs.insert(223, ENGLISH)
    assert foreign(read(*paragraphs), "en") == [ENGLISH]


@pytest.mark.parametrize(("lang", "other"), [("de", ""), ("xx", "en"), ("en", "de")])
def test_what_cannot_be_told_stays(lang, other):
    document = read(ENGLISH, ENGLISH, ENGLISH, lang=lang)
    assert foreign(document, other) == []


def test_a_text_wholly_in_another_language_than_its_own_stays():
    assert foreign(read(ENGLISH, ENGLISH, lang="de"), "fr") == []
