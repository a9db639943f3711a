"""Read an e-book: the chapters in the order of its spine."""

import logging
import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote
from zipfile import ZipFile

from lxml import etree

from aligner.errors import ReadError
from aligner.formats.readers.archive import open_zip, parse_xml, read_entry
from aligner.formats.readers.asides import CONTENTS, TITLE_PAGE
from aligner.formats.readers.files import read_bytes
from aligner.formats.readers.found_blocks import FoundBlock, lay_out
from aligner.formats.readers.markup import blocks, parse
from aligner.formats.wall import reading
from aligner.text.decoding.encodings import decode
from aligner.types import Document

_log = logging.getLogger(__name__)

_KIND = "an EPUB book"
_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
# Obfuscated fonts are "encrypted" too (EPUB 3.3, 4.3); they hide no text.
_FONT_METHODS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_CONTENT_TYPES = frozenset({"application/xhtml+xml", "text/html", "text/x-oeb1-document"})


@dataclass(frozen=True, slots=True)
class _Chapter:
    name: str  # in the archive
    is_contents: bool  # the table of contents


def read(path: Path, *, encoding: str | None = None) -> Document:
    """Read a book.

    Args:
        path: the file.
        encoding: of the chapters, where they are wrong about it themselves.

    Returns:
        A document whose blocks' places are "chapter N" (files of the spine, 1-based). Left out
        are the table of contents, what the book names imprint, title page or notes, and the
        notes' marks. Offsets count in the text found (`pieces.source`).

    Raises:
        ReadError: no book, damaged, protected, or without text.
    """
    raw, where = read_bytes(path), str(path)
    with open_zip(raw, where, _KIND) as archive:
        _refuse_protected(archive, where)
        names = _Names(archive)
        package = names.find(_package_name(archive, names.find(_CONTAINER), where))
        root = parse_xml(read_entry(archive, package, where, _KIND), where)
        chapters = _spine(root, posixpath.dirname(package), names)
        pieces = list(_pieces(archive, chapters, where, encoding))
    title = next((e.text for e in root.iter("{*}title") if e.text), "")
    return lay_out(path, raw, pieces, title)


def _refuse_protected(archive: ZipFile, where: str) -> None:
    if _ENCRYPTION not in archive.namelist():
        return
    root = parse_xml(read_entry(archive, _ENCRYPTION, where, _KIND), where)
    methods = {e.get("Algorithm", "") for e in root.iter("{*}EncryptionMethod")}
    if not methods <= set(_FONT_METHODS):
        remedy = "use a book without copy protection"
        raise ReadError("the book is protected (DRM)", where, remedy)


def _package_name(archive: ZipFile, container: str, where: str) -> str:
    root = parse_xml(read_entry(archive, container, where, _KIND), where)
    name = next((e.get("full-path") for e in root.iter("{*}rootfile")), None)
    if not name:
        raise ReadError(f"this is not {_KIND}: {_CONTAINER} names no package", where)
    return name


class _Names:
    """The names in an archive, found as file systems that know no letter case find them."""

    def __init__(self, archive: ZipFile) -> None:
        self._exact = frozenset(archive.namelist())
        self._alike = {self._plain(name): name for name in reversed(archive.namelist())}

    def find(self, name: str) -> str:
        """Return the entry's own name; the name as it is where there is no such entry."""
        return name if name in self._exact else self._alike.get(self._plain(name), name)

    @staticmethod
    def _plain(name: str) -> str:
        return posixpath.normpath(name.replace("\\", "/").lstrip("/")).casefold()


def _spine(package: etree._Element, folder: str, names: _Names) -> list[_Chapter]:
    """Return the chapters in reading order."""
    items = {
        item.get("id"): item
        for item in package.iter("{*}item")
        if item.get("media-type", "") in _CONTENT_TYPES and item.get("href")
    }
    chapters: dict[str, _Chapter] = {}
    for reference in package.iter("{*}itemref"):
        item = items.get(reference.get("idref"))
        if item is not None:
            href = unquote(item.get("href", "").partition("#")[0])
            is_contents = "nav" in (item.get("properties") or "").split()
            href = href.replace("\\", "/")
            name = names.find(posixpath.normpath(posixpath.join(folder, href)))
            # A book names each of its chapters once (EPUB 3.3, 5.7.2): one that is named again
            # is read where it comes first.
            chapters.setdefault(name, _Chapter(name, is_contents))
    return list(chapters.values())


def _root(raw: bytes, inside: str, encoding: str | None) -> etree._Element | None:
    """Return a chapter's root; None where it has no text."""
    with reading(inside, "a chapter"):
        return parse(decode(raw, inside, encoding))[0] if raw.strip() else None


def _pieces(
    archive: ZipFile, chapters: list[_Chapter], where: str, encoding: str | None
) -> Iterator[FoundBlock]:
    for number, chapter in enumerate(chapters, start=1):
        inside = f"{where} ({chapter.name})"
        try:
            root = _root(read_entry(archive, chapter.name, where, _KIND), inside, encoding)
        except ReadError as error:
            if encoding is not None:
                raise  # whoever gave the encoding may be wrong of all chapters
            # One damaged chapter is no reason to refuse the book.
            _log.warning("chapter %d is not read: %s", number, error)
            continue
        if root is None:
            continue
        found = list(blocks(root))
        # A page of nothing but the title says what the book's first line would.
        plain = all(each.reason == TITLE_PAGE and each.tag == "h1" for each in found)
        for each in found:
            reason = CONTENTS if chapter.is_contents else "" if plain else each.reason
            if each.furniture and not reason:
                reason = "page furniture"
            yield FoundBlock(each.text, each.kind, f"chapter {number}", reason, each.column)
