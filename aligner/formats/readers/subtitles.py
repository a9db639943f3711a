"""Read subtitles: one block a cue, with its time."""

import html
import re
from collections.abc import Iterator
from itertools import accumulate
from math import log
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from aligner.errors import ReadError
from aligner.formats.readers.files import read_bytes
from aligner.formats.readers.found_blocks import FoundBlock, lay_out
from aligner.formats.readers.timed_text import CUES
from aligner.languages.identification import Identifier, identify
from aligner.languages.table import confusable
from aligner.text.decoding.encodings import decode
from aligner.types import Document

if TYPE_CHECKING:
    import pysubs2

# Two speakers in one cue: each line begins with a dash.
_SPEAKER = re.compile(r"[-–—‐]\s*\S")
# A note in WebVTT, between blank lines; the library takes it for text of the cue before.
_NOTE = re.compile(r"(?<=\n\n)NOTE(?:[ \t\n](?:(?!\n\n|-->).)*)?(?=\n\n|\Z)", re.S)
# What the library leaves of WebVTT's tags, and the readings of words, which are no text.
_VTT_TAG = re.compile(r"<\d[\d:.]*>|</?(?:c|v|lang|ruby)(?:[.\s][^<>\n]*)?>|<rt>[^<>]*</rt>")
# The line above a cue's text.
_TIMES = re.compile(r"^(?=.*-->)", re.MULTILINE)
# Marks that a cue may have; and what the squares of those above may come to in all: 0.1 s.
FEW_MARKS = 20
MAX_WORK = 400_000
# Share of cues that begin with what the cue before ended with, from which captions roll.
ROLLING = 0.4
# Share of cues with both languages from which a file is of two.
BILINGUAL = 0.5
FEW_CUES = 3  # which may look like anything
MOST_LINES = 4  # on the screen at once
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,30});")
# The first cue of a MicroDVD file may be the frames in a second.
_RATE = re.compile(r"\s*\{1\}\{1\}\s*\d")
_MS_PER_SECOND, _MS_PER_MINUTE, _MS_PER_HOUR = 1000, 60_000, 3_600_000
_FORMATS = {".srt": "srt", ".vtt": "vtt", ".ass": "ass", ".ssa": "ssa", ".sub": "microdvd"}
# Of a .sub file without a rate of its own: that of films.
_FRAMES_PER_SECOND = 24000 / 1001


def read(path: Path, *, encoding: str | None = None) -> Document:
    """Read subtitles: SubRip, WebVTT, SubStation Alpha, MicroDVD, YouTube's, TTML, songs.

    Args:
        path: the file.
        encoding: a codec's name; detected where it is None.

    Returns:
        A document of cues without their styling; a cue's place is its time, as SubRip
        writes it: "00:01:02,500 --> 00:01:04,000". Lines of two speakers are two blocks.
        Offsets count in the text found (`pieces.source`).

    Raises:
        ReadError: unreadable, not the format that its suffix says, or without text.
    """
    import pysubs2

    raw, where = read_bytes(path), str(path)
    text = decode(raw, where, encoding)
    if path.suffix.lower() in CUES:
        return _timed(path, raw, text)
    name = _FORMATS[path.suffix.lower()]
    _refuse_overdone(text, name, where)
    notes = list(_notes(text)) if name == "vtt" else []
    if name == "vtt":
        text = _VTT_TAG.sub("", _NOTE.sub("", text))
    try:
        rate = _FRAMES_PER_SECOND if name == "microdvd" and not _RATE.match(text) else None
        subtitles = pysubs2.SSAFile.from_string(text, format_=name, fps=rate)
    except (pysubs2.exceptions.Pysubs2Error, ValueError, IndexError) as error:
        raise _wrong_kind(name, where) from error
    if not subtitles.events:
        raise _wrong_kind(name, where)
    by_time = sorted(subtitles.events, key=lambda event: event.start)
    cues = [_Cue(event, _lines(event.plaintext, name)) for event in by_time]
    return lay_out(path, raw, [*_pieces(cues), *notes])


def _timed(path: Path, raw: bytes, text: str) -> Document:
    """Read one of the formats that the library does not know."""
    import pysubs2

    suffix = path.suffix.lower()
    found = sorted(CUES[suffix](text, str(path)))
    if not found:
        raise _wrong_kind(suffix, str(path))
    cues = [_Cue(pysubs2.SSAEvent(cue.start, cue.end), _lines(cue.text, suffix)) for cue in found]
    return lay_out(path, raw, _pieces(cues))


