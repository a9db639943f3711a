"""Files of pairs of ours, loaded so that one thing in them can be changed and the rest kept."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from lxml import etree

ALIGNER = "{urn:aligner:bitext}"
SIDES = ("source", "target")


class File(Protocol):
    """A file of pairs, loaded so that it can be damaged."""

    units: list[Any]  # one a bead, in the file's order

    def text(self, unit: Any, side: str) -> str:
        """Return a side's text."""

    def set_text(self, unit: Any, side: str, text: str) -> None:
        """Change a side's text, and nothing else."""

    def exchange(self, one: Any, other: Any, side: str) -> None:
        """Exchange what two units say of a side, with all that is said of it."""

    def dumped(self) -> bytes:
        """Return the file's bytes."""


class Table:
    """csv, tsv, xlsx and parquet: rows of cells."""

    def __init__(self, path: Path) -> None:
        self.path = path
        if path.suffix == ".xlsx":
            import openpyxl

            rows = openpyxl.load_workbook(path).active.iter_rows(values_only=True)
            cells = [["" if cell is None else cell for cell in row] for row in rows]
            self.units = [dict(zip(cells[0], row, strict=True)) for row in cells[1:]]
        elif path.suffix == ".parquet":
            import pyarrow.parquet

            self.schema = pyarrow.parquet.read_schema(path)
            self.units = pyarrow.parquet.read_table(path).to_pylist()
        else:
            text = path.read_text("utf-8-sig")
            self.units = list(csv.DictReader(io.StringIO(text), delimiter=self._delimiter()))
        self.columns = list(self.units[0])

    def _delimiter(self) -> str:
        return "\t" if self.path.suffix == ".tsv" else ","

    def text(self, unit: Any, side: str) -> str:
        """Return the text."""
        return unit[side] or ""

    def set_text(self, unit: Any, side: str, text: str) -> None:
        """Change the text alone."""
        unit[side] = text

    def exchange(self, one: Any, other: Any, side: str) -> None:
        """Exchange all that is said of the side."""
        own = {"source": "src_", "target": "tgt_"}[side]
        for column in self.columns:
            if column == side or column.startswith(own):
                one[column], other[column] = other[column], one[column]

    def dumped(self) -> bytes:
        """Return the bytes."""
        if self.path.suffix == ".xlsx":
            import openpyxl

            book = openpyxl.Workbook()
            for row in [self.columns, *([*unit.values()] for unit in self.units)]:
                book.active.append(row)  # type: ignore[union-attr]
            out = io.BytesIO()
            book.save(out)
            return out.getvalue()
        if self.path.suffix == ".parquet":
            import pyarrow.parquet

            out = io.BytesIO()
            table = pyarrow.Table.from_pylist(self.units, schema=self.schema)
            pyarrow.parquet.write_table(table, out)
            return out.getvalue()
        lines = io.StringIO()
        writer = csv.DictWriter(lines, self.columns, delimiter=self._delimiter())
        writer.writeheader()
        writer.writerows(self.units)
        return lines.getvalue().encode()


class Markup:
    """tmx and xlf: units of elements."""

    def __init__(self, path: Path) -> None:
        self.tree = etree.parse(path)
        self.is_tmx = path.suffix == ".tmx"
        body = next(self.tree.iter("{*}body"))
        self.units = list(body)

    def _side(self, unit: Any, side: str) -> Any:
        if self.is_tmx:
            return unit.findall("tuv")[SIDES.index(side)]
        return unit.find(f"{{*}}{side}")

    def _holder(self, unit: Any, side: str) -> Any:
        element = self._side(unit, side)
        return element.find("seg") if self.is_tmx and element is not None else element

    def text(self, unit: Any, side: str) -> str:
        """Return the text."""
        holder = self._holder(unit, side)
        return "" if holder is None else holder.text or ""

    def set_text(self, unit: Any, side: str, text: str) -> None:
        """Change the text alone."""
        self._holder(unit, side).text = text

    def exchange(self, one: Any, other: Any, side: str) -> None:
        """Exchange all that is said of the side."""
        here, there = self._side(one, side), self._side(other, side)
        marker = etree.Element("marker")
        one.replace(here, marker)
        other.replace(there, here)
        one.replace(marker, there)

    def dumped(self) -> bytes:
        """Return the bytes."""
        body = next(self.tree.iter("{*}body"))
        body[:] = self.units
        return etree.tostring(self.tree, xml_declaration=True, encoding="UTF-8")

    def listed(self) -> list[Any]:
        """Return the entries of the list of what was left out."""
        header = next(self.tree.iter("{*}header"))
        return [
            each
            for each in header
            if each.tag == f"{ALIGNER}left-out" or str(each.get("type")).endswith("left-out")
        ]


class Lines:
    """JSON lines."""

    def __init__(self, path: Path) -> None:
        head, *lines = path.read_text("utf-8").splitlines()
        self.head = json.loads(head)
        self.units = [json.loads(line) for line in lines]

    def text(self, unit: Any, side: str) -> str:
        """Return the text."""
        return unit[side]

    def set_text(self, unit: Any, side: str, text: str) -> None:
        """Change the text alone."""
        unit[side] = text
        own = {"source": "src", "target": "tgt"}[side]
        # The texts of the segments are what is read back.
        kept = unit[f"{own}_segments"][0]
        unit[f"{own}_segments"] = [{**kept, "text": text}]

    def exchange(self, one: Any, other: Any, side: str) -> None:
        """Exchange all that is said of the side."""
        own = {"source": "src", "target": "tgt"}[side]
        for key in (side, f"{own}_segments"):
            one[key], other[key] = other[key], one[key]

    def dumped(self) -> bytes:
        """Return the bytes."""
        lines = [self.head, *self.units]
        return "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in lines).encode()

    def listed(self) -> list[Any]:
        """Return what is listed as left out."""
        return self.head["src"]["left_out"] + self.head["tgt"]["left_out"]


LOADERS: dict[str, Callable[[Path], Any]] = {
    **dict.fromkeys(("csv", "tsv", "xlsx", "parquet"), Table),
    **dict.fromkeys(("tmx", "xlf"), Markup),
    "jsonl": Lines,
}
