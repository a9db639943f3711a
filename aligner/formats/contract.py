"""What a module that reads or writes a format has: the contract that mypy holds it to."""

from pathlib import Path
from typing import BinaryIO, Protocol, runtime_checkable

from aligner.formats.losses import Losses
from aligner.types import Bitext, Document


class Reader(Protocol):
    """Reads one format."""

    def read(self, path: Path, *, encoding: str | None = None) -> Document | Bitext:
        """Read a file.

        Args:
            path: the file.
            encoding: a codec's name that wins over every detection; formats that say their
                own pay no heed to it.

        Returns:
            A document of blocks, not yet segmented (`lang` "" where the format does not say);
            of a format that holds pairs, the bitext.

        Raises:
            ReadError: the file cannot be read, or is not what its suffix says.
        """
        ...


@runtime_checkable
class ExactReader(Reader, Protocol):
    """One whose offsets count in the decoded file, whatever it makes of the text."""

    def decoded(self, path: Path, *, encoding: str | None = None) -> str:
        """Return the text that offsets count in: what `verify` holds an export against."""
        ...


@runtime_checkable
class ChoosingReader(Reader, Protocol):
    """One of a format whose files may hold more than two languages, and all pairs of them."""

    def read_pair(
        self, path: Path, wanted: tuple[str, str], *, encoding: str | None = None
    ) -> Bitext:
        """Read two languages of a file.

        Args:
            path: the file.
            wanted: canonical tags of source and target; "" where any will do.
            encoding: as of `read`.

        Raises:
            ReadError: as `read`, or the file does not hold these languages.
        """
        ...


@runtime_checkable
class SeveralFilesReader(Reader, Protocol):
    """One of a format that is several files."""

    def files(self, path: Path) -> tuple[Path, ...]:
        """Return the files that a name stands for.

        Raises:
            ReadError: there are no such files.
        """
        ...


class Writer(Protocol):
    """Writes one format; its options are keyword arguments with defaults."""

    def write(self, bitext: Bitext, out: BinaryIO, /) -> Losses:
        """Write a bitext to a binary stream.

        Returns:
            What the format could not hold.

        Raises:
            WriteError: the format cannot hold this bitext at all.
        """
        ...


@runtime_checkable
class SeveralFilesWriter(Protocol):
    """One of a format that is two files, a language each."""

    def paths(self, bitext: Bitext, path: Path) -> tuple[Path, Path]:
        """Return the files that a name stands for."""
        ...

    def write(self, bitext: Bitext, src_out: BinaryIO, tgt_out: BinaryIO, /) -> Losses:
        """Write a bitext to binary streams, as `Writer` does to one."""
        ...


@runtime_checkable
class CodesWriter(Protocol):
    """One of a format that holds the codes of markup in a text."""

    KEEPS_CODES: bool


AnyWriter = Writer | SeveralFilesWriter
