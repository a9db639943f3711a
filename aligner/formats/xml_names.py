"""Names and rules that the XML formats share."""

XML = "http://www.w3.org/XML/1998/namespace"
XML_LANG = f"{{{XML}}}lang"
XML_SPACE = f"{{{XML}}}space"
# BCP-47's own tag for a language that is not known.
UNKNOWN_LANGUAGE = "und"
# The name space of what XLIFF 1.2 has no place for (section 2.5).
ALIGNER = "urn:aligner:bitext"
# The properties of units and variants of TMX that are ours.
OWN_PROPS = frozenset(
    f"x-{name}"
    for name in (
        *("type", "score", "confidence", "flags"),
        *("file", "place", "offsets", "blocks", "cuts"),
    )
)
