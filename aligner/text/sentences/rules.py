"""The rules that say whether a candidate ends a sentence: each looks at one thing and has a name.

A rule answers True (it ends), False (it goes on) or None (not my business). The first
answer counts; where no rule answers, the sentence ends.
"""

import re
from collections.abc import Callable

from aligner.text.sentences.candidates import Candidate
from aligner.text.sentences.lexicon import Lexicon, listed

Rule = Callable[[Candidate], bool | None]

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
# "a) …", "iv) …": the item of a list.
_ITEM = re.compile(r"(?:\w|[ivx]{1,4})\)")
# "as follows: 1. Paper. 2. Ink.": the first of a list inside a sentence, and how far back
# (characters) the one before is looked for.
_FIRST_ITEMS = frozenset({"1", "I", "i", "A", "a", "А", "а", "α", "Α", "가", "١", "۱", "१"})
_BEFORE_ITEMS = (":", "：")
_LETTERED_ITEM = re.compile(r"([a-zа-яё])\.\s[^\W\d_a-zа-яё]")
MAX_ITEM = 300
# "(2d Cir. 1993)", "(ill. Ann Berg)": no longer than this (characters) before the stop and after.
MAX_REMARK = 40
# "’s Avonds": a short word that Dutch begins a sentence with, before the capital.
_SHORT_START = re.compile(r"\w\s[^\W\d_]")
# Where the year comes first, a date is "2001. 9. 11.".
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


def continues(at: Candidate) -> bool | None:
    """A small letter or a mark goes on with the sentence: "“Why?” he asked"."""
    char = at.char
    if char in ",;:.!?…%/|&":
        return False
    if not char.islower() or _GEORGIAN.match(char) or at.clitic or _begins_item(at):
        return None
    if at.opener in ("'", "’") and _SHORT_START.match(at.text, at.next):
        return None if at.text[at.next + 2].isupper() else False
    # iPhone, eBay: a name, not the middle of a sentence.
    return at.word[1:2].isupper() and not at.opener


def _begins_item(at: Candidate) -> bool:
    """Whether the small letter that follows is that of a list: "b) Ink", "b. Ink" after "a."."""
    lettered = _LETTERED_ITEM.match(at.text, at.next)
    if lettered is not None:
        return _follows_item(at, lettered[1], at.start)
    return _ITEM.match(at.text, at.next) is not None


def remark(at: Candidate) -> bool | None:
    """A short remark in brackets is part of its sentence: "(2d Cir. 1993)", "(ill. Ann Berg)"."""
    if at.mark != "." or at.close or at.opener[:1] in _BRACKETS:
        return None
    opened = at.text.rfind("(", max(at.begin, at.start - MAX_REMARK), at.start)
    if opened <= at.begin or at.text.find(")", opened, at.start) >= 0:
        return None
    return False if at.text.find(")", at.stop, at.stop + MAX_REMARK) >= 0 else None


def nothing_said(at: Candidate) -> bool | None:
    """A mark in brackets ends nothing, nor mostly the last of ". . .": "a man (!) Russia"."""
    if at.text[at.start - 1 : at.start] in _BRACKETS:
        return False
    if at.mark == "." and not at.token:
        # Texts that were cut into words have a space before every mark: "The end ."
        spaced_out = not at.text[at.begin : at.start].rstrip().endswith(".")
        return spaced_out or (at.opens and at.word != "I")
    return None


def plain_word(at: Candidate) -> bool | None:
    """A full stop after a word that is no abbreviation ends a sentence: no rule below differs."""
    token = at.token
    if at.mark != "." or at.close or len(token) <= MAX_PIECE or not token.isalpha():
        return None
    return None if token.isupper() or at.lex.abbreviates(token) else True


def exclaiming_name(at: Candidate) -> bool | None:
    """Some names have a mark of their own: "Yahoo! Inc."."""
    named = "!" in at.mark and at.token + at.mark in at.lex.exclaiming and not at.close
    return False if named else None


