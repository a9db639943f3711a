"""The checks: each looks at all beads of a bitext and says which fail.

Null alignments have nothing to compare: only the checks of the bead itself (`unsure`,
`not-1-1`) look at them.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

from aligner.types import Bead, Bitext

# A pair less sure than this is as likely wrong as right.
MIN_CONFIDENCE = 0.5
# A side this many times longer than the bitext's other pairs would make it. Of right pairs of
# news (NTREX, nine languages) 1 in 4,000 is, of novels (English and Russian) 1 in 400.
MAX_RATIO = 2.5
# Characters added to either side's length, so that short pairs ("Yes." - "Разумеется.") pass.
SMOOTHING_CHARS = 15
# Of the words of a translation, at least this share is not in the source ...
MAX_SHARED_WORDS = 0.8
# ... where it has so many words; a few may be names.
MIN_WORDS = 4
# Numbers up to this are written as words in many house styles.
LAST_SPELLED_OUT = 12
# More digits than any number that means something; Python refuses to read 4,301.
MAX_DIGITS = 300
# What "thousand", "万", "million", "億" and "billion" stand for.
ZEROS = (10**3, 10**4, 10**6, 10**8, 10**9)
# Fewer letters than this say too little of a language.
MIN_LETTERS = 25
# A text is in another language if the identifier gives its own less than this ...
MAX_OWN_SHARE = 0.02
# ... and one other at least this.
MIN_OTHER_SHARE = 0.9

GROUPED = r"\d{1,3}(?:[\u0020\u00a0\u202f\u2009,.'’٬]\d{3})+(?!\d)"
NUMBER = re.compile(rf"(?<!\d){GROUPED}|\d+")
ROMAN = re.compile(r"\b[IVXLCDM]+\b")
ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
WORD = re.compile(r"\w+")
NO_WORD = re.compile(r"\W+|_")
DIGIT = re.compile(r"\d")
# What a program puts something in for: %s, %1$d, %(name)s, %@, {0}, {name}, {{name}}, ${name}. A
# per cent is none, nor are choices ({count, plural, …}), whose inside is translated.
PLACEHOLDER = re.compile(
    r"(?<![\w%])%(?:\d+\$|\(\w+\))?[-+0#]*\d*(?:\.\d+)?(?:hh?|ll?|[jzt])?[diouxXeEfgGcsSp@](?!\w)"
    r"|\$\{[^{}\s]{1,60}\}|\{\{\s?[\w.]{1,60}\s?\}\}|(?<![{$])\{[\w.]{0,60}(?::[^{}\s]{1,20})?\}(?!\})"
)
CHOICE = re.compile(r"\{\w{1,60}, ?(?:plural|select|selectordinal),")
PLACE = re.compile(r"%\d+\$")
TAG = re.compile(r"<(/?)([a-zA-Z][\w:-]{0,40})(?:\s[^<>]{0,400})?/?>")


class BeadTexts(NamedTuple):
    """A bead and its texts."""

    bead: Bead
    source: str
    target: str


# A bitext and the check's limit in, whether each bead fails out.
Test = Callable[[Bitext, float], Iterator[bool]]


@dataclass(frozen=True, slots=True)
class Check:
    """One reason to doubt a pair.

    Args:
        name: as flags and options say it.
        meaning: what fails, for people.
        test: says of every bead whether it fails.
        limit: where the check has one, what it is unless another is given.
        bounds: what a limit may be, both ends included.
    """

    name: str
    meaning: str
    test: Test
    limit: float | None = None
    bounds: tuple[float, float] = (0.0, 1.0)


def pairs(bitext: Bitext) -> Iterator[BeadTexts]:
    """Yield the beads with their texts; a null alignment has an empty one."""
    for bead in bitext.alignment.beads:
        yield BeadTexts(bead, bitext.src_text(bead), bitext.tgt_text(bead))


def unsure(bitext: Bitext, limit: float) -> Iterator[bool]:
    """Fail beads of a confidence below the limit."""
    return (bead.confidence < limit for bead in bitext.alignment.beads)


def not_one_to_one(bitext: Bitext, _limit: float) -> Iterator[bool]:
    """Fail beads that are not one segment for one."""
    return (bead.kind != "1-1" for bead in bitext.alignment.beads)


def identical(bitext: Bitext, _limit: float) -> Iterator[bool]:
    """Fail pairs whose sides say the same, marks and case aside."""
    for pair in pairs(bitext):
        source = normal(pair.source)
        yield source == normal(pair.target) and any(map(str.isalpha, source))


def untranslated(bitext: Bitext, limit: float) -> Iterator[bool]:
    """Fail pairs most of whose target's words stand in the source."""
    for pair in pairs(bitext):
        source, target = words(pair.source), words(pair.target)
        shared = sum((Counter(source) & Counter(target)).values())
        yield len(target) >= MIN_WORDS and shared >= limit * len(target)


