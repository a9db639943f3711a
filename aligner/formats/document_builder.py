"""Puts the two sides of a bitext together from the rows or units of a file."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import get_args

from aligner.languages.table import separator
from aligner.types import Block, BlockKind, Code, Document, Origin, Segment, Span

BLOCK_KINDS = frozenset(get_args(BlockKind))
BETWEEN = "; "


class SideBuilder:
    """Puts one side of a bitext together, from the texts of one row after another."""

    def __init__(self) -> None:
        self.blocks: list[tuple[list[str], BlockKind, int, str]] = []
        self.segments: list[Segment] = []
        self._last_block: str | None = None

    def add(
        self,
        texts: Sequence[str],
        *,
        chars: str = "",
        blocks: str = "",
        place: str = "",
        codes: Sequence[tuple[Code, ...]] = (),
    ) -> Span:
        """Add a row's segments.

        Args:
            texts: of its segments.
            chars: as `Traces` wrote them; without them, offsets count in the texts
                themselves, one after another.
            blocks: numbers and kinds, as in the column; without them, every row is a block.
            place: as `Traces` wrote it.
            codes: of each segment; none without them.

        Returns:
            The span of the new segments.

        Raises:
            ValueError: chars or blocks do not fit the texts.
        """
        first = len(self.segments)
        keys = blocks.split() or [f"row {first}:cell"] * len(texts)
        if len(keys) != len(texts):
            raise ValueError(f"{len(keys)} blocks for {len(texts)} segments")
        places = self._places(keys, place)
        offsets = self._offsets(texts, chars)
        held = codes or [()] * len(texts)
        for text, key, (start, stop), each in zip(texts, keys, offsets, held, strict=True):
            if key != self._last_block:
                kind = key.partition(":")[2] or "paragraph"
                if kind not in BLOCK_KINDS:
                    raise ValueError(f"there is no block kind {kind!r}")
                self.blocks.append(([], kind, start, places[key]))  # type: ignore[arg-type]
                self._last_block = key
            self.blocks[-1][0].append(text)
            self.segments.append(Segment(text, start, stop, len(self.blocks) - 1, each))
        return Span(first, len(self.segments))

    def document(self, lang: str, origin: Origin, title: str = "") -> Document:
        """Return the side; a block's text is that of its segments."""
        between = separator(lang)
        blocks = tuple(
            Block(between.join(texts), kind, start, place)
            for texts, kind, start, place in self.blocks
        )
        return Document(blocks, lang, origin, tuple(self.segments), title=title)

    def _offsets(self, texts: Sequence[str], chars: str) -> list[tuple[int, int]]:
        if chars:
            ranges = [each.partition("..") for each in chars.split()]
            if len(ranges) != len(texts):
                raise ValueError(f"{len(ranges)} offsets for {len(texts)} segments")
            return [(int(start), int(stop)) for start, _, stop in ranges]
        offsets = []
        start = self.segments[-1].stop + 1 if self.segments else 0
        for text in texts:
            offsets.append((start, start + len(text)))
            start += len(text) + 1
        return offsets

    @staticmethod
    def _places(keys: Sequence[str], place: str) -> dict[str, str]:
        distinct = list(dict.fromkeys(keys))
        places = place.split(BETWEEN)
        if len(places) != len(distinct):
            places = [place] * len(distinct)
        return dict(zip(distinct, places, strict=True))


def codes_at_cuts(
    codes: Sequence[Code], texts: Sequence[str], cuts: Sequence[int]
) -> list[tuple[Code, ...]]:
    """Give each of the texts that a text was cut into its codes.

    What stands between two belongs to the second, but what ends something to the first.

    Args:
        codes: of the whole, in order.
        texts: the pieces, in order.
        cuts: where the second, third … begins, as in `split_at_cuts`.
    """
    starts = [0, *cuts]
    shares: list[list[Code]] = [[] for _ in texts]
    for code in codes:
        find = bisect_left if code.role == "close" else bisect_right
        index = max(0, find(starts, code.start) - 1)
        end = len(texts[index])
        begin, stop = (min(at - starts[index], end) for at in (code.start, code.stop))
        shares[index].append(replace(code, start=begin, stop=max(begin, stop)))
    return [tuple(share) for share in shares]


def split_at_cuts(text: str, cuts: Sequence[int], lang: str) -> list[str]:
    """Undo `join_with_cuts`.

    Raises:
        ValueError: the cuts are not in the text, or not in order.
    """
    if not cuts:
        return [text]
    if list(cuts) != sorted(cuts) or cuts[0] < 0 or cuts[-1] > len(text):
        raise ValueError(f"the cuts {list(cuts)} do not fit a text of {len(text)}")
    gap = len(separator(lang))
    starts = [0, *cuts]
    stops = [cut - gap for cut in cuts] + [len(text)]
    return [text[start:stop] for start, stop in zip(starts, stops, strict=True)]
