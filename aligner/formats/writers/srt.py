"""Subtitles with both languages in a cue, for a bitext of which a side came from subtitles.

A bead is a cue. Its time is that of the source's cues, or of the target's where the source has
none; where a cue is divided between beads, so is its time, by the length of the text. Beads
inside one cue stay one cue.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import BinaryIO

from aligner.errors import WriteError
from aligner.formats.losses import NOT_UTF8, Losses
from aligner.types import Bead, Bitext, Document, Segment, join

PLACE = re.compile(r"(\d+):(\d\d):(\d\d),(\d{3}) --> (\d+):(\d\d):(\d\d),(\d{3})")
MS_PER_SECOND, MS_PER_MINUTE, MS_PER_HOUR = 1000, 60_000, 3_600_000
# What players take for styling or for the next cue, though it is only text: tags, braces,
# SubStation's line ends, times, and a line that is a number. SubRip has no way to say "only
# text", so an invisible character (U+2060, word joiner) parts them, and braces become wide.
STYLING = re.compile(r"<(?=[ /]*[A-Za-z])|\\(?=[nNh])|\d:(?=\d\d:\d\d[.,]\d)|\A\d+\Z")
JOINER = "\u2060"
BRACES = str.maketrans("{}", "｛｝")
BRACE = re.compile(r"[{}]")


@dataclass(frozen=True, slots=True)
class Times:
    """When a bead is on the screen.

    Args:
        start, stop: milliseconds.
        cues: numbers of the first and the last cue of the input that it stands in.
    """

    start: int
    stop: int
    cues: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Shown:
    """A bead and its times."""

    bead: Bead
    times: Times

    @property
    def cue(self) -> tuple[str, int]:
        """The one cue that it stands in; its own where it stands in several."""
        first, last = self.times.cues
        side = "src" if self.bead.src else "tgt"
        return (side, first) if first == last else (f"{side} {self.bead.src.start}", last)


def write(bitext: Bitext, out: BinaryIO) -> Losses:
    """Write one bead a cue, the source above the target.

    Args:
        bitext: what to write.
        out: binary stream.

    Returns:
        How many characters were taken out or parted, because players would not show them.

    Raises:
        WriteError: neither side came from subtitles.
    """
    import pysubs2

    clocks = Clock(bitext.src), Clock(bitext.tgt)
    if not any(clock.runs for clock in clocks):
        problem = "subtitles need times, and neither text came from subtitles"
        raise WriteError(problem, "", "align srt, vtt or ass files, or write another format")
    subtitles = pysubs2.SSAFile()
    plain = Plain()
    for _, group in groupby(_shown(bitext, clocks), key=lambda shown: shown.cue):
        beads = list(group)
        lines = [*_lines(bitext.src, [bitext.src_segments(each.bead) for each in beads])]
        lines += _lines(bitext.tgt, [bitext.tgt_segments(each.bead) for each in beads])
        start, stop = beads[0].times.start, beads[-1].times.stop
        text = r"\N".join(filter(None, map(plain, lines)))
        subtitles.append(pysubs2.SSAEvent(start=start, end=stop, text=text))
    subtitles.events.sort(key=lambda event: event.start)
    # Tags are text here; without this, the library would take braces for tags and drop them.
    out.write(subtitles.to_string("srt", keep_ssa_tags=True).encode("utf-8"))
    return Losses(characters=plain.count)


def _shown(bitext: Bitext, clocks: "tuple[Clock, Clock]") -> Iterator[Shown]:
    """Yield the beads with their times; one that has none shares those of the one before."""
    src, tgt = clocks
    last = Times(0, MS_PER_SECOND, (-1, -1))
    for bead in bitext.alignment.beads:
        times = src.times(bitext.src_segments(bead)) or tgt.times(bitext.tgt_segments(bead))
        last = times or last
        yield Shown(bead, last)


def _lines(document: Document, sides: Sequence[Sequence[Segment]]) -> Iterator[str]:
    """Yield a cue's lines of one language: a line for every speaker."""
    segments = [segment for side in sides for segment in side]
    for _, group in groupby(segments, key=lambda segment: _speaker(document, segment)):
        yield join(list(group), document.lang)


def _speaker(document: Document, segment: Segment) -> object:
    """Return a block's number where its cue has several, else its cue."""
    place = document.blocks[segment.block].place
    neighbours = document.blocks[max(0, segment.block - 1) : segment.block + 2]
    alone = sum(block.place == place for block in neighbours) == 1
    return None if alone else segment.block


class Plain:
    """Makes lines that players show as they are; counts the characters that were changed."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, line: str) -> str:
        """Return the line."""
        line, surrogates = NOT_UTF8.subn("", " ".join(line.split()))
        line, parted = STYLING.subn(rf"\g<0>{JOINER}", line)
        self.count += surrogates + parted + len(BRACE.findall(line))
        return line.translate(BRACES)


class Clock:
    """Says when the segments of a document are on the screen."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.cues: list[tuple[int, int, int]] = []
        # Where each block's text begins in its cue, and the number of the cue; -1 without one.
        self.starts: list[tuple[int, int]] = []
        for place, group in groupby(document.blocks, key=lambda block: block.place):
            found = PLACE.fullmatch(place)
            length = 0
            for block in group:
                self.starts.append((length, len(self.cues) if found else -1))
                length += len(block.text)
            if found:
                numbers = [int(number) for number in found.groups()]
                self.cues.append((_ms(*numbers[:4]), _ms(*numbers[4:]), length))

    @property
    def runs(self) -> bool:
        """Whether there are any times."""
        return bool(self.cues)

    def times(self, segments: Sequence[Segment]) -> Times | None:
        """Return the times of a bead's side; None where it is empty or its blocks have none."""
        timed = [each for each in segments if self.starts[each.block][1] >= 0]
        if not timed:
            return None
        first, last = timed[0], timed[-1]
        start = self._moment(first.block, first.start)
        stop = self._moment(last.block, last.stop)
        cues = self.starts[first.block][1], self.starts[last.block][1]
        return Times(start, max(stop, start + 1), cues)

    def _moment(self, block: int, offset: int) -> int:
        """Return when a character is said, if a cue is spoken evenly."""
        before, cue = self.starts[block]
        start, stop, length = self.cues[cue]
        said = before + offset - self.document.blocks[block].start
        share = min(max(said / length, 0.0), 1.0) if length else 0.0
        return start + round(share * (stop - start))


def _ms(hours: int, minutes: int, seconds: int, milliseconds: int) -> int:
    whole = hours * MS_PER_HOUR + minutes * MS_PER_MINUTE + seconds * MS_PER_SECOND
    return whole + milliseconds