def words(text: str) -> list[str]:
    """Return a text's words that have letters, in lower case."""
    found = WORD.findall(text.casefold())
    return [word for word in found if any(map(str.isalpha, word))]


def length(bitext: Bitext, limit: float) -> Iterator[bool]:
    """Fail pairs one side of which is far longer than the bitext's other pairs would make it."""
    totals = [0, 0]
    for pair in pairs(bitext):
        if not pair.bead.is_null:
            totals[0] += len(pair.source)
            totals[1] += len(pair.target)
    usual = (totals[1] or 1) / (totals[0] or 1)
    for pair in pairs(bitext):
        expected = len(pair.source) * usual + SMOOTHING_CHARS
        ratio = (len(pair.target) + SMOOTHING_CHARS) / expected
        yield not pair.bead.is_null and not 1 / limit <= ratio <= limit


def numbers(bitext: Bitext, _limit: float) -> Iterator[bool]:
    """Fail pairs whose sides name different numbers."""
    for pair in pairs(bitext):
        yield not pair.bead.is_null and numbers_differ(pair.source, pair.target)


def numbers_differ(source: str, target: str) -> bool:
    """Whether a number on one side is on the other neither in digits nor, it seems, in words.

    A number of the other side may be written in Roman digits, or with a word for its zeros
    ("10 thousand"); one up to twelve as a word, where the other side has no number too many
    that it could be confused with.
    """
    left, right = Counter(numbers_in(source)), Counter(numbers_in(target))
    left, right = left - right, right - left
    left -= Counter(romans(target))
    right -= Counter(romans(source))
    for number, other in product(left, right):
        if max(number, other) in {min(number, other) * zeros for zeros in ZEROS}:
            left, right = left - Counter([number]), right - Counter([other])
    if left and right:
        return True
    return any(number > LAST_SPELLED_OUT for number in left | right)


def numbers_in(text: str) -> Iterator[int]:
    """Yield the numbers of a text; "1,000", "1 000" and "1.000" are one thousand."""
    for match in NUMBER.finditer(text):
        yield int("".join(DIGIT.findall(match[0]))[:MAX_DIGITS])


def romans(text: str) -> Iterator[int]:
    """Yield the numbers written in Roman digits, and words that look so."""
    for match in ROMAN.finditer(text):
        digits = [ROMAN_DIGITS[digit] for digit in match[0]]
        following = [*digits[1:], 0]
        yield sum(-a if a < b else a for a, b in zip(digits, following, strict=True))


def placeholders(bitext: Bitext, _limit: float) -> Iterator[bool]:
    """Fail pairs whose sides do not have the same placeholders, in whatever order."""
    return _differ(bitext, placeholders_in)


def placeholders_in(text: str) -> Iterator[str]:
    """Yield the placeholders of a text; "%1$s" is "%s" in another place."""
    choices = CHOICE.findall(text)
    yield from choices
    for match in PLACEHOLDER.finditer(text):
        # In choices, what stands in braces may be a word of the text.
        if not (choices and match[0].startswith("{")):
            yield PLACE.sub("%", match[0])


