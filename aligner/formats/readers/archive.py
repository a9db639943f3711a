"""Zip containers (docx, epub), opened with limits: a small file must not fill the memory."""

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager

from lxml import etree

from aligner.errors import ReadError
from aligner.formats.wall import reading

# The largest container is a picture book; its text is a few MB. A bomb unpacks a
# thousandfold (deflate's limit is about 1,030), text about five- to twentyfold.
MAX_UNPACKED_BYTES = 500_000_000
# The largest sheet, chapter or document; parsed, XML takes up to ten times its size.
MAX_ENTRY_BYTES = 100_000_000
MAX_RATIO = 200
# Below this many bytes unpacked, a high ratio harms nobody (a file of spaces).
RATIO_FREE_BYTES = 10_000_000
MAX_ENTRIES = 20_000

_ENCRYPTED_FLAG = 0x1


@contextmanager
def open_zip(raw: bytes, where: str, kind: str) -> Iterator[zipfile.ZipFile]:
    """Open a container that is within the limits.

    Args:
        raw: the file.
        where: its name, for messages.
        kind: what it should be, as a person says it: "a Word document".

    Raises:
        ReadError: no container, damaged, with a password, or over a limit.
    """
    with reading(where, kind):
        archive = zipfile.ZipFile(io.BytesIO(raw))
    with archive:
        _check_limits(archive, where, kind)
        yield archive


def read_entry(archive: zipfile.ZipFile, name: str, where: str, kind: str) -> bytes:
    """Read one entry.

    Raises:
        ReadError: there is none, or it cannot be unpacked.
    """
    try:
        entry = archive.getinfo(name)
    except KeyError as error:
        problem = f"this is not {kind}: it has no {name}"
        raise ReadError(problem, where, "check what the file is") from error
    with reading(f"{where} ({name})", f"a part of {kind}"):
        return archive.read(entry)


def parse_xml(raw: bytes, where: str) -> etree._Element:
    """Parse XML without entities, DTDs or the network.

    Raises:
        ReadError: not well-formed.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(raw, parser)
    except etree.XMLSyntaxError as error:
        raise ReadError(f"its XML is damaged ({error})", where) from error


def _check_limits(archive: zipfile.ZipFile, where: str, kind: str) -> None:
    entries = archive.infolist()
    if any(entry.flag_bits & _ENCRYPTED_FLAG for entry in entries):
        raise ReadError("it is protected by a password", where, "remove the password first")
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    too_much = (
        len(entries) > MAX_ENTRIES
        or unpacked > MAX_UNPACKED_BYTES
        or any(entry.file_size > MAX_ENTRY_BYTES for entry in entries)
        or (unpacked > RATIO_FREE_BYTES and unpacked > MAX_RATIO * packed)
    )
    if too_much:
        problem = f"it would unpack to {unpacked / 1e6:,.0f} MB, too much for {kind}"
        raise ReadError(problem, where, "give the text alone")
