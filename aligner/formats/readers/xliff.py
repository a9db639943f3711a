"""XLIFF 1.2 and 2.x: our own with everything in it, and anybody's source and target."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

from lxml import etree

from aligner.errors import ReadError
from aligner.formats import left_out_list
from aligner.formats.readers.files import at_most, open_pairs
from aligner.formats.readers.xml_elements import REMEDY, damaged, walk
from aligner.formats.rows import from_rows
from aligner.formats.xml_names import ALIGNER
from aligner.types import Bitext, LeftOut, Origin

OURS = f"{{{ALIGNER}}}"
# Elements whose content is markup of the original, not text (XLIFF 1.2, 2.4).
CODES = frozenset({"bpt", "ept", "it", "ph"})
# What holds a source and a target: in 1.2, and in 2.x.
PAIRS = frozenset({"trans-unit", "segment"})
# What is read as a whole.
WHOLE = PAIRS | {"left-out"}


def read(path: Path, *, encoding: str | None = None) -> Bitext:
    """Read a bilingual file; every unit is a bead, one without a target a null alignment.

    Args:
        path: a .xlf or .xliff file.
        encoding: of the file; what the file itself declares when it is not given.

    Raises:
        ReadError: the file cannot be read, is no XLIFF, or has no units.
    """
    left_out: LeftOuts = defaultdict(list)
    with open_pairs(path) as (file, made_by):
        bitext = from_rows(at_most(_rows(file, path, encoding, made_by, left_out), path))
    if not bitext.alignment.beads:
        raise ReadError("there are no translation units in it", str(path))
    return replace(
        bitext,
        src=replace(bitext.src, left_out=tuple(left_out["src"])),
        tgt=replace(bitext.tgt, left_out=tuple(left_out["tgt"])),
    )


LeftOuts = dict[str, list[LeftOut]]


def _rows(
    file: BinaryIO, path: Path, encoding: str | None, made_by: Origin, left_out: LeftOuts
) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the units' places and cells; fill the list of what is in none."""
    constant: dict[str, str] = {}
    root = ""
    try:
        for event, tag, element in walk(file, encoding, WHOLE):
            root = root or tag
            if event == "start":
                if tag in ("xliff", "file"):
                    constant |= _constant(element, made_by)
            elif tag in PAIRS:
                yield f"{path}, line {element.sourceline}", constant | _row(element, path)
            elif element.tag == f"{OURS}left-out":
                left_out[element.get("side", "")].append(_piece(element, path))
    except (etree.XMLSyntaxError, LookupError, ValueError) as error:
        raise damaged(error, "XLIFF", path) from error
    if root != "xliff":
        raise ReadError("this is no XLIFF", str(path), "its first element should be <xliff>")


def _tag(element: Any) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _piece(element: Any, path: Path) -> LeftOut:
    try:
        return left_out_list.from_line(element.text or "")
    except ValueError as error:
        where = f"{path}, line {element.sourceline}"
        raise ReadError(f"the list of what was left out is damaged ({error})", where) from error


def _constant(element: Any, made_by: Origin) -> dict[str, str]:
    """Return what a <file> of 1.2, or an <xliff> of 2.x, says of all its units."""
    src_lang = element.get("source-language") or element.get("srcLang")
    tgt_lang = element.get("target-language") or element.get("trgLang")
    cells = {"src_lang": src_lang or "", "tgt_lang": tgt_lang or ""} if src_lang else {}
    cells |= {
        "signature": element.get(f"{OURS}signature", ""),
        "created": element.get(f"{OURS}created", ""),
    }
    if element.get(f"{OURS}signature") is None:
        cells |= {"src_file": made_by.path, "tgt_file": made_by.path}
        return cells | {"src_sha256": made_by.sha256, "tgt_sha256": made_by.sha256}
    return cells | {
        "src_file": element.get("original", ""),
        "tgt_file": element.get(f"{OURS}target-file", ""),
        "src_sha256": element.get(f"{OURS}source-sha256", ""),
        "tgt_sha256": element.get(f"{OURS}target-sha256", ""),
    }


def _row(unit: Any, path: Path) -> dict[str, str]:
    row = {name: unit.get(f"{OURS}{name}", "") for name in ("score", "confidence", "flags")}
    for column, side in (("source", "src"), ("target", "tgt")):
        element = next((child for child in unit if _tag(child) == column), None)
        if element is None:
            continue
        row[column] = "".join(_text(element, path))
        row |= {
            f"{side}_{name}": element.get(f"{OURS}{name}", "")
            for name in ("chars", "blocks", "place")
        }
        cuts = element.get(f"{OURS}cuts", "")
        row[f"{side}_cuts"] = cuts
        row[f"{side}_start"], row[f"{side}_stop"] = "0", str(len(cuts.split()) + 1)
    return row


def _text(element: Any, path: Path) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag is etree.Entity:
            where = f"{path}, line {element.sourceline}"
            raise ReadError(f"the entity {child.text} is not expanded", where, REMEDY)
        if _tag(child) and _tag(child) not in CODES:
            yield from _text(child, path)
        yield child.tail or ""
