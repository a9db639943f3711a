"""Writers: one module a format, one line a suffix; the mirror of readers.

A writer module has `write(bitext, out) -> Losses`, where `out` is a binary stream; options
of a format are keyword arguments with defaults. A format of several files has, too,
`paths(bitext, path)`, which names them; `write` then gets a stream for each.
"""

from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from aligner.errors import WriteError
from aligner.formats import Format, Registry
from aligner.types import Bitext
from aligner.writers.losses import Losses
from aligner.writers.output import check_writable, write_whole

__all__ = [
    "LINKED",
    "WRITERS",
    "Losses",
    "check_outputs",
    "check_writable",
    "files_of",
    "write",
    "write_all",
]


def _hint(path: Path) -> str:
    """Return what a name without a suffix may be meant for."""
    return "" if path.suffix else "name a file such as out.tmx, out.csv or out.html"


WRITERS = Registry(
    "write",
    [
        Format(".beads", "aligner.writers.beads", "segment numbers, as Vecalign writes them"),
        Format(".csv", "aligner.writers.csv", "comma-separated values"),
        Format(".epub", "aligner.writers.epub", "one with both texts"),
        Format(".html", "aligner.writers.html", "a page to read side by side"),
        Format(".jsonl", "aligner.writers.jsonl", "JSON lines"),
        Format(".moses", "aligner.writers.moses", "two files, line for line: out.en, out.ru"),
        Format(".parquet", "aligner.writers.parquet", "Parquet, for data tools", extra="parquet"),
        Format(".srt", "aligner.writers.srt", "both texts in a cue"),
        Format(".tmx", "aligner.writers.tmx", "translation memory, TMX"),
        Format(".tsv", "aligner.writers.tsv", "tab-separated values"),
        Format(".txt", "aligner.writers.txt", "both side by side"),
        Format(".xlf", "aligner.writers.xlf", "XLIFF 1.2"),
        Format(".xlsx", "aligner.writers.xlsx", "Excel workbook", extra="xlsx"),
    ],
    _hint,
)


# Formats that show the words of a bead that translate each other, where these are known.
LINKED = frozenset({".html"})


def check_outputs(paths: Iterable[str | Path], *, force: bool = False) -> None:
    """Refuse outputs that could not be written, before the work begins.

    Raises:
        FormatError: no writer answers to a path's suffix.
        WriteError: a path exists, cannot be written, or is named twice.
    """
    seen: set[Path] = set()
    for path in map(Path, paths):
        WRITERS.find(path)
        check_writable(path, force=force)
        if path.resolve() in seen:
            raise WriteError("is named twice", str(path), "give every output its own name")
        seen.add(path.resolve())


def files_of(bitext: Bitext, path: Path) -> tuple[Path, ...]:
    """Return the files that are written for a path: itself, or those of a format of several.

    Raises:
        FormatError: no writer answers to the suffix.
    """
    module = WRITERS.find(path).load()
    files: tuple[Path, ...] = module.paths(bitext, path) if hasattr(module, "paths") else (path,)
    return files


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
    module = WRITERS.find(path).load()
    with ExitStack() as files:
        outs = [
            files.enter_context(write_whole(each, force=force)) for each in files_of(bitext, path)
        ]
        losses: Losses = module.write(bitext, *outs, **options)
    return losses


def write_all(
    bitext: Bitext,
    paths: Iterable[str | Path],
    *,
    force: bool = False,
    options: Mapping[str, Mapping[str, Any]] | None = None,
) -> dict[Path, Losses]:
    """Write a bitext to several files, after making sure that each can be written.

    Args:
        bitext: what to write.
        paths: the files to be.
        force: whether existing files may be replaced.
        options: keyword arguments for a format's writer, by suffix: `{".csv": {"bom": False}}`.

    Returns:
        What each format could not hold, by path.
    """
    files = [Path(path) for path in paths]
    check_outputs(files, force=force)
    by_suffix = options or {}
    return {
        file: write(bitext, file, force=force, **by_suffix.get(file.suffix.lower(), {}))
        for file in files
    }