def _refuse_overdone(text: str, name: str, where: str) -> None:
    """Refuse cues with more styling than text: the library looks for the end of each mark anew.

    What a cue costs grows with the square of its marks. SubStation's braces are many in songs,
    and cost little where they are closed.
    """
    line, work, most, worst = 1, 0, 0, 1
    closed = name in ("ass", "ssa")
    for cue in text.split("\n") if closed else _TIMES.split(text):
        marks = cue.count("{") + (-cue.count("}") if closed else cue.count("<"))
        if marks > FEW_MARKS:
            work += (marks - FEW_MARKS) ** 2
            most, worst = max((most, worst), (marks, line))
        line += cue.count("\n") + closed
    if work > MAX_WORK:
        problem = f"its cues have too many marks of styling: {most:,} at line {worst}"
        raise ReadError(problem, where, "delete what is wrong there")


class _Cue(NamedTuple):
    """A cue, and its lines of text."""

    event: "pysubs2.SSAEvent"
    lines: list[str]


def _lines(text: str, name: str) -> list[str]:
    """Return the lines of a cue; SubStation knows no references to characters."""
    if name in ("srt", "vtt"):
        text = _REFERENCE.sub(lambda match: html.unescape(match[0]), text)
    return [line for line in text.split("\n") if line.strip()]


def _pieces(cues: list[_Cue]) -> Iterator[FoundBlock]:
    again = _shown_again(cues)
    cut = _cuts([cue.lines[repeated:] for cue, repeated in zip(cues, again, strict=True)])
    for (event, lines), repeated, first in zip(cues, again, cut, strict=True):
        place = f"{clock(event.start)} --> {clock(event.end)}"
        reason = "comment" if event.is_comment else "drawing" if event.is_drawing else ""
        for line in lines[:repeated]:
            yield FoundBlock(line, "cue", place, "shown again")
        fresh = lines[repeated:]
        for said in (fresh[:first], fresh[first:]):
            spoken = sum(bool(_SPEAKER.match(line)) for line in said)
            for line in said if spoken > 1 else filter(None, [" ".join(said)]):
                yield FoundBlock(line, "cue", place, reason)


def _cuts(cues: list[list[str]]) -> list[int]:
    """Say how many lines of each cue are in the first of two languages; all where there is one."""
    whole = [len(lines) for lines in cues]
    double = [lines for lines in cues if len(lines) > 1]
    if len(double) < max(FEW_CUES, BILINGUAL * len(cues)):
        return whole
    langs = [identify([lines[at] for lines in double]) for at in (0, -1)]
    if "und" in langs or langs[1] in {langs[0], *confusable(langs[0])}:
        return whole
    identifier = Identifier(langs)
    # Log-odds of the first language against the second, added up from line to line: the first
    # language ends where they are highest.
    odds = [[_odds(identifier, line, langs[0]) for line in lines] for lines in cues]
    sums = [list(accumulate(own, initial=0.0)) for own in odds]
    cuts = [own.index(max(own)) for own in sums]
    both = sum(0 < k < len(lines) for k, lines in zip(cuts, cues, strict=True))
    return cuts if both >= BILINGUAL * len(cues) else whole


def _odds(identifier: Identifier, line: str, lang: str) -> float:
    share = sum(guess.probability for guess in identifier.rank(line) if guess.lang == lang)
    share = min(max(share, 0.001), 0.999)
    return log(share / (1 - share))


def _shown_again(cues: list[_Cue]) -> list[int]:
    """Count the lines that each cue begins with and that the cue before ended with.

    Captions that roll up the screen say each line two or three times. Elsewhere a line that comes
    again was said again: where fewer cues than ROLLING begin so, none counts.
    """
    again = [0] * len(cues)
    for at in range(1, len(cues)):
        before, lines = cues[at - 1].lines, cues[at].lines
        near = cues[at].event.start - cues[at - 1].event.end <= _MS_PER_SECOND
        sizes = range(min(len(before), len(lines), MOST_LINES), 0, -1)
        if near:
            again[at] = next((n for n in sizes if before[-n:] == lines[:n]), 0)
    rolling = sum(map(bool, again)) >= max(2, ROLLING * (len(cues) - 1))
    return again if rolling else [0] * len(cues)


def _notes(text: str) -> Iterator[FoundBlock]:
    line, position = 1, 0
    for match in _NOTE.finditer(text):
        line += text.count("\n", position, match.start())
        position = match.start()
        yield FoundBlock(match.group(), "cue", f"line {line}", "comment")


def clock(milliseconds: int) -> str:
    """Return a time as SubRip writes it: "01:02:03,004"."""
    hours, rest = divmod(max(0, milliseconds), _MS_PER_HOUR)
    minutes, rest = divmod(rest, _MS_PER_MINUTE)
    seconds, rest = divmod(rest, _MS_PER_SECOND)
    return f"{hours:02}:{minutes:02}:{seconds:02},{rest:03}"


def _wrong_kind(name: str, where: str) -> ReadError:
    problem = f"this is not a {name} subtitle file: it has no cues"
    return ReadError(problem, where, "check what the file is; plain text ends in .txt")
