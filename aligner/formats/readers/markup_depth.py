"""Pages whose elements stand deeper in each other than the parser follows, made shallower.

Old pages never close `<font>`: every paragraph stands in all those before it. The parser gives
up at 2,048 and drops what is deeper.
"""

import re
from collections import Counter

# Deeper than any page needs; browsers follow 512.
MAX_DEPTH = 256
# Elements without content (HTML standard, 13.1.2).
_VOID = frozenset(
    (
        *("area", "base", "br", "col", "embed", "hr", "img"),
        *("input", "link", "meta", "param", "source", "track", "wbr"),
    )
)
# A script may say anything, tags too.
_TAG = re.compile(
    r"<(script|style)\b[^>]*>.*?</\1\s*>|<!--.*?-->|<(/?)([a-z][^\s/>]*)[^>]*>", re.I | re.S
)


def shallow(text: str, in_line: frozenset[str]) -> str:
    """Return a page without the tags of the elements that stand too deep.

    Args:
        text: the page.
        in_line: elements that stand in a line of text. Of others a line break stays, so that
            their text does not run into what is before.
    """
    opened: list[str] = []
    inside: Counter[str] = Counter()
    taken: Counter[str] = Counter()

    def keep(match: re.Match[str]) -> str:
        tag, ends = (match[3] or "").lower(), match[2] == "/"
        if not tag or tag in _VOID:
            return match[0]
        instead = "" if tag in in_line else "<br>"
        if ends and taken[tag]:
            taken[tag] -= 1
            return instead
        if ends:
            # An end tag ends what was opened inside, too; one of nothing ends nothing.
            while inside[tag] and opened:
                last = opened.pop()
                inside[last] -= 1
                if last == tag:
                    break
            return match[0]
        if len(opened) >= MAX_DEPTH:
            taken[tag] += 1
            return instead
        opened.append(tag)
        inside[tag] += 1
        return match[0]

    return _TAG.sub(keep, text)
