"""Languages choose what is read of a file that holds several; they do not relabel it."""

import itertools
import logging
import random

import pytest

from aligner.errors import ReadError
from aligner.formats.readers import read
from aligner.formats.readers.language_choice import ANY, Wanted, choose
from tests.formats.readers.memories import memory, tu


def pairs(bitext):
    src, tgt = bitext.src.texts, bitext.tgt.texts
    return [
        (" ".join(src[b.src.start : b.src.stop]), " ".join(tgt[b.tgt.start : b.tgt.stop]))
        for b in bitext.alignment.beads
    ]


def languages(bitext):
    return bitext.src.lang, bitext.tgt.lang


MANY = [
    tu(en="Yes", ar="نعم", de="Ja", fr="Oui"),
    tu(en="No", ar="لا", de="Nein", fr="Non"),
    tu(en="Stop", fr="Halte"),
]


@pytest.mark.parametrize("wanted", list(itertools.permutations(["en", "ar", "de", "fr"], 2)))
def test_languages_choose(tmp_path, wanted, caplog):
    path = memory(tmp_path, MANY)
    src, tgt = wanted
    found = read(path, src_lang=src, tgt_lang=tgt)
    assert languages(found) == wanted
    first = {"en": "Yes", "ar": "نعم", "de": "Ja", "fr": "Oui"}
    assert pairs(found)[0] == (first[src], first[tgt])
    (said,) = (line for line in caplog.messages if "read are" in line)
    others = [tag for tag in first if tag not in wanted]
    assert said == f"{path}: read are {src} and {tgt}, not {', '.join(others)}"


def test_one_language_chooses_its_own_side(tmp_path):
    path = memory(tmp_path, MANY)
    assert languages(read(path, src_lang="FRA", tgt_lang="de_DE")) == ("fr", "de-DE")
    assert languages(read(path)) == ("en", "ar")
    assert languages(read(path, tgt_lang="fr")) == ("en", "fr")
    assert languages(read(path, tgt_lang="en")) == ("ar", "en")
    assert languages(read(path, src_lang="fr")) == ("fr", "en")


@pytest.mark.parametrize("wanted", [("ja", "en"), ("en", "ja"), ("ja", ""), ("", "pt-BR")])
def test_what_is_not_there_is_an_error_that_lists_what_is(tmp_path, wanted):
    path = memory(tmp_path, MANY)
    with pytest.raises(ReadError, match=r"there is no \w+ .* in it; it holds en, ar, de, fr$"):
        read(path, src_lang=wanted[0], tgt_lang=wanted[1])


def test_regions_are_one_language(tmp_path, caplog):
    units = [
        tu(**{"en-US": "Colour", "de-DE": "Farbe"}),
        tu(**{"en-GB": "Lift", "de-AT": "Aufzug"}),
        tu(**{"EN": "Lorry", "de": "Laster"}),
        tu(**{"en_us": "Tap", "de": "Hahn"}),
        tu(**{"en-GB": "Boot", "en-US": "Trunk", "de": "Kofferraum"}),
    ]
    random.Random(3).shuffle(units)
    path = memory(tmp_path, units)
    found = read(path)
    assert languages(found) == ("en", "de")
    assert len(pairs(found)) == 5
    assert all(all(pair) for pair in pairs(found))
    assert caplog.messages == [f"{path}: further variants of a language in its unit, not read (1)"]
    exact = dict(pairs(read(path, src_lang="de", tgt_lang="en-GB")))
    assert exact["Kofferraum"] == "Boot"  # the exact tag before its like
    assert exact["Farbe"] == "Colour"
    assert dict(pairs(read(path, src_lang="de", tgt_lang="en-US")))["Kofferraum"] == "Trunk"


def test_regions_alone_are_two_languages(tmp_path):
    path = memory(tmp_path, [tu(**{"en-US": "Color", "en-GB": "Colour"})])
    assert languages(read(path)) == ("en-US", "en-GB")
    assert languages(read(path, src_lang="en-GB", tgt_lang="en-US")) == ("en-GB", "en-US")


