"""TMX: our own, with everything that its properties hold, and anybody's."""

import logging
import re
from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from lxml import etree

from aligner.errors import ReadError
from aligner.formats import left_out_list
from aligner.formats.document_builder import (
    BETWEEN,
    SideBuilder,
    codes_at_cuts,
    split_at_cuts,
)
from aligner.formats.readers.files import at_most, open_pairs
from aligner.formats.readers.inline_codes import Marked, marked
from aligner.formats.readers.language_choice import ANY, Choice, Wanted, choose
from aligner.formats.readers.xml_elements import damaged, read_leniently, walk
from aligner.formats.rows import parse_signature
from aligner.formats.xml_names import OWN_PROPS, XML_LANG
from aligner.types import (
    Alignment,
    Bead,
    Bitext,
    Facts,
    LeftOut,
    Origin,
    Provenance,
    Span,
    UnitFacts,
)
from aligner.wording import tally

# What is read as a whole.
WHOLE = frozenset({"header", "tu"})
SIDES = ("src", "tgt")
_log = logging.getLogger(__name__)
TMX_DATE = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z")


@dataclass(frozen=True, slots=True)
class Variant:
    """One language of a translation unit."""

    lang: str
    marked: Marked
    props: Mapping[str, str]
    facts: Facts


def read(path: Path, *, encoding: str | None = None) -> Bitext:
    """Read a translation memory; see `read_pair`."""
    return read_pair(path, ANY, encoding=encoding)


def read_pair(path: Path, wanted: tuple[str, str], *, encoding: str | None = None) -> Bitext:
    """Read two languages of a translation memory; every unit is a bead.

    Where nothing is wanted, the source language is the header's `srclang`, the target the first
    other language. A unit that lacks one of them is a null alignment. Variants and units that
    are passed over are counted in a line.

    Args:
        path: a .tmx file.
        wanted: tags of source and target.
        encoding: of the file; what the file itself declares when it is not given.

    Raises:
        ReadError: the file cannot be read, is no TMX, or does not hold the languages.
    """

    def parse(file: BinaryIO, encoding: str | None) -> Memory:
        memory = Memory({}, defaultdict(list), deque(), Counter())
        memory.units.extend(at_most(_units(file, path, encoding, memory), path))
        return memory

    with open_pairs(path) as (file, made_by):
        header, left_out, units, oddities = read_leniently(parse, file, path, encoding)
    tags = ([variant.lang for variant in variants] for _, _, variants, _ in units)
    choice = choose(tags, Wanted(*wanted), path, header.get("srclang", ""))
    src, tgt, beads = SideBuilder(), SideBuilder(), []
    while units:
        line, props, variants, facts = units.popleft()
        *sides, more = choice.pick([(variant.lang, variant) for variant in variants])
        oddities["further variants of a language in its unit, not read"] += more
        try:
            spans = _add(src, sides[0]), _add(tgt, sides[1])
            if not any(spans):
                held = any(variant.marked.text for variant in variants)
                oddities["units of other languages" if held else "units without text"] += 1
            else:
                flags = tuple(filter(None, props.get("flags", "").split(BETWEEN)))
                score, confidence = props.get("score", "0"), props.get("confidence", "1")
                both = (side.facts if side else Facts() for side in sides)
                said = UnitFacts(facts, *both)
                said_of = said if said != NOTHING else None
                beads.append(Bead(*spans, float(score), float(confidence), flags, said_of))
        except ValueError as error:
            where = f"{path}, line {line}"
            raise ReadError(f"the unit's properties are damaged ({error})", where) from error
    src_document, tgt_document = (
        replace(
            builder.document(lang, _origin(header, side, made_by)),
            left_out=tuple(left_out[side]),
        )
        for side, builder, lang in (("src", src, choice.src), ("tgt", tgt, choice.tgt))
    )
    _tell(path, choice, oddities)
    alignment = Alignment(tuple(beads), len(src.segments), len(tgt.segments))
    return Bitext(src_document, tgt_document, alignment, _provenance(header))


Unit = tuple[int, dict[str, str], list[Variant], Facts]
NOTHING = UnitFacts()
LeftOuts = dict[str, list[LeftOut]]


