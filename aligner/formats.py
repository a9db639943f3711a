"""What can be read and written: one line a format, found by suffix.

A format's module is imported when it is first used, so that listing the formats, or
reading plain text, loads no XML, spreadsheet or PDF library.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType

from aligner.errors import FormatError


@dataclass(frozen=True, slots=True)
class Format:
    """One format in one direction.

    Args:
        suffix: lower case, with the dot; what a path's end is compared with.
        module: dotted name of the module that has its `read` or `write`.
        title: what a person calls it.
        content: of a format that is read: what of it is text, and what is left out.
    """

    suffix: str
    module: str
    title: str
    content: str = ""

    def load(self) -> ModuleType:
        """Import the format's module."""
        return import_module(self.module)


class Registry(dict[str, Format]):
    """Formats of one direction by suffix."""

    def __init__(self, verb: str, formats: Iterable[Format]) -> None:
        super().__init__((each.suffix, each) for each in formats)
        self.verb = verb

    def find(self, path: Path) -> Format:
        """Return the format of a path.

        Raises:
            FormatError: no format answers to its suffix.
        """
        found = self.get(path.suffix.lower())
        if found is None:
            raise FormatError(
                f"cannot {self.verb} files that end in {path.suffix or 'no suffix'!r}",
                str(path),
                f"use one of {', '.join(sorted(self))}",
            )
        return found
