"""Bytes to text: byte order marks, UTF-8 first, then detection; what is no text is refused."""

import codecs
import logging
import re
import unicodedata
from contextlib import suppress

from aligner.errors import ReadError
from aligner.text.decoding.mojibake import repair
from aligner.text.decoding.normalisation import normalise

_log = logging.getLogger(__name__)

# UTF-32 before UTF-16: the little-endian mark of the first begins with that of the second.
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

# How files that are no plain text begin, and what a person calls them.
_MAGIC = (
    (b"PK\x03\x04", "a zip container (as .docx, .xlsx, .odt and .epub are)"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"%PDF-", "a PDF document"),
    (b"{\\rtf", "a rich text (RTF) document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Microsoft Office document"),
    (b"\x89PNG\r\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF87a", "a GIF picture"),
    (b"GIF89a", "a GIF picture"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "a database"),
    (b"OggS\x00", "a sound recording"),
    (b"ID3", "a sound recording"),
)

# Detection reads this many bytes from the first byte that is not ASCII: enough for its
# statistics (chardet is right on 190 of 190 files at 20 lines), and quick on any file.
SAMPLE_BYTES = 1 << 16

# A text has line ends, tabs and perhaps form feeds; other control characters are rare
# leftovers. A file with more than one of them in fifty characters is no text.
MAX_CONTROL_SHARE = 0.02
# UTF-16 has a NUL in every Latin letter; a text that holds a few by mistake is a text.
MAX_NUL_SHARE = 0.1
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")

# UTF-8 with a damaged byte stays UTF-8 while it has this many good characters beyond
# ASCII for each bad one; text in an older encoding has almost none by chance.
_GOOD_FOR_BAD = 20

# Where another alphabet begins in ISO 2022; and the Korean one.
_SHIFT, _KOREAN_SHIFT = b"\x1b$", b"\x1b$)C"
# Encodings of alphabets that have capitals and share no letter with ASCII, the likeliest first.
_WITH_CAPITALS = ("cp1251", "koi8-r", "cp866", "koi8-u", "iso8859-5", "mac_cyrillic", "cp1253")
# A guess that needs no second look; how much surer another is; what is as sure as another.
SURE, SURER, ALIKE = 0.5, 0.1, 0.03

_SAVE_AS_TEXT = "give a text file, or save the document as plain text (UTF-8) first"
_FORCE = "force the right encoding with --encoding, for instance --encoding cp1251"


def decode(raw: bytes, where: str, encoding: str | None = None) -> str:
    """Turn a file's bytes into normalised text.

    Args:
        raw: the whole file.
        where: its name, for messages.
        encoding: a codec's name that wins over every detection.

    Returns:
        The text as `normalise` leaves it, mojibake repaired where it is certain (and the
        log says so); offsets everywhere count its characters.

    Raises:
        ReadError: no text (a picture, an archive …), or an encoding that does not fit.
    """
    if encoding is not None:
        text = _decode_forced(raw, where, encoding)
    else:
        _refuse_magic(raw, where)
        text = _decode_detected(raw, where)
    _refuse_binary(text, where)
    return normalise(repair(text, where))


def may_be_utf8(head: bytes, where: str) -> bool:
    """Say by a file's first bytes whether it may be UTF-8, before all of it is read.

    Raises:
        ReadError: it is no text at all, but a picture, an archive, binary data.
    """
    _refuse_magic(head, where)
    if any(head.startswith(mark) for mark, _ in _BYTE_ORDER_MARKS[1:]):
        return False
    if head.count(b"\x00") <= MAX_NUL_SHARE * len(head):
        return True
    _wide_codec(head, where)
    return False


def _refuse_magic(raw: bytes, where: str) -> None:
    for magic, name in _MAGIC:
        if raw.startswith(magic):
            raise ReadError(f"this is {name}, not plain text", where, _SAVE_AS_TEXT)


def _refuse_binary(text: str, where: str) -> None:
    controls = sum(1 for _ in _CONTROL.finditer(text))
    if controls > MAX_CONTROL_SHARE * len(text):
        raise _binary(where)


def _binary(where: str) -> ReadError:
    return ReadError("this is a binary file, not plain text", where, _SAVE_AS_TEXT)


def _decode_forced(raw: bytes, where: str, encoding: str) -> str:
    try:
        info = codecs.lookup(encoding)
        # utf-8-sig also reads files without a mark; plain utf-8 would keep the mark.
        return str(raw, "utf-8-sig" if info.name == "utf-8" else info.name)
    except LookupError as error:
        remedy = "use a name such as utf-8, cp1251, koi8-r or shift_jis"
        raise ReadError(f"no encoding is called {encoding!r}", where, remedy) from error
    except UnicodeError as error:
        problem = f"this is not {encoding}: {_reason(raw, error)}"
        raise ReadError(problem, where, "leave --encoding out to have it detected") from error


