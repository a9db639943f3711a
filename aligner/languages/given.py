"""What was said of the languages of two texts, and by whom."""

from dataclasses import dataclass
from typing import Self

from aligner.languages.language_tags import canonical


@dataclass(frozen=True, slots=True)
class GivenLanguages:
    """The languages that were given; they win over whatever the texts look like.

    Args:
        src, tgt: canonical tags; None where nothing was said.
        by: who said it, in the words that messages use.
    """

    src: str | None = None
    tgt: str | None = None
    by: str = "as you said"

    @classmethod
    def of(cls, src: str | None, tgt: str | None, by: str = "as you said") -> Self:
        """Make tags of any case canonical; empty ones say nothing.

        Raises:
            LanguageError: not the shape of a language tag.
        """
        return cls(canonical(src) if src else None, canonical(tgt) if tgt else None, by)

    @property
    def tags(self) -> tuple[str | None, str | None]:
        """The tags, source first."""
        return self.src, self.tgt


NOT_GIVEN = GivenLanguages()