def particle(at: Candidate) -> bool | None:
    """Some words begin no sentence, though their script has no small letters: "…다.” 라고"."""
    return False if at.close and at.word in at.lex.continuing else None


def speaker(at: Candidate) -> bool | None:
    """A quotation's speaker is not yet a new sentence: "“Why?” John asked."."""
    # Others have a comma where Korean has a full stop: "“가자.” 그가 말했다."
    spoken = at.close and (at.mark[-1] in "!?" or _HANGUL.match(at.char))
    if not spoken or at.opener or at.opens:
        return None
    return False if speaks(at.text, at.next, at.lex) else None


def speaks(text: str, start: int, lex: Lexicon) -> bool:
    """Whether one of the first words from `start` is a verb of speech: "John asked"."""
    if not lex.speech:
        return False
    words = text[start : start + MAX_SPEAKER].split()[:SPEAKER_WORDS]
    return any(word.rstrip(_MARKS) in lex.speech for word in words)


def strong_mark(at: Candidate) -> bool | None:
    """A question, an exclamation, an ellipsis ends a sentence before a capital (but not "I")."""
    if at.mark == ".":
        return None
    return not (at.mark in _ELLIPSES and at.word == "I" and at.lex.lang == "en")


def closed(at: Candidate) -> bool | None:
    """A full stop beside a closing quote is no abbreviation's: "…so.” He", "…так». Он"."""
    if at.mark != ".":
        return None
    before = at.text[at.start - 1 : at.start]
    return True if at.close.strip(")]") or before in _CLOSING_QUOTES else None


def spaced_abbreviation(at: Candidate) -> bool | None:
    """Abbreviations are also typed with spaces: "и т. д.", "н. э.", "z. B."."""
    if len(at.token) > MAX_PIECE:
        return None
    # The first piece: the whole abbreviation stands around the candidate.
    if at.text.startswith(".", at.next + len(at.word)) and not at.opener:
        whole = f"{at.token}.{at.word}"
        lists = at.lex.never, at.lex.maybe, at.lex.unit
        if listed(at.lex.abbreviations, whole) and any(listed(words, whole) for words in lists):
            return False
    # A later piece: it stands before the candidate.
    stop = at.start - len(at.token)
    match = _PIECES_BEFORE.search(at.text, max(at.begin, stop - 2 * MAX_PIECE - 4), stop)
    if match is None:
        return None
    answer = _abbreviation(at, "".join(match[0].split()) + at.token)
    return _abbreviation(at, match[1] + at.token) if answer is None else answer


def numbered(at: Candidate) -> bool | None:
    """A number or letter that begins a line numbers it: "1. Scope", "IV. Nouns", "B. Verbs"."""
    return False if _LIST_NUMBER.fullmatch(at.token) and at.at_start else None


def item(at: Candidate) -> bool | None:
    """So does one inside a sentence: the first after a colon or before a second, and its like."""
    if at.mark != "." or not _LIST_NUMBER.fullmatch(at.token):
        return None
    if at.token not in _FIRST_ITEMS:
        return False if _follows_item(at, at.token, at.start - len(at.token)) else None
    before = at.text[max(at.begin, at.start - MAX_ITEM) : at.start - len(at.token)].rstrip()
    ahead = at.text[at.stop : at.stop + MAX_ITEM]
    second = ahead.find(f" {_neighbour(at.token, 1)}. ")
    found = before.endswith(_BEFORE_ITEMS) or (second > 0 and ahead[second - 1] in ".;!?")
    return False if found else None


def _follows_item(at: Candidate, number: str, stop: int) -> bool:
    """Whether an item of the same sentence has the number or letter before this one.

    Something stands between the two: "А. Б." are initials.
    """
    last = _neighbour(number, -1)
    so_far = at.text[max(at.begin, stop - MAX_ITEM) : stop].rstrip()
    found = so_far.rfind(f"{last}. ", 0, -MAX_PIECE) if last else -1
    return found == 0 or (found > 0 and so_far[found - 1] in " \n(:")


