"""TMX 1.4, in the form that every translation tool imports.

One language pair a file, `srclang` letter for letter one of the two `xml:lang`, properties
before the segment and named `x-…`, no empty segment, no character that XML forbids. Null
alignments are no translation units: they are counted, and listed in the header with whatever
else of the inputs is in no unit.
"""

import re
from collections.abc import Sequence
from copy import copy
from functools import cache
from typing import Any, BinaryIO

from lxml import etree

from aligner.formats import left_out_list
from aligner.formats.document_builder import BETWEEN
from aligner.formats.left_out_list import NO_COUNTERPART
from aligner.formats.losses import NONE, NOT_XML, Losses, Stripper, Without
from aligner.formats.pair_digest import signed
from aligner.formats.rows import Trace, Traces
from aligner.formats.writers.inline_codes import fill
from aligner.formats.xml_names import UNKNOWN_LANGUAGE, XML_LANG
from aligner.types import Bead, Bitext, Facts, Segment
from aligner.version import __version__

# What TMX calls what units of XLIFF have.
XLIFF_NAMES = {"id": "tuid"}
NOT_DIGIT_OR_LETTER = re.compile(r"[^0-9TZ]")

# See `CodesWriter`.
KEEPS_CODES = True


def write(
    bitext: Bitext,
    out: BinaryIO,
    *,
    src_lang: str = "",
    tgt_lang: str = "",
    without: Without = NONE,
) -> Losses:
    """Write one bead a translation unit.

    Args:
        bitext: what to write.
        out: binary stream.
        src_lang: the tag to write for the source language; for tools that want a region
            ("en-US"). The bitext's own without it.
        tgt_lang: the same for the target language.
        without: beads to leave out, and why.

    Returns:
        What the format could not hold.
    """
    strip = Stripper(NOT_XML)
    langs = (
        src_lang or bitext.src.lang or UNKNOWN_LANGUAGE,
        tgt_lang or bitext.tgt.lang or UNKNOWN_LANGUAGE,
    )
    beads = bitext.alignment.beads
    nulls = {i: NO_COUNTERPART for i, bead in enumerate(beads) if not _is_pair(bitext, bead)}
    absent = {**without, **nulls}
    with etree.xmlfile(out, encoding="UTF-8") as xml:
        xml.write_declaration()
        with xml.element("tmx", version="1.4"):
            xml.write("\n")
            xml.write(_header(bitext, langs[0], absent, strip), pretty_print=True)
            with xml.element("body"):
                xml.write("\n")
                units = _Units(bitext, langs, strip)
                for index, bead in enumerate(beads):
                    if index not in absent:
                        xml.write(units.make(index + 1, bead), pretty_print=True)
            xml.write("\n")
    return Losses(len(nulls), strip.count, len(absent) - len(nulls))


def _is_pair(bitext: Bitext, bead: Bead) -> bool:
    """Whether both sides have text that XML can hold."""
    return _has_text(bitext.src_segments(bead)) and _has_text(bitext.tgt_segments(bead))


def _has_text(segments: Sequence[Segment]) -> bool:
    # Nearly every segment begins with a letter: asking for that is quicker than cleaning.
    return any(
        each.text[:1].isalnum() or NOT_XML.sub("", each.text).strip() != "" for each in segments
    )


def _header(bitext: Bitext, srclang: str, absent: Without, strip: Stripper) -> Any:
    listed = left_out_list.sides(bitext, absent)
    provenance = signed(bitext, absent, listed)
    header = etree.Element(
        "header",
        {
            "creationtool": "aligner",
            "creationtoolversion": strip(provenance.version) or __version__,
            "segtype": "sentence",
            "o-tmf": "aligner",
            "adminlang": "en",
            "srclang": srclang,
            "datatype": "plaintext",
        },
    )
    if provenance.created:
        header.set("creationdate", _tmx_date(provenance.created))
    props = _present(
        encoder=strip(provenance.encoder),
        signature=strip(provenance.signature),
        **{
            f"{side}-{part}": strip(value)
            for side, origin in (("src", bitext.src.origin), ("tgt", bitext.tgt.origin))
            for part, value in (("file", origin.path), ("sha256", origin.sha256))
        },
    )
    for name, value in props.items():
        _add_prop(header, name, value)
    _add_prop(header, "null-alignments", str(list(absent.values()).count(NO_COUNTERPART)))
    for side, left_out in zip(("src", "tgt"), listed, strict=True):
        for piece in left_out:
            _add_prop(header, f"{side}-left-out", left_out_list.to_line(piece))
    return header


