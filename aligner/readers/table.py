"""Rows of cells as a bitext: what the readers of csv, tsv and xlsx share."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from aligner.errors import ReadError
from aligner.formulas import restore
from aligner.readers.files import at_most
from aligner.rows import PLAIN_COLUMNS, TEXT_COLUMNS, from_rows
from aligner.text.tags import canonical, plain_name
from aligner.types import Bitext, Origin

LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
DECIMAL_COLUMNS = ("score", "confidence")

Cells = list[str]
Rows = Iterator[tuple[int, Cells]]


def from_table(rows: Rows, path: Path, made_by: Origin, *, formulas: bool) -> Bitext:
    """Put a bitext together from a table with a header, or with two columns and none.

    Args:
        rows: numbers of rows, and their cells; empty rows left out.
        path: the table's file, for messages.
        made_by: where the texts come from, where the table does not say.
        formulas: whether our own tables of this format have apostrophes before cells that
            look like formulas.

    Raises:
        ReadError: the table is empty, its columns are unknown, or a cell is damaged.
    """
    names, rows = _name_columns(rows, path)
    ours = names[: len(PLAIN_COLUMNS)] == PLAIN_COLUMNS
    constant: dict[str, str] = {} if "src_file" in names else _origin_cells(made_by)
    if not ours and len(names) == 2 and names != ("source", "target"):
        constant |= {"src_lang": names[0], "tgt_lang": names[1]}
        names = ("source", "target")
    return from_rows(
        (f"{path}, line {line}", constant | _row(names, cells, formulas=ours and formulas))
        for line, cells in at_most(rows, path)
    )


def _name_columns(rows: Rows, path: Path) -> tuple[tuple[str, ...], Rows]:
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
    if names[0] != names[1] and all(map(_is_language, names)):
        return tuple(map(canonical, names)), rows
    return ("source", "target"), _again(first, rows)


def _is_language(name: str) -> bool:
    """Whether a cell names a language that is known, and is not a short word."""
    return bool(LANGUAGE_TAG.fullmatch(name)) and plain_name(canonical(name)) != canonical(name)


def _again(first: tuple[int, Cells], rows: Rows) -> Rows:
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


def _origin_cells(made_by: Origin) -> dict[str, str]:
    return {
        f"{side}_{part}": value
        for side in ("src", "tgt")
        for part, value in (("file", made_by.path), ("sha256", made_by.sha256))
    }
