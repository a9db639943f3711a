"""Language tags: BCP-47, in canonical case."""

import re

from aligner.errors import LanguageError

_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*")

# Codes that people and old standards use for a language whose tag is another (RFC 5646,
# registry field "Preferred-Value"; three letters: ISO 639-2 and 639-3).
_PREFERRED = {
    "iw": "he", "in": "id", "ji": "yi", "mo": "ro", "sh": "sr",
    "ara": "ar", "bel": "be", "bul": "bg", "cat": "ca", "ces": "cs", "cze": "cs",
    "chi": "zh", "cmn": "zh", "zho": "zh", "dan": "da", "deu": "de", "ger": "de",
    "dut": "nl", "nld": "nl", "ell": "el", "gre": "el", "eng": "en", "est": "et",
    "fas": "fa", "per": "fa", "fin": "fi", "fra": "fr", "fre": "fr", "heb": "he",
    "hin": "hi", "hrv": "hr", "hun": "hu", "hye": "hy", "arm": "hy", "ind": "id",
    "isl": "is", "ice": "is", "ita": "it", "jpn": "ja", "kat": "ka", "geo": "ka",
    "kor": "ko", "lav": "lv", "lit": "lt", "nor": "no", "pol": "pl", "por": "pt",
    "ron": "ro", "rum": "ro", "rus": "ru", "slk": "sk", "slo": "sk", "slv": "sl",
    "spa": "es", "srp": "sr", "swe": "sv", "tha": "th", "tur": "tr", "ukr": "uk",
    "vie": "vi",
}  # fmt: skip

# What a person calls the languages that the program names in messages.
_NAMES = {
    "ar": "Arabic", "be": "Belarusian", "bg": "Bulgarian", "ca": "Catalan", "cs": "Czech",
    "da": "Danish", "de": "German", "el": "Greek", "en": "English", "es": "Spanish",
    "et": "Estonian", "fa": "Persian", "fi": "Finnish", "fr": "French", "he": "Hebrew",
    "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian", "hy": "Armenian", "id": "Indonesian",
    "is": "Icelandic", "it": "Italian", "ja": "Japanese", "ka": "Georgian", "ko": "Korean",
    "lt": "Lithuanian", "lv": "Latvian", "nl": "Dutch", "no": "Norwegian", "pl": "Polish",
    "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sk": "Slovak", "sl": "Slovenian",
    "sr": "Serbian", "sv": "Swedish", "th": "Thai", "tr": "Turkish", "uk": "Ukrainian",
    "vi": "Vietnamese", "zh": "Chinese",
    "af": "Afrikaans", "az": "Azerbaijani", "bn": "Bengali", "cy": "Welsh", "eu": "Basque",
    "ga": "Irish", "gl": "Galician", "gu": "Gujarati", "kk": "Kazakh", "km": "Khmer",
    "kn": "Kannada", "ky": "Kyrgyz", "la": "Latin", "mk": "Macedonian", "ml": "Malayalam",
    "mn": "Mongolian", "mr": "Marathi", "ms": "Malay", "my": "Burmese", "ne": "Nepali",
    "pa": "Punjabi", "ps": "Pashto", "si": "Sinhala", "sq": "Albanian", "sw": "Swahili",
    "ta": "Tamil", "te": "Telugu", "tl": "Tagalog", "ur": "Urdu", "uz": "Uzbek",
}  # fmt: skip

_SCRIPT_LENGTH, _REGION_LENGTH = 4, 2


def canonical(tag: str) -> str:
    """Return a language tag in canonical case: "ZH-tw" is "zh-TW", "rus" is "ru".

    Raises:
        LanguageError: not the shape of a language tag.
    """
    if not _TAG.fullmatch(tag):
        remedy = "use a BCP-47 tag such as en, ru, en-GB or zh-TW"
        raise LanguageError(f"{tag!r} is not a language tag", "", remedy)
    language, *subtags = tag.replace("_", "-").split("-")
    language = language.lower()
    return "-".join([_PREFERRED.get(language, language), *map(_subtag, subtags)])


def _subtag(subtag: str) -> str:
    if len(subtag) == _SCRIPT_LENGTH and subtag.isalpha():
        return subtag.title()
    if len(subtag) == _REGION_LENGTH:
        return subtag.upper()
    return subtag.lower()


def primary(tag: str) -> str:
    """Return a tag's language without script and region: "en" of "en-GB"."""
    return tag.partition("-")[0].lower()


def name(tag: str) -> str:
    """Return what a person calls a language: "Russian (ru)"."""
    found = plain_name(tag)
    return f"{found} ({tag})" if found != tag else tag


def plain_name(tag: str) -> str:
    """Return a language's name alone, "Russian"; the tag where it has none here."""
    return _NAMES.get(primary(tag), tag)


def is_known(tag: str) -> bool:
    """Whether a text is the tag of a language that has a name here."""
    return _TAG.fullmatch(tag) is not None and primary(canonical(tag)) in _NAMES


def tag_of(name: str) -> str:
    """Return the tag of a language by its name, whatever the case; "" for an unknown one."""
    wanted = name.casefold()
    return next((tag for tag, known in _NAMES.items() if known.casefold() == wanted), "")
