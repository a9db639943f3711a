"""Moses: a pair of files comes back as the pairs that were written."""

from pathlib import Path

import pytest
from hypothesis import assume, given, settings

from aligner.errors import ReadError
from aligner.formats.readers import moses
from aligner.formats.writers import write
from aligner.types import Bitext
from tests.export.test_filters import FILLER, bitext_of
from tests.formats.writers.bitexts import bitexts


@given(bitexts())
@settings(deadline=None, max_examples=60)
def test_pairs_come_back(tmp_path_factory: pytest.TempPathFactory, bitext: Bitext) -> None:
    folder = tmp_path_factory.mktemp("moses")
    losses = write(bitext, folder / "out.moses")
    expected = [
        (" ".join(bitext.src_text(bead).split()), " ".join(bitext.tgt_text(bead).split()))
        for bead in bitext.alignment.beads
    ]
    expected = [pair for pair in expected if all(pair)]
    # A mark at a file's beginning is no text; the readers take it out of every text.
    assume(not any(text.startswith("\ufeff") for text in (expected or [()])[0]))
    assert losses.nulls == len(bitext.alignment.beads) - len(expected)
    if not expected:
        with pytest.raises(ReadError, match="empty"):
            moses.read(folder / "out.moses")
        return
    back = moses.read(folder / "out.moses")
    found = [(back.src_text(bead), back.tgt_text(bead)) for bead in back.alignment.beads]
    langs = (back.src.lang, back.tgt.lang)
    if langs != (bitext.src.lang, bitext.tgt.lang):
        # The languages' names, not their order, are in the names of the files.
        assert langs == (bitext.tgt.lang, bitext.src.lang)
        found = [(target, source) for source, target in found]
    assert found == expected


def test_files_of_unknown_languages_are_told_by_their_sides(tmp_path: Path) -> None:
    (tmp_path / "x.src").write_text("Один\n", "utf-8")
    (tmp_path / "x.tgt").write_text("One\n", "utf-8")
    bitext = moses.read(tmp_path / "x.moses")
    assert (bitext.src.texts, bitext.tgt.texts) == (["Один"], ["One"])
    assert (bitext.src.lang, bitext.src.origin.path) == ("", str(tmp_path / "x.src"))


def test_other_peoples_line_ends_and_encodings_are_read(tmp_path: Path) -> None:
    (tmp_path / "x.en").write_bytes(b"One\r\nTwo\r\n")
    (tmp_path / "x.ru").write_bytes("Первая строка\r\nВторая строка\r\n".encode("cp1251"))
    bitext = moses.read(tmp_path / "x.moses", encoding="cp1251")
    assert bitext.src.texts == ["One", "Two"]
    assert bitext.tgt.texts == ["Первая строка", "Вторая строка"]


def test_only_the_files_of_that_name_are_the_pair(tmp_path: Path) -> None:
    for name, text in (("out[1].en", "One"), ("out[1].ru", "Раз"), ("out[1].old.en", "Two")):
        (tmp_path / name).write_text(f"{text}\n", "utf-8")
    bitext = moses.read(tmp_path / "out[1].moses")
    assert (bitext.src.texts, bitext.tgt.texts) == (["One"], ["Раз"])


@pytest.mark.parametrize("suffix", ["txt", "bak", "doc", "old", "log"])
def test_a_suffix_that_is_also_a_rare_language_s_code_is_no_file_of_the_pair(
    tmp_path: Path, suffix: str
) -> None:
    for name, text in (("out.en", "One"), ("out.ru", "Раз"), (f"out.{suffix}", "Kept\naside")):
        (tmp_path / name).write_text(f"{text}\n", "utf-8")
    bitext = moses.read(tmp_path / "out.moses")
    assert (bitext.src.texts, bitext.tgt.texts) == (["One"], ["Раз"])


def test_what_is_no_pair_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "out.moses"
    with pytest.raises(ReadError, match=r"no two files out\.LANGUAGE .*found: none"):
        moses.read(path)
    write(bitext_of(*FILLER), path)
    (tmp_path / "out.de").write_text("Eins\n")
    with pytest.raises(ReadError, match=r"found: out\.de, out\.en, out\.ru"):
        moses.read(path)
    (tmp_path / "out.ru").unlink()
    with pytest.raises(ReadError, match=r"out\.de and out\.en have 1 lines and 2"):
        moses.read(path)
    (tmp_path / "out.txt").write_text("no language")
    with pytest.raises(ReadError, match="1 lines and 2"):
        moses.read(path)


def test_a_first_character_that_looks_like_a_byte_order_mark_comes_back(tmp_path: Path) -> None:
    write(bitext_of(("&", "\ufeff")), tmp_path / "x.moses")
    back = moses.read(tmp_path / "x.moses")
    assert (back.src.texts, back.tgt.texts) == (["&"], ["\ufeff"])
