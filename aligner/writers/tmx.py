"""TMX 1.4, in the form that every translation tool imports.

One language pair a file, `srclang` letter for letter one of the two `xml:lang`, properties
before the segment and named `x-…`, no empty segment, no character that XML forbids. Null
alignments are no translation units: they stay out and are counted.
"""

import re
from collections.abc import Sequence
from typing import Any, BinaryIO

from lxml import etree

from aligner.rows import (
    BETWEEN,
    format_blocks,
    format_chars,
    format_numbers,
    format_places,
    join_with_cuts,
)
from aligner.types import Bead, Bitext, Document, Segment
from aligner.version import __version__
from aligner.writers.losses import NOT_XML, Losses, Stripper

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# BCP-47's own tag for a language that is not known.
UNKNOWN_LANGUAGE = "und"
NOT_DIGIT_OR_LETTER = re.compile(r"[^0-9TZ]")


def write(
    bitext: Bitext,
    out: BinaryIO,
    *,
    src_lang: str = "",
    tgt_lang: str = "",
) -> Losses:
    """Write one bead a translation unit.

    Args:
        bitext: what to write.
        out: binary stream.
        src_lang: the tag to write for the source language; for tools that want a region
            ("en-US"). The bitext's own without it.
        tgt_lang: the same for the target language.

    Returns:
        What the format could not hold.
    """
    strip = Stripper(NOT_XML)
    langs = (
        src_lang or bitext.src.lang or UNKNOWN_LANGUAGE,
        tgt_lang or bitext.tgt.lang or UNKNOWN_LANGUAGE,
    )
    nulls = sum(bead.is_null for bead in bitext.alignment.beads)
    with etree.xmlfile(out, encoding="UTF-8") as xml:
        xml.write_declaration()
        with xml.element("tmx", version="1.4"):
            xml.write("\n")
            xml.write(_header(bitext, langs[0], nulls, strip), pretty_print=True)
            with xml.element("body"):
                xml.write("\n")
                for number, bead in enumerate(bitext.alignment.beads, start=1):
                    unit = _unit(bitext, bead, number, langs, strip)
                    if unit is None:
                        nulls += not bead.is_null
                    else:
                        xml.write(unit, pretty_print=True)
            xml.write("\n")
    return Losses(nulls, strip.count)


def _header(bitext: Bitext, srclang: str, nulls: int, strip: Stripper) -> Any:
    provenance = bitext.provenance
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
    _add_prop(header, "encoder", strip(provenance.encoder))
    _add_prop(header, "signature", strip(provenance.signature))
    for side, document in (("src", bitext.src), ("tgt", bitext.tgt)):
        _add_prop(header, f"{side}-file", strip(document.origin.path))
        _add_prop(header, f"{side}-sha256", document.origin.sha256)
    _add_prop(header, "null-alignments", str(nulls))
    return header


def _unit(
    bitext: Bitext, bead: Bead, number: int, langs: tuple[str, str], strip: Stripper
) -> Any | None:
    """Return a bead as a translation unit; None where a side is empty, or becomes so."""
    if bead.is_null:
        return None
    unit = etree.Element("tu", tuid=str(number))
    _add_prop(unit, "type", bead.kind)
    _add_prop(unit, "score", repr(bead.score))
    _add_prop(unit, "confidence", repr(bead.confidence))
    _add_prop(unit, "flags", strip(BETWEEN.join(bead.flags)))
    sides = (bitext.src, bitext.src_segments(bead)), (bitext.tgt, bitext.tgt_segments(bead))
    for (document, segments), lang in zip(sides, langs, strict=True):
        if not _add_variant(unit, document, segments, lang, strip):
            return None
    return unit


def _add_variant(
    unit: Any, document: Document, segments: Sequence[Segment], lang: str, strip: Stripper
) -> bool:
    text, cuts = join_with_cuts([strip(segment.text) for segment in segments], document.lang)
    variant = etree.SubElement(unit, "tuv", {XML_LANG: lang})
    _add_prop(variant, "file", strip(document.origin.path))
    _add_prop(variant, "place", strip(format_places(segments, document)))
    _add_prop(variant, "offsets", format_chars(segments))
    _add_prop(variant, "blocks", format_blocks(segments, document))
    _add_prop(variant, "cuts", format_numbers(cuts))
    etree.SubElement(variant, "seg").text = text
    return bool(text.strip())


def _add_prop(parent: Any, name: str, value: str) -> None:
    if value:
        etree.SubElement(parent, "prop", type=f"x-{name}").text = value


def _tmx_date(created: str) -> str:
    """Turn `2025-01-02T03:04:05Z` into `20250102T030405Z`."""
    return NOT_DIGIT_OR_LETTER.sub("", created.replace("+00:00", "Z"))
