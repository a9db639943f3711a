"""Check a book against EPUB 3.3's rules of structure; it shares no code with ours."""

import posixpath
import re
import zipfile
from pathlib import Path

from lxml import etree

PAGES = "application/xhtml+xml"
MODIFIED = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def complaints(path: Path) -> list[str]:
    """Return what is against the rules."""
    with zipfile.ZipFile(path) as book:
        if book.testzip() is not None:
            return ["damaged"]
        first = book.infolist()[0]
        if (first.filename, first.compress_type, first.extra) != ("mimetype", 0, b""):
            return ["mimetype is not first, or is packed"]
        if book.read("mimetype") != b"application/epub+zip":
            return ["mimetype"]
        container = etree.fromstring(book.read("META-INF/container.xml"))
        package = container.find(".//{*}rootfile").get("full-path")
        root = etree.fromstring(book.read(package))
        found = _metadata(root)
        files = {name: book.read(name) for name in book.namelist()}
    folder = posixpath.dirname(package)
    items = {item.get("id"): item for item in root.iterfind("{*}manifest/{*}item")}
    hrefs = {posixpath.join(folder, item.get("href")): item for item in items.values()}
    extra = {"mimetype", "META-INF/container.xml", package}
    if set(hrefs) != set(files) - extra:
        found.append(f"the manifest and the files differ: {set(hrefs) ^ (set(files) - extra)}")
    spine = [reference.get("idref") for reference in root.iterfind("{*}spine/{*}itemref")]
    if not spine or len(set(spine)) < len(spine) or not set(spine) <= set(items):
        found.append(f"spine {spine}")
    navs = [name for name, item in hrefs.items() if item.get("properties") == "nav"]
    if len(navs) != 1:
        found.append(f"{len(navs)} navigation documents")
    for name, item in hrefs.items():
        if item.get("media-type") == PAGES and name in files:
            found += _page(name, files, contents=name in navs)
    return found


def _metadata(root: etree._Element) -> list[str]:
    found = []
    book_id = root.get("unique-identifier")
    identifiers = {each.get("id"): each.text for each in root.iter("{*}identifier")}
    if root.get("version") != "3.0" or not (identifiers.get(book_id) or "").strip():
        found.append("version or identifier")
    found += [
        f"no {term}" for term in ("title", "language") if not (root.findtext(f".//{{*}}{term}"))
    ]
    modified = [m.text for m in root.iter("{*}meta") if m.get("property") == "dcterms:modified"]
    if len(modified) != 1 or not MODIFIED.fullmatch(modified[0]):
        found.append(f"modified {modified}")
    return found


def _page(name: str, files: dict[str, bytes], *, contents: bool) -> list[str]:
    root = etree.fromstring(files[name])
    found = []
    if root.tag != "{http://www.w3.org/1999/xhtml}html" or not (root.findtext("{*}head/{*}title")):
        found.append(f"{name} is no page with a title")
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    if len(set(ids)) < len(ids):
        found.append(f"{name} has an id twice")
    for element in root.iter():
        if element.get("lang") != element.get(XML_LANG):
            found.append(f"{name}: lang {element.get('lang')} and {element.get(XML_LANG)}")
        link = element.get("href") or element.get("src")
        if link and posixpath.join(posixpath.dirname(name), link) not in files:
            found.append(f"{name} links to {link}")
    tables = [nav for nav in root.iter("{*}nav") if nav.get(EPUB_TYPE) == "toc"]
    if contents and not (len(tables) == 1 and tables[0].findall("{*}ol/{*}li/{*}a")):
        found.append("no table of contents")
    return found
