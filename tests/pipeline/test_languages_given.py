"""Languages that were given and do not fit are obeyed, and the user is told in one line."""

import logging

import pytest

from aligner.languages.given import GivenLanguages
from aligner.pipeline.opening import open_sides
from tests.text.bilingual.test_two_texts import ENGLISH, GERMAN, RUSSIAN


@pytest.fixture
def said(caplog):
    caplog.set_level(logging.WARNING, "aligner")
    return lambda: [record.getMessage() for record in caplog.records]


def save(path, lines):
    path.write_text("\n\n".join(lines), "utf-8")
    return path


def test_languages_that_fit_are_taken_without_a_word(tmp_path, said):
    files = save(tmp_path / "a.txt", ENGLISH), save(tmp_path / "b.txt", RUSSIAN)
    src, tgt = open_sides(*files, GivenLanguages.of("en-GB", "ru"))
    assert (src.lang, tgt.lang) == ("en-GB", "ru")
    assert said() == []


@pytest.mark.parametrize("given", ["ru", "zh", "de"])
def test_a_text_in_another_language(tmp_path, said, given):
    files = save(tmp_path / "a.txt", ENGLISH), save(tmp_path / "b.txt", RUSSIAN)
    src, _ = open_sides(*files, GivenLanguages.of(given, "uk"))
    assert src.lang == given
    (line,) = said()  # Ukrainian is mistaken for Russian by programs: no word of that
    assert line.startswith(f"{files[0]}: it looks like English (en), and is taken for ")


def test_twice_the_same_language(tmp_path, said):
    files = save(tmp_path / "a.txt", ENGLISH), save(tmp_path / "b.txt", ENGLISH)
    src, tgt = open_sides(*files, GivenLanguages.of("en", "en-US"))
    assert len(src.blocks) == len(tgt.blocks) == len(ENGLISH)
    assert said() == ["both texts are taken for English (en), as you said"]


def test_one_file_whose_languages_are_others(tmp_path, said):
    path = save(tmp_path / "both.txt", [*ENGLISH, *RUSSIAN])
    open_sides(path, None, GivenLanguages.of("de", "ru"))
    assert said() == [f"{path}: what looks like English (en) is taken for German (de), as you said"]


def test_one_file_that_has_neither_language(tmp_path, said):
    path = save(tmp_path / "both.txt", [*ENGLISH, *GERMAN])
    with pytest.raises(Exception, match="no text in"):
        open_sides(path, None, GivenLanguages.of("ru", "zh"))
    (line,) = said()
    assert "hardly anything in it is in Russian (ru) or Chinese (zh)" in line
