import codecs
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.errors import ReadError
from aligner.text.decoding.encodings import decode
from aligner.text.decoding.normalisation import fold, normalise

RUSSIAN = "Съешь ещё этих мягких французских булок, да выпей чаю.\nВ чащах юга жил бы цитрус.\n"
JAPANESE = "いろはにほへと ちりぬるを。\n我が世誰ぞ常ならむ。有為の奥山今日越えて。\n"
GERMAN = "Zwölf Boxkämpfer jagen Viktor quer über den großen Sylter Deich. Schön ist das, für Öl.\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize("text", [RUSSIAN, JAPANESE, GERMAN, "plain ASCII text.\n"])
def test_unicode_encodings_are_found(text, encoding):
    assert decode(text.encode(encoding), "x.txt") == normalise(text)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (RUSSIAN, "cp866"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc-jp"),
        (GERMAN, "cp1252"),
    ],
)
def test_older_encodings_are_found_by_their_statistics(text, encoding):
    assert decode((text * 3).encode(encoding), "x.txt") == normalise(text * 3)


CAPITALS = {
    "ru": "ПАРОХОД ОТОШЁЛ В ДЕВЯТЬ ЧАСОВ УТРА. ШЁЛ ДОЖДЬ, И НИКТО НЕ ВЫШЕЛ НА БЕРЕГ.\n",
    "uk": "ПАРОПЛАВ ВІДІЙШОВ О ДЕВ'ЯТІЙ РАНКУ. ЙШОВ ДОЩ, І НІХТО НЕ ВИЙШОВ НА БЕРЕГ.\n",
    "bg": "ПАРАХОДЪТ ТРЪГНА В ДЕВЕТ ЧАСА СУТРИНТА. ВАЛЕШЕ ДЪЖД И НИКОЙ НЕ ИЗЛЕЗЕ.\n",
    "el": "ΤΟ ΠΛΟΙΟ ΕΦΥΓΕ ΣΤΙΣ ΕΝΝΕΑ ΤΟ ΠΡΩΙ. ΕΒΡΕΧΕ ΟΛΗ ΤΗ ΜΕΡΑ ΚΑΙ ΚΑΝΕΙΣ ΔΕΝ ΒΓΗΚΕ.\n",
}


@pytest.mark.parametrize(
    ("lang", "encoding"),
    [
        *(("ru", each) for each in ("cp1251", "koi8-r", "cp866", "iso8859-5")),
        *(("uk", each) for each in ("cp1251", "koi8-u", "iso8859-5")),
        *(("bg", each) for each in ("cp1251", "koi8-r", "cp866", "iso8859-5")),
        *(("el", each) for each in ("cp1253", "iso8859-7")),
    ],
)
@pytest.mark.parametrize("times", [2, 12])
def test_texts_in_capitals(lang, encoding, times):
    text = CAPITALS[lang] * times
    assert decode(text.encode(encoding), "x.txt") == normalise(text)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (JAPANESE, "iso2022_jp"),
        (JAPANESE, "iso2022_jp_2"),
        ("배는 아홉 시에 떠났다.\n비가 왔다.\n", "iso2022_kr"),
    ],
)
def test_encodings_of_seven_bits(text, encoding):
    assert decode(text.encode(encoding), "x.txt") == normalise(text)


def test_older_encoding_is_found_after_a_long_ascii_beginning():
    text = "Plain words, nothing else. " * 10_000 + "\n" + RUSSIAN * 5
    assert decode(text.encode("cp1251"), "x.txt") == text


@pytest.mark.parametrize("encoding", ["utf-8", "UTF-8", "utf-16"])
def test_forced_encoding_wins_and_its_mark_goes(encoding):
    raw = codecs.BOM_UTF8 + RUSSIAN.encode() if encoding != "utf-16" else RUSSIAN.encode(encoding)
    assert decode(raw, "x.txt", encoding) == RUSSIAN


