"""What can be read and written: one line a format, found by suffix.

A format's module is imported when it is first used, so that listing the formats, or
reading plain text, loads no XML, spreadsheet or PDF library.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Generic, TypeVar, cast

from aligner.errors import FormatError
from aligner.packages import EXTRAS, command, require

# What the module of a format has: `contract.Reader`, or one of the writers.
Contract = TypeVar("Contract")


@dataclass(frozen=True, slots=True)
class Format(Generic[Contract]):
    """One format in one direction.

    Args:
        suffix: lower case, with the dot; what a path's end is compared with.
        module: dotted name of the module that has its `read` or `write`.
        title: what a person calls it.
        needs: the top-level modules of other packages that it is read or written with.
        content: of a format that is read: what of it is text, and what is left out.
        linked: of a format that is written: whether it shows the words of a bead that translate
            each other.
        names_languages: of a format that is written: whether it names the languages, so that
            programs that import it match them with theirs.
        timed: of a format that is read: whether it may hold times; of one that is written: whether
            it needs them.
    """

    suffix: str
    module: str
    title: str
    needs: tuple[str, ...] = ()
    content: str = ""
    linked: bool = False
    names_languages: bool = False
    timed: bool = False

    @property
    def install(self) -> str:
        """The command that installs the optional package that it needs; "" if it needs none."""
        return next((command(each) for each in self.needs if each in EXTRAS), "")

    def require(self) -> None:
        """Refuse a format whose packages are not installed.

        Raises:
            MissingExtraError: one is not.
        """
        require(f"{self.suffix} files", *self.needs)

    def load(self) -> Contract:
        """Import the format's module.

        Raises:
            MissingExtraError: a package that it needs is not installed.
        """
        self.require()
        return cast(Contract, import_module(self.module))


class Registry(dict[str, Format[Contract]]):
    """Formats of one direction by suffix.

    Args:
        verb: what is done with a file: "read" or "write".
        formats: one of each suffix.
        hint: returns what to do about a path that no format answers to; "" where it knows
            nothing better than to list the suffixes.
    """

    def __init__(
        self,
        verb: str,
        formats: Iterable[Format[Contract]],
        hint: Callable[[Path], str] = lambda _: "",
    ) -> None:
        super().__init__((each.suffix, each) for each in formats)
        self.verb = verb
        self.hint = hint

    def find(self, path: Path) -> Format[Contract]:
        """Return the format of a path.

        Raises:
            FormatError: no format answers to its suffix.
        """
        found = self.get("".join(path.suffixes[-2:]).lower()) or self.get(path.suffix.lower())
        if found is None:
            raise self._unknown(path)
        return found

    def _unknown(self, path: Path) -> FormatError:
        if path.is_dir():
            return FormatError("this is a folder, not a file", str(path), "name a file in it")
        remedy = self.hint(path) or f"use one of {', '.join(sorted(self))}"
        if path.suffix:
            problem = f"cannot {self.verb} files that end in {path.suffix!r}"
        else:
            problem = "the name has no suffix, and a suffix says the format"
        return FormatError(problem, str(path), remedy)
