"""Writers: one module a format, one line a suffix; the mirror of readers.

`contract.Writer` says what a module has.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from aligner.errors import WriteError
from aligner.formats.contract import AnyWriter, CodesWriter, SeveralFilesWriter, Writer
from aligner.formats.losses import Losses
from aligner.formats.registry import Format, Registry
from aligner.formats.wall import writing
from aligner.formats.writers.output import check_writable, write_error, write_together
from aligner.formats.writers.unfinished import sweep
from aligner.types import Bitext

if TYPE_CHECKING:
    # mypy holds each module against the contract; the registry imports them by name.
    from aligner.formats.writers import (
        beads,
        csv,
        epub,
        html,
        jsonl,
        moses,
        parquet,
        srt,
        tmx,
        tsv,
        txt,
        xlf,
        xlsx,
    )

    _ONE_FILE: tuple[Writer, ...] = (
        beads,
        csv,
        epub,
        html,
        jsonl,
        parquet,
        srt,
        tmx,
        tsv,
        txt,
        xlf,
        xlsx,
    )
    _SEVERAL: tuple[SeveralFilesWriter, ...] = (moses,)

__all__ = [
    "WRITERS",
    "Losses",
    "check_outputs",
    "check_writable",
    "files_of",
    "write",
    "write_to",
    "write_together",
]


def _hint(path: Path) -> str:
    """Return what a name without a suffix may be meant for."""
    return "" if path.suffix else "name a file such as out.tmx, out.csv or out.html"


def _format(suffix: str, module: str, title: str, *needs: str, **facts: Any) -> Format[AnyWriter]:
    return Format(suffix, f"{__name__}.{module}", title, needs, **facts)


WRITERS: Registry[AnyWriter] = Registry(
    "write",
    [
        _format(".beads", "beads", "segment numbers, as Vecalign writes them"),
        _format(".csv", "csv", "comma-separated values"),
        _format(".epub", "epub", "one with both texts", "lxml"),
        _format(".html", "html", "a page to read side by side", "jinja2", linked=True),
        _format(".jsonl", "jsonl", "JSON lines"),
        _format(".moses", "moses", "two files, line for line: out.en, out.ru"),
        _format(
            ".parquet",
            "parquet",
            "Parquet, for data tools",
            "pyarrow",
        ),
        _format(".srt", "srt", "both texts in a cue", "pysubs2", timed=True),
        _format(".tmx", "tmx", "translation memory, TMX", "lxml", names_languages=True),
        _format(".tsv", "tsv", "tab-separated values"),
        _format(".txt", "txt", "both side by side"),
        _format(".xlf", "xlf", "XLIFF 1.2", "lxml", names_languages=True),
        _format(".xlsx", "xlsx", "Excel workbook", "xlsxwriter"),
    ],
    _hint,
)


def check_outputs(
    paths: Iterable[str | Path], *, force: bool = False
) -> dict[Path, Format[AnyWriter]]:
    """Refuse outputs that could not be written, before the work begins.

    Returns:
        The format of each path.

    Raises:
        FormatError: no writer answers to a path's suffix.
        MissingExtraError: a package that a format needs is not installed.
        WriteError: a path exists, cannot be written, or is named twice.
    """
    formats: dict[Path, Format[AnyWriter]] = {}
    seen: set[Path] = set()
    for path in map(Path, paths):
        formats[path] = WRITERS.find(path)
        formats[path].require()
        sweep(path)
        check_writable(path, force=force)
        if path.resolve() in seen:
            raise WriteError("is named twice", str(path), "give every output its own name")
        seen.add(path.resolve())
    return formats


def files_of(writer: AnyWriter, bitext: Bitext, path: Path) -> tuple[Path, ...]:
    """Return the files that are written for a path: itself, or those of a format of several."""
    return writer.paths(bitext, path) if isinstance(writer, SeveralFilesWriter) else (path,)


def write(bitext: Bitext, path: str | Path, *, force: bool = False, **options: Any) -> Losses:
    """Write a bitext to a file; the suffix picks the format.

    Args:
        bitext: what to write.
        path: the file to be; it appears whole or not at all.
        force: whether an existing file may be replaced.
        options: the format's own, as its writer module names them (`bom=False` for csv).

    Returns:
        What the format could not hold.

    Raises:
        FormatError: no writer answers to the suffix.
        WriteError: the file exists, or cannot be written.
    """
    path = Path(path)
    writer = WRITERS.find(path).load()
    files = files_of(writer, bitext, path)
    with write_together(files, force=force) as outs:
        return write_to(writer, bitext, files, outs, **options)


def write_to(
    writer: AnyWriter,
    bitext: Bitext,
    files: Sequence[Path],
    outs: Sequence[BinaryIO],
    **options: Any,
) -> Losses:
    """Write a bitext to the streams of the files that `files_of` names, as `write` does."""
    try:
        with writing(str(files[0])):
            losses = writer.write(bitext, *outs, **options)
    except OSError as error:
        raise write_error(error, files[0]) from error
    return losses if isinstance(writer, CodesWriter) else replace(losses, codes=_codes(bitext))


def _codes(bitext: Bitext) -> int:
    """Return how many codes of markup are seen nowhere in the texts."""
    segments = chain(bitext.src.segments, bitext.tgt.segments)
    return sum(code.start == code.stop for each in segments for code in each.codes)
