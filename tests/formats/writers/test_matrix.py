"""Text that breaks naive writers, through every format that is read back."""

import re
from pathlib import Path

import pytest

from aligner.errors import WriteError
from aligner.formats.losses import NOT_UTF8, NOT_XML
from aligner.formats.writers import write
from aligner.formats.writers.xlsx import FORBIDDEN
from aligner.pipeline.opening import read
from aligner.types import Bitext
from tests.export.test_filters import FILLER, bitext_of

TEXTS = {
    "markup": "& < > \" ' ]]> &amp; <b>bold</b> <!-- --> <?x?>",
    "control characters": "a\x00b\x01c\x0bd\x1fe\x7ff",
    "astral": "😀 𝔘𝔫𝔦 🏳️‍🌈 𐍈",
    "lone surrogates": "a\ud800b\udfffc",
    "no characters": "a\ufffeb\uffffc",
    "right-to-left marks": "\u200fשלום\u202e abc \u202c\u2066x\u2069",
    "combining marks": "e\u0301 и\u0306 n\u0303\u0323 \u0301x",
    "tabs": "a\tb\t\tc",
    "line ends": "a\nb\r\nc\rd\u2028e\x85f",
    "formula": '=HYPERLINK("http://example.org","click")',
    "formulas": "+1-1@x",
    "apostrophes": "''=1",
    "separators": 'a,b;c\td|e "f" ""g""',
    "white space": "  \u00a0a\u3000 b  ",
    "dates": "12/05/2024",
    "a number": "007",
    "nothing known": "NULL",
    "json": '{"a": [1, "\\u0000"]}',
    "template": "{{ 7 * 7 }} {% raw %} ${x} %s \\N",
    "long": "слово " * 6_666 + "конец",
}
# What each format cannot hold.
CANNOT_HOLD = {
    ".csv": NOT_UTF8,
    ".tsv": NOT_UTF8,
    ".parquet": NOT_UTF8,
    ".xlsx": FORBIDDEN,
    ".tmx": NOT_XML,
    ".xlf": NOT_XML,
    ".jsonl": None,
}


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("suffix", CANNOT_HOLD)
def test_it_comes_back_equal_or_is_counted(tmp_path: Path, suffix: str, name: str) -> None:
    text, forbidden = TEXTS[name], CANNOT_HOLD[suffix]
    bitext = bitext_of(FILLER[0], (text, f"x {text}"), (f"y {text}", text), FILLER[1])
    path = tmp_path / f"out{suffix}"
    if suffix == ".xlsx" and name == "long":
        assert len(text) > 32_767
        with pytest.raises(WriteError, match="a cell of Excel holds 32,767"):
            write(bitext, path)
        return
    losses = write(bitext, path)
    back = read(path)
    assert isinstance(back, Bitext)
    legal = [re.sub(forbidden, "", text) if forbidden else text for text in bitext.src.texts]
    assert back.src.texts == legal
    taken = sum(len(text) for text in bitext.src.texts) - sum(map(len, legal))
    assert losses.characters == 2 * taken
    assert [bead.kind for bead in back.alignment.beads] == ["1-1"] * 4
