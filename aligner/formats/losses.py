"""What a format cannot hold, counted, so that nothing goes missing in silence."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

# Lone surrogates are no characters: UTF-8 has no bytes for them.
NOT_UTF8 = re.compile("[\ud800-\udfff]")
# XML 1.0, section 2.2: the complement of Char.
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Losses:
    """The toll of one export.

    Args:
        nulls: null alignments that were left out, because the format has pairs only.
        characters: characters that the format forbids, taken out of the texts.
        refused: beads that were left out because the program that the file is for takes none
            like them.
        codes: codes of markup in the texts that nothing stands for there.
    """

    nulls: int = 0
    characters: int = 0
    refused: int = 0
    codes: int = 0


# Why beads are left out of a file, by their index among the bitext's beads. The others keep
# their numbers.
Without = Mapping[int, str]
NONE: Without = MappingProxyType({})


class Stripper:
    """Takes out the characters that a format forbids, and counts them."""

    def __init__(self, forbidden: re.Pattern[str]) -> None:
        self.forbidden = forbidden
        self.count = 0

    def __call__(self, text: str) -> str:
        """Return the text without the forbidden characters."""
        if self.forbidden.search(text) is None:
            return text
        legal, count = self.forbidden.subn("", text)
        self.count += count
        return legal
