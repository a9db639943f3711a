"""Sentence ends that need no space or capital after them: East and South Asian stops, and kin."""

import re
from collections.abc import Iterator

from aligner.text.sentences.candidates import NOTES
from aligner.text.sentences.lexicon import Lexicon
from aligner.text.sentences.rules import speaks

# 。！？ end a sentence wherever they stand, with the quotes that close after them. Half-width
# ! and ? do so between ideographs; an ellipsis before a closing quote; and ．, which older files
# have for 。 (see _FULL_STOP). A typist may begin a line with a quote that closes.
_QUOTES_END = "”’」』｣〞〟＂"
_IDEOGRAPHS = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_EASTERN = re.compile("[\u3000-\u9fff\uf900-\ufaff\uff00-\uffef]")
_CLOSERS = "”’」』｣〞〟＂＇\"'）)】〕〗〙》〉］］｝"
_WIDE_CLOSERS = _CLOSERS.replace('"', "").replace("'", "").replace(")", "")
_CJK = re.compile(
    rf"(?:[。！？｡．](?<![。！？｡．]{{2}})[。！？｡．]*+"
    rf"|[!?](?<=[{_IDEOGRAPHS}].)[!?]*+(?=[{_IDEOGRAPHS}{_QUOTES_END}])"
    rf"|…(?<!……)…?+(?=[{_QUOTES_END}]))(?:\n?+[{_WIDE_CLOSERS}]|[\"')])*+{NOTES}"
)
# The full-width full stop also stands in names (約翰．史密斯) and numbers: it ends sentences
# where the text has it before a quotation's end or a line's.
_FULL_STOP = re.compile(rf"．[{_CLOSERS}]*(?:\s|\Z)")
_NUMBERED = re.compile(
    r"[\w.．]*[0-9０-９A-Za-zＡ-Ｚａ-ｚ]\Z|(?:\A|[\s。．！？：；])第?[一二三四五六七八九十百]{1,4}\Z"
)
_MAX_NUMBER = 5
# Danda and double danda, Arabic question mark, Urdu, Burmese, Ethiopic, Khmer (two) and
# Armenian full stops.
_STOPS = "\u0964\u0965\u061f\u06d4\u104b\u1362\u17d4\u17d5\u0589"
_OWN_STOP = re.compile(rf"[{_STOPS}](?<![{_STOPS}]{{2}})[{_STOPS}]*+[\"'”»’)\]]*+{NOTES}")
# The Greek question mark is typed as a semicolon, the Armenian full stop as a colon.
_BY_LANGUAGE = {
    "el": re.compile(rf"(?<!;)[;\u037e]++[\"”»)]*+{NOTES}(?=\s+[\"«“(—–-]*+[^\W\d_α-ωάέήίόύώϊϋ])"),
    "hy": re.compile(rf"(?<!:)[:]++[\"”»)]*+{NOTES}(?=\s+[\"«“(—–-]*+[Ա-ՖA-Z0-9])"),
}
# What goes on with the sentence after such a mark; と is the Japanese "… he said".
_GOES_ON = frozenset("，、,;；：)）」』｣”’》〉〕〗］〞〟")
# "他说", "約翰問道", "寶玉笑道": who said it, after the quotation.
_SPEAKER = re.compile(
    rf"[{_IDEOGRAPHS}]{{1,8}}?(?<![知街])[说道问喊叫答説說問言嚷曰][，。．：,！？…]"
)
# A particle and what is no kana goes on too: 『猫である。』を読んだ, モーニング娘。のファン.
_PARTICLE = re.compile(r"[をのはがにでも][\u30a1-\u30fa\u3400-\u9fff]")
# Japanese quotes with a particle: 「行く。」と言った。
_QUOTING = ("と", "って")
_CLOSING = frozenset(_CLOSERS + "!?！？»")
_QUOTES = frozenset('”"’»“')
_FULL_STOPS = frozenset("。｡．")
_QUOTATION_ENDS = frozenset(_QUOTES_END + "＇\"'")
_QUESTIONS = frozenset("\u061f;\u037e")
# Straight quotes, and the curly ones that they are mixed with.
_CURLY = {'"': ("“", "”"), "＂": ("〝", "〞"), "'": ("‘", "’"), "＇": ("‘", "’")}
_STRAIGHT = frozenset(_CURLY)
# A word that goes on after a quotation is no longer than this (characters).
_MAX_CONTINUING = 8


def ends(text: str, lex: Lexicon) -> Iterator[int]:
    """Yield where sentences end, closers included, in the order of each pattern."""
    patterns = [_CJK, _OWN_STOP] if _EASTERN.search(text) else [_OWN_STOP]
    if lex.lang in _BY_LANGUAGE:
        patterns.append(_BY_LANGUAGE[lex.lang])
    opening: frozenset[int] | None = None
    dots = "．" in text and not _FULL_STOP.search(text)
    for pattern in patterns:
        for match in pattern.finditer(text):
            stop = match.end()
            if match[0][0] == "．" and (dots or _numbers(text, match.start())):
                continue
            # Where no space says it, count: does a straight quote close, or open the next?
            if not _STRAIGHT.isdisjoint(match[0]) and not text[stop : stop + 1].isspace():
                if opening is None:
                    opening = _opening_quotes(text)
                stop = next((i for i in range(match.start(), stop) if i in opening), stop)
            if not _goes_on(text, match[0][0], stop, lex):
                yield stop


def _numbers(text: str, stop: int) -> bool:
    """Whether the full stop at `stop` is that of a number, or of a name's initial."""
    return _NUMBERED.search(text[max(0, stop - _MAX_NUMBER) : stop]) is not None


def _goes_on(text: str, mark: str, stop: int, lex: Lexicon) -> bool:
    """Whether a sentence goes on after a mark, for all that: a particle, its speaker."""
    last = text[stop - 1]
    if text[stop : stop + 1] in _GOES_ON or not text[stop : stop + 1]:
        return True
    if lex.lang == "ja" and _PARTICLE.match(text, stop):
        return True
    # 《你好，李焕英！》很好看: a title has a mark of its own.
    if last in "》〉" and mark not in _FULL_STOPS:
        return True
    if last not in _CLOSING:
        return False
    if text[stop].isspace():
        # "«لماذا؟» سأل أحمد": who said it, or what goes on after the quotation.
        word = text[stop + 1 : stop + 1 + _MAX_CONTINUING].split(" ", 1)[0]
        asked = mark in _QUESTIONS and last in _QUOTES
        return asked and (word in lex.continuing or speaks(text, stop + 1, lex))
    return text.startswith(_QUOTING, stop) or (
        last in _QUOTATION_ENDS and _SPEAKER.match(text, stop) is not None
    )


def _opening_quotes(text: str) -> frozenset[int]:
    """Tell which straight quotes open: each that does not close one, curly or straight."""
    opening = set()
    for straight, (left, right) in _CURLY.items():
        inside = False
        for match in re.finditer(f"[{straight}{left}{right}]", text):
            if match[0] == straight and not inside:
                opening.add(match.start())
            inside = match[0] == left or (match[0] == straight and not inside)
    return frozenset(opening)
