"""Read subtitles: one block a cue, with its time."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from aligner.errors import ReadError
from aligner.formats.readers.files import read_bytes
from aligner.formats.readers.found_blocks import FoundBlock, lay_out
from aligner.text.decoding.encodings import decode
from aligner.types import Document

if TYPE_CHECKING:
    import pysubs2

# Two speakers in one cue: each line begins with a dash.
_SPEAKER = re.compile(r"[-–—‐]\s*\S")
# A note in WebVTT, between blank lines; the library takes it for text of the cue before.
_NOTE = re.compile(r"(?<=\n\n)NOTE(?:[ \t\n](?:(?!\n\n|-->).)*)?(?=\n\n|\Z)", re.S)
# The line above a cue's text.
_TIMES = re.compile(r"^(?=.*-->)", re.MULTILINE)
# Marks that a cue may have; and what the squares of those above may come to in all: 0.1 s.
FEW_MARKS = 20
MAX_WORK = 400_000
_MS_PER_SECOND, _MS_PER_MINUTE, _MS_PER_HOUR = 1000, 60_000, 3_600_000
_FORMATS = {".srt": "srt", ".vtt": "vtt", ".ass": "ass", ".ssa": "ssa"}


def read(path: Path, *, encoding: str | None = None) -> Document:
    """Read a subtitle file (SubRip, WebVTT, SubStation Alpha).

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
    name = _FORMATS[path.suffix.lower()]
    text = decode(raw, where, encoding)
    _refuse_overdone(text, name, where)
    notes = list(_notes(text)) if name == "vtt" else []
    if notes:
        text = _NOTE.sub("", text)
    try:
        subtitles = pysubs2.SSAFile.from_string(text, format_=name)
    except (pysubs2.exceptions.Pysubs2Error, ValueError, IndexError) as error:
        raise _wrong_kind(name, where) from error
    if not subtitles.events:
        raise _wrong_kind(name, where)
    return lay_out(path, raw, [*_pieces(subtitles), *notes])


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


def _pieces(subtitles: "Iterable[pysubs2.SSAEvent]") -> Iterator[FoundBlock]:
    for event in subtitles:
        place = f"{clock(event.start)} --> {clock(event.end)}"
        reason = "comment" if event.is_comment else "drawing" if event.is_drawing else ""
        lines = event.plaintext.split("\n")
        spoken = sum(bool(_SPEAKER.match(line)) for line in lines)
        for line in lines if spoken > 1 else [" ".join(lines)]:
            yield FoundBlock(line, "cue", place, reason)


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
