"""One form of text for every reader: what offsets count in, and what is no text at all."""

import re
import unicodedata

# Marks that a page or a word processor leaves in text without meaning anything by them:
# soft hyphens (a hyphen only where a line happens to break) and stray byte order marks.
_MARKS = dict.fromkeys(map(ord, "\u00ad\ufeff"))
# Other characters that end a line: vertical tab (a soft break in Word), NEL, Unicode's own.
_LINE_ENDS = dict.fromkeys(map(ord, "\x0b\x85\u2028\u2029"), "\n")
_LINE_END = re.compile("[\x0b\x85\u2028\u2029]")
_MARK = re.compile("[\u00ad\ufeff]")
# A line end between ideographs, kana and their marks. Quotes that Latin letters have, too
# ("“”‘’…—"), count on one side where there is such a character on the other.
_EASTERN = "\u3001-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff\uff01-\uff9f"
_SHARED = "\"'“”‘’…—"
_UNSPACED_LINE_END = re.compile(
    rf"(?:(?<=[{_EASTERN}])[^\S\n]*+\n\s*+(?=[{_EASTERN}{_SHARED}])|"
    rf"(?<=[{_SHARED}])[^\S\n]*+\n\s*+(?=[{_EASTERN}]))"
)


def normalise(text: str) -> str:
    r"""Return text as every reader hands it on; offsets count the characters of the result.

    Line ends become ``\n``, soft hyphens and byte order marks go, letters are composed
    (Unicode NFC), so that "й" typed as two characters equals "й" typed as one.
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if _LINE_END.search(text):
        text = text.translate(_LINE_ENDS)
    if _MARK.search(text):
        text = text.translate(_MARKS)
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """Fold runs of white space into one space and trim: a segment's text as it is shown.

    Between characters of a script without spaces a line end is nothing at all.
    """
    if "\n" in text and not text.isascii():
        text = _UNSPACED_LINE_END.sub("", text)
    return " ".join(text.split())
