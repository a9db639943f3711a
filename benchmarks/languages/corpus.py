"""The texts that a language is learnt from: all its pairs with English, each once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from aligner.languages.language_tags import canonical
from aligner.languages.table import known_as, primary
from benchmarks.languages.debian import Package
from benchmarks.languages.pairs import cleaned, read

ENGLISH = frozenset({"en-us", "en", "c"})
# What FreeDict calls languages, where that is not their ISO 639-1 code.
OTHER_CODES = {"swh": "sw", "rom": "ro", "nor": "nb", "hrv": "hr", "srp": "sr"}


@dataclass(frozen=True, slots=True)
class Source:
    """Where pairs are from: a package, and how many of a language it gave."""

    package: str
    version: str
    licence: str
    pairs: int


@dataclass(frozen=True, slots=True)
class Corpus:
    """Pairs of a language, English first, and where they are from."""

    lang: str
    pairs: tuple[tuple[str, str], ...]
    sources: tuple[Source, ...]


def collect(packages: Iterable[Package], wanted: frozenset[str]) -> dict[str, Corpus]:
    """Read packages.

    Args:
        packages: what to read.
        wanted: tags of the languages to learn.
    """
    pairs: dict[str, dict[tuple[str, str], str]] = defaultdict(dict)
    places: dict[str, dict[tuple[str, str], tuple[str, str]]] = defaultdict(dict)
    known: dict[str, tuple[Package, str]] = {}
    for package in packages:
        contents = read(package)
        known[package.name] = package, contents.licence or "see the package"
        for name, found in contents.pairs.items():
            lang = _tag(name)
            if lang in wanted:
                for src, tgt in found:
                    pairs[lang].setdefault((cleaned(src), cleaned(tgt)), package.name)
        family = package.name.split("-help")[0]
        for text in contents.texts:
            lang = "en" if text.lang.casefold() in ENGLISH else _tag(text.lang)
            if lang == "en" or lang in wanted:
                place = f"{family} {text.page}", text.place
                places[lang].setdefault(place, (package.name, text.text))
    english = places.pop("en", {})
    for lang, texts in places.items():
        for place, (name, said) in texts.items():
            if place in english:
                pairs[lang].setdefault((cleaned(english[place][1]), cleaned(said)), name)
    return {lang: _corpus(lang, found, known) for lang, found in sorted(pairs.items())}


def _corpus(
    lang: str,
    found: Mapping[tuple[str, str], str],
    known: Mapping[str, tuple[Package, str]],
) -> Corpus:
    kept = {pair: name for pair, name in found.items() if all(pair) and pair[0] != pair[1]}
    counts: dict[str, int] = defaultdict(int)
    for name in kept.values():
        counts[name] += 1
    sources = tuple(
        Source(name, known[name][0].version, known[name][1], count)
        for name, count in sorted(counts.items())
    )
    return Corpus(lang, tuple(kept), sources)


def _tag(name: str) -> str:
    """Return the tag of a language as packages name it: "pt_BR", "sr@latin", "fin"."""
    plain = OTHER_CODES.get(name, name.replace("_", "-").partition("@")[0])
    return known_as(primary(canonical(plain)))
