"""Tables of pairs: our own csv and tsv, and anybody's with a source and a target column."""

import csv
import io
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import TextIO

from aligner.errors import ReadError
from aligner.formats.readers.files import HEAD_BYTES, open_pairs, read_whole
from aligner.formats.readers.language_choice import ANY
from aligner.formats.readers.pair_table import Rows, from_table
from aligner.text.decoding.encodings import decode, may_be_utf8
from aligner.types import Bitext, Origin

# Tables are separated by commas, or by semicolons where the comma is the decimal mark.
CSV_DELIMITERS = ",;\t"
_SEPARATOR = re.compile(r'"?sep=([,;|\t])"?', re.IGNORECASE)
# The longest line, and the longest cell, in characters: no sentence is nearly so long.
MAX_LINE = 20_000_000


def read(path: Path, *, encoding: str | None = None) -> Bitext:
    """Read a table of pairs; see `read_pair`."""
    return read_pair(path, ANY, encoding=encoding)


def read_pair(path: Path, wanted: tuple[str, str], *, encoding: str | None = None) -> Bitext:
    """Read a table of pairs.

    Args:
        path: a .csv or .tsv file. Its first row names the columns; `source` and `target` are
            enough. A table may name the languages there (`en`, `ru`), or, of two columns,
            begin with the first pair.
        wanted: tags of source and target, which choose among more than two languages.
        encoding: of the file; found out when it is not given.

    Returns:
        The bitext; every row is a bead. Offsets count in the cells where the table does
        not say what they are in the inputs.

    Raises:
        ReadError: the file cannot be read, or its columns are unknown.
    """
    with open_pairs(path) as (file, made_by):
        if encoding is None and may_be_utf8(file.read(HEAD_BYTES), str(path)):
            file.seek(0)
            exact = io.TextIOWrapper(file, "utf-8-sig", newline="")
            try:
                # Exactly, where that is possible: our own files come back as they were.
                return _table(exact, path, made_by, wanted)
            except UnicodeDecodeError:
                exact.detach()
        file.seek(0)
        text = decode(read_whole(file, path), str(path), encoding)
    return _table(io.StringIO(text, newline=""), path, made_by, wanted)


def _table(text: TextIO, path: Path, made_by: Origin, wanted: tuple[str, str]) -> Bitext:
    formulas = path.suffix.lower() == ".csv"
    return from_table(_parse(text, path), path, made_by, wanted, formulas=formulas)


def _parse(text: TextIO, path: Path) -> Rows:
    delimiter, skipped = "\t", 0
    lines = _lines(text, path)
    first = next(lines, "")
    if said := _SEPARATOR.fullmatch(first.strip()):  # for Excel: "sep=;"
        delimiter, first, skipped = said[1], next(lines, ""), 1
    elif path.suffix.lower() == ".csv":
        delimiter = max(CSV_DELIMITERS, key=first.count)
    # The limit belongs to the module, not to the reader.
    csv.field_size_limit(MAX_LINE)
    reader = csv.reader(chain([first], lines), delimiter=delimiter, strict=True)
    try:
        for cells in reader:
            if any(cells):
                yield reader.line_num + skipped, cells
    except csv.Error as error:
        where = f"{path}, line {reader.line_num + skipped}"
        raise ReadError(f"this is no table ({error})", where, "save it again as csv") from error


def _lines(text: TextIO, path: Path) -> Iterator[str]:
    number = 0
    while line := text.readline(MAX_LINE):
        number += 1
        if len(line) == MAX_LINE:
            raise ReadError(
                f"this is no table: a line has more than {MAX_LINE:,} characters",
                f"{path}, line {number}",
                "save it again as csv",
            )
        yield line