def _neighbour(number: str, step: int) -> str:
    """Return what comes before or after a number or letter in a list: "2" of "3", "b" of "c"."""
    if number.isdecimal():
        return str(int(number) + step)
    if number == "I":
        return "II"
    return chr(ord(number) + step) if len(number) == 1 and number.isalpha() else ""


def labelled(at: Candidate) -> bool | None:
    """So do a word and a number: "Chapter 1. The Island", "§ 5. Damages"."""
    if at.start - at.begin > MAX_LABEL or not (at.token.isdigit() or _is_roman(at.token)):
        return None
    words = at.text[at.begin : at.start].split()
    labels = len(words) == 2 and (words[0] == "§" or words[0].rstrip(".") in at.lex.labels)
    return False if labels else None


def initial(at: Candidate) -> bool | None:
    """One capital is an initial, unless a typical opener follows: "J. Smith", "plan B. The"."""
    if len(at.token) != 1 or not (at.token.isupper() or _caseless(at.token)):
        return None
    if at.lex.lang == "en" and at.token == "I" and not at.word_before[:1].isupper():
        return True
    return at.opens and len(at.word) > 1


def dated(at: Candidate) -> bool | None:
    """Numbers of one date belong together: "2001. 9. 11. 사건"."""
    if not at.lex.year_first or not at.token.isdigit():
        return None
    first = max(0, at.start - _DATE_BEFORE)
    date = _DATE.search(at.text, first, at.start + _DATE_AFTER)
    return False if date and at.start in range(date.start(), date.end()) else None


def ordinal(at: Candidate) -> bool | None:
    """In some languages a full stop makes a number an ordinal: "3. Oktober", "XIV. Jahrhundert"."""
    if not at.lex.ordinals:
        return None
    if _is_roman(at.token):
        return at.opens
    if not at.token.isdigit() or len(at.token) > MAX_ORDINAL_DIGITS:
        return None
    # "str. 12." is no ordinal, "čl. 5. Zakona" is.
    before = at.word_before.rstrip(".").lstrip("(").lower()
    counted = before == "§" or before in at.lex.number
    return at.opens or (counted and before not in at.lex.ordinal_after)


def abbreviation(at: Candidate) -> bool | None:
    """A listed abbreviation ends a sentence never, or only before a typical opener."""
    return _abbreviation(at, at.token)


def dotted(at: Candidate) -> bool | None:
    """An unlisted abbreviation with stops inside goes on but before an opener: "R.E.M. The"."""
    return at.opens if _DOTTED.fullmatch(at.token) else None


RULES: tuple[Rule, ...] = (
    continues,
    remark,
    plain_word,
    exclaiming_name,
    particle,
    speaker,
    closed,
    nothing_said,
    strong_mark,
    spaced_abbreviation,
    numbered,
    item,
    labelled,
    initial,
    dated,
    ordinal,
    abbreviation,
    dotted,
)


def ends(at: Candidate) -> bool:
    """Say whether a sentence ends at a candidate."""
    for rule in RULES:
        answer = rule(at)
        if answer is not None:
            return answer
    return True


def _abbreviation(at: Candidate, token: str) -> bool | None:
    lex, word = at.lex, at.word
    # "l'ing. Bianchi", "dell’avv. Verdi"
    token = _compound_end(_ELISION.sub("", token), lex)
    if not listed(lex.abbreviations, token):
        return None
    is_number = at.char.isdigit() or _is_roman(word)
    # "10 см" and "XIX в" are measures, "см. рис." is not.
    measure = listed(lex.unit, token) and _NUMBER.search(at.word_before) is not None
    numbering = is_number and listed(lex.number, token)
    if numbering or (not measure and listed(lex.never, token)):
        return False
    if not measure and listed(lex.maybe, token):
        return at.opens or at.opener[:1] in _OPENS_SPEECH
    if listed(lex.unit, token):
        acronym = len(word) > 1 and word.isupper()
        if is_number or acronym or word in lex.after_unit:
            return False
        # "At 5 p.m. Mary left", "В 1990 г. Горбачёв уехал": too few words for a sentence.
        return at.opens or len(at.text[at.begin : at.start].split()) >= MIN_WORDS
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