@pytest.mark.parametrize(
    ("units", "groups"),
    [
        ([["zh-CN", "en"], ["zh", "en"], ["zh-Hans", "en"], ["zh-TW", "en"]], 2),
        ([["zh-CN", "zh-TW", "en"]], 3),
        ([["zh-Hans", "zh-Hant"]], 2),
        ([["zh", "zh-HK"], ["zh-MO", "en"]], 3),
    ],
)
def test_chinese_is_two_where_units_hold_both(tmp_path, units, groups):
    choice = choose(units, ANY, tmp_path)
    apart = {choice._group_of[tag] for unit in units for tag in unit}
    assert len(apart) == groups
    if groups == 3:
        wanted = choose(units, Wanted("zh-TW", "zh-CN"), tmp_path)
        assert (wanted.src, wanted.tgt) == ("zh-TW", "zh-CN")


def test_one_language_twice_is_none(tmp_path):
    path = memory(tmp_path, [tu(**{"en-US": "Color", "en-GB": "Colour", "de": "Farbe"})])
    with pytest.raises(ReadError, match="one language in it; it holds en-US, en-GB, de"):
        read(path, src_lang="en-US", tgt_lang="en-GB")


TABLE = [("id", "en", "de", "French"), ("1", "Yes", "Ja", "Oui"), ("2", "No", "Nein", "Non")]


def save_csv(path):
    path.write_text("\n".join(",".join(row) for row in TABLE), "utf-8")


def save_xlsx(path):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in TABLE:
        book.active.append(row)
    book.save(path)


def save_parquet(path):
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    columns = dict(zip(TABLE[0], map(list, zip(*TABLE[1:], strict=True)), strict=True))
    parquet.write_table(pyarrow.table(columns), path)


@pytest.mark.parametrize("save", [save_csv, save_xlsx, save_parquet])
def test_columns_are_chosen(tmp_path, save):
    path = tmp_path / f"table.{save.__name__.removeprefix('save_')}"
    save(path)
    found = read(path, src_lang="fr", tgt_lang="en")
    assert languages(found) == ("fr", "en")
    assert pairs(found) == [("Oui", "Yes"), ("Non", "No")]
    assert languages(read(path, tgt_lang="de")) == ("en", "de")
    with pytest.raises(ReadError, match=r"3 languages \(en, de, fr\); choose two with --src-lang"):
        read(path)
    with pytest.raises(ReadError, match=r"there is no Russian .* it holds en, de, fr"):
        read(path, tgt_lang="ru")


@pytest.mark.parametrize("line", ["sep=;", '"sep=;"', "SEP=;"])
def test_a_line_that_says_the_separator_is_no_data(tmp_path, line):
    path = tmp_path / "a.csv"
    path.write_text(f"{line}\nen;de\nYes, now;Ja, jetzt\n", "utf-8")
    assert pairs(read(path)) == [("Yes, now", "Ja, jetzt")]


XLIFF = '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">{}</xliff>'
PART = (
    '<file original="a" source-language="{0}" target-language="{1}" datatype="plaintext"><body>'
    '<trans-unit id="1"><source>{0} one</source><target>{1} one</target></trans-unit></body></file>'
)


def test_parts_of_an_xliff_are_chosen(tmp_path, caplog):
    path = tmp_path / "a.xlf"
    parts = [("en", "de"), ("en", "fr"), ("de", "fr")]
    path.write_text(XLIFF.format("".join(PART.format(*part) for part in parts)), "utf-8")
    caplog.set_level(logging.WARNING)
    assert pairs(read(path)) == [("en one", "de one")]
    assert caplog.messages == [f"{path}: read are en and de, not 2 units of other languages"]
    assert pairs(read(path, src_lang="fr", tgt_lang="de")) == [("fr one", "de one")]
    with pytest.raises(ReadError, match=r"there is no Japanese .* it holds en, de, fr"):
        read(path, tgt_lang="ja")
