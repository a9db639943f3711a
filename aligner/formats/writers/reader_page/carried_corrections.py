"""What a person said for the run that made this page: the page hands on all of it.

Pins, cuts, notes and stars are in the rows, where the person may change them. What no row shows,
and what stands nowhere in these texts, goes along as it came.
"""

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from aligner.formats.losses import Stripper
from aligner.types import CORRECTION_LISTS, Bitext, Placed, Quote, Span

# What is kept beside the rows: a row shows a pin, what is said of it, and where it begins.
UNSEEN = ("cut", "forbid")


@dataclass(frozen=True, slots=True)
class Remark:
    """What a person said of a row, beside that it is right.

    Args:
        note: what the person wrote.
        star: whether it is starred.
        begins: whether both sides begin here for sure: a cut.
        refused: whether a pair was refused of which it holds a segment.
    """

    note: str = ""
    star: bool = False
    begins: bool = False
    refused: bool = False


NONE = Remark()


def remarks(bitext: Bitext, strip: Stripper) -> dict[int, Remark]:
    """Return what was said of the rows, by number.

    A row that is another now has the remarks on its first segment.
    """
    # Notes in order, each once.
    notes: dict[int, dict[str, None]] = defaultdict(dict)
    stars: set[int] = set()
    begins = set(_begins(bitext).values())
    refused = {index + 1 for index in bitext.refused}
    number_of = _Rows(bitext)
    for placed in bitext.corrections:
        correction = placed.correction
        if placed.reason or correction.kind in UNSEEN:
            continue
        if correction.kind == "star":
            stars.add(number_of(placed))
        if correction.note:
            notes[number_of(placed)][strip(correction.note)] = None
    return {
        number: Remark(
            "\n".join(notes.get(number, ())),
            number in stars,
            number in begins,
            number in refused,
        )
        for number in notes.keys() | stars | begins | refused
    }


def _begins(bitext: Bitext) -> dict[Placed, int]:
    """Return the cuts that say no more than that a row begins there, with its number."""
    cuts = [
        placed
        for placed in bitext.corrections
        if placed.correction.kind == "cut" and not placed.correction.note
    ]
    if not cuts:
        return {}
    beads = enumerate(bitext.alignment.beads, start=1)
    number = {(bead.src.start, bead.tgt.start): n for n, bead in beads}
    nodes = ((cut, (cut.src.start, cut.tgt.start)) for cut in cuts if cut.src and cut.tgt)
    return {cut: number[node] for cut, node in nodes if node in number}


def handed_on(bitext: Bitext) -> dict[str, list[dict[str, Any]]]:
    """Return the corrections that no row shows.

    Of those that stand in the texts the spans are pairs of numbers; that of a cut holds the
    segment after it, and is null on a side of which the cut says nothing. Others are as they
    are in the file, under "unmatched" with the name of their list.
    """
    kept: dict[str, list[dict[str, Any]]] = {"cuts": [], "forbids": [], "unmatched": []}
    shown = _begins(bitext)
    for placed in bitext.corrections:
        if placed in shown:
            continue
        correction = placed.correction
        name = CORRECTION_LISTS[correction.kind]
        note = {"note": correction.note} if correction.note else {}
        if placed.reason:
            entry = {"source": correction.src.texts, "target": correction.tgt.texts}
            kept["unmatched"].append({"list": name, "entry": entry | _after(placed) | note})
        elif correction.kind in UNSEEN:
            width = 1 if correction.kind == "cut" else None
            spans = {"src": _numbers(placed.src, width), "tgt": _numbers(placed.tgt, width)}
            kept[name].append(spans | note)
    return kept


def _numbers(span: Span | None, width: int | None) -> tuple[int, int] | None:
    if span is None:
        return None
    return span.start, span.stop if width is None else span.start + width


def _after(placed: Placed) -> dict[str, dict[str, str]]:
    sides: dict[str, Quote] = {"source": placed.correction.src, "target": placed.correction.tgt}
    after = {key: side.after for key, side in sides.items() if side.after}
    return {"after": after} if after else {}


class _Rows:
    """Finds the row in which a correction's first segment stands."""

    def __init__(self, bitext: Bitext) -> None:
        self._src = [bead.src.start for bead in bitext.alignment.beads]
        self._tgt = [bead.tgt.start for bead in bitext.alignment.beads]

    def __call__(self, placed: Placed) -> int:
        """Return its number, from 1."""
        if placed.src:
            return bisect_right(self._src, placed.src.start)
        return bisect_right(self._tgt, placed.tgt.start if placed.tgt else 0)
