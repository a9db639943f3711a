"""The rules that say whether a gap ends a sentence: each looks at one thing and has a name.

A rule answers True (it ends), False (it goes on) or None (not my business). The first
answer counts; where no rule answers, the sentence ends.
"""

import re
from collections.abc import Callable

from aligner.text.gaps import Gap
from aligner.text.lexicon import Lexicon, listed

Rule = Callable[[Gap], bool | None]

_ELLIPSES = frozenset({"...", "…", ".."})
_BRACKETS = frozenset("([")
_ROMAN = re.compile(r"[IVXLCDM]+")
# "1", "2.3", "IV", "ii", "B": how lists number what follows.
# Of Korean syllables those that stand for numbers: others are words, "네." is "yes".
_LIST_NUMBER = re.compile(
    r"\d{1,3}(?:\.\d{1,3})*|[IVXLCDM]+|[ivx]{1,4}|[가나다라마바사아자차카타파하]|"
    r"(?![\uac00-\ud7a3])[^\W\d_]"
)
# "Chapter 1", "§ 5", "Глава IV": no longer than this (characters).
MAX_LABEL = 24
# "a) …": the item of a list.
_ITEM = re.compile(r"\w\)")
# "’s Avonds": a short word that Dutch begins a sentence with, before the capital.
_SHORT_START = re.compile(r"\w\s[^\W\d_]")
# Where the year comes first, a date is "2001. 9. 11.".
_YEAR_FIRST = frozenset({"ko", "hu"})
_DATE = re.compile(r"\d{4}\.\s\d{1,2}\.(?:\s\d{1,2}\.)?")
_DATE_BEFORE, _DATE_AFTER = 11, 8
# "U.S", "т.е", "Ph.D": short pieces with full stops between them.
_DOTTED = re.compile(r"(?:[^\W\d_]{1,3}\.-?)+[^\W\d_]{1,3}")
_PIECES_BEFORE = re.compile(r"(?<![^\W\d_])(?:[^\W\d_]{1,3}\.\s?)?([^\W\d_]{1,3}\.)\s?\Z")
# Letters of a piece of an abbreviation that is typed with spaces.
MAX_PIECE = 3
# "John asked", "Mr. Smith’s son replied": words, and characters looked at.
SPEAKER_WORDS = 4
MAX_SPEAKER = 60
_MARKS = ".,:;!?。।۔…"
_CLOSING_QUOTES = frozenset("\"'”’»›“」』")
# What opens direct speech, and with it a sentence, even after an abbreviation.
_OPENS_SPEECH = frozenset('"“«„—–')
_HANGUL = re.compile("[\uac00-\ud7a3]")
_GEORGIAN = re.compile("[\u10d0-\u10ff]")
# A sentence that a measure ends has at least this many words.
MIN_WORDS = 4
_ELISION = re.compile(r"\A\w{1,6}['’](?=\w)")
_NUMBER = re.compile(r"(?:\d\S*|[IVXLCDM]+)\Z")
# "3. Oktober", "21. Jahrhundert": years and other large numbers are no ordinals.
MAX_ORDINAL_DIGITS = 3


def continues(gap: Gap) -> bool | None:
    """A small letter or a mark goes on with the sentence: "“Why?” he asked"."""
    char = gap.char
    if char in ",;:.!?…%/|":
        return False
    if char.islower() and not _GEORGIAN.match(char):
        if _ITEM.match(gap.text, gap.next):
            return None
        if gap.opener in ("'", "’") and _SHORT_START.match(gap.text, gap.next):
            return None if gap.text[gap.next + 2].isupper() else False
        # iPhone, eBay: a name, not the middle of a sentence.
        return gap.word[1:2].isupper() and not gap.opener
    return None


def nothing_said(gap: Gap) -> bool | None:
    """A mark in brackets ends nothing, nor mostly the last of ". . .": "a man (!) Russia"."""
    if gap.text[gap.start - 1 : gap.start] in _BRACKETS:
        return False
    if gap.mark == "." and not gap.token:
        # Texts that were cut into words have a space before every mark: "The end ."
        spaced_out = not gap.text[gap.begin : gap.start].rstrip().endswith(".")
        return spaced_out or (gap.opens and gap.word != "I")
    return None


