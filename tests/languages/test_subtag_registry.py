"""What the registry of subtags says where the table says nothing."""

import pytest

from aligner.errors import LanguageError
from aligner.languages.subtag_registry import (
    is_registered,
    likely_script,
    macrolanguage,
    registered_name,
    standardise,
    with_region,
)


@pytest.mark.parametrize("tag", ["en-a", "en-GB-GB", "en-abcdefghi", "abcdefghi", "i-klingon-x"])
def test_what_breaks_the_grammar_of_tags_is_refused_with_a_remedy(tag):
    with pytest.raises(LanguageError, match=f"^'{tag}' is not a language tag; use a BCP-47 tag"):
        standardise(tag)


@pytest.mark.parametrize(
    ("language", "known"),
    [("nb", True), ("gsw", True), ("fil", True), ("tl", True), ("am", True), ("tlh", True),
     ("xx", False), ("zz", False), ("qx", False), ("und", False)],
)  # fmt: skip
def test_what_is_registered(language, known):
    assert is_registered(language) is known
    assert bool(registered_name(language)) is (known or language == "und")


@pytest.mark.parametrize(
    ("language", "name"),
    [("eo", "Esperanto"), ("lb", "Luxembourgish"), ("gsw", "Swiss German"), ("fil", "Filipino"),
     ("zz", ""), ("Latn", ""), ("GB", ""), ("valencia", "")],
)  # fmt: skip
def test_the_first_of_several_names_is_the_language_s(language, name):
    assert registered_name(language) == name


@pytest.mark.parametrize(
    ("language", "above"),
    [("arb", "ar"), ("cmn", "zh"), ("en", "en"), ("eo", "eo"), ("xx", "xx"), ("", ""),
     ("no such", "no such")],
)  # fmt: skip
def test_macrolanguages(language, above):
    assert macrolanguage(language) == above


@pytest.mark.parametrize(
    ("tag", "script"),
    [("en", "Latn"), ("en-GB", "Latn"), ("ckb", "Arab"), ("pa-PK", "Arab"), ("sr-Latn", "Latn"),
     ("zh-TW", "Hant"), ("dv", "Thaa"), ("en-a", "")],
)  # fmt: skip
def test_likely_scripts(tag, script):
    assert likely_script(tag) == script


@pytest.mark.parametrize(
    ("tag", "expected"),
    [("en", "en-US"), ("ru", "ru-RU"), ("no", "nb-NO"), ("nb", "nb-NO"), ("sr", "sr-Cyrl-RS"),
     ("sr-Latn", "sr-Latn-RS"), ("zh", "zh-CN"), ("zh-Hant", "zh-TW"), ("zh-Hans", "zh-CN"),
     ("en-GB", "en-GB"), ("pt-BR", "pt-BR"), ("es-419", "es-419"),
     ("eo", "eo"), ("xx", "xx"), ("", ""), ("en-a", "en-a")],
)  # fmt: skip
def test_regions_that_programs_know(tag, expected):
    assert with_region(tag) == expected
    assert with_region(expected) == expected
