"""XLIFF 1.2, the bilingual file that translation tools open to be worked on.

One bead a unit; a source without a counterpart is a unit that is not translated yet. What
the standard has no place for stands in attributes of our own name space, as it allows.
"""

from typing import Any, BinaryIO

from lxml import etree

from aligner.rows import BETWEEN, Trace, Traces
from aligner.types import Bead, Bitext
from aligner.version import __version__
from aligner.writers.losses import NOT_XML, Losses, Stripper

XLIFF = "urn:oasis:names:tc:xliff:document:1.2"
OURS = "urn:aligner:bitext"
# The first is the document's own name space, without a prefix.
NAMES: Any = {None: XLIFF, "aligner": OURS}
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
UNKNOWN_LANGUAGE = "und"


def write(bitext: Bitext, out: BinaryIO) -> Losses:
    """Write one bead a unit; targets without a source have no place and are counted.

    Args:
        bitext: what to write.
        out: binary stream.

    Returns:
        What the format could not hold.
    """
    strip = Stripper(NOT_XML)
    langs = bitext.src.lang or UNKNOWN_LANGUAGE, bitext.tgt.lang or UNKNOWN_LANGUAGE
    src, tgt = Traces(bitext.src, strip), Traces(bitext.tgt, strip)
    nulls = 0
    with etree.xmlfile(out, encoding="UTF-8") as xml:
        xml.write_declaration()
        with (
            xml.element(_name("xliff"), version="1.2", nsmap=NAMES),
            xml.element(_name("file"), _file_attributes(bitext, langs, strip)),
        ):
            xml.write(_header(bitext, strip), pretty_print=True)
            with xml.element(_name("body")):
                for number, bead in enumerate(bitext.alignment.beads, start=1):
                    source = src.follow(bitext.src_segments(bead))
                    target = tgt.follow(bitext.tgt_segments(bead))
                    if source.text.strip():
                        unit = _unit(number, bead, strip)
                        _add_side(unit, "source", langs[0], source)
                        _add_side(unit, "target", langs[1], target)
                        xml.write(unit, pretty_print=True)
                    else:
                        nulls += 1
    return Losses(nulls, strip.count)


def _name(tag: str) -> str:
    return f"{{{XLIFF}}}{tag}"


def _own(attributes: dict[str, str]) -> dict[str, str]:
    return {f"{{{OURS}}}{name}": value for name, value in attributes.items() if value}


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


def _header(bitext: Bitext, strip: Stripper) -> Any:
    header = etree.Element(_name("header"), nsmap=NAMES)
    tool = etree.SubElement(header, _name("tool"))
    tool.set("tool-id", "aligner")
    tool.set("tool-name", "aligner")
    tool.set("tool-version", strip(bitext.provenance.version) or __version__)
    return header


def _unit(number: int, bead: Bead, strip: Stripper) -> Any:
    known = {
        "type": bead.kind,
        "score": repr(bead.score),
        "confidence": repr(bead.confidence),
        "flags": strip(BETWEEN.join(bead.flags)),
    }
    attributes = {"id": str(number), XML_SPACE: "preserve", **_own(known)}
    return etree.Element(_name("trans-unit"), attributes, nsmap=NAMES)


def _add_side(unit: Any, tag: str, lang: str, trace: Trace) -> None:
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
    side.text = trace.text
