"""JSON lines: our own, which hold everything, and anybody's with a source and a target."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO
from xml.parsers.expat import ExpatError, ParserCreate

from aligner.errors import ReadError
from aligner.formats.readers.files import HEAD_BYTES, at_most, open_pairs, read_whole
from aligner.formats.rows import from_rows
from aligner.text.decoding.encodings import decode, may_be_utf8
from aligner.types import (
    Alignment,
    Bead,
    Bitext,
    Block,
    Code,
    Document,
    Facts,
    LeftOut,
    Move,
    Origin,
    Provenance,
    Segment,
    Span,
    UnitFacts,
    join,
)

# Of an element or an attribute, perhaps in a name space; those in use are of these letters.
XML_NAME = re.compile(r"(?:\{[A-Za-z0-9_:/.#?=&~+-]+\})?[A-Za-z_][A-Za-z0-9_.-]*")
# The longest line, in bytes: the first of our own files lists the paragraphs of both texts.
MAX_LINE = 200_000_000
# What the first line of our own files says, as `aligner.formats.writers.jsonl` writes it.
FORMAT = "aligner bitext"
VERSION = 1
UTF8_MARK = b"\xef\xbb\xbf"
# What a line that does not say what it should comes out as.
DAMAGE = (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError)
REMEDY = "mend the line, or write the file again"

Line = tuple[str, dict[str, Any]]


def read(path: Path, *, encoding: str | None = None) -> Bitext:
    """Read a bitext; of other files, the keys `source` and `target` of every line.

    Args:
        path: a .jsonl file.
        encoding: of the file; UTF-8 when it is not given.

    Raises:
        ReadError: the file cannot be read, or a line does not say what it should.
    """
    with open_pairs(path) as (file, made_by):
        if encoding is None and may_be_utf8(file.read(HEAD_BYTES), str(path)):
            file.seek(0)
            return _from_lines(_lines(file, path), path, made_by)
        file.seek(0)
        text = decode(read_whole(file, path), str(path), encoding)
    return _from_lines(_lines(BytesIO(text.encode()), path), path, made_by)


def _from_lines(lines: Iterator[Line], path: Path, made_by: Origin) -> Bitext:
    where, first = next(lines, ("", {}))
    if not first:
        raise ReadError("the file has no lines", str(path))
    lines = at_most(lines, path)
    if first.get("format") != FORMAT:
        constant = {"src_file": made_by.path, "tgt_file": made_by.path}
        constant |= {"src_sha256": made_by.sha256, "tgt_sha256": made_by.sha256}
        return from_rows(_pair(each, constant) for each in chain([(where, first)], lines))
    if first.get("version") != VERSION:
        raise ReadError(
            f"this was written by a newer program (version {first.get('version')})",
            where,
            "install that version of aligner",
        )
    return _bitext(where, first, lines)


def _lines(file: BinaryIO, path: Path) -> Iterator[Line]:
    """Yield the lines' places and objects; each line is decoded by itself."""
    number = 0
    while row := file.readline(MAX_LINE):
        number += 1
        row = row.removeprefix(UTF8_MARK) if number == 1 else row
        if not row.strip():
            continue
        where = f"{path}, line {number}"
        if len(row) == MAX_LINE:
            problem = f"the line is longer than {MAX_LINE / 1e6:,.0f} MB"
            raise ReadError(problem, where, REMEDY)
        try:
            value = json.loads(row)
        except (ValueError, RecursionError) as error:
            raise ReadError(f"this is no JSON ({error})", where, REMEDY) from error
        if not isinstance(value, dict):
            raise ReadError("this is no JSON object", where, REMEDY)
        yield where, value


def _pair(line: Line, constant: dict[str, str]) -> tuple[str, dict[str, str]]:
    where, value = line
    texts = value.get("source"), value.get("target")
    if not all(text is None or isinstance(text, str) for text in texts) or texts == (None, None):
        raise ReadError("there is no source and no target", where, REMEDY)
    return where, constant | {"source": texts[0] or "", "target": texts[1] or ""}


def _bitext(where: str, head: dict[str, Any], lines: Iterator[Line]) -> Bitext:
    sides: dict[str, list[Segment]] = {"src": [], "tgt": []}
    beads = []
    for place, value in lines:
        try:
            beads.append(_bead(value, sides))
        except DAMAGE as error:
            raise ReadError(f"the bead is damaged ({error})", place, REMEDY) from error
    src, tgt = sides["src"], sides["tgt"]
    try:
        moves = [
            Move(Span(*move["src"]), Span(*move["tgt"]), move["score"]) for move in head["moves"]
        ]
        return Bitext(
            _document(head["src"], src),
            _document(head["tgt"], tgt),
            Alignment(tuple(beads), len(src), len(tgt), tuple(moves)),
            _provenance(head["provenance"]),
        )
    except DAMAGE as error:
        raise ReadError(f"the first line is damaged ({error})", where, REMEDY) from error


def _bead(value: dict[str, Any], sides: dict[str, list[Segment]]) -> Bead:
    """Return a line's bead, after adding its segments to their sides."""
    spans = []
    for side, segments in sides.items():
        start = len(segments)
        segments += [_segment(each) for each in value[f"{side}_segments"]]
        spans.append(Span(start, len(segments)))
    flags = tuple(value["flags"])
    said = value.get("facts")
    facts = UnitFacts(*(_facts(said[part]) for part in ("unit", "src", "tgt"))) if said else None
    return Bead(spans[0], spans[1], value["score"], value["confidence"], flags, facts)


def _segment(value: dict[str, Any]) -> Segment:
    codes = tuple(
        Code(**{**each, "attributes": _pairs(each["attributes"])})
        for each in value.get("codes", ())
    )
    for code in codes:
        _check_names(code.name, *dict(code.attributes))
        try:
            ParserCreate().Parse(f"<c>{code.content}</c>", True)
        except (ExpatError, UnicodeEncodeError) as error:
            raise ValueError(f"a code's content is no XML: {error}") from error
    return Segment(**{**value, "codes": codes})


def _check_names(*names: str) -> None:
    """Refuse names that no element and no attribute can have; their values are cleaned later."""
    for name in names:
        if not XML_NAME.fullmatch(name):
            raise ValueError(f"{name!r} is no name in XML")


def _facts(value: dict[str, Any]) -> Facts:
    notes = tuple(map(str, value["notes"]))
    _check_names(*dict(_pairs(value["attributes"])))
    return Facts(_pairs(value["attributes"]), _pairs(value["props"]), notes)


def _pairs(value: list[list[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((str(name), str(said)) for name, said in value)


def _document(head: dict[str, Any], segments: list[Segment]) -> Document:
    held = defaultdict(list)
    for segment in segments:
        held[segment.block].append(segment)
    lang = head["lang"]
    blocks = tuple(
        Block(
            block["text"] if "text" in block else join(held[number], lang),
            block["kind"],
            block["start"],
            block.get("place", ""),
        )
        for number, block in enumerate(head["blocks"])
    )
    return Document(
        blocks,
        lang,
        Origin(head["file"], head["sha256"]),
        tuple(segments),
        tuple(LeftOut(**piece) for piece in head["left_out"]),
        head["title"],
    )


def _provenance(head: dict[str, Any]) -> Provenance:
    settings = tuple(head["settings"].items())
    digests = head.get("pairs", ""), head.get("left_out", "")
    return Provenance(head["version"], head["encoder"], settings, head["created"], *digests)
