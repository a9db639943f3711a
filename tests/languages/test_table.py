"""The table of languages agrees with the data, the encoder and the registry."""

from importlib.resources import files

import pytest

from aligner.encoders.embedded import EmbeddedEncoder
from aligner.languages.language_tags import plain_name
from aligner.languages.subtag_registry import likely_script, registered_name
from aligner.languages.table import (
    _read,
    confusable,
    direction,
    find,
    identified,
    known_as,
    languages,
    made_for,
    script,
    scripts,
    separator,
    telling_script,
)
from aligner.text.sentences.lexicon import DATA, lexicon
from aligner.text.sentences.splitter import split

# Told by letters of one script, written in what the registry counts as another, or as several.
SEVERAL = {"ja": "Jpan", "ko": "Kore", "zh": "Hans", "yue": "Hant"}


def test_who_splits_is_who_has_data():
    data = {path.name.removesuffix(".txt") for path in files(DATA).iterdir()
            if path.name.endswith(".txt")}  # fmt: skip
    assert {tag for tag, each in languages().items() if each.splitter} == data - {"any"}
    assert {each.splitter for each in languages().values()} == {"", "own", "thai"}


def test_the_encoder_was_made_for_whom_the_table_says():
    assert EmbeddedEncoder.languages == made_for("embedded")
    assert " ".join(sorted(made_for("embedded"))) == "ar de en es fr it ja ko nl pl pt ru th tr zh"
    assert {each.encoder for each in languages().values()} == {"", "embedded"}
    assert made_for("another") == frozenset()


def test_languages_that_are_confused_are_in_the_table():
    groups = _read()["confusable"]["groups"]
    assert {tag for group in groups for tag in group} <= identified()
    assert all(len(group) == len(set(group)) > 1 for group in groups)


def test_confusion_goes_both_ways_and_not_on():
    for tag in languages():
        assert all(known_as(tag) in confusable(other) for other in confusable(tag))
    assert {"sr", "ru", "uk"} <= confusable("bg")
    assert "ru" not in confusable("sr")  # both are mistaken for Bulgarian, not for each other
    assert confusable("el") == {"el"}
    assert confusable("nb") == confusable("no")


@pytest.mark.parametrize("tag", languages())
def test_the_registry_knows_every_entry(tag):
    entry = languages()[tag]
    assert registered_name(tag)
    assert SEVERAL.get(tag, entry.scripts[0]) == likely_script(tag)
    assert entry.macrolanguage == "" or entry.macrolanguage in languages()


def test_nobody_is_known_as_one_who_is_known_as_another():
    for tag in languages():
        assert known_as(known_as(tag)) == known_as(tag)
        assert find(tag) is languages()[known_as(tag)]


def test_names_are_of_one_language_each():
    assert len({each.name for each in languages().values()}) == len(languages())
    assert plain_name("nb") == "Norwegian Bokmål"


@pytest.mark.parametrize("code", scripts())
def test_a_script_is_told_by_its_own_letters_alone(code):
    letters = {"Latn": "aÉ", "Cyrl": "яі", "Grek": "ωᾳ", "Hebr": "ש", "Arab": "عگ", "Deva": "क",
               "Thai": "ก", "Hang": "한", "Hani": "漢かカ", "Armn": "հ", "Geor": "მ"}  # fmt: skip
    own = scripts()[code].letters
    assert (own is not None) == (code in letters)
    if own is not None:
        for each, text in letters.items():
            assert all((own.fullmatch(letter) is not None) == (each == code) for letter in text)
        assert not own.search("1 .,!«»")


@pytest.mark.parametrize("tag", ["no", "nb", "nn", "nb-NO"])
def test_the_norwegian_rules_split_all_norwegian(tag):
    assert known_as(tag) == "no"
    assert lexicon(tag) is lexicon("no")
    # "f.eks." is the Norwegian "e.g.": the rules for all languages end a sentence there.
    text = "Han kjøpte mat, f.eks. Melk. Så gikk han hjem."
    assert [text[start:stop] for start, stop in split(text, tag)] == [
        "Han kjøpte mat, f.eks. Melk.", "Så gikk han hjem."
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("tag", "expected"),
    [("ar", "rtl"), ("he", "rtl"), ("fa", "rtl"), ("ur", "rtl"), ("yi", "rtl"), ("dv", "rtl"),
     ("ckb", "rtl"), ("nqo", "rtl"), ("az-Arab", "rtl"), ("pa-PK", "rtl"), ("ff-Adlm", "rtl"),
     ("az", "ltr"), ("pa", "ltr"), ("ff", "ltr"), ("en", "ltr"), ("zh-TW", "ltr"),
     ("sr-Latn", "ltr"), ("uz-Cyrl", "ltr"), ("", "ltr"), ("xx", "ltr")],
)  # fmt: skip
def test_direction(tag, expected):
    assert direction(tag) == expected


@pytest.mark.parametrize(
    ("tag", "expected"),
    [("zh", ""), ("zh-TW", ""), ("cmn", ""), ("yue", ""), ("yue-HK", ""), ("ja", ""), ("th", ""),
     ("en", " "), ("ko", " "), ("vi", " "), ("eo", " "), ("", " "), ("xx", " ")],
)  # fmt: skip
def test_separator(tag, expected):
    assert separator(tag) == expected


@pytest.mark.parametrize(
    ("tag", "expected"),
    [("ru", "Cyrl"), ("en-GB", "Latn"), ("nb", "Latn"), ("yi", "Hebr"), ("zh-TW", "Hani"),
     ("sr", ""), ("sr-Latn", ""), ("kk", ""), ("ta", ""), ("eo", "Latn")],
)  # fmt: skip
def test_a_script_tells_a_language_that_has_one(tag, expected):
    assert telling_script(tag) == expected


def test_what_nobody_writes_is_taken_for_unasked():
    assert identified() == set(languages()) - {"eo", "la", "nb", "nn", "yi", "yue"}


def test_where_the_year_stands_first():
    first = {tag for tag, each in languages().items() if each.year_first}
    assert first == {"hu", "ko"}


@pytest.mark.parametrize(
    ("tag", "expected"),
    [("zh", "Hani"), ("ko", "Hang"), ("sr", "Cyrl"), ("sr-Latn", "Latn"), ("pa-PK", "Arab"),
     ("ckb", "Arab"), ("zh-TW", "Hant"), ("en-a", "")],
)  # fmt: skip
def test_the_script_that_a_tag_names_goes_before_the_usual_one(tag, expected):
    assert script(tag) == expected
