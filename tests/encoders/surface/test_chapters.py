"""Which segments are headings of numbered chapters, in whatever words."""

import numpy as np
import pytest

from aligner.encoders.surface import read_surface
from aligner.encoders.surface.chapters import chapter_numbers

RUNNING = "The mill stood still all winter and nobody asked why it did so."


def book(headings, length=60):
    """Texts and breaks of a book: each heading a block, then a block of running text."""
    texts, breaks = [], []
    for heading in headings:
        texts += [heading, *[RUNNING] * length]
        breaks += [True, True, *[False] * (length - 1)]
    breaks[0] = False
    return texts, np.array(breaks)


def read(headings, lang, length=60):
    texts, breaks = book(headings, length)
    numbers = chapter_numbers(texts, breaks, lang)
    at = np.arange(len(headings)) * (length + 1)
    assert np.count_nonzero(np.delete(numbers, at)) == 0
    return numbers[at].tolist()


@pytest.mark.parametrize(
    ("lang", "headings"),
    [
        ("en", ("CHAPTER I. The Mill", "CHAPTER II. The Miller", "CHAPTER III. The Flood")),
        ("en", ("I", "II", "III")),
        ("en", ("* 1 *", "* 2 *", "* 3 *")),
        ("en", ("Chapter the First", "Chapter the Second", "Chapter the Third")),
        ("de", ("Kapitel eins", "Kapitel zwei", "Kapitel drei")),
        ("de", ("Erstes Kapitel", "Zweites Kapitel", "Drittes Kapitel")),
        ("de", ("1. Kapitel: Die Mühle", "2. Kapitel: Der Müller", "3. Kapitel: Die Flut")),
        ("ru", ("ГЛАВА ПЕРВАЯ", "ГЛАВА ВТОРАЯ", "ГЛАВА ТРЕТЬЯ")),
        ("zh", ("第一回　磨坊", "第二回　磨主", "第三回　洪水")),
        ("zh-TW", ("第一章", "第二章", "第三章")),
        ("ja", ("一", "二", "三")),
        ("ko", ("제1장 방앗간", "제2장 방앗간 주인", "제3장 홍수")),
        ("es", ("Capítulo primero. El molino", "Capítulo II. El molinero", "Capítulo III.")),
        ("fr", ("Livre premier", "Livre deuxième", "Livre troisième")),
        ("pl", ("Rozdział pierwszy", "Rozdział drugi", "Rozdział trzeci")),
        ("fi", ("Ensimmäinen luku", "Toinen luku", "Kolmas luku")),
        ("ar", ("الفصل الأول", "الفصل الثاني", "الفصل الثالث")),
    ],
)
def test_headings_of_chapters(lang, headings):
    assert read(headings, lang) == [1, 2, 3]


def test_chapters_may_be_missing_and_begin_anew():
    headings = ("Part I", "Part II", "Part V", "Part I", "Part II")
    assert read(headings, "en") == [1, 2, 5, 1, 2]


def test_a_first_chapter_may_stand_alone():
    assert read(("I.", "A letter"), "en") == [1, 0]


@pytest.mark.parametrize(
    "lines",
    [
        ("I saw three ships", "I saw one mill"),
        ("Number nine", "Gate four"),
        ("Yes", "No"),
        ("No. 7 is mine, said the miller, and nobody else may have it before noon.",) * 2,
        ("1984", "1985"),
    ],
)
def test_lines_that_are_no_headings(lines):
    assert read(lines, "en") == [0, 0]


def test_of_lists_of_sentences_every_one_may_be_a_heading():
    texts, _ = book(("Chapter 1", "Chapter 2"))
    numbers = chapter_numbers(texts, np.zeros(len(texts), bool), "en")
    assert np.nonzero(numbers)[0].tolist() == [0, 61]


def test_a_short_text_has_none():
    assert read(("Chapter 1", "Chapter 2"), "en", length=10) == [0, 0]


def test_the_number_of_a_heading_is_one_of_its_numbers():
    texts, breaks = book(("Kapitel eins", "Kapitel 2", "Kapitel drei mit 40 Leuten"))
    surface = read_surface(texts, np.cumsum(breaks).tolist(), "de")
    found = [
        surface.numbers[surface.number_starts[at] : surface.number_starts[at + 1]].tolist()
        for at in (0, 61)
    ]
    assert found == [[1], [2]]
