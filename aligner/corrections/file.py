"""The corrections file that the page writes: what a person said, by the texts of segments."""

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from aligner.errors import CorrectionError
from aligner.types import CORRECTION_LISTS, Correction, Quote

# What the file says of itself; the version changes when an older program would misread it.
FORMAT = "aligner corrections"
VERSION = 1
REMEDY = "download it from the page again"
# Hexadecimal digits that name a file: no two that a person corrects are taken for one.
DIGITS = 16


def load(path: Path) -> tuple[Correction, ...]:
    """Read a corrections file; errors as for `load_with_digest`."""
    return load_with_digest(path)[0]


def load_with_digest(path: Path) -> tuple[tuple[Correction, ...], str]:
    """Read a corrections file, once: it may be a pipe.

    Returns:
        What it says, and the beginning of the SHA-256 of its bytes: enough to know it again.

    Raises:
        CorrectionError: it cannot be read, or is not what the page writes.
    """
    where = str(path)
    try:
        raw = path.read_bytes()
        content = json.loads(raw.decode("utf-8-sig"))
    except FileNotFoundError as error:
        raise CorrectionError("there is no such file", where, "check the path") from error
    except IsADirectoryError as error:
        problem = "this is a folder, not a file"
        raise CorrectionError(problem, where, "name a file in it") from error
    except OSError as error:
        raise CorrectionError(f"the file cannot be read ({error.strerror})", where) from error
    except (ValueError, RecursionError) as error:
        problem = "this is no corrections file, or it is damaged"
        raise CorrectionError(problem, where, REMEDY) from error
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise CorrectionError("this is no corrections file", where, REMEDY)
    if content.get("version") != VERSION:
        raise CorrectionError(
            f"this was written for a newer program (version {content.get('version')})",
            where,
            "install that version of aligner",
        )
    return tuple(_parse(content, where)), sha256(raw).hexdigest()[:DIGITS]


def _parse(content: dict[str, Any], where: str) -> Iterator[Correction]:
    for kind, name in CORRECTION_LISTS.items():
        entries = content.get(name, [])
        if not isinstance(entries, list):
            raise CorrectionError(f"{name} is no list", where, REMEDY)
        for number, entry in enumerate(entries, start=1):
            try:
                after = entry.get("after", {})
                src = Quote(_texts(entry["source"]), _text(after.get("source", "")))
                tgt = Quote(_texts(entry["target"]), _text(after.get("target", "")))
                if not src.texts and not tgt.texts:
                    raise ValueError("it names no segment")
                note = _text(entry.get("note", ""))
            except (KeyError, TypeError, ValueError, AttributeError) as error:
                place = f"{where}, {kind} {number}"
                raise CorrectionError(f"it is damaged ({error})", place, REMEDY) from error
            yield Correction(kind, src, tgt, note)


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise ValueError(f"{value!r} is no list of texts")
    return tuple(map(_text, value))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{value!r} is no text")
    return value