def tags(bitext: Bitext, _limit: float) -> Iterator[bool]:
    """Fail pairs whose sides do not have the same tags, in whatever order."""
    return _differ(bitext, tags_in)


def tags_in(text: str) -> Iterator[str]:
    """Yield the tags of a text by their names: "b", "/b"; "<br/>" is "<br>"."""
    for match in TAG.finditer(text):
        yield match[1] + match[2].lower()


def _differ(bitext: Bitext, parts: Callable[[str], Iterator[str]]) -> Iterator[bool]:
    for pair in pairs(bitext):
        differ = Counter(parts(pair.source)) != Counter(parts(pair.target))
        yield not pair.bead.is_null and differ


def letterless(bitext: Bitext, _limit: float) -> Iterator[bool]:
    """Fail pairs a side of which has no letter: marks, numbers, ticks in tables."""
    for pair in pairs(bitext):
        has_letters = (any(map(str.isalpha, text)) for text in (pair.source, pair.target))
        yield not pair.bead.is_null and not all(has_letters)


def language(bitext: Bitext, _limit: float) -> Iterator[bool]:
    """Fail pairs a side of which is in another language than its text."""
    from aligner.languages.identification import Identifier, count_letters
    from aligner.languages.language_tags import primary

    identifier = Identifier()

    def is_foreign(text: str, lang: str) -> bool:
        if not lang or count_letters(text) < MIN_LETTERS:
            return False
        ranked = identifier.rank(text)
        own = next((each.probability for each in ranked if each.lang == primary(lang)), None)
        return own is not None and own < MAX_OWN_SHARE and ranked[0].probability >= MIN_OTHER_SHARE

    for pair in pairs(bitext):
        sides = (pair.source, bitext.src.lang), (pair.target, bitext.tgt.lang)
        yield not pair.bead.is_null and any(is_foreign(*side) for side in sides)


def duplicate(bitext: Bitext, _limit: float) -> Iterator[bool]:
    """Fail pairs that were there before, to the letter."""
    return _seen(bitext, lambda pair: (pair.source, pair.target))


def near_duplicate(bitext: Bitext, _limit: float) -> Iterator[bool]:
    """Fail pairs that were there before but for marks, case, spacing and digits."""
    return _seen(
        bitext,
        lambda pair: tuple(DIGIT.sub("0", normal(text)) for text in (pair.source, pair.target)),
    )


def normal(text: str) -> str:
    """Return a text's letters and digits alone, in lower case (Unicode NFKC)."""
    return NO_WORD.sub("", unicodedata.normalize("NFKC", text).casefold())


def _seen(bitext: Bitext, key: Callable[[BeadTexts], Hashable]) -> Iterator[bool]:
    # Hashes, not texts: a bitext of a million pairs is not held twice.
    seen: set[int] = set()
    for pair in pairs(bitext):
        mark = hash(key(pair))
        yield not pair.bead.is_null and mark in seen
        seen.add(mark)


CHECKS: dict[str, Check] = {
    check.name: check
    for check in (
        Check("unsure", "confidence below LIMIT", unsure, MIN_CONFIDENCE),
        Check("not-1-1", "other than one segment for one", not_one_to_one),
        Check("identical", "both sides say the same", identical),
        Check(
            "untranslated",
            "this share of the target's words stands in the source",
            untranslated,
            MAX_SHARED_WORDS,
        ),
        Check("length", "a side LIMIT times longer than usual", length, MAX_RATIO, (1.0, 1e9)),
        Check("numbers", "different numbers", numbers),
        Check("placeholders", "different placeholders (%s, {0})", placeholders),
        Check("tags", "different tags (<b>)", tags),
        Check("letterless", "a side without letters", letterless),
        Check("language", "a side in another language", language),
        Check("duplicate", "a pair that was there before", duplicate),
        Check("near-duplicate", "the same but for marks, case and digits", near_duplicate),
    )
}
