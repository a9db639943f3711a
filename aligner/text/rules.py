"""The rules that say whether a gap ends a sentence: each looks at one thing and has a name.

A rule answers True (it ends), False (it goes on) or None (not my business). The first
answer counts; where no rule answers, the sentence ends.
"""

import re
from collections.abc import Callable

from aligner.text.gaps import Gap
from aligner.text.lexicon import listed

Rule = Callable[[Gap], bool | None]

_ELLIPSES = frozenset({"...", "…", ".."})
_BRACKETS = frozenset("([")
_ROMAN = re.compile(r"[IVXLCDM]+")
# "U.S", "т.е", "Ph.D": short pieces with full stops between them.
_DOTTED = re.compile(r"(?:[^\W\d_]{1,3}\.-?)+[^\W\d_]{1,3}")
_PIECE_BEFORE = re.compile(r"(?<![^\W\d_])([^\W\d_]{1,3}\.)\s?\Z")
# Letters of a piece of an abbreviation that is typed with spaces.
MAX_PIECE = 3
# "John asked", "Mr. Smith’s son replied": words, and characters looked at.
SPEAKER_WORDS = 4
MAX_SPEAKER = 60
_CLOSING_QUOTES = frozenset("\"'”’»›“」』")
# What opens direct speech, and with it a sentence, even after an abbreviation.
_OPENS_SPEECH = frozenset('"“«„—–')
_GEORGIAN = re.compile("[\u10d0-\u10ff]")
# "1.", "12.", "iv.": the numbers that lists and chapters have.
MAX_LIST_DIGITS = 3
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
        return spaced_out or (gap.lex.opens(gap.word) and gap.word != "I")
    return None


def exclaiming_name(gap: Gap) -> bool | None:
    """Some names have a mark of their own: "Yahoo! Inc."."""
    named = "!" in gap.mark and gap.token + gap.mark in gap.lex.exclaiming and not gap.close
    return False if named else None


def particle(gap: Gap) -> bool | None:
    """Some words begin no sentence, though their script has no small letters: "…다.” 라고"."""
    return False if gap.word in gap.lex.continuing else None


def speaker(gap: Gap) -> bool | None:
    """A quotation's speaker is not yet a new sentence: "“Why?” John asked."."""
    spoken = gap.close and gap.mark[-1] in "!?"
    if not spoken or not gap.lex.speech or gap.opener or gap.lex.opens(gap.word):
        return None
    words = gap.text[gap.next : gap.next + MAX_SPEAKER].split()[1:SPEAKER_WORDS]
    return False if any(word.rstrip(".,:;!?") in gap.lex.speech for word in words) else None


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
    match = _PIECE_BEFORE.search(gap.text, max(gap.begin, stop - MAX_PIECE - 2), stop)
    return _abbreviation(gap, match[1] + gap.token) if match else None


def initial(gap: Gap) -> bool | None:
    """One capital is an initial, unless a typical opener follows: "J. Smith", "plan B. The"."""
    if len(gap.token) != 1 or not gap.token.isupper():
        return None
    if gap.lex.lang == "en" and gap.token == "I" and not gap.word_before[:1].isupper():
        return True
    return gap.lex.opens(gap.word) and len(gap.word) > 1


def numbered(gap: Gap) -> bool | None:
    """A number that begins a line numbers it: "1. Scope"."""
    if gap.token.isdigit() and len(gap.token) <= MAX_LIST_DIGITS and gap.at_start:
        return False
    return False if _ROMAN.fullmatch(gap.token) and gap.at_start else None


def ordinal(gap: Gap) -> bool | None:
    """In some languages a full stop makes a number an ordinal: "3. Oktober", "XIV. Jahrhundert"."""
    if not gap.lex.ordinals:
        return None
    small = gap.token.isdigit() and len(gap.token) <= MAX_ORDINAL_DIGITS
    return gap.lex.opens(gap.word) if small or _ROMAN.fullmatch(gap.token) else None


def abbreviation(gap: Gap) -> bool | None:
    """A listed abbreviation ends a sentence never, or only before a typical opener."""
    return _abbreviation(gap, gap.token)


def dotted(gap: Gap) -> bool | None:
    """An unlisted abbreviation with stops inside goes on but before an opener: "R.E.M. The"."""
    return gap.lex.opens(gap.word) if _DOTTED.fullmatch(gap.token) else None


RULES: tuple[Rule, ...] = (
    continues,
    exclaiming_name,
    particle,
    speaker,
    closed,
    nothing_said,
    strong_mark,
    spaced_abbreviation,
    initial,
    numbered,
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
    is_number = gap.char.isdigit() or bool(_ROMAN.fullmatch(word))
    if is_number and listed(lex.number, token):
        return False
    # "l'ing. Bianchi", "dell’avv. Verdi"
    token = _ELISION.sub("", token)
    # "10 см" and "XIX в" are measures, "см. рис." is not.
    measure = listed(lex.unit, token) and _NUMBER.search(gap.word_before) is not None
    if not measure and listed(lex.never, token):
        return False
    if not measure and listed(lex.maybe, token):
        return lex.opens(word) or gap.opener[:1] in _OPENS_SPEECH
    if listed(lex.unit, token):
        acronym = len(word) > 1 and word.isupper()
        if is_number or acronym or word in lex.after_unit:
            return False
        # "At 5 p.m. Mary left", "В 1990 г. Горбачёв уехал": too few words for a sentence.
        return lex.opens(word) or len(gap.text[gap.begin : gap.start].split()) >= MIN_WORDS
    return None