Props = dict[str, str]
Names = tuple[str, ...]


class _Units:
    """Turns beads into translation units."""

    def __init__(self, bitext: Bitext, langs: tuple[str, str], strip: Stripper) -> None:
        self.bitext = bitext
        self.strip = strip
        self.langs = langs
        self.files = strip(bitext.src.origin.path), strip(bitext.tgt.origin.path)
        self.src, self.tgt = Traces(bitext.src, strip), Traces(bitext.tgt, strip)

    def make(self, number: int, bead: Bead) -> Any:
        """Return a pair as a unit."""
        source = self.src.follow(self.bitext.src_segments(bead))
        target = self.tgt.follow(self.bitext.tgt_segments(bead))
        flags = self.strip(BETWEEN.join(bead.flags))
        props = (
            _present(
                type=bead.kind,
                score=repr(bead.score),
                confidence=repr(bead.confidence),
                flags=flags,
            ),
            _present_of(source, self.files[0]),
            _present_of(target, self.files[1]),
        )
        unit = copy(_skeleton(self.langs, *map(tuple, props)))
        unit.set("tuid", str(number))
        values = [*props[0].values(), *props[1].values(), source.text]
        values += [*props[2].values(), target.text]
        for element, value in zip(unit.iter("prop", "seg"), values, strict=True):
            element.text = value
        if source.codes or target.codes:
            for seg, bead_side in zip(unit.iter("seg"), (source, target), strict=True):
                fill(seg, bead_side.text, bead_side.codes, "tmx", self.strip)
        if bead.facts:
            variants = unit.findall("tuv")
            self._say(unit, bead.facts.unit)
            self._say(variants[0], bead.facts.src)
            self._say(variants[1], bead.facts.tgt)
        return unit

    def _say(self, element: Any, facts: Facts) -> None:
        """Write what another program's unit or variant said of itself, as it stood there."""
        for name, value in facts.attributes:
            element.set(XLIFF_NAMES.get(name, name), self.strip(value))
        first: list[Any] = []
        for text in facts.notes:
            note = etree.Element("note")
            note.text = self.strip(text)
            first.append(note)
        for kind, value in facts.props:
            prop = etree.Element("prop", type=self.strip(kind))
            prop.text = self.strip(value)
            first.append(prop)
        for place, each in enumerate(first):
            element.insert(place, each)


def _present(**props: str) -> Props:
    return {name: value for name, value in props.items() if value}


def _present_of(trace: Trace, file: str) -> Props:
    return _present(
        file=file, place=trace.place, offsets=trace.chars, blocks=trace.blocks, cuts=trace.cuts
    )


@cache
def _skeleton(langs: tuple[str, str], unit_props: Names, *variant_props: Names) -> Any:
    """Return a unit of these languages and properties without their values.

    Units differ in little else, and copying one is three times as fast as making one.
    """
    unit = etree.Element("tu")
    for name in unit_props:
        _add_prop(unit, name)
    for lang, props in zip(langs, variant_props, strict=True):
        variant = etree.SubElement(unit, "tuv", {XML_LANG: lang})
        for name in props:
            _add_prop(variant, name)
        etree.SubElement(variant, "seg")
    return unit


def _add_prop(parent: Any, name: str, value: str = "") -> None:
    etree.SubElement(parent, "prop", type=f"x-{name}").text = value


def _tmx_date(created: str) -> str:
    """Turn `2025-01-02T03:04:05Z` into `20250102T030405Z`."""
    return NOT_DIGIT_OR_LETTER.sub("", created.replace("+00:00", "Z"))
