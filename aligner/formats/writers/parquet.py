"""Parquet: the table of `aligner.formats.rows` with types, for pandas, Spark and Ray."""

from itertools import islice
from typing import BinaryIO

from aligner.formats.losses import NOT_UTF8, Losses, Stripper
from aligner.formats.rows import COLUMNS, to_rows
from aligner.types import Bitext

# Rows that are written at a time: enough for good compression, a few MB of memory.
ROWS_A_GROUP = 20_000
WHOLE_NUMBERS = frozenset({"id", "src_start", "src_stop", "tgt_start", "tgt_stop"})
FIGURES = frozenset({"score", "confidence"})


def write(bitext: Bitext, out: BinaryIO) -> Losses:
    """Write one bead a row.

    Args:
        bitext: what to write.
        out: binary stream.

    Returns:
        What the format could not hold.
    """
    import pyarrow
    from pyarrow import parquet

    types = {name: pyarrow.int64() for name in WHOLE_NUMBERS}
    types |= {name: pyarrow.float64() for name in FIGURES}
    schema = pyarrow.schema([(name, types.get(name, pyarrow.string())) for name in COLUMNS])
    strip = Stripper(NOT_UTF8)
    rows = to_rows(bitext, strip)
    with parquet.ParquetWriter(out, schema) as writer:
        while group := list(islice(rows, ROWS_A_GROUP)):
            columns = [
                pyarrow.array(values, field.type)
                for values, field in zip(zip(*group, strict=True), schema, strict=True)
            ]
            writer.write_table(pyarrow.Table.from_arrays(columns, schema=schema))
    return Losses(characters=strip.count)
