"""Rows of cells as a bitext: what the readers of csv, tsv and xlsx share."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path

from aligner.errors import ReadError
from aligner.formats.readers.files import at_most
from aligner.formats.readers.language_choice import Wanted, choose
from aligner.formats.rows import PLAIN_COLUMNS, TEXT_COLUMNS, from_rows
from aligner.formats.spreadsheet_cells import restore
from aligner.languages.language_tags import canonical, is_listed, tag_of
from aligner.types import Bitext, Origin

LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
DECIMAL_COLUMNS = ("score", "confidence")

Cells = list[str]
Rows = Iterator[tuple[int, Cells]]


def from_table(
    rows: Rows, path: Path, made_by: Origin, wanted: tuple[str, str], *, formulas: bool
) -> Bitext:
    """Put a bitext together from a table with a header, or with two columns and none.

    Args:
        rows: numbers of rows, and their cells; empty rows left out.
        path: the table's file, for messages.
        made_by: where the texts come from, where the table does not say.
        wanted: tags that choose among columns that are named by languages; "" for any.
        formulas: whether our own tables of this format have apostrophes before cells that
            look like formulas.

    Raises:
        ReadError: the table is empty, its columns are unknown, or a cell is damaged.
    """
    names, langs, rows = _name_columns(rows, path, Wanted(*wanted))
    ours = names[: len(PLAIN_COLUMNS)] == PLAIN_COLUMNS
    constant: dict[str, str] = {} if "src_file" in names else _origin_cells(made_by)
    constant |= langs
    return from_rows(
        (f"{path}, line {line}", constant | _row(names, cells, formulas=ours and formulas))
        for line, cells in at_most(rows, path)
    )


def _name_columns(
    rows: Rows, path: Path, wanted: Wanted
) -> tuple[tuple[str, ...], Mapping[str, str], Rows]:
    """Return the columns' names, the languages that they name, and the rows under them."""
    first = next(rows, None)
    if first is None:
        raise ReadError("the table is empty", str(path))
    names = tuple(name.strip() for name in first[1])
    lower = tuple(name.lower() for name in names)
    if {"source", "target"} <= set(lower):
        return lower, {}, rows
    langs = {column: tag for column, name in enumerate(names) if (tag := _language(name))}
    if len(langs) > 2:
        # "No" and "ID" are rather numbers than Norwegian and Indonesian.
        langs = {column: tag for column, tag in langs.items() if tag not in ("no", "id")}
    if len(set(langs.values())) == 2 or (len(set(langs.values())) > 2 and any(wanted)):
        choice = choose([list(langs.values())], wanted, path)
        src, tgt, _ = choice.pick([(tag, column) for column, tag in langs.items()])
        assert src is not None
        assert tgt is not None
        called = {src: "source", tgt: "target"}
        # Another column of that name says where a pair is from: it is no text.
        others = ("" if name in called.values() else name for name in lower)
        columns = tuple(called.get(i, name) for i, name in enumerate(others))
        return columns, {"src_lang": langs[src], "tgt_lang": langs[tgt]}, rows
    if len(langs) > 2:
        problem = f"the table has columns of {len(langs)} languages ({', '.join(langs.values())})"
        raise ReadError(problem, str(path), "choose two with --src-lang and --tgt-lang")
    if len(names) != 2:
        raise ReadError(
            f"the table has {len(names)} columns and none called source and target",
            str(path),
            "name the two columns of text so in the first row, or by their languages",
        )
    return ("source", "target"), {}, chain([first], rows)


def _language(name: str) -> str:
    """Return the tag of a language that a cell names, "en" or "English"; "" for none."""
    if LANGUAGE_TAG.fullmatch(name) and is_listed(name):
        return canonical(name)
    return tag_of(name)


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