class Memory(NamedTuple):
    """What a file holds.

    Args:
        header: its attributes and properties.
        left_out: by side.
        units: their lines, properties, variants, and what they say of themselves.
        oddities: what is to be told, and how often it was met.
    """

    header: dict[str, str]
    left_out: LeftOuts
    units: deque[Unit]
    oddities: Counter[str]


def _tell(path: Path, choice: Choice, oddities: Counter[str]) -> None:
    if choice.others:
        said = ", ".join(choice.others)
        _log.warning("%s: read are %s and %s, not %s", path, choice.src, choice.tgt, said)
    if told := tally(oddities):
        _log.warning("%s: %s", path, told)


def _units(file: BinaryIO, path: Path, encoding: str | None, memory: Memory) -> Iterator[Unit]:
    """Yield the units; fill the rest of the memory."""
    root = ""
    try:
        for event, tag, element in walk(file, encoding, WHOLE):
            root = root or tag
            if event == "start":
                continue
            if tag == "header":
                memory.header.update(dict(element.attrib) | _props(element))
                for side in SIDES:
                    memory.left_out[side].extend(_left_out(element, side, path))
            elif tag == "tu":
                found = list(element.iterfind("{*}tuv"))
                bare = sum(each.find("{*}seg") is None for each in found)
                memory.oddities["variants without a seg, read as they stand"] += bare
                variants = [_variant(each, path) for each in found]
                known = [each for each in variants if each.lang]
                yield element.sourceline, _props(element), known, _facts(element)
    except (etree.XMLSyntaxError, LookupError, ValueError) as error:
        raise damaged(error, "TMX", path) from error
    if root != "tmx":
        raise ReadError("this is no TMX", str(path), "its first element should be <tmx>")


def _props(element: Any) -> dict[str, str]:
    return {
        prop.get("type", "").removeprefix("x-"): prop.text or ""
        for prop in element.iterfind("{*}prop")
    }


def _left_out(header: Any, side: str, path: Path) -> Iterator[LeftOut]:
    for prop in header.iterfind(f"{{*}}prop[@type='x-{side}-left-out']"):
        try:
            yield left_out_list.from_line(prop.text or "")
        except ValueError as error:
            where = f"{path}, line {prop.sourceline}"
            raise ReadError(f"the header's properties are damaged ({error})", where) from error


def _facts(element: Any) -> Facts:
    """Return what a unit or a variant says of itself, but what we read as our own."""
    attributes = tuple(
        (str(name), str(value))
        for name, value in element.attrib.items()
        if name not in (XML_LANG, "lang")
    )
    props = tuple(
        (prop.get("type", ""), prop.text or "")
        for prop in element.iterfind("{*}prop")
        if prop.get("type", "") not in OWN_PROPS
    )
    notes = tuple("".join(map(str, note.itertext())) for note in element.iterfind("{*}note"))
    return Facts(attributes, props, notes)


def _variant(element: Any, path: Path) -> Variant:
    lang = element.get(XML_LANG) or element.get("lang") or ""
    seg = element.find("{*}seg")
    if seg is not None:
        text = marked(seg, path, "tmx")
    else:  # the text stands beside notes and properties
        pieces = [element.text or "", *(each.tail or "" for each in element)]
        text = Marked("".join(pieces).strip())
    return Variant(lang, text, _props(element), _facts(element))


def _add(builder: SideBuilder, variant: Variant | None) -> Span:
    if variant is None or not variant.marked.text:
        return builder.add([])
    props = variant.props
    cuts = [int(cut) for cut in props.get("cuts", "").split()]
    texts = split_at_cuts(variant.marked.text, cuts, variant.lang)
    return builder.add(
        texts,
        chars=props.get("offsets", ""),
        blocks=props.get("blocks", ""),
        place=props.get("place", ""),
        codes=codes_at_cuts(variant.marked.codes, texts, cuts) if variant.marked.codes else (),
    )


def _origin(header: Mapping[str, str], side: str, made_by: Origin) -> Origin:
    if f"{side}-sha256" not in header and f"{side}-file" not in header:
        return made_by
    return Origin(header.get(f"{side}-file", ""), header.get(f"{side}-sha256", ""))


def _provenance(header: Mapping[str, str]) -> Provenance:
    date = TMX_DATE.fullmatch(header.get("creationdate", ""))
    created = "{}-{}-{}T{}:{}:{}Z".format(*date.groups()) if date else ""
    return parse_signature(header.get("signature", ""), created)
