"""TMX: our own, with everything that its properties hold, and anybody's."""

import logging
import re
from collections import defaultdict, deque
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO

from lxml import etree

from aligner.errors import ReadError
from aligner.formats import left_out_list
from aligner.formats.readers.files import at_most, open_pairs
from aligner.formats.readers.xml_elements import REMEDY, damaged, walk
from aligner.formats.rows import BETWEEN, SideBuilder, parse_signature, split_at_cuts
from aligner.formats.xml_names import XML_LANG
from aligner.types import Alignment, Bead, Bitext, LeftOut, Origin, Provenance, Span

# Elements of a segment whose content is markup of the original, not text (TMX 1.4b, 3.3).
CODES = frozenset({"bpt", "ept", "it", "ph", "ut"})
# What is read as a whole.
WHOLE = frozenset({"header", "tu"})
SIDES = ("src", "tgt")
_log = logging.getLogger(__name__)
TMX_DATE = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z")


@dataclass(frozen=True, slots=True)
class Variant:
    """One language of a translation unit."""

    lang: str
    text: str
    props: Mapping[str, str]


def read(path: Path, *, encoding: str | None = None) -> Bitext:
    """Read a translation memory of two languages; every unit is a bead.

    The source language is the header's `srclang`, the target the first other language; a
    unit that lacks one of them is a null alignment.

    Args:
        path: a .tmx file.
        encoding: of the file; what the file itself declares when it is not given.

    Raises:
        ReadError: the file cannot be read, is no TMX, or has one language only.
    """
    header: dict[str, str] = {}
    left_out: LeftOuts = defaultdict(list)
    with open_pairs(path) as (file, made_by):
        units = deque(at_most(_units(file, path, encoding, header, left_out), path))
    src_lang, tgt_lang = _languages(units, header.get("srclang", ""), path)
    src, tgt, beads = SideBuilder(), SideBuilder(), []
    while units:
        line, props, variants = units.popleft()
        try:
            spans = _add(src, variants.get(src_lang)), _add(tgt, variants.get(tgt_lang))
            if any(spans):
                flags = tuple(filter(None, props.get("flags", "").split(BETWEEN)))
                score, confidence = props.get("score", "0"), props.get("confidence", "1")
                beads.append(Bead(*spans, float(score), float(confidence), flags))
        except ValueError as error:
            where = f"{path}, line {line}"
            raise ReadError(f"the unit's properties are damaged ({error})", where) from error
    src_document, tgt_document = (
        replace(
            builder.document(lang, _origin(header, side, made_by)),
            left_out=tuple(left_out[side]),
        )
        for side, builder, lang in (("src", src, src_lang), ("tgt", tgt, tgt_lang))
    )
    alignment = Alignment(tuple(beads), len(src.segments), len(tgt.segments))
    return Bitext(src_document, tgt_document, alignment, _provenance(header))


Unit = tuple[int, dict[str, str], dict[str, Variant]]
LeftOuts = dict[str, list[LeftOut]]


def _units(
    file: BinaryIO, path: Path, encoding: str | None, header: dict[str, str], left_out: LeftOuts
) -> Iterator[Unit]:
    """Yield the units' lines, properties and variants by language; fill the header."""
    root = ""
    spelled: dict[str, str] = {}  # languages as they are first written: "EN" later is "en"
    try:
        for event, tag, element in walk(file, encoding, WHOLE):
            root = root or tag
            if event == "start":
                continue
            if tag == "header":
                header |= dict(element.attrib) | _props(element)
                for side in SIDES:
                    left_out[side] += _left_out(element, side, path)
            elif tag == "tu":
                variants = [_variant(each, path) for each in element.iterfind("tuv")]
                by_lang = {
                    spelled.setdefault(variant.lang.lower(), variant.lang): variant
                    for variant in reversed(variants)
                }
                yield element.sourceline, _props(element), dict(reversed(by_lang.items()))
    except (etree.XMLSyntaxError, LookupError, ValueError) as error:
        raise damaged(error, "TMX", path) from error
    if root != "tmx":
        raise ReadError("this is no TMX", str(path), "its first element should be <tmx>")


def _props(element: Any) -> dict[str, str]:
    return {
        prop.get("type", "").removeprefix("x-"): prop.text or ""
        for prop in element.iterfind("prop")
    }


def _left_out(header: Any, side: str, path: Path) -> Iterator[LeftOut]:
    for prop in header.iterfind(f"prop[@type='x-{side}-left-out']"):
        try:
            yield left_out_list.from_line(prop.text or "")
        except ValueError as error:
            where = f"{path}, line {prop.sourceline}"
            raise ReadError(f"the header's properties are damaged ({error})", where) from error


def _variant(element: Any, path: Path) -> Variant:
    lang = element.get(XML_LANG) or element.get("lang") or ""
    seg = element.find("seg")
    text = "" if seg is None else "".join(_text(seg, path))
    return Variant(lang, text, _props(element))


def _text(element: Any, path: Path) -> Iterator[str]:
    """Yield the text of a segment without the codes in it."""
    yield element.text or ""
    for child in element:
        if child.tag is etree.Entity:
            where = f"{path}, line {element.sourceline}"
            raise ReadError(f"the entity {child.text} is not expanded", where, REMEDY)
        if isinstance(child.tag, str) and child.tag not in CODES:
            yield from _text(child, path)
        yield child.tail or ""


def _languages(units: Collection[Unit], srclang: str, path: Path) -> tuple[str, str]:
    langs = list(dict.fromkeys(lang for _, _, variants in units for lang in variants))
    if len(langs) < 2:
        found = langs[0] if langs else "none"
        raise ReadError(f"this holds one language at most ({found})", str(path))
    src = next((lang for lang in langs if lang.lower() == srclang.lower()), langs[0])
    tgt, *others = (lang for lang in langs if lang != src)
    if others:
        _log.warning("%s: read are %s and %s, not %s", path, src, tgt, ", ".join(others))
    return src, tgt


def _add(builder: SideBuilder, variant: Variant | None) -> Span:
    if variant is None or not variant.text:
        return builder.add([])
    props = variant.props
    cuts = [int(cut) for cut in props.get("cuts", "").split()]
    return builder.add(
        split_at_cuts(variant.text, cuts, variant.lang),
        chars=props.get("offsets", ""),
        blocks=props.get("blocks", ""),
        place=props.get("place", ""),
    )


def _origin(header: Mapping[str, str], side: str, made_by: Origin) -> Origin:
    if f"{side}-sha256" not in header and f"{side}-file" not in header:
        return made_by
    return Origin(header.get(f"{side}-file", ""), header.get(f"{side}-sha256", ""))


def _provenance(header: Mapping[str, str]) -> Provenance:
    date = TMX_DATE.fullmatch(header.get("creationdate", ""))
    created = "{}-{}-{}T{}:{}:{}Z".format(*date.groups()) if date else ""
    return parse_signature(header.get("signature", ""), created)