def plain_word(gap: Gap) -> bool | None:
    """A full stop after a word that is no abbreviation ends a sentence: no rule below differs."""
    token = gap.token
    if gap.mark != "." or gap.close or len(token) <= MAX_PIECE or not token.isalpha():
        return None
    return None if token.isupper() or gap.lex.abbreviates(token) else True


def exclaiming_name(gap: Gap) -> bool | None:
    """Some names have a mark of their own: "Yahoo! Inc."."""
    named = "!" in gap.mark and gap.token + gap.mark in gap.lex.exclaiming and not gap.close
    return False if named else None


def particle(gap: Gap) -> bool | None:
    """Some words begin no sentence, though their script has no small letters: "…다.” 라고"."""
    return False if gap.close and gap.word in gap.lex.continuing else None


def speaker(gap: Gap) -> bool | None:
    """A quotation's speaker is not yet a new sentence: "“Why?” John asked."."""
    # Others have a comma where Korean has a full stop: "“가자.” 그가 말했다."
    spoken = gap.close and (gap.mark[-1] in "!?" or _HANGUL.match(gap.char))
    if not spoken or gap.opener or gap.opens:
        return None
    return False if speaks(gap.text, gap.next, gap.lex) else None


def speaks(text: str, start: int, lex: Lexicon) -> bool:
    """Whether one of the first words from `start` is a verb of speech: "John asked"."""
    if not lex.speech:
        return False
    words = text[start : start + MAX_SPEAKER].split()[:SPEAKER_WORDS]
    return any(word.rstrip(_MARKS) in lex.speech for word in words)


def strong_mark(gap: Gap) -> bool | None:
    """A question, an exclamation, an ellipsis ends a sentence before a capital (but not "I")."""
    if gap.mark == ".":
        return None
    return not (gap.mark in _ELLIPSES and gap.word == "I" and gap.lex.lang == "en")


def closed(gap: Gap) -> bool | None:
    """A full stop beside a closing quote is no abbreviation's: "…so.” He", "…так». Он"."""
    if gap.mark != ".":
        return None
    before = gap.text[gap.start - 1 : gap.start]
    return True if gap.close.strip(")]") or before in _CLOSING_QUOTES else None


def spaced_abbreviation(gap: Gap) -> bool | None:
    """Abbreviations are also typed with spaces: "и т. д.", "н. э.", "z. B."."""
    if len(gap.token) > MAX_PIECE:
        return None
    # The first piece: the whole abbreviation stands around the gap.
    if gap.text.startswith(".", gap.next + len(gap.word)) and not gap.opener:
        whole = f"{gap.token}.{gap.word}"
        if any(listed(words, whole) for words in (gap.lex.never, gap.lex.maybe, gap.lex.unit)):
            return False
    # A later piece: it stands before the gap.
    stop = gap.start - len(gap.token)
    match = _PIECES_BEFORE.search(gap.text, max(gap.begin, stop - 2 * MAX_PIECE - 4), stop)
    if match is None:
        return None
    answer = _abbreviation(gap, "".join(match[0].split()) + gap.token)
    return _abbreviation(gap, match[1] + gap.token) if answer is None else answer


def numbered(gap: Gap) -> bool | None:
    """A number or letter that begins a line numbers it: "1. Scope", "IV. Nouns", "B. Verbs"."""
    return False if _LIST_NUMBER.fullmatch(gap.token) and gap.at_start else None


def labelled(gap: Gap) -> bool | None:
    """So do a word and a number: "Chapter 1. The Island", "§ 5. Damages"."""
    if gap.start - gap.begin > MAX_LABEL or not (gap.token.isdigit() or _is_roman(gap.token)):
        return None
    words = gap.text[gap.begin : gap.start].split()
    labels = len(words) == 2 and (words[0] == "§" or words[0].rstrip(".") in gap.lex.labels)
    return False if labels else None


