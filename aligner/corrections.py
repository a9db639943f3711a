"""What a person fixed, and where it stands in the texts of the next run.

A correction names its segments by their text, white space aside, never by number, so it holds
after another encoder and, where the same sentence ends are found, after another splitting.
What no longer stands in the texts is reported, with the reason.
"""

import json
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any, Literal, NamedTuple

from aligner.errors import CorrectionError
from aligner.types import Document, Span

# What the file says of itself; the version changes when an older program would misread it.
FORMAT = "aligner corrections"
VERSION = 1
REMEDY = "download it from the page again"
# Characters of a text that a message shows: enough to find it again.
SHOWN_CHARS = 40

Kind = Literal["pin", "cut", "forbid"]
# The lists of the file; `notes` are for people and bind nothing.
LISTS: tuple[tuple[str, Kind], ...] = (("pins", "pin"), ("cuts", "cut"), ("forbids", "forbid"))


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a correction: its segments' texts, and the text of the segment before.

    `after` tells which one is meant where a text repeats itself; empty at the beginning, or
    where the file does not say.
    """

    texts: tuple[str, ...]
    after: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person said of some segments.

    Args:
        kind: "pin" (these segments form a bead), "cut" (a boundary stands before them) or
            "forbid" (they do not translate each other).
        src, tgt: the segments; one side of a pin may be empty.
        note: what the person wrote about it.
    """

    kind: Kind
    src: Side
    tgt: Side
    note: str = ""

    def __str__(self) -> str:
        source, target = (_short(" ".join(side.texts)) for side in (self.src, self.tgt))
        return f"{self.kind} {source or '-'} | {target or '-'}"


@dataclass(frozen=True, slots=True)
class Missed:
    """A correction that does not stand in the texts any more, and why."""

    correction: Correction
    reason: str


@dataclass(frozen=True, slots=True)
class Bound:
    """Where corrections stand in two documents.

    Args:
        pins: spans that form a bead, in order.
        cuts: boundaries, as the numbers of the segments after them.
        forbids: spans that do not translate each other.
        missed: what was not found.
    """

    pins: tuple[tuple[Span, Span], ...] = ()
    cuts: tuple[tuple[int, int], ...] = ()
    forbids: tuple[tuple[Span, Span], ...] = ()
    missed: tuple[Missed, ...] = ()


def load(path: Path) -> tuple[Correction, ...]:
    """Read a corrections file.

    Raises:
        CorrectionError: it cannot be read, or is not what the page writes.
    """
    where = str(path)
    try:
        content = json.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise CorrectionError(f"cannot be read ({error.strerror})", where) from error
    except ValueError as error:
        raise CorrectionError(f"this is no corrections file ({error})", where, REMEDY) from error
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise CorrectionError("this is no corrections file", where, REMEDY)
    if content.get("version") != VERSION:
        raise CorrectionError(
            f"this was written for a newer program (version {content.get('version')})",
            where,
            "install that version of aligner",
        )
    return tuple(_parse(content, where))


def _parse(content: dict[str, Any], where: str) -> Iterator[Correction]:
    for name, kind in LISTS:
        for number, entry in enumerate(content.get(name, ()), start=1):
            try:
                after = entry.get("after", {})
                src = Side(_texts(entry["source"]), str(after.get("source", "")))
                tgt = Side(_texts(entry["target"]), str(after.get("target", "")))
                if not src.texts and not tgt.texts:
                    raise ValueError("it names no segment")
            except (KeyError, TypeError, ValueError, AttributeError) as error:
                place = f"{where}, {kind} {number}"
                raise CorrectionError(f"it is damaged ({error})", place, REMEDY) from error
            yield Correction(kind, src, tgt, str(entry.get("note", "")))


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        raise ValueError(f"{value!r} is no list of texts")
    return tuple(value)


