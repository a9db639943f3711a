"""Sentence ends that need no space or capital after them: East and South Asian stops, and kin."""

import re
from collections.abc import Iterator

# 。！？ end a sentence wherever they stand, with the quotes that close after them. Half-width
# ! and ? do so between ideographs; an ellipsis before a closing quote.
_IDEOGRAPHS = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_CJK = re.compile(
    rf"(?:(?<![。！？｡])[。！？｡]++|(?<=[{_IDEOGRAPHS}])[!?]++(?=[{_IDEOGRAPHS}”」』])|"
    r"(?<!…)…{1,2}(?=[」』”]))[”」』）"
    r"\"’】)]*+"
)
# Danda, Arabic question mark, Urdu, Burmese, Ethiopic, Khmer and Armenian full stops.
_STOPS = "।॥؟۔။።៕។։"
_OWN_STOP = re.compile(rf"(?<![{_STOPS}])[{_STOPS}]++[\"'”»’)\]]*+(?:\[\d+\])*+")
# The Greek question mark is typed as a semicolon, the Armenian full stop as a colon.
_BY_LANGUAGE = {
    "el": re.compile(r"(?<!;)[;\u037e]++[\"”»)]*+(?=\s+[\"«“(—–-]*+[^\W\d_])"),
    "hy": re.compile(r"(?<!:)[:]++[\"”»)]*+(?=\s+[\"«“(—–-]*+[Ա-ՖA-Z0-9])"),
}
# What goes on with the sentence after such a mark; と is the Japanese "… he said".
_GOES_ON = frozenset("，、,;；：)）」』”》と")
# "他说", "约翰问道": who said it, after the quotation.
_SPEAKER = re.compile(
    rf"[{_IDEOGRAPHS}]{{1,8}}?(?:说道|问道|说|道|问|喊|叫|答|説|問|言)[，。：,！？…]"
)


def ends(text: str, lang: str) -> Iterator[int]:
    """Yield where sentences end, closers included, in the order of each pattern."""
    patterns = [_CJK, _OWN_STOP]
    if lang in _BY_LANGUAGE:
        patterns.append(_BY_LANGUAGE[lang])
    for pattern in patterns:
        for match in pattern.finditer(text):
            stop = match.end()
            following = text[stop : stop + 1]
            if following in _GOES_ON or (match[0][-1] in "”」』" and _SPEAKER.match(text, stop)):
                continue
            yield stop
