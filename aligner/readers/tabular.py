"""Tables of pairs: our own csv and tsv, and anybody's with a source and a target column."""

import csv
import io
import sys
from pathlib import Path

from aligner.errors import ReadError
from aligner.readers.files import origin, read_bytes
from aligner.readers.table import Rows, from_table
from aligner.text.decoding import decode
from aligner.types import Bitext

# 100,000 pairs with their provenance are 60 MB; this is a million.
MAX_BYTES = 1_000_000_000
# Tables are separated by commas, or by semicolons where the comma is the decimal mark.
CSV_DELIMITERS = ",;\t"


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
    formulas = path.suffix.lower() == ".csv"
    return from_table(_parse(text, path), path, origin(path, raw), formulas=formulas)


def _decode(raw: bytes, where: str, encoding: str | None) -> str:
    """Decode, exactly where that is possible: our own files come back as they were."""
    if encoding is None:
        try:
            return raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            pass
    return decode(raw, where, encoding)


def _parse(text: str, path: Path) -> Rows:
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
