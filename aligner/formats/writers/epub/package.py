"""What an e-book has beside its pages: the container, the package, the table of contents.

EPUB 3.3 (W3C): sections 4 (container), 5 (package document), 7 (navigation document).
"""

import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from lxml import etree

from aligner.formats.fingerprint import fingerprint
from aligner.formats.xml_names import XML_LANG
from aligner.types import Bitext

XHTML = "http://www.w3.org/1999/xhtml"
OPF = "http://www.idpf.org/2007/opf"
OPS = "http://www.idpf.org/2007/ops"
DC = "http://purl.org/dc/elements/1.1/"
CONTAINER = "urn:oasis:names:tc:opendocument:xmlns:container"
# The first is a page's own name space, without a prefix.
NAMES: Any = {None: XHTML, "epub": OPS}
MIMETYPE = b"application/epub+zip"
PAGE_TYPE = "application/xhtml+xml"


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of the book."""

    name: str
    content: bytes
    compression: int = zipfile.ZIP_DEFLATED


@dataclass(frozen=True, slots=True)
class Chapter:
    """A page of the book.

    Args:
        number: from 1.
        title: for the table of contents.
        beads: indices of its beads.
    """

    number: int
    title: str
    beads: range

    @property
    def file(self) -> str:
        """The page's file, beside the package."""
        return f"chapter-{self.number:04}.xhtml"


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the package says of the book.

    Args:
        title: of the source.
        langs: BCP-47 tags.
        sources: the inputs' paths as the user gave them.
        modified: ISO 8601, UTC, seconds.
        identity: the same for the same texts and beads.
        signature: what made the alignment.
    """

    title: str
    langs: Sequence[str]
    sources: Sequence[str]
    modified: str
    identity: str
    signature: str


def identify(bitext: Bitext) -> str:
    """Return an identifier that is the same for the same beads of the same texts."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, fingerprint(bitext))}"


def entries(about: Metadata, chapters: Sequence[Chapter]) -> Iterator[Entry]:
    """Yield the files that say what the book is."""
    yield Entry("META-INF/container.xml", _xml(_container()))
    yield Entry("EPUB/package.opf", _xml(_package(about, chapters)))
    yield Entry("EPUB/nav.xhtml", page_to_xml(_contents(about, chapters)))


def page(title: str, lang: str) -> tuple[Any, Any]:
    """Return a page without content, and its body."""
    root = etree.Element(f"{{{XHTML}}}html", language(lang), nsmap=NAMES)
    head = add(root, "head", {})
    add(head, "title", {}, title)
    add(head, "link", {"rel": "stylesheet", "type": "text/css", "href": "style.css"})
    return root, add(root, "body", {})


def add(parent: Any, tag: str, attributes: Mapping[str, str], text: str = "") -> Any:
    """Append an element of the parent's name space."""
    space = etree.QName(parent).namespace
    child = etree.SubElement(parent, f"{{{space}}}{tag}", dict(attributes))
    child.text = text or None
    child.tail = "\n"
    return child


def language(tag: str) -> dict[str, str]:
    """Return the attributes that name a language: HTML's and XML's."""
    return {"lang": tag, XML_LANG: tag}


def page_to_xml(root: Any) -> bytes:
    """Serialise a page."""
    return _xml(root, doctype="<!DOCTYPE html>")


def _xml(root: Any, **options: Any) -> bytes:
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True, **options))


def _container() -> Any:
    names: Any = {None: CONTAINER}
    root = etree.Element(f"{{{CONTAINER}}}container", {"version": "1.0"}, nsmap=names)
    media_type = "application/oebps-package+xml"
    attributes = {"full-path": "EPUB/package.opf", "media-type": media_type}
    add(add(root, "rootfiles", {}), "rootfile", attributes)
    return root


def _package(about: Metadata, chapters: Sequence[Chapter]) -> Any:
    names: Any = {None: OPF}
    attributes = {"version": "3.0", "unique-identifier": "book", XML_LANG: about.langs[0]}
    root = etree.Element(f"{{{OPF}}}package", attributes, nsmap=names)
    _describe(root, about)
    manifest = add(root, "manifest", {})
    nav = {"id": "nav", "href": "nav.xhtml", "media-type": PAGE_TYPE, "properties": "nav"}
    add(manifest, "item", nav)
    add(manifest, "item", {"id": "style", "href": "style.css", "media-type": "text/css"})
    spine = add(root, "spine", {})
    for chapter in chapters:
        name = f"chapter-{chapter.number}"
        add(manifest, "item", {"id": name, "href": chapter.file, "media-type": PAGE_TYPE})
        add(spine, "itemref", {"idref": name})
    return root


def _describe(root: Any, about: Metadata) -> None:
    names: Any = {"dc": DC}
    metadata = etree.SubElement(root, f"{{{OPF}}}metadata", nsmap=names)

    def say(term: str, text: str, **attributes: str) -> None:
        etree.SubElement(metadata, f"{{{DC}}}{term}", attributes).text = text

    say("identifier", about.identity, id="book")
    say("title", about.title)
    for lang in about.langs:
        say("language", lang)
    for source in about.sources:
        say("source", source)
    say("description", f"Source and translation, aligned by {about.signature}")
    add(metadata, "meta", {"property": "dcterms:modified"}, about.modified)


def _contents(about: Metadata, chapters: Sequence[Chapter]) -> Any:
    root, body = page(about.title, about.langs[0])
    nav = add(body, "nav", {f"{{{OPS}}}type": "toc"})
    add(nav, "h1", {}, about.title)
    entries = add(nav, "ol", {})
    for chapter in chapters:
        add(add(entries, "li", {}), "a", {"href": chapter.file}, chapter.title)
    return root
