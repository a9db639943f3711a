"""XLIFF 1.2, the bilingual file that translation tools open to be worked on.

One bead a unit; a source without a counterpart is a unit that is not translated yet. What
the standard has no place for stands in attributes and elements of our own name space, as it
allows (XLIFF 1.2, 2.5).
"""

from dataclasses import replace
from typing import Any, BinaryIO

from lxml import etree

from aligner.formats import left_out_list
from aligner.formats.document_builder import BETWEEN
from aligner.formats.left_out_list import NO_COUNTERPART
from aligner.formats.losses import NONE, NOT_XML, Losses, Stripper, Without
from aligner.formats.pair_digest import Lists, signed
from aligner.formats.rows import Trace, Traces
from aligner.formats.writers.inline_codes import fill
from aligner.formats.xml_names import ALIGNER, UNKNOWN_LANGUAGE, XML_LANG, XML_SPACE
from aligner.types import Bead, Bitext
from aligner.version import __version__

XLIFF = "urn:oasis:names:tc:xliff:document:1.2"
# The first is the document's own name space, without a prefix.
NAMES: Any = {None: XLIFF, "aligner": ALIGNER}

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
    """Write one bead a unit; targets without a source have no place, are counted and listed.

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
    src, tgt = Traces(bitext.src, strip), Traces(bitext.tgt, strip)
    beads = bitext.alignment.beads
    additions = {i: NO_COUNTERPART for i, bead in enumerate(beads) if not _has_source(bitext, bead)}
    absent = {**without, **additions}
    listed = left_out_list.sides(bitext, absent)
    named: set[str] = set()
    made = replace(bitext, provenance=signed(bitext, absent, listed))
    with etree.xmlfile(out, encoding="UTF-8") as xml:
        xml.write_declaration()
        with (
            xml.element(_name("xliff"), version="1.2", nsmap=NAMES),
            xml.element(_name("file"), _file_attributes(made, langs, strip)),
        ):
            xml.write(_header(made, listed, strip), pretty_print=True)
            with xml.element(_name("body")):
                for index, bead in enumerate(beads):
                    if index in absent:
                        continue
                    unit = _unit(index + 1, bead, strip, named)
                    source = src.follow(bitext.src_segments(bead))
                    target = tgt.follow(bitext.tgt_segments(bead))
                    _add_side(unit, "source", langs[0], source, strip)
                    _add_side(unit, "target", langs[1], target, strip)
                    _add_notes(unit, bead, strip)
                    xml.write(unit, pretty_print=True)
    return Losses(len(additions), strip.count, len(absent) - len(additions))


def _has_source(bitext: Bitext, bead: Bead) -> bool:
    return any(NOT_XML.sub("", each.text).strip() for each in bitext.src_segments(bead))


def _name(tag: str) -> str:
    return f"{{{XLIFF}}}{tag}"


def _own(attributes: dict[str, str]) -> dict[str, str]:
    return {f"{{{ALIGNER}}}{name}": value for name, value in attributes.items() if value}


def _file_attributes(bitext: Bitext, langs: tuple[str, str], strip: Stripper) -> dict[str, str]:
    return {
        "original": strip(bitext.src.origin.path) or "unknown",
        "source-language": langs[0],
        "target-language": langs[1],
        "datatype": "plaintext",
        **_own(
            {
                "target-file": strip(bitext.tgt.origin.path),
                "source-sha256": bitext.src.origin.sha256,
                "target-sha256": bitext.tgt.origin.sha256,
                "signature": strip(bitext.provenance.signature),
                "created": strip(bitext.provenance.created),
            }
        ),
    }


def _header(bitext: Bitext, listed: Lists, strip: Stripper) -> Any:
    header = etree.Element(_name("header"), nsmap=NAMES)
    tool = etree.SubElement(header, _name("tool"))
    tool.set("tool-id", "aligner")
    tool.set("tool-name", "aligner")
    tool.set("tool-version", strip(bitext.provenance.version) or __version__)
    for side, left_out in zip(("src", "tgt"), listed, strict=True):
        for piece in left_out:
            element = etree.SubElement(header, f"{{{ALIGNER}}}left-out", side=side)
            element.text = left_out_list.to_line(piece)
    return header


def _unit(number: int, bead: Bead, strip: Stripper, named: set[str]) -> Any:
    """Return a unit without its sides; it keeps its name, if no other had that before."""
    said = dict(bead.facts.unit.attributes) if bead.facts else {}
    name = strip(said.get("id") or said.get("tuid") or "")
    if not name or name in named:
        name = str(number)
        while name in named:
            name += "+"
    named.add(name)
    known = {
        "type": bead.kind,
        "score": repr(bead.score),
        "confidence": repr(bead.confidence),
        "flags": strip(BETWEEN.join(bead.flags)),
    }
    attributes = {"id": name, XML_SPACE: "preserve", **_own(known)}
    for kind, value in bead.facts.unit.props if bead.facts else ():
        if kind == "resname":
            attributes[kind] = strip(value)
    return etree.Element(_name("trans-unit"), attributes, nsmap=NAMES)


def _add_notes(unit: Any, bead: Bead, strip: Stripper) -> None:
    for text in bead.facts.unit.notes if bead.facts else ():
        etree.SubElement(unit, _name("note")).text = strip(text)


def _add_side(unit: Any, tag: str, lang: str, trace: Trace, strip: Stripper) -> None:
    if not trace.text:
        return
    traced = {
        "chars": trace.chars,
        "blocks": trace.blocks,
        "place": trace.place,
        "cuts": trace.cuts,
    }
    state = {"state": "translated"} if tag == "target" else {}
    side = etree.SubElement(unit, _name(tag), {XML_LANG: lang, **state, **_own(traced)})
    fill(side, trace.text, trace.codes, "xliff", strip)
