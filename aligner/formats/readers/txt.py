"""Read plain text in any encoding."""

from pathlib import Path

from aligner.errors import ReadError
from aligner.formats.readers.files import origin, read_bytes, refuse_too_many
from aligner.text.blocks.paragraphs import cut
from aligner.text.decoding.encodings import decode
from aligner.types import Document


def read(path: Path, *, encoding: str | None = None) -> Document:
    """Read a text file into blocks.

    Args:
        path: the file.
        encoding: a codec's name; detected where it is None.

    Returns:
        A document of paragraphs, headings and lines; `lang` is "".

    Raises:
        ReadError: missing, a folder, too large, empty, blank, or no text.
    """
    raw = read_bytes(path)
    text = decode(raw, str(path), encoding)
    refuse_too_many(text.count("\n"), "lines", path)
    blocks = cut(text)
    if not blocks:
        raise ReadError("the file holds only white space", str(path), "give a file with text in it")
    return Document(blocks, "", origin(path, raw))


def decoded(path: Path, *, encoding: str | None = None) -> str:
    """Return the text that offsets count in, whatever `read` makes of it."""
    return decode(read_bytes(path), str(path), encoding)
