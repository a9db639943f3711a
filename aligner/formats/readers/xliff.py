"""XLIFF 1.2 and 2.x: our own with everything in it, and anybody's source and target."""

import logging
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from lxml import etree

from aligner.errors import ReadError
from aligner.formats import left_out_list
from aligner.formats.document_builder import BETWEEN
from aligner.formats.readers.files import at_most, open_pairs
from aligner.formats.readers.inline_codes import Marked, marked
from aligner.formats.readers.language_choice import ANY, Wanted, choose
from aligner.formats.readers.xml_elements import damaged, read_leniently, walk
from aligner.formats.rows import Row, from_rows
from aligner.formats.xml_names import ALIGNER
from aligner.types import Bitext, Facts, LeftOut, Origin, UnitFacts
from aligner.wording import tally

OURS = f"{{{ALIGNER}}}"
# What holds a source and a target: in 1.2, and in 2.x.
PAIRS = frozenset({"trans-unit", "segment"})
# What is read as a whole.
WHOLE = PAIRS | {"left-out", "originalData"}
ROOTS = frozenset({"xliff", "txml"})  # the second is Wordfast's
# What says the languages: in 1.2, in 2.x, in Wordfast's.
LANGUAGES = (
    ("source-language", "srcLang", "locale"),
    ("target-language", "trgLang", "targetlocale"),
)
SIDES = ("source", "target")
PARTS = frozenset({*SIDES, "seg-source"})
BETWEEN_SEGMENTS = "codes of markup between segments, not kept"
# States of a translation that is not there yet, and of one that is not done (1.2, 2.3.10; 2.1).
UNTRANSLATED = frozenset({"new", "needs-translation", "initial"})
UNFINISHED = UNTRANSLATED | {
    *("needs-adaptation", "needs-l10n", "needs-review-translation", "needs-review-adaptation"),
    "needs-review-l10n",
}
_log = logging.getLogger(__name__)


def read(path: Path, *, encoding: str | None = None) -> Bitext:
    """Read a bilingual file; see `read_pair`."""
    return read_pair(path, ANY, encoding=encoding)


def read_pair(path: Path, wanted: tuple[str, str], *, encoding: str | None = None) -> Bitext:
    """Read two languages of a file; every unit is a bead, one without a target a null alignment.

    A unit that is cut into segments (`mrk`) is a bead a segment, by their numbers (`mid`). What a
    unit says of its translation (not to be translated, new, not approved, …) is a flag.

    Args:
        path: a .xlf, .xliff, .sdlxliff, .mqxliff, .mxliff, .txlf or .txml file.
        wanted: tags of source and target, where its parts are in several languages.
        encoding: of the file; what the file itself declares when it is not given.

    Raises:
        ReadError: the file cannot be read, is no XLIFF, has no units or not the languages.
    """

    def parse(file: BinaryIO, encoding: str | None) -> tuple[list[Row], LeftOuts, Counter[str]]:
        left_out: LeftOuts = defaultdict(list)
        told: Counter[str] = Counter()
        rows = _rows(file, path, encoding, made_by, left_out, told)
        return list(at_most(rows, path)), left_out, told

    with open_pairs(path) as (file, made_by):
        rows, left_out, told = read_leniently(parse, file, path, encoding)
    if said := tally(told):
        _log.warning("%s: %s", path, said)
    if not rows:
        raise ReadError("there are no translation units in it", str(path))
    bitext = from_rows(_of_languages(rows, Wanted(*wanted), path))
    return replace(
        bitext,
        src=replace(bitext.src, left_out=tuple(left_out["src"])),
        tgt=replace(bitext.tgt, left_out=tuple(left_out["tgt"])),
    )


LeftOuts = dict[str, list[LeftOut]]


