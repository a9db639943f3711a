"""Who speaks, in a play: "MILLER. The wheel stands still." is one sentence, not two.

Nothing but repetition tells a name before a speech from a short sentence, so the names are taken
from the text: those that begin many of its paragraphs, where many paragraphs begin so.
"""

import re
from collections import Counter
from collections.abc import Sequence

from aligner.types import Block

Spans = list[tuple[int, int]]

# A play has so many names at the least, each so often, and before that share of its paragraphs.
NAMES = 2
TIMES = 3
SHARE = 0.4
LONGEST = 40  # characters of a name
WORDS = 4  # at most, of which the first has a capital

# A name, and what is done meanwhile, in brackets.
_SPEAKER = re.compile(
    r"[_*]*(?P<name>[^\W\d_][\w'’.-]*(?: [\w'’.-]+){0,3}?)[_*]*"
    r"(?:\s*[(\[（][^)\]）]*[)\]）])?\s*[.:：。]?[_*]*"
)


def with_speeches(blocks: Sequence[Block], spans: Sequence[Spans]) -> list[Spans]:
    """Join the speaker of each speech to its first sentence, where the text is a play.

    Args:
        blocks: of a text.
        spans: `[start, stop)` of each one's sentences.
    """
    said = [_speaker(block.text, own) for block, own in zip(blocks, spans, strict=True)]
    possible = frozenset(said) - {""}
    begun = Counter(_begun_with(block.text, possible) for block in blocks)
    names = {name: times for name, times in begun.items() if name and times >= TIMES}
    if len(names) < NAMES or sum(names.values()) < SHARE * len(blocks):
        return [*spans]
    return [
        [(own[0][0], own[1][1]), *own[2:]] if name in names else own
        for name, own in zip(said, spans, strict=True)
    ]


def _speaker(text: str, spans: Spans) -> str:
    """Return the name that a block's first sentence may be, before others; "" for none."""
    if len(spans) < 2:
        return ""
    found = _SPEAKER.fullmatch(text, *spans[0])
    if found is None or not found["name"][0].isupper():
        return ""
    name = found["name"].rstrip(".").casefold()
    return name if len(name) <= LONGEST else ""


def _begun_with(text: str, names: frozenset[str]) -> str:
    """Return which of the names a text begins with; "" for none."""
    words = text[: LONGEST + 10].casefold().strip("_* ").split(" ")[:WORDS]
    begun = (" ".join(words[:size]).rstrip(".:_*") for size in range(len(words), 0, -1))
    return next((each for each in begun if each in names), "")
