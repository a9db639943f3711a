"""Where texts stand among the segments of a document, however those were split."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate

from aligner.types import Quote, Span

# Characters of each segment by which it is looked up: few segments have so many alike.
HEAD_CHARS = 32


class QuoteLocator:
    """Finds texts among a document's segments, white space aside."""

    def __init__(self, texts: Sequence[str]) -> None:
        keys = [_key(text) for text in texts]
        self._text = "".join(keys)
        # Where each segment begins in the text, and where the last one ends.
        self._starts = [0, *accumulate(map(len, keys))]
        self._heads = sorted({(self._text[at : at + HEAD_CHARS], at) for at in self._starts})

    def find(self, side: Quote, reached: int) -> tuple[Span | None, str]:
        """Return the span of a side, or None and the reason.

        Args:
            side: what to find; a side without segments is the place after `after`.
            reached: the segment from which to look, where there is a choice.
        """
        key, after = "".join(map(_key, side.texts)), _key(side.after)
        if key:
            found = (self._span(start, start + len(key)) for start in self._beginning(key))
        else:
            found = (self._span(place, place) for place in self._behind(after))
        # An empty span is false, but it is a place.
        spans = [span for span in found if span is not None]
        if not spans:
            return None, self._reason(key, after)
        preceded = [s for s in spans if self._text.endswith(after, 0, self._starts[s.start])]
        candidates = (preceded if after else spans) or spans
        return next((s for s in candidates if s.start >= reached), candidates[0]), ""

    def _beginning(self, key: str) -> list[int]:
        """Return where segments begin with a key, in order."""
        head, found = key[:HEAD_CHARS], []
        for at in range(bisect_left(self._heads, (head,)), len(self._heads)):
            text, start = self._heads[at]
            if not text.startswith(head):
                break
            if self._text.startswith(key, start):
                found.append(start)
        return sorted(found)

    def _behind(self, after: str) -> Iterator[int]:
        """Yield where a key ends; the beginning of the text where there is none."""
        if not after:
            yield 0
            return
        at = self._text.find(after)
        while at >= 0:
            yield at + len(after)
            at = self._text.find(after, at + 1)

    def _span(self, start: int, stop: int) -> Span | None:
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, stop)
        whole = last < len(self._starts) and self._starts[first] == start
        return Span(first, last) if whole and self._starts[last] == stop else None

    def _reason(self, key: str, after: str) -> str:
        if (key or after) in self._text:
            return "its sentences are split in another way now"
        return f"the {'text' if key else 'segment before it'} is not there any more"


def _key(text: str) -> str:
    return "".join(text.split())
