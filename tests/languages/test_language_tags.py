"""Every registered language may be given; what is none is refused in one line."""

import langcodes
import pytest
from langcodes.registry_parser import parse_registry

from aligner.errors import LanguageError
from aligner.languages.given import NOT_GIVEN, GivenLanguages
from aligner.languages.language_tags import (
    canonical,
    is_listed,
    is_registered,
    name,
    plain_name,
    primary,
    tag_of,
)
from aligner.languages.table import languages
from tests.cli.running import aligner, error_line

REGISTRY = sorted(
    {entry["Subtag"] for entry in parse_registry()
     if entry.get("Type") == "language" and ".." not in entry["Subtag"]} - {"und"}
)  # fmt: skip


def test_every_registered_language_may_be_given():
    assert len(REGISTRY) > 8000
    for tag in REGISTRY:
        found = canonical(tag)
        assert canonical(found) == found
        assert is_registered(found), f"{tag} became {found}"


@pytest.mark.parametrize("tag", ["nb", "nn", "yi", "lb", "eo", "am", "fil", "tl", "gsw"])
def test_these_are_canonical(tag):
    assert canonical(tag) == canonical(tag.upper()) == tag
    assert is_registered(tag)


@pytest.mark.parametrize(
    ("tag", "expected"),
    [("cmn", "zh"), ("cmn-Hans-CN", "zh-Hans-CN"), ("sh", "sr-Latn"), ("iw", "he"), ("in", "id"),
     ("mo", "ro"), ("zh_tw", "zh-TW"), ("ZH-HANT", "zh-Hant"), ("nob", "nb"), ("TGL", "fil"),
     ("TL-ph", "tl-PH"), ("art-lojban", "jbo"), ("en-x-mine", "en-x-mine")],
)  # fmt: skip
def test_the_tag_that_is_preferred(tag, expected):
    assert canonical(tag) == expected
    assert canonical(expected) == expected
    assert langcodes.tag_is_valid(expected)


@pytest.mark.parametrize("tag", ["xx", "qx-RU", "zz", "und", "und-Latn"])
def test_what_is_well_formed_and_no_language(tag):
    assert canonical(tag) == tag
    assert not is_registered(tag)


@pytest.mark.parametrize("tag", ["en-a", "en-GB-GB", "x-mine", "abcd", "en-", "-en", "e\u0301n"])
def test_what_is_no_tag_is_refused(tag):
    with pytest.raises(LanguageError, match="is not a language tag; use a BCP-47 tag"):
        canonical(tag)


@pytest.mark.parametrize(
    ("tag", "said"),
    [("en-GB-GB", "'en-GB-GB' is not a language tag"),
     ("x-mine", "'x-mine' is not a language tag"),
     ("zz", "'zz', which is no language that aligner knows")],
)  # fmt: skip
def test_align_refuses_it_in_one_line(tmp_path, tag, said):
    for each in ("a.txt", "b.txt"):
        (tmp_path / each).write_text("The river rose during the night.\n", "utf-8")
    files = str(tmp_path / "a.txt"), str(tmp_path / "b.txt")
    line = error_line(aligner("align", *files, "--src-lang", "en", "--tgt-lang", tag, cwd=tmp_path))
    assert said in line


def test_names_are_the_registry_s_and_back():
    assert name("gsw-CH") == "Swiss German (gsw-CH)"
    assert plain_name("gsw-CH") == "Swiss German"
    assert plain_name("en-GB") == "English"
    assert (name("zz-RU"), plain_name("zz-RU")) == ("zz-RU", "zz-RU")
    assert all(tag_of(plain_name(tag)) == tag for tag in languages())
    assert tag_of("NORWEGIAN bokmål") == "nb"
    assert (tag_of("Swiss German"), tag_of("")) == ("", "")


@pytest.mark.parametrize("suffix", ["txt", "bak", "doc", "old", "tmp", "log", "src", "csv", "tgt"])
def test_what_ends_file_names_is_no_listed_language(suffix):
    assert is_registered(canonical(suffix)), "it is the code of some language"
    assert not is_listed(suffix)


@pytest.mark.parametrize("tag", ["en", "EN", "eng", "zh_tw", "nb", "cmn", "sr-Latn"])
def test_what_a_file_may_be_named_by(tag):
    assert is_listed(tag)


@pytest.mark.parametrize("text", ["", "1", "e", "no such", "english", "tlh", "en."])
def test_what_a_file_may_not_be_named_by(text):
    assert not is_listed(text)


def test_primary_subtags_have_no_case():
    assert (primary("ZH-Hant-TW"), primary("en"), primary("")) == ("zh", "en", "")


def test_given_languages_are_canonical():
    given = GivenLanguages.of("EN_gb", "", by="as the file says")
    assert given.tags == ("en-GB", None)
    assert given.by == "as the file says"
    assert GivenLanguages.of(None, "rus").tags == (None, "ru")
    assert NOT_GIVEN.tags == (None, None)
    with pytest.raises(LanguageError):
        GivenLanguages.of("en", "no such")