def bind(corrections: Sequence[Correction], src: Document, tgt: Document) -> Bound:
    """Find where corrections stand in two documents.

    Args:
        corrections: in the order of the texts, as the page writes them; where a text repeats
            itself and `after` does not tell, the first place after the correction before.
        src: the source, with its segments.
        tgt: the target.

    Raises:
        CorrectionError: two pins contradict each other.
    """
    places = _Places(src.texts), _Places(tgt.texts)
    missed: list[Missed] = []
    found: dict[Kind, list[Found]] = {"pin": [], "cut": [], "forbid": []}
    for kind, here in found.items():
        reached = 0, 0
        for correction in (each for each in corrections if each.kind == kind):
            first, why = places[0].find(correction.src, reached[0])
            second, why_not = places[1].find(correction.tgt, reached[1])
            if first is None or second is None:
                missed.append(Missed(correction, why or why_not))
            else:
                reached = first.stop, second.stop
                here.append(Found(first, second, correction))
    return Bound(
        _in_order(found["pin"]),
        tuple((each.src.start, each.tgt.start) for each in found["cut"]),
        tuple((each.src, each.tgt) for each in found["forbid"]),
        tuple(missed),
    )


class Found(NamedTuple):
    """A correction and where it stands."""

    src: Span
    tgt: Span
    correction: Correction


def _in_order(pins: Sequence[Found]) -> tuple[tuple[Span, Span], ...]:
    """Return the pins in order, each once; refuse pins that share a segment or cross."""
    distinct = {(pin.src, pin.tgt): pin for pin in pins}
    ordered = [distinct[spans] for spans in sorted(distinct)]
    for before, after in pairwise(ordered):
        if before.src.stop > after.src.start or before.tgt.stop > after.tgt.start:
            raise CorrectionError(
                "two corrections contradict each other: "
                f"{before.correction} and {after.correction}",
                "",
                "take one of them out of the corrections file",
            )
    return tuple((pin.src, pin.tgt) for pin in ordered)


class _Places:
    """Finds texts among a document's segments, white space aside."""

    def __init__(self, texts: Sequence[str]) -> None:
        keys = [_key(text) for text in texts]
        self.text = "".join(keys)
        # Where each segment begins in the text, and where the last one ends.
        self.starts = [0, *accumulate(map(len, keys))]

    def find(self, side: Side, reached: int) -> tuple[Span | None, str]:
        """Return the span of a side, or None and the reason.

        Args:
            side: what to find; a side without segments is the place after `after`.
            reached: the segment from which to look, where there is a choice.
        """
        key, after = "".join(map(_key, side.texts)), _key(side.after)
        starts = list(self._occurrences(key, after))
        if not starts and not key:
            return None, "the segment before it is not there any more"
        if not starts:
            return None, "the text is not there any more"
        found = (self._span(start, start + len(key)) for start in starts)
        # An empty span is false, but it is a place.
        spans = [span for span in found if span is not None]
        if not spans:
            return None, "its sentences are split in another way now"
        preceded = [s for s in spans if self.text.endswith(after, 0, self.starts[s.start])]
        candidates = (preceded if after else spans) or spans
        return next((s for s in candidates if s.start >= reached), candidates[0]), ""

    def _occurrences(self, key: str, after: str) -> Iterator[int]:
        if not key and not after:
            yield 0
            return
        needle = key or after
        at = self.text.find(needle)
        while at >= 0:
            yield at if key else at + len(after)
            at = self.text.find(needle, at + 1)

    def _span(self, start: int, stop: int) -> Span | None:
        first, last = bisect_left(self.starts, start), bisect_left(self.starts, stop)
        whole = last < len(self.starts) and self.starts[first] == start
        return Span(first, last) if whole and self.starts[last] == stop else None


def _key(text: str) -> str:
    return "".join(text.split())


def _short(text: str) -> str:
    return text if len(text) <= SHOWN_CHARS else f"{text[: SHOWN_CHARS - 1].rstrip()}…"
