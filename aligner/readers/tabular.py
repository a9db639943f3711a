"""Tables of pairs: our own csv and tsv, and anybody's with a source and a target column."""

import csv
import io
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from aligner.errors import ReadError
from aligner.formulas import restore
from aligner.readers.files import origin, read_bytes
from aligner.rows import PLAIN_COLUMNS, TEXT_COLUMNS, from_rows
from aligner.text.decoding import decode
from aligner.types import Bitext

# 100,000 pairs with their provenance are 60 MB; this is a million.
MAX_BYTES = 1_000_000_000
# Tables are separated by commas, or by semicolons where the comma is the decimal mark.
CSV_DELIMITERS = ",;\t"
LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
DECIMAL_COLUMNS = ("score", "confidence")

Cells = list[str]


def read(path: Path, *, encoding: str | None = None) -> Bitext:
    """Read a table of pairs.

    Args:
        path: a .csv or .tsv file. Its first row names the columns; `source` and `target` are
            enough. A table of two columns may name the languages there (`en`, `ru`), or
            begin with the first pair.
        encoding: of the file; found out when it is not given.

    Returns:
        The bitext; every row is a bead. Offsets count in the cells where the table does
        not say what they are in the inputs.

    Raises:
        ReadError: the file cannot be read, or its columns are unknown.
    """
    raw = read_bytes(path, MAX_BYTES)
    text = _decode(raw, str(path), encoding)
    rows = _parse(text, path)
    names, rows = _name_columns(rows, path)
    ours = names[: len(PLAIN_COLUMNS)] == PLAIN_COLUMNS
    formulas = ours and path.suffix.lower() == ".csv"
    constant: dict[str, str] = {} if "src_file" in names else _own_origin(path, raw)
    if not ours and len(names) == 2 and names != ("source", "target"):
        constant |= {"src_lang": names[0], "tgt_lang": names[1]}
        names = ("source", "target")
    return from_rows(
        (f"{path}, line {line}", constant | _row(names, cells, formulas=formulas))
        for line, cells in rows
    )


def _decode(raw: bytes, where: str, encoding: str | None) -> str:
    """Decode, exactly where that is possible: our own files come back as they were."""
    if encoding is None:
        try:
            return raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            pass
    return decode(raw, where, encoding)


def _parse(text: str, path: Path) -> Iterator[tuple[int, Cells]]:
    delimiter = "\t"
    if path.suffix.lower() == ".csv":
        head = text[: text.find("\n")] if "\n" in text else text
        delimiter = max(CSV_DELIMITERS, key=head.count)
    # The limit belongs to the module, not to the reader; a cell may be as long as it is.
    csv.field_size_limit(sys.maxsize)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for cells in reader:
            if any(cells):
                yield reader.line_num, cells
    except csv.Error as error:
        raise ReadError(
            f"this is no table ({error})", f"{path}, line {reader.line_num}", "save it again as csv"
        ) from error


def _name_columns(
    rows: Iterator[tuple[int, Cells]], path: Path
) -> tuple[tuple[str, ...], Iterator[tuple[int, Cells]]]:
    first = next(rows, None)
    if first is None:
        raise ReadError("the table is empty", str(path))
    names = tuple(name.strip() for name in first[1])
    lower = tuple(name.lower() for name in names)
    if {"source", "target"} <= set(lower):
        return lower, rows
    if len(names) != 2:
        raise ReadError(
            f"the table has {len(names)} columns and none called source and target",
            str(path),
            "name the two columns of text so in the first row",
        )
    if names[0] != names[1] and all(map(LANGUAGE_TAG.fullmatch, names)):
        return names, rows
    return ("source", "target"), _again(first, rows)


def _again(
    first: tuple[int, Cells], rows: Iterator[tuple[int, Cells]]
) -> Iterator[tuple[int, Cells]]:
    yield first
    yield from rows


def _row(names: Sequence[str], cells: Sequence[str], *, formulas: bool) -> dict[str, str]:
    row = dict(zip(names, cells, strict=False))
    for name in DECIMAL_COLUMNS:
        if name in row:
            row[name] = row[name].replace(",", ".")
    if formulas:
        row |= {name: restore(row[name]) for name in TEXT_COLUMNS & row.keys()}
    return row


def _own_origin(path: Path, raw: bytes) -> dict[str, str]:
    made_by = origin(path, raw)
    return {
        f"{side}_{part}": value
        for side in ("src", "tgt")
        for part, value in (("file", made_by.path), ("sha256", made_by.sha256))
    }
