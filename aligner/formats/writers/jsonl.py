"""JSON lines: everything that is known of a bitext, one bead a line.

The first line describes the two texts and the run; a block's text stands there only where it
is more than its segments joined. Lone surrogates are escaped, so nothing is lost.
"""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, BinaryIO

from aligner.formats.losses import NOT_UTF8, Losses
from aligner.formats.pair_digest import signed
from aligner.types import Bead, Bitext, Document, Segment, join

# What the first line says of itself; the version changes when an older reader would fail.
FORMAT = "aligner bitext"
VERSION = 1

# See `CodesWriter`.
KEEPS_CODES = True


def write(bitext: Bitext, out: BinaryIO) -> Losses:
    """Write a line about the texts, then one bead a line."""
    _write_line(out, _head(bitext))
    for number, bead in enumerate(bitext.alignment.beads, start=1):
        _write_line(out, _bead(bitext, number, bead))
    return Losses()


def _write_line(out: BinaryIO, value: dict[str, Any]) -> None:
    line = json.dumps(value, ensure_ascii=False)
    if NOT_UTF8.search(line):
        line = json.dumps(value)
    out.write(line.encode("utf-8") + b"\n")


def _head(bitext: Bitext) -> dict[str, Any]:
    provenance = signed(bitext, left_out=(bitext.src.left_out, bitext.tgt.left_out))
    return {
        "format": FORMAT,
        "version": VERSION,
        "provenance": {
            "version": provenance.version,
            "encoder": provenance.encoder,
            "settings": dict(provenance.settings),
            "created": provenance.created,
            "pairs": provenance.pairs,
            "left_out": provenance.left_out,
            "signature": provenance.signature,
        },
        "src": _document(bitext.src),
        "tgt": _document(bitext.tgt),
        "moves": [
            {
                "src": [move.src.start, move.src.stop],
                "tgt": [move.tgt.start, move.tgt.stop],
                "score": move.score,
            }
            for move in bitext.alignment.moves
        ],
    }


def _document(document: Document) -> dict[str, Any]:
    held = defaultdict(list)
    for segment in document.segments:
        held[segment.block].append(segment)
    blocks = []
    for number, block in enumerate(document.blocks):
        described: dict[str, Any] = {"kind": block.kind, "start": block.start}
        if block.place:
            described["place"] = block.place
        if block.text != join(held[number], document.lang):
            described["text"] = block.text
        blocks.append(described)
    return {
        "lang": document.lang,
        "title": document.title,
        "file": document.origin.path,
        "sha256": document.origin.sha256,
        "blocks": blocks,
        "left_out": [
            {
                "text": piece.text,
                "start": piece.start,
                "stop": piece.stop,
                "reason": piece.reason,
                "place": piece.place,
            }
            for piece in document.left_out
        ],
    }


def _bead(bitext: Bitext, number: int, bead: Bead) -> dict[str, Any]:
    return {
        "id": number,
        "source": bitext.src_text(bead),
        "target": bitext.tgt_text(bead),
        "type": bead.kind,
        "score": bead.score,
        "confidence": bead.confidence,
        "flags": list(bead.flags),
        "src_start": bead.src.start,
        "src_stop": bead.src.stop,
        "tgt_start": bead.tgt.start,
        "tgt_stop": bead.tgt.stop,
        "src_segments": _segments(bitext.src_segments(bead)),
        "tgt_segments": _segments(bitext.tgt_segments(bead)),
        **({"facts": asdict(bead.facts)} if bead.facts else {}),
    }


def _segments(segments: Sequence[Segment]) -> list[dict[str, Any]]:
    return [
        {
            **{"text": each.text, "start": each.start, "stop": each.stop, "block": each.block},
            **({"codes": [asdict(code) for code in each.codes]} if each.codes else {}),
        }
        for each in segments
    ]
