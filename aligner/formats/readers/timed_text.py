"""The cues of formats of timed text that the library of subtitles does not know."""

import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from lxml import etree

from aligner.formats.readers.archive import parse_xml

_MS_PER_SECOND = 1000
_FRAMES_PER_SECOND = 30.0  # of TTML, where it says nothing else (TTML2, 8.3.1)
_LAST_SECONDS = 5  # that the last line of a song is shown
_SBV = re.compile(r"(\d+:\d\d:\d\d\.\d{1,3}),(\d+:\d\d:\d\d\.\d{1,3})[ \t]*(?:\n|\Z)")
_LRC = re.compile(r"\[(\d{1,3}):(\d\d(?:[.:]\d{1,3})?)\]")
# Times of single words in a line of a song.
_WORD_TIME = re.compile(r"<\d{1,3}:\d\d(?:[.:]\d{1,3})?>")
_CLOCK = re.compile(r"(\d+):(\d\d):(\d\d)(?:(\.\d+)|:(\d+)(?:\.\d+)?)?")
_OFFSET = re.compile(r"(\d+(?:\.\d+)?)(h|ms|m|s|f|t)")


class TimedText(NamedTuple):
    """A cue: when it begins and ends, in milliseconds, and its lines."""

    start: int
    end: int
    text: str


def sbv(text: str, where: str) -> Iterator[TimedText]:
    """Yield the cues of YouTube's format: a line with two times, lines of text, a blank line."""
    del where
    for block in re.split(r"\n[ \t]*\n", text.strip("\ufeff\n")):
        if found := _SBV.match(block.lstrip()):
            start, end = (_clock(each) for each in found.groups())
            yield TimedText(start, end, block.lstrip()[found.end() :])


def lrc(text: str, where: str) -> Iterator[TimedText]:
    """Yield the lines of a song; each lasts until the next begins, and may come several times."""
    del where
    lines: list[tuple[int, str]] = []
    for line in text.split("\n"):
        rest, starts = line.strip(), []
        while found := _LRC.match(rest):
            seconds = float(found[2].replace(":", "."))
            starts.append(int(found[1]) * 60_000 + round(seconds * _MS_PER_SECOND))
            rest = rest[found.end() :].lstrip()
        lines += [(start, _WORD_TIME.sub("", rest)) for start in starts]
    lines.sort(key=lambda each: each[0])
    last = lines[-1][0] + _LAST_SECONDS * _MS_PER_SECOND if lines else 0
    for (start, said), end in zip(lines, [*(each[0] for each in lines[1:]), last], strict=True):
        yield TimedText(start, end, said)


def ttml(text: str, where: str) -> Iterator[TimedText]:
    """Yield the paragraphs of a document in the W3C's format (TTML, DFXP, IMSC).

    Raises:
        ReadError: this is no XML.
    """
    root = parse_xml(text.encode("utf-8"), where)
    rates = {str(name).rpartition("}")[2]: str(value) for name, value in root.attrib.items()}
    frames = _number(rates.get("frameRate", ""), _FRAMES_PER_SECOND)
    ticks = _number(rates.get("tickRate", ""), 1.0)
    for paragraph in root.iter("{*}p"):
        around = [paragraph, *paragraph.iterancestors()]
        times = [(each.get("begin"), each.get("end"), each.get("dur")) for each in around]
        # Times count from the beginning of what they stand in.
        begins = [_time(each[0], frames, ticks) for each in times]
        begin = sum(begins)
        outer = begin - begins[0]
        said, dur = times[0][1:]
        end = outer + _time(said, frames, ticks) if said else begin + _time(dur, frames, ticks)
        yield TimedText(begin, max(begin, end), "".join(_said(paragraph)).strip())


def _said(element: etree._Element) -> Iterator[str]:
    yield re.sub(r"\s+", " ", element.text or "")
    for child in element:
        name = etree.QName(child).localname if isinstance(child.tag, str) else ""
        if name == "br":
            yield "\n"
        elif name and name != "metadata" and not _is_reading(child):
            yield from _said(child)
        yield re.sub(r"\s+", " ", child.tail or "")


def _is_reading(span: etree._Element) -> bool:
    """Whether it says how the characters beside it are read (TTML2, 10.2.35)."""
    said = {str(name).rpartition("}")[2]: str(value) for name, value in span.attrib.items()}
    return said.get("ruby", "").startswith("text")


def _number(said: str, otherwise: float) -> float:
    return float(said) if said.isdecimal() and int(said) else otherwise


def _time(said: str | None, frames: float, ticks: float) -> int:
    """Return an expression of time in milliseconds (TTML2, 12.3.1); 0 of what is none."""
    said = (said or "").strip()
    if found := _CLOCK.fullmatch(said):
        rest = int(found[5]) / frames if found[5] else 0.0
        return _clock(":".join(found.group(1, 2, 3)) + (found[4] or "")) + round(rest * 1000)
    if found := _OFFSET.fullmatch(said):
        units = {"h": 3600.0, "m": 60.0, "s": 1.0, "ms": 0.001, "f": 1 / frames, "t": 1 / ticks}
        return round(float(found[1]) * units[found[2]] * _MS_PER_SECOND)
    return 0


def _clock(said: str) -> int:
    hours, minutes, seconds = said.split(":")
    return round((int(hours) * 3600 + int(minutes) * 60 + float(seconds)) * _MS_PER_SECOND)


# By suffix.
CUES: Mapping[str, Callable[[str, str], Iterator[TimedText]]] = MappingProxyType(
    {".sbv": sbv, ".lrc": lrc, ".ttml": ttml, ".dfxp": ttml}
)