def _of_languages(rows: list[Row], wanted: Wanted, path: Path) -> list[Row]:
    """Leave the rows in two languages; a file may have parts in several."""
    pairs = dict.fromkeys((row["src_lang"], row["tgt_lang"]) for _, row, *_ in rows)
    if not all(all(pair) for pair in pairs):
        return rows  # some part does not say what it is in
    choice = choose(pairs, wanted, path, next(iter(pairs))[0])
    if len(pairs) == 1:
        return rows
    langs = {"src_lang": choice.src, "tgt_lang": choice.tgt}
    kept = []
    for row in rows:
        sides = (row.cells["src_lang"], "src"), (row.cells["tgt_lang"], "tgt")
        src, tgt, _ = choice.pick(sides)
        if src and tgt:
            turned = row if src == "src" else _turned(row)
            kept.append(turned._replace(cells={**turned.cells, **langs}))
    if left := len(rows) - len(kept):
        read = f"{choice.src} and {choice.tgt}"
        _log.warning("%s: read are %s, not %d units of other languages", path, read, left)
    return kept


def _turned(row: Row) -> Row:
    """Let source and target change places."""
    facts = row.facts and row.facts.swapped()
    return Row(row.where, _turned_cells(row.cells), (row.codes[1], row.codes[0]), facts)


def _turned_cells(row: Mapping[str, str]) -> dict[str, str]:
    other = {"source": "target", "target": "source", "src": "tgt", "tgt": "src"}
    sides = {name: name.partition("_")[::2] for name in row}
    return {
        "_".join(filter(None, (other.get(side, side), rest))): row[name]
        for name, (side, rest) in sides.items()
    }


def _rows(
    file: BinaryIO,
    path: Path,
    encoding: str | None,
    made_by: Origin,
    left_out: LeftOuts,
    told: Counter[str],
) -> Iterator[Row]:
    """Yield the units' places and cells; fill the list of what is in none."""
    constant: dict[str, str] = {}
    data: dict[str, str] = {}
    root = ""
    try:
        for event, tag, element in walk(file, encoding, WHOLE):
            root = root or tag
            if event == "start":
                if tag in ROOTS or tag == "file":
                    constant |= _constant(element, made_by)
                elif tag == "unit":
                    data.clear()
            elif tag in PAIRS:
                for row in _unit_rows(element, _Codes(path, data), told):
                    yield row._replace(cells={**constant, **row.cells})
            elif tag == "originalData":
                data |= {each.get("id", ""): "".join(each.itertext()) for each in element}
            elif element.tag == f"{OURS}left-out":
                left_out[element.get("side", "")].append(_piece(element, path))
    except (etree.XMLSyntaxError, LookupError, ValueError) as error:
        raise damaged(error, "XLIFF", path) from error
    if root not in ROOTS:
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
    src_lang, tgt_lang = (next(filter(None, map(element.get, each)), None) for each in LANGUAGES)
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


class _Codes(NamedTuple):
    """Reads texts with their codes."""

    path: Path
    data: Mapping[str, str]

    def read(self, element: Any) -> Marked:
        second = ":2." in (etree.QName(element).namespace or "")
        return marked(element, self.path, "xliff2" if second else "xliff", self.data)

    def where(self, element: Any) -> str:
        return f"{self.path}, line {element.sourceline}"


def _unit_rows(unit: Any, codes: _Codes, told: Counter[str]) -> Iterator[Row]:
    """Yield the row of a unit, or one for each segment that it is cut into."""
    parts = {_tag(child): child for child in reversed(unit) if _tag(child) in PARTS}
    flags = _states(unit, parts.get("target"))
    facts = _facts(unit)
    where = codes.where(unit)
    cut = [_segments(parts.get(name), codes, told) for name in ("seg-source", "target")]
    if not any(cut):
        yield _row(unit, parts, codes, flags)._replace(facts=facts)
        return
    src, tgt = cut
    # Where one side alone is cut, the other stands beside the first segment.
    for side, name in ((src, "source"), (tgt, "target")):
        if not side and name in parts:
            side[next(iter(src or tgt))] = codes.read(parts[name])
    for number in dict.fromkeys([*src, *tgt]):
        source, target = src.get(number, Marked()), tgt.get(number, Marked())
        if UNTRANSLATED & {*flags} and source.text == target.text:
            target = Marked()
        if source.text or target.text:
            sides = {"source": source.text, "target": target.text}
            cells = {"flags": BETWEEN.join(flags)} | {k: text for k, text in sides.items() if text}
            yield Row(where, cells, (source.codes, target.codes), _numbered(facts, number))