def _decode_detected(raw: bytes, where: str) -> str:
    for mark, codec in _BYTE_ORDER_MARKS:
        if raw.startswith(mark):
            try:
                return raw.decode(codec)
            except UnicodeDecodeError as error:
                problem = f"this is damaged {codec.upper()}: {_reason(raw, error)}"
                raise ReadError(problem, where, _FORCE) from error
    if b"\x00" in raw[:SAMPLE_BYTES]:
        return _decode_wide(raw, where)
    if _SHIFT in raw and raw.isascii():
        # Seven bits, with marks where another alphabet begins (ISO 2022).
        codec = "iso2022_kr" if _KOREAN_SHIFT in raw else "iso2022_jp_ext"
        with suppress(UnicodeDecodeError):
            return raw.decode(codec)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return _decode_damaged(raw, where, error) or _decode_older(raw, where, error.start)


def _decode_wide(raw: bytes, where: str) -> str:
    try:
        return raw.decode(_wide_codec(raw, where))
    except UnicodeDecodeError as error:
        raise _binary(where) from error


def _wide_codec(raw: bytes, where: str) -> str:
    """Tell UTF-16 without a mark: read the right way round it has spaces and line ends."""
    found: dict[str, int] = {}
    for codec in ("utf-16-le", "utf-16-be"):
        sample = str(raw[:SAMPLE_BYTES], codec, errors="replace")
        # The last character may be cut in two by the end of the sample.
        bad = "\ufffd" in sample[:-1] or any(map(_is_no_text, sample[:-1]))
        if not bad:
            found[codec] = sample.count(" ") + 100 * sample.count("\n")
    codec = max(found, key=lambda each: found[each], default="")
    if not codec or not found[codec]:
        raise _binary(where)
    return codec


def _is_no_text(char: str) -> bool:
    """Whether a character is private or unassigned: binary data read as text soon has one."""
    return unicodedata.category(char) in {"Co", "Cn"}


def _decode_damaged(raw: bytes, where: str, error: UnicodeDecodeError) -> str | None:
    """Decode UTF-8 that has a few bad bytes, and say so; None where it is no UTF-8."""
    text = raw.decode("utf-8", errors="replace")
    bad = text.count("\ufffd")
    good = sum(1 for _ in re.finditer(r"[^\x00-\x7f\ufffd]", text))
    if good < _GOOD_FOR_BAD * bad:
        return None
    _log.warning(
        "%s: damaged UTF-8, %s; %d such place(s) became U+FFFD", where, _reason(raw, error), bad
    )
    return text


def _of_capitals(sample: bytes, confidence: float) -> list[tuple[str | None, float]]:
    """Guess the encoding of a text in capitals by what it would be in small letters.

    Statistics know few capitals, and take those of one encoding for small letters of another. Of
    the right encoding the text in small letters is surely in that encoding.

    Returns:
        The best guess, if it is surer than `confidence`.
    """
    import chardet

    found: list[tuple[str | None, float]] = []
    for codec in _WITH_CAPITALS:
        try:
            small = sample.decode(codec).lower().encode(codec)
        except UnicodeError:
            continue
        found += (
            (codec, guess["confidence"])
            for guess in chardet.detect_all(small)
            if guess["encoding"] and _is_same(guess["encoding"], codec)
        )
    best = max((each for _, each in found), default=0.0)
    if best < confidence + SURER:
        return []
    # Those of DOS and of the Macintosh have the same capitals.
    return [next(each for each in found if each[1] > best - ALIKE)]


def _is_same(name: str, codec: str) -> bool:
    try:
        return codecs.lookup(name).name == codecs.lookup(codec).name
    except LookupError:
        return False


def _decode_older(raw: bytes, where: str, first: int) -> str:
    """Decode a text in an encoding that only its statistics betray.

    Args:
        raw: the whole file.
        where: its name, for messages.
        first: the position of the first byte that is not ASCII.
    """
    import chardet

    start = raw.rfind(b"\n", 0, first) + 1 if first < SAMPLE_BYTES else max(0, first - 200)
    sample = raw[start : start + SAMPLE_BYTES]
    guesses = [(each["encoding"], each["confidence"]) for each in chardet.detect_all(sample)]
    if guesses and guesses[0][1] < SURE:
        guesses = _of_capitals(sample, guesses[0][1]) + guesses
    for codec, _ in guesses:
        if not codec:
            continue
        try:
            text = raw.decode(codec)
        except (LookupError, UnicodeDecodeError):
            continue
        _log.info("%s: read as %s", where, codec)
        return text
    raise ReadError("the encoding cannot be found out", where, _FORCE)


def _reason(raw: bytes, error: UnicodeError) -> str:
    if isinstance(error, UnicodeDecodeError):
        line = raw.count(b"\n", 0, error.start) + 1
        return f"byte 0x{raw[error.start]:02X} in line {line} does not belong there"
    return str(error)
