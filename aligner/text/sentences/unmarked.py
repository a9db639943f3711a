"""Sentence ends without a mark: a headline that runs on into the text, a missing full stop.

A word that begins sentences, with a capital though a small letter goes before and after
it, begins one: "… меняет название В воскресенье избиратели …". Not one that its language
capitalises anyway, for "You" and for God; nor after a number: "Apollo 13 In space", "§ 2 The law",
"1 In the beginning".
"""

import re
from collections.abc import Iterator

from aligner.text.sentences.lexicon import Lexicon

# A space, a word with a capital, and a word without.
_CAPITAL = re.compile(
    r"\s(?<=[\w»”\"'’)%]\s)(?=(?P<word>[^\W\d_a-zà-öø-ÿа-яёα-ω][\w’']*+)\s++(?P<after>[^\WA-Z\d_]))"
)
# What may end a sentence besides a small letter.
_CLOSED = frozenset("»”\"'’)%")
_LAST_WORD = re.compile(r"[\w'’-]+\Z")
# "a)", "12)", "(iv)": the label of a list, not what ends a sentence.
_LABEL = re.compile(r"(?:\A|(?<=\s))\(?(?:\w{1,3}|\d{4}|[ivxIVX]{4,5})\)\Z")
_MAX_LABEL = 7
# "works.1", "so.”12": a note's number behind a mark of the end.
_NOTE = re.compile(r"[^\W\d_][.!?…][»”\"'’)]?\d{1,3}\Z")
_MAX_NOTE = 6
# A word is looked at this far back (characters).
_MAX_WORD = 30


def ends(text: str, lex: Lexicon) -> Iterator[int]:
    """Yield where sentences end without a mark."""
    if not lex.unmarked:
        return
    for match in _CAPITAL.finditer(text):
        word = match["word"]
        if (
            word in lex.unmarked
            and match["after"].islower()
            and _may_end(text, match.start(), lex, word)
        ):
            yield match.start()


def _may_end(text: str, stop: int, lex: Lexicon, word: str) -> bool:
    """Whether a sentence may end at `stop`, before an opener."""
    last = text[stop - 1 : stop]
    if last.isdigit():
        return _NOTE.search(text, max(0, stop - _MAX_NOTE), stop) is not None
    if last in _CLOSED:
        return len(word) > 1 and _LABEL.search(text, max(0, stop - _MAX_LABEL), stop) is None
    found = _LAST_WORD.search(text, max(0, stop - _MAX_WORD), stop)
    if not last.islower() or found is None:
        return False
    before = found[0]
    # "'t Was laat": the words of one letter of Dutch begin sentences themselves.
    if before.strip("'’") in lex.clitics:
        return False
    # English titles capitalise small words too: "Gone With the Wind".
    if lex.lang == "en" and not before.islower():
        return False
    return len(word) > 1 or before.lower() not in lex.lettered
