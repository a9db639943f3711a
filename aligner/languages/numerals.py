"""Numbers as they are written: 3, III, 三, drei, third.

The words come from num2words, for the languages that it has (about fifty). Ordinals are inflected
in most of them, so a word stands for the numeral whose beginning it shares.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache

from aligner.languages.table import known_as

LARGEST = 120  # in words
# Characters that a word and a numeral may end in differently, and must begin alike.
ENDING, STEM = 3, 3
ARTICLES = ("ال", "ה")  # written together with the word
OTHER_NAMES = {"no": ("no",), "zh": (), "kk": ("kz",)}  # of languages, by num2words

_ROMAN = re.compile(r"(?=[mdclxvi])m{0,3}(c[md]|d?c{0,3})(x[cl]|l?x{0,3})(i[xv]|v?i{0,3})")
_ROMAN_DIGITS = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
IDEOGRAPHS = "〇零一二三四五六七八九十百千两兩廿卅"
_IDEOGRAPHS = re.compile(f"[{IDEOGRAPHS}]+")
_IDEOGRAPH_VALUES = {"两": 2, "兩": 2, "〇": 0, "零": 0, "廿": 20, "卅": 30}


def numeral(words: Sequence[str], lang: str) -> int | None:
    """Return the number that words stand for, all of them together.

    Args:
        words: as `plain` makes them.
        lang: BCP-47 tag of their language.
    """
    if len(words) == 1:
        word = words[0]
        if word.isdecimal():
            return int(word[-9:])
        if _ROMAN.fullmatch(word):
            return _roman(word)
        if _IDEOGRAPHS.fullmatch(word):
            return _ideographs(word)
    known = number_words(known_as(lang))
    together = " ".join(words)
    for article in ("", *ARTICLES):
        if together.startswith(article):
            found = _looked_up(known, together.removeprefix(article))
            if found is not None:
                return found
    return None


def plain(text: str) -> str:
    """Return a text as numerals are compared: in small letters, without accents."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in parts if not unicodedata.combining(c))


@cache
def number_words(lang: str) -> Mapping[str, Mapping[str, int]]:
    """Return the cardinals and ordinals of a language by their first STEM characters.

    Args:
        lang: as `known_as` gives it; of one that num2words does not have, nothing.
    """
    from num2words import (  # type: ignore[import-untyped]
        CONVERTER_CLASSES,
        num2words,
    )

    found: dict[str, dict[str, int]] = {}
    for name in OTHER_NAMES.get(lang, (lang,)):
        if name not in CONVERTER_CLASSES:
            continue
        for kind in ("cardinal", "ordinal"):
            for number in range(1, LARGEST + 1):
                try:
                    said = num2words(number, lang=name, to=kind)
                except (NotImplementedError, IndexError, KeyError):
                    break
                words = " ".join(re.findall(r"\w+", plain(said)))
                found.setdefault(words[:STEM], {}).setdefault(words, number)
    return found


def _looked_up(known: Mapping[str, Mapping[str, int]], words: str) -> int | None:
    """Return the number of the numeral that is most like some words."""
    alike = known.get(words[:STEM], {})
    if words in alike:
        return alike[words]
    best, number = 0, None
    for each, value in alike.items():
        shared = _shared(words, each)
        near = max(len(words), len(each)) - shared <= ENDING
        if near and shared >= max(STEM, best + 1):
            best, number = shared, value
    return number


def _shared(a: str, b: str) -> int:
    """Return how many characters two words begin alike with."""
    return next(
        (k for k, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b))
    )


def _roman(word: str) -> int:
    values = [_ROMAN_DIGITS[c] for c in word]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(value if value >= after else -value for value, after in pairs)


def _ideographs(word: str) -> int:
    """Return what a number in Chinese characters says: with its tens named, or digit by digit."""
    values = [_IDEOGRAPH_VALUES.get(c) or int(unicodedata.numeric(c)) for c in word]
    if max(values) < 10:
        return int("".join(map(str, values)))
    total, digit = 0, 0
    for value in values:
        if value in (10, 100, 1000):
            total, digit = total + (digit or 1) * value, 0
        elif value > 10:
            total += value
        else:
            digit = value
    return total + digit
