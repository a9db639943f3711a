"""Check a TMX file against the facts of the TMX 1.4b specification; it shares no code with ours."""

import re
from pathlib import Path

from lxml import etree

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
DATE = re.compile(r"\d{8}T\d{6}Z")
LANGUAGE_TAG = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?")
HEADER = {
    *("creationtool", "creationtoolversion", "segtype", "o-tmf", "adminlang", "srclang"),
    "datatype",
}
CHILDREN = {
    "tmx": r"header body",
    "header": r"((note|prop|ude) ?)*",
    "body": r"(tu ?)*",
    "tu": r"((note|prop) )*tuv( tuv)+",
    "tuv": r"((note|prop) )*seg",
    "seg": r"",
    "prop": r"",
}


def complaints(path: Path) -> list[str]:
    """Return what a strict tool would refuse."""
    raw = path.read_bytes()
    found = []
    if not re.match(rb"<\?xml version=['\"]1.0['\"] encoding=['\"]UTF-8['\"]\?>", raw):
        found.append("no declaration of UTF-8 at the very beginning")
    root = etree.fromstring(raw)
    if (root.tag, dict(root.attrib)) != ("tmx", {"version": "1.4"}):
        found.append(f"root {root.tag} {dict(root.attrib)}")
    for element in root.iter():
        names = " ".join(child.tag for child in element)
        if not re.fullmatch(CHILDREN[element.tag], names):
            found.append(f"{element.tag} holds {names!r}")
    header = root.find("header")
    missing = [name for name in HEADER if not header.get(name)]
    if missing:
        found.append(f"the header lacks {missing}")
    if header.get("segtype") != "sentence" or header.get("datatype") != "plaintext":
        found.append("segtype or datatype")
    for element in root.iter("header", "tu", "tuv"):
        dates = [element.get(name) for name in ("creationdate", "changedate")]
        found += [f"date {date}" for date in dates if date and not DATE.fullmatch(date)]
    langs = set()
    for unit in root.iter("tu"):
        tags = [variant.get(XML_LANG) for variant in unit.iter("tuv")]
        if header.get("srclang") not in tags:
            found.append(f"srclang {header.get('srclang')} is not among {tags}")
        langs.add(tuple(tags))
        found += [f"language tag {tag}" for tag in tags if not LANGUAGE_TAG.fullmatch(tag or "")]
    if len(langs) > 1:
        found.append(f"more than one pair: {langs}")
    found += ["empty seg" for seg in root.iter("seg") if not (seg.text or "").strip()]
    found += [
        f"prop {prop.get('type')}"
        for prop in root.iter("prop")
        if not re.fullmatch("x-[a-z0-9-]+", prop.get("type", ""))
    ]
    return found
