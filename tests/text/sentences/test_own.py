"""Abbreviations of one's own: read, refused in one line, and obeyed."""

import pytest

from aligner.errors import ReadError
from aligner.text.sentences.own import OwnAbbreviations, load
from aligner.text.sentences.splitter import split


@pytest.fixture
def written(tmp_path):
    def write(text):
        path = tmp_path / "own.txt"
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
        return path

    return write


def sentences(text, lang, own):
    return [text[start:stop] for start, stop in split(text, lang, own.lexicon(lang))]


TEXT = "They saw Bgm. Miller there. She left."


def test_without_a_file_nothing_changes():
    assert load(None) == OwnAbbreviations()
    assert load(None).settings == {}
    assert sentences(TEXT, "en", load(None)) == ["They saw Bgm.", "Miller there.", "She left."]


@pytest.mark.parametrize(
    "text",
    [
        "Bgm",
        "Bgm.",
        "bgm",
        "\ufeffbgm",
        "[never]\nbgm",
        "[never en]\nbgm",
        "[never en-GB]\nx bgm # y",
    ],
)
def test_a_word_without_a_section_or_in_never_ends_no_sentence(written, text):
    found = sentences(TEXT, "en-US", load(written(text)))
    assert found == ["They saw Bgm. Miller there.", "She left."]


def test_what_is_said_of_another_language_is_not_said_of_this_one(written):
    own = load(written("[never de]\nbgm\n[maybe fr]\ncomte"))
    assert len(sentences(TEXT, "en", own)) == 3
    assert len(sentences("Ich sah Bgx. Müller. Sie ging.", "de", own)) == 3


def test_maybe_ends_one_before_an_opener_alone(written):
    own = load(written("[maybe]\nbgm"))
    assert sentences("He met the bgm. Miller left. He saw the bgm. The end.", "en", own) == [
        "He met the bgm. Miller left.",
        "He saw the bgm.",
        "The end.",
    ]


def test_number_ends_none_before_a_number(written):
    own = load(written("[number]\nitm"))
    assert sentences("See itm. 5 below. See the itm. Miller left.", "en", own) == [
        "See itm. 5 below.",
        "See the itm.",
        "Miller left.",
    ]


def test_unit_ends_one_before_a_capital(written):
    own = load(written("[unit]\nblg"))
    text = "It weighed about 80 blg. Nobody knew."
    assert len(sentences(text, "en", own)) == 2


def test_the_own_word_wins_over_the_programs_and_a_languages_over_all(written):
    text = "They met the prof. The house was old."
    assert len(sentences(text, "en", load(None))) == 1
    assert len(sentences(text, "en", load(written("[maybe]\nprof")))) == 2
    assert len(sentences(text, "en", load(written("[maybe]\nprof\n[never en]\nprof")))) == 1
    assert len(sentences(text, "en", load(written("[never en]\nprof\n[maybe]\nprof")))) == 1
    assert len(sentences(text, "en", load(written("[maybe en]\nprof\n[never]\nprof")))) == 2


def test_the_digest_is_that_of_the_file(written):
    one, other = load(written("bgm")).settings, load(written("bgm ")).settings
    assert one.keys() == other.keys() == {"abbreviations"}
    assert one != other
    assert one == load(written("bgm")).settings


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "there are no abbreviations in it"),
        ("# nothing\n[never]\n", "there are no abbreviations in it"),
        ("[openers]\nThe", "line 1: [openers] is no list of abbreviations; write [never]"),
        ("bgm\n\n[]\nx", "line 3: “[]” is no abbreviation"),
        ("[never xx-]\nbgm", "line 1: [never xx-] names no language"),
        ("[never xqx]\nbgm", "line 1: [never xqx] names no language"),
        ("[never German]\nbgm", "line 1: [never German] names no language"),
        ("bgm\n12.\n", "line 2: “12.” is no abbreviation; take it out"),
        ("[never\nbgm", "line 1: “[never” is no abbreviation"),
        ("x" * 100, "line 1: “" + "x" * 40 + "…” is no abbreviation"),
        (b"b\xfcrg", "this is not text in UTF-8; save it as that"),
        (b"PK\x03\x04\x00\xff", "this is not text in UTF-8"),
    ],
)
def test_a_bad_file_is_one_clear_line(written, text, said):
    path = written(text)
    with pytest.raises(ReadError) as caught:
        load(path)
    assert str(caught.value).startswith(str(path))
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_not_there_or_a_folder_is_said(tmp_path):
    with pytest.raises(ReadError, match="there is no such file"):
        load(tmp_path / "none.txt")
    with pytest.raises(ReadError, match="a folder"):
        load(tmp_path)
