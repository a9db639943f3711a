"""Moses files and text for the terminal."""

import unicodedata
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.errors import WriteError
from aligner.formats.writers import txt, write
from aligner.types import Bitext
from tests.formats.writers.bitexts import TEXT, bitexts
from tests.formats.writers.test_tables import pair


@given(bitexts())
@settings(deadline=None, max_examples=40)
def test_moses_files_have_the_same_lines(
    tmp_path_factory: pytest.TempPathFactory, bitext: Bitext
) -> None:
    folder = tmp_path_factory.getbasetemp()
    losses = write(bitext, folder / "out.moses", force=True)
    files = [folder / f"out.{side.lang}" for side in (bitext.src, bitext.tgt)]
    # A mark stands before a text that begins with the mark's own character, and there only.
    lines = [file.read_text("utf-8-sig").split("\n")[:-1] for file in files]
    expected = [
        (" ".join(bitext.src_text(bead).split()), " ".join(bitext.tgt_text(bead).split()))
        for bead in bitext.alignment.beads
    ]
    kept = [texts for texts in expected if all(texts)]
    assert list(zip(*lines, strict=True)) == kept
    assert losses.nulls == len(expected) - len(kept)


def test_moses_files_of_one_language_have_other_names(tmp_path: Path) -> None:
    from dataclasses import replace

    bitext = pair("One.", "Two.")
    write(replace(bitext, tgt=replace(bitext.tgt, lang="en")), tmp_path / "out.moses")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.src", "out.tgt"]


def test_neither_moses_file_is_replaced_without_force(tmp_path: Path) -> None:
    (tmp_path / "out.ru").write_text("old")
    with pytest.raises(WriteError, match="already exists"):
        write(pair("One.", "Раз."), tmp_path / "out.moses")
    assert [path.name for path in tmp_path.iterdir()] == ["out.ru"]
    assert (tmp_path / "out.ru").read_text() == "old"


def test_text_is_side_by_side(sample: Bitext) -> None:
    out = BytesIO()
    txt.write(sample, out, width=72)
    lines = out.getvalue().decode().splitlines()
    assert lines[0] == " 1   Security Assurances Still on the │ –"
    assert {line.index("│") for line in lines} == {38}
    assert max(map(len, lines)) <= 72
    assert sum(line[3] == "?" for line in lines) == 5


def test_wide_letters_take_two_columns() -> None:
    out = BytesIO()
    txt.write(pair("これは本です。", "本"), out, width=25)
    assert out.getvalue().decode().splitlines() == ["1   これは本で │ 本", "    す。       │"]


@given(TEXT | st.text(), st.integers(2, 30))
def test_wrapping_loses_nothing_and_fits(text: str, width: int) -> None:
    lines = txt.wrap(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(txt.cells(line) <= width for line in lines)
    assert not any(unicodedata.category(line[0]) == "Zs" for line in lines)