def test_line_ends_soft_hyphens_and_composition_are_one_form():
    raw = "one\r\ntwo\rthree\u2028co\u00adope\u00adra\u00adtion \ufeffи\u0306".encode()
    assert decode(raw, "x.txt") == "one\ntwo\nthree\ncooperation й"


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"PK\x03\x04rest of a zip", "zip container"),
        (b"%PDF-1.7\n%\xe2\xe3", "PDF document"),
        (b"\x89PNG\r\n\x1a\n", "PNG picture"),
        (b"\xff\xd8\xff\xe0JFIF", "JPEG picture"),
        (b"\x1f\x8b\x08\x00", "gzip archive"),
        (b"{\\rtf1\\ansi Hello}", "RTF"),
        (bytes(range(256)) * 20, "binary file"),
        (b"\x00\x01\x02\x03" * 1000, "binary file"),
        (b"text then \x01\x02\x03\x04\x05\x06 controls", "binary file"),
    ],
)
def test_what_is_no_text_is_refused_by_name(raw, said):
    with pytest.raises(ReadError, match=said) as caught:
        decode(raw, "x.txt")
    assert caught.value.where == "x.txt"
    assert caught.value.remedy
    again = pickle.loads(pickle.dumps(caught.value))
    assert str(again) == str(caught.value)


def test_wrong_forced_encoding_names_the_line():
    with pytest.raises(ReadError, match="0xF1 in line 2"):
        decode("ascii\nсъешь".encode("cp1251").replace(b"\xf1", b"\xf1", 1), "x.txt", "ascii")


def test_unknown_encoding_is_named():
    with pytest.raises(ReadError, match="no encoding is called 'klingon'"):
        decode(b"x", "x.txt", "klingon")


def test_utf8_with_one_damaged_byte_stays_utf8_and_says_so(caplog):
    raw = (RUSSIAN * 10).encode() + b"\xff" + "конец".encode()
    assert decode(raw, "x.txt") == RUSSIAN * 10 + "\ufffdконец"
    assert "0xFF in line 21" in caplog.text


@given(st.text())
def test_normalise_is_idempotent_and_loses_only_marks(text):
    once = normalise(text)
    assert normalise(once) == once
    assert "\r" not in once
    assert "\u00ad" not in once


@given(st.text())
def test_fold_leaves_single_spaces_and_every_other_character(text):
    folded = fold(text)
    assert "".join(folded.split()) == "".join(text.split())
    assert folded == folded.strip()
    assert "  " not in folded


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"])))
def test_every_utf8_text_comes_back(text):
    assert decode(text.encode(), "x.txt") == normalise(text)


FRENCH = "“Être ou ne pas être”, voilà la clé.\n" * 3


def garbled(text, wrongly):
    """Text as a program shows it that takes UTF-8 for something else."""
    return "".join(
        bytes([byte]).decode(wrongly, errors="ignore") or chr(byte) for byte in text.encode()
    )


@pytest.mark.parametrize(
    ("text", "wrongly"),
    [
        (RUSSIAN, "cp1252"),
        (RUSSIAN, "latin-1"),
        (RUSSIAN, "cp1251"),
        (GERMAN * 3, "cp1252"),
        (GERMAN * 3, "latin-1"),
        (FRENCH, "cp1252"),
        (FRENCH, "latin-1"),
    ],
)
def test_mojibake_is_repaired_and_told(text, wrongly, caplog):
    assert decode(garbled(text, wrongly).encode(), "x.txt") == text
    assert "mojibake repaired in" in caplog.text


@pytest.mark.parametrize(
    "text",
    [
        RUSSIAN * 5,
        GERMAN * 5,
        "Ñandú, Ãguas, Ðakovo, À la carte, Â.\n" * 20,
        "РСФСР и СССР, Рђ, С°, Рођен у Сјеници.\n" * 20,
        "“Größe” – naïve café’s, Ñ¡ Ð¿.\n",
    ],
)
def test_what_is_no_mojibake_stays(text, caplog):
    assert decode(text.encode(), "x.txt") == text
    assert "mojibake" not in caplog.text


def test_mojibake_that_lost_letters_stays_and_is_told(caplog):
    lost = garbled(FRENCH, "cp1252").replace("Ã©", "Ã\ufffd")
    assert decode(lost.encode(), "x.txt") == lost
    assert "x.txt: 3 line(s) look like mojibake that cannot be repaired surely" in caplog.text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("雪が\n降る。", "雪が降る。"),
        ("他道\n：“好。\n”", "他道：“好。”"),
        ("“好\n”", "“好”"),
        ("船 Anna\n號", "船 Anna 號"),
        ("漢 字", "漢 字"),
        ("배가\n왔다", "배가 왔다"),
        ("“so”\n“no”", "“so” “no”"),
        ("雪" + "\n" * 200_000 + "a", "雪 a"),
    ],
)
def test_a_line_end_between_ideographs_is_no_space(text, expected):
    assert fold(text) == expected