def initial(gap: Gap) -> bool | None:
    """One capital is an initial, unless a typical opener follows: "J. Smith", "plan B. The"."""
    if len(gap.token) != 1 or not (gap.token.isupper() or _caseless(gap.token)):
        return None
    if gap.lex.lang == "en" and gap.token == "I" and not gap.word_before[:1].isupper():
        return True
    return gap.opens and len(gap.word) > 1


def dated(gap: Gap) -> bool | None:
    """Numbers of one date belong together: "2001. 9. 11. 사건"."""
    if gap.lex.lang not in _YEAR_FIRST or not gap.token.isdigit():
        return None
    first = max(0, gap.start - _DATE_BEFORE)
    date = _DATE.search(gap.text, first, gap.start + _DATE_AFTER)
    return False if date and gap.start in range(date.start(), date.end()) else None


def ordinal(gap: Gap) -> bool | None:
    """In some languages a full stop makes a number an ordinal: "3. Oktober", "XIV. Jahrhundert"."""
    if not gap.lex.ordinals:
        return None
    if _is_roman(gap.token):
        return gap.opens
    if not gap.token.isdigit() or len(gap.token) > MAX_ORDINAL_DIGITS:
        return None
    # "str. 12." is no ordinal, "čl. 5. Zakona" is.
    before = gap.word_before.rstrip(".").lstrip("(").lower()
    counted = before == "§" or before in gap.lex.number
    return gap.opens or (counted and before not in gap.lex.ordinal_after)


def abbreviation(gap: Gap) -> bool | None:
    """A listed abbreviation ends a sentence never, or only before a typical opener."""
    return _abbreviation(gap, gap.token)


def dotted(gap: Gap) -> bool | None:
    """An unlisted abbreviation with stops inside goes on but before an opener: "R.E.M. The"."""
    return gap.opens if _DOTTED.fullmatch(gap.token) else None


RULES: tuple[Rule, ...] = (
    continues,
    plain_word,
    exclaiming_name,
    particle,
    speaker,
    closed,
    nothing_said,
    strong_mark,
    spaced_abbreviation,
    numbered,
    labelled,
    initial,
    dated,
    ordinal,
    abbreviation,
    dotted,
)


def ends(gap: Gap) -> bool:
    """Say whether a sentence ends at a gap."""
    for rule in RULES:
        answer = rule(gap)
        if answer is not None:
            return answer
    return True


def _abbreviation(gap: Gap, token: str) -> bool | None:
    lex, word = gap.lex, gap.word
    # "l'ing. Bianchi", "dell’avv. Verdi"
    token = _compound_end(_ELISION.sub("", token), lex)
    is_number = gap.char.isdigit() or _is_roman(word)
    if is_number and listed(lex.number, token):
        return False
    # "10 см" and "XIX в" are measures, "см. рис." is not.
    measure = listed(lex.unit, token) and _NUMBER.search(gap.word_before) is not None
    if not measure and listed(lex.never, token):
        return False
    if not measure and listed(lex.maybe, token):
        return gap.opens or gap.opener[:1] in _OPENS_SPEECH
    if listed(lex.unit, token):
        acronym = len(word) > 1 and word.isupper()
        if is_number or acronym or word in lex.after_unit:
            return False
        # "At 5 p.m. Mary left", "В 1990 г. Горбачёв уехал": too few words for a sentence.
        return gap.opens or len(gap.text[gap.begin : gap.start].split()) >= MIN_WORDS
    return None


def _compound_end(token: str, lex: Lexicon) -> str:
    """Return the listed end of a longer word, such as "str" of "Hauptstr", else the word."""
    ends = (end for end in lex.compounds if token.endswith(end) and len(token) > len(end) + 2)
    return next(ends, token)


def _is_roman(word: str) -> bool:
    return _ROMAN.fullmatch(word) is not None


def _caseless(char: str) -> bool:
    """Whether this is a letter of a script without capitals; a Korean syllable is no letter."""
    return char.isalpha() and not (char.isupper() or char.islower() or _HANGUL.match(char))
