"""Read a written file again, with other eyes, and name what a program would refuse.

Nothing of the writers is used: the file is held against the profile and the format's own rules.
"""

import csv
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from aligner.export.profiles.programs import Profile, has_region, is_over, units
from aligner.formats.xml_names import XML_LANG

# Enough to see what is wrong; a file of another program's making may have it in every unit.
MAX_REFUSALS = 100
UTF8_MARK = b"\xef\xbb\xbf"
TMX_DATE = re.compile(r"\d{8}T\d{6}Z")
# What a spreadsheet makes a date, a time or a fraction of, or takes leading zeros from.
TEXTS = frozenset({"source", "target", "type", "src_place", "tgt_place"})
TURNED = re.compile(r"\d{1,4}([-/.:])\d{1,2}(\1\d{1,4})?|0\d+")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something that a program would refuse, or change.

    Args:
        unit: the unit or row, as the file numbers them; "" where it is the file as a whole.
        problem: what is wrong with it.
    """

    unit: str
    problem: str

    def __str__(self) -> str:
        return f"{self.unit}: {self.problem}" if self.unit else self.problem


def check(path: Path, profile: Profile, suffix: str) -> tuple[Refusal, ...]:
    """Name what a program would refuse of a file, the first of it.

    Args:
        path: the file.
        profile: of the program.
        suffix: of the file's format; one that the program imports.
    """
    found = _check_whole(path, profile, suffix)
    return tuple(islice(found, MAX_REFUSALS))


def _check_whole(path: Path, profile: Profile, suffix: str) -> Iterator[Refusal]:
    size = path.stat().st_size
    if profile.max_bytes is not None and size > profile.max_bytes:
        yield Refusal("", f"the file has {size:,} bytes, {profile.max_bytes:,} are taken")
    try:
        yield from _CHECKS[suffix](path, profile)
    except (SyntaxError, ValueError) as error:  # lxml's XMLSyntaxError is a SyntaxError
        yield Refusal("", f"it cannot be read ({error})")


def _check_tmx(path: Path, profile: Profile) -> Iterator[Refusal]:
    from lxml import etree

    source, pair = "", None
    events = etree.iterparse(
        str(path), tag=("header", "tu"), resolve_entities=False, no_network=True
    )
    for _, element in events:
        if element.tag == "header":
            source = element.get("srclang", "")
            yield from _check_date("header", element.get("creationdate"))
            continue
        unit = f"unit {element.get('tuid')}, line {element.sourceline}"
        variants = element.findall("tuv")
        langs = tuple(variant.get(XML_LANG, "") for variant in variants)
        if source not in langs:
            yield Refusal(unit, f"no side is in {source or 'no language'}, the header's srclang")
        yield from _check_pair(unit, langs, pair, profile)
        pair = pair or langs
        for lang, variant in zip(langs, variants, strict=True):
            yield from _check_text(unit, lang, variant.findtext("seg") or "", profile)
            yield from _check_date(unit, variant.get("creationdate"))
        element.clear()


def _check_xlf(path: Path, profile: Profile) -> Iterator[Refusal]:
    from lxml import etree

    langs: tuple[str, ...] = ()
    events = etree.iterparse(
        str(path), events=("start", "end"), resolve_entities=False, no_network=True
    )
    for event, element in events:
        name = etree.QName(element).localname if isinstance(element.tag, str) else ""
        if event == "start" and name == "file":
            found = element.get("source-language", ""), element.get("target-language", "")
            yield from _check_pair(f"file {element.get('original')}", found, langs, profile)
            langs = found
        elif event == "end" and name == "trans-unit":
            unit = f"unit {element.get('id')}, line {element.sourceline}"
            for side, lang in zip(("source", "target"), langs, strict=True):
                # A unit without a target is one that is not translated yet.
                text = element.findtext(f"{{*}}{side}")
                if side == "source" or text is not None:
                    yield from _check_text(unit, lang, text or "", profile)
            element.clear()


def _check_pair(
    unit: str, langs: tuple[str, ...], before: tuple[str, ...] | None, profile: Profile
) -> Iterator[Refusal]:
    if profile.one_pair and before and langs != before:
        yield Refusal(unit, f"its languages are {' and '.join(langs)}, not {' and '.join(before)}")
    if before:
        return
    for lang in langs:
        if not lang or lang == "und":
            yield Refusal(unit, "the language is not known; name it with --src-lang or --tgt-lang")
        elif profile.regions and not any(map(has_region, lang.split("-")[1:])):
            yield Refusal(unit, f"the language {lang} has no region; name one, such as {lang}-XX")


def _check_text(unit: str, side: str, text: str, profile: Profile) -> Iterator[Refusal]:
    if not text.strip():
        yield Refusal(unit, f"{side} is empty")
    if is_over(text, profile.max_segment):
        yield _too_long(unit, side, text, profile)


def _too_long(unit: str, part: str, text: str, profile: Profile) -> Refusal:
    taken = f"{profile.max_segment:,} are taken"
    return Refusal(unit, f"{part} has {units(text):,} characters, {taken}")


def _check_date(unit: str, date: str | None) -> Iterator[Refusal]:
    if date is not None and not TMX_DATE.fullmatch(date):
        yield Refusal(unit, f"the date {date!r} is not of the form YYYYMMDDThhmmssZ")


def _check_csv(path: Path, profile: Profile) -> Iterator[Refusal]:
    with path.open("rb") as file:
        if profile.bom and file.read(len(UTF8_MARK)) != UTF8_MARK:
            yield Refusal("", "there is no byte-order mark, so letters beyond ASCII are garbled")
    # The limit belongs to the module, not to the reader; a cell may be as long as it is.
    csv.field_size_limit(sys.maxsize)
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from _check_rows(csv.reader(file), profile, turned=profile.spreadsheet)


def _check_xlsx(path: Path, profile: Profile) -> Iterator[Refusal]:
    import openpyxl

    sheet = openpyxl.load_workbook(path, read_only=True).worksheets[0]
    yield from _check_rows(sheet.iter_rows(values_only=True), profile, turned=False)


def _check_rows(rows: Any, profile: Profile, *, turned: bool) -> Iterator[Refusal]:
    columns: list[str] = []
    number = 0
    for number, row in enumerate(rows, start=1):
        cells = ["" if cell is None else str(cell) for cell in row]
        columns = columns or cells
        unit = f"row {number}, id {cells[0] if cells else ''}"
        for column, cell in zip(columns, cells, strict=False):
            if is_over(cell, profile.max_segment):
                yield _too_long(unit, column, cell, profile)
            if turned and column in TEXTS and TURNED.fullmatch(cell):
                yield Refusal(unit, f"{column} {cell!r} would become a date or a number")
    if profile.max_rows is not None and number > profile.max_rows:
        yield Refusal("", f"there are {number:,} rows, {profile.max_rows:,} are taken")


_CHECKS: dict[str, Callable[[Path, Profile], Iterator[Refusal]]] = {
    ".csv": _check_csv,
    ".tmx": _check_tmx,
    ".xlf": _check_xlf,
    ".xlsx": _check_xlsx,
}