def _segments(element: Any, codes: _Codes, told: Counter[str]) -> dict[str, Marked]:
    """Return the segments in an element by their numbers; count the codes between them."""
    marks = () if element is None else element.iter("{*}mrk")
    found: dict[str, Marked] = {}
    for number, mark in enumerate(each for each in marks if each.get("mtype") == "seg"):
        found[mark.get("mid") or f"#{number}"] = codes.read(mark).stripped()
    if found:
        kept = sum(len(each.codes) for each in found.values())
        told[BETWEEN_SEGMENTS] += len(codes.read(element).codes) - kept
    return found


def _facts(unit: Any) -> UnitFacts | None:
    """Return the name and the notes of a unit; a segment of XLIFF 2 is called as its unit, too."""
    number = unit.get("id", "")
    if _tag(unit) == "segment" and (holder := unit.getparent()) is not None:
        number = ".".join(filter(None, (holder.get("id"), number)))
    name = unit.get("resname")
    notes = tuple("".join(map(str, note.itertext())) for note in unit.iterfind("{*}note"))
    if not (number or name or notes):
        return None
    attributes = (("id", number),) if number else ()
    return UnitFacts(Facts(attributes, (("resname", name),) if name else (), notes))


def _numbered(facts: UnitFacts | None, number: str) -> UnitFacts | None:
    """Return the facts of one of several segments of a unit: its number goes behind the unit's."""
    if facts is None:
        return None
    attributes = tuple(
        (name, f"{value}.{number}" if name == "id" else value)
        for name, value in facts.unit.attributes
    )
    return replace(facts, unit=replace(facts.unit, attributes=attributes))


def _states(unit: Any, target: Any) -> list[str]:
    """Return what a unit says of its translation, where that is not that it is done."""
    states = [unit.get("state", ""), "" if target is None else target.get("state", "")]
    flags = [state for state in states if state in UNFINISHED]
    if unit.get("approved") == "no":
        flags.append("not-approved")
    if unit.get("translate") == "no":
        flags.append("not-to-be-translated")
    return flags


def _row(unit: Any, parts: dict[str, Any], codes: _Codes, flags: list[str]) -> Row:
    """Return the row of a unit that is not cut into segments."""
    cells = {name: unit.get(f"{OURS}{name}", "") for name in ("score", "confidence", "flags")}
    cells["flags"] = BETWEEN.join(filter(None, [cells["flags"], *flags]))
    sides = [codes.read(parts[name]) if name in parts else Marked() for name in SIDES]
    if UNTRANSLATED & {*flags} and sides[0].text == sides[1].text:
        sides[1] = Marked()  # the source stands there until somebody translates it
    for column, side, told in zip(SIDES, ("src", "tgt"), sides, strict=True):
        if not told.text.strip():  # an empty target is no translation
            continue
        element = parts[column]
        cells[column] = told.text
        cells |= {
            f"{side}_{name}": element.get(f"{OURS}{name}", "")
            for name in ("chars", "blocks", "place")
        }
        cuts = element.get(f"{OURS}cuts", "")
        cells[f"{side}_cuts"] = cuts
        cells[f"{side}_start"], cells[f"{side}_stop"] = "0", str(len(cuts.split()) + 1)
    where = codes.where(unit)
    return Row(where, cells, (sides[0].codes, sides[1].codes))
