"""Candidates: the places where a sentence may end, in scripts that put spaces between words."""

import re
from collections.abc import Iterator

from aligner.text.sentences.lexicon import Lexicon

# What may close after a sentence's last mark, attached to it. » and “ close in some
# languages and open in others; attached to the mark they close.
CLOSERS = r"\"'”»’)\]›“«‹」』）"
# What may open before a sentence's first word.
OPENERS = r"\"'“”„«»‘’‚(\[—–―‹›「『（¿¡•*·▪-"
# What web pages have between characters and nobody sees: zero-width spaces, joiners, directions.
INVISIBLE = "\u00ad\u200b-\u200f\u2060\ufeff"
# The marks of notes behind a sentence's end: "[1]", "[1, 2]", "[4–6]", "[note 3]", "[a]", "¹⁻³";
# where there are spaces between sentences, "(1)", "*", "†", too.
_NOTE = (
    r"\[[^][\n。！？]{1,30}\]|［\d{1,3}］|〔\d{1,3}〕|[¹²³⁰⁴-⁹](?:[,⁻ʼ˒–-](?=[¹²³⁰⁴-⁹]))?"
    rf"|[{INVISIBLE}]"
)
NOTES = rf"(?:{_NOTE})*+"
_SPACED_NOTES = rf"(?:{_NOTE}|\(\d{{1,3}}\)|[*†‡])*+"

# A mark of the end, closers (French sets a space before »), notes, what closes after these, then
# white space and no small letter or mark. Every repetition is possessive and begins where no
# repetition can, so the search is linear in the text whatever it holds. It begins with a
# set of characters, which the regex engine finds fast.
_END = re.compile(
    r"(?P<mark>[.!?…‽](?<![.!?…‽]{2})[.!?…‽]*+)"
    rf"(?P<close>(?:[ \u00a0\u202f]?[»›](?=[\s,.;:]|\Z)|[{CLOSERS}])*+)"
    r"(?P<late>[.!?…]*+)"
    rf"{_SPACED_NOTES}[{CLOSERS}]*+"
    r"(?=\s++(?:[^a-zа-яё,;:.!?…%/|&]|[a-z][A-Z]|[ivx]{1,4}\)|[a-zа-яё](?:\)|\.\s)))"
)
# The white space and openers after it, then the first word.
_NEXT = re.compile(rf"(?P<open>[\s{INVISIBLE}{OPENERS}]*+)(?P<word>\w*+)")
_UNSEEN = dict.fromkeys((0xAD, *range(0x200B, 0x2010), 0x2060, 0xFEFF))
_OPENING = "\"'“”„«»‘([—–―-‹•*"
_APOSTROPHES = frozenset("'’‘")
# What ended a sentence before a token, without a space; and what may stand before its words.
_EASTERN_STOPS = frozenset("。！？｡．")
# A token is looked at this far back (characters): no abbreviation is longer.
MAX_TOKEN = 40


class Candidate:
    """A place where a sentence may end.

    Attributes:
        text: the whole text; offsets are its.
        lex: its language's words.
        begin: where the sentence so far begins.
        start: where its last mark begins.
        stop: where the sentence ends if it does: after closers and footnote numbers.
        mark: the mark or marks: ".", "?!", "...".
        close: what closes after the mark: quotes, brackets.
        token: the word before the mark, without openers; may hold full stops itself.
        opener: what opens the following text: quotes, dashes.
        next: where the following word begins.
        word: the following word; "" where something else follows.
    """

    __slots__ = (
        "begin",
        "close",
        "lex",
        "mark",
        "next",
        "opener",
        "start",
        "stop",
        "text",
        "token",
        "word",
    )

    def __init__(
        self,
        text: str,
        lex: Lexicon,
        begin: int,
        end: re.Match[str],
        following: re.Match[str],
    ) -> None:
        late = end["late"]
        self.text = text
        self.lex = lex
        self.begin = begin
        self.start = end.start("late") if late else end.start()
        self.stop = end.end()
        self.mark = late or end["mark"]
        self.close = "" if late else end["close"]
        self.token = self._last_word(self.start).lstrip(_OPENING)
        opener = following["open"]
        self.opener = "" if opener == " " else opener.translate(_UNSEEN).strip()
        self.next = following.start("word")
        self.word = following["word"]

    @property
    def char(self) -> str:
        """The first character after the openers."""
        return self.text[self.next]

    @property
    def opens(self) -> bool:
        """Whether a word that begins sentences follows, and no initial: "A", but not "A. S."."""
        if len(self.word) == 1 and self.text.startswith(".", self.next + 1):
            return False
        return self.lex.opens(self.word) or self.clitic

    @property
    def clitic(self) -> bool:
        """Whether a word follows that begins sentences without a capital: "'t Was", "’k weet"."""
        return self.opener[-1:] in _APOSTROPHES and self.word in self.lex.clitics

    @property
    def at_start(self) -> bool:
        """Whether the token is the first of the sentence so far: the "1." of a list."""
        stop = self.start - len(self.token)
        before = self.text[max(self.begin, stop - MAX_TOKEN) : stop].rstrip(_OPENING + " \n")
        return not before or before[-1] in _EASTERN_STOPS

    @property
    def word_before(self) -> str:
        """The word before the token; "" where the token is the first."""
        return self._last_word(self.start - len(self.token))

    def _last_word(self, stop: int) -> str:
        piece = self.text[max(self.begin, stop - MAX_TOKEN) : stop]
        if stop == self.start and (not piece or piece[-1].isspace()):
            return ""
        words = piece.rsplit(maxsplit=1)
        return words[-1] if words else ""


def candidates(text: str, marks: str) -> Iterator[tuple[re.Match[str], re.Match[str]]]:
    """Yield each possible end and what follows it; one with nothing after it is none.

    Args:
        text: any text.
        marks: what ends sentences in it; one of these must be among an end's marks.
    """
    for end in _END.finditer(text):
        if not any(mark in marks for mark in end["mark"]):
            continue
        following = _NEXT.match(text, end.end())
        if following is not None and following.start("word") < len(text):
            yield end, following
