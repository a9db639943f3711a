import re
import zipfile

import pytest

from aligner.errors import ReadError
from aligner.formats.readers import epub

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'
)
PACKAGE = """<package xmlns="http://www.idpf.org/2007/opf">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>A Book</dc:title></metadata>
<manifest>
<item id="two" href="text/two%20b.xhtml" media-type="application/xhtml+xml"/>
<item id="one" href="text/one.xhtml" media-type="application/xhtml+xml"/>
<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>
<item id="css" href="a.css" media-type="text/css"/>
</manifest><spine><itemref idref="nav"/><itemref idref="one"/><itemref idref="two"/></spine>
</package>"""
PAGE = (
    '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>T</title></head><body>{}</body></html>'
)


def make(path, **changes):
    entries = {
        "META-INF/container.xml": CONTAINER,
        "OEBPS/book.opf": PACKAGE,
        "OEBPS/nav.xhtml": PAGE.format("<nav><ol><li><a href='x'>One</a></li></ol></nav>"),
        "OEBPS/text/one.xhtml": PAGE.format("<h1>One</h1><p>First.</p>"),
        "OEBPS/text/two b.xhtml": PAGE.format("<p>Second.</p><p>Third<br/>line.</p>"),
    } | changes
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in entries.items():
            if text is not None:
                archive.writestr(name, text)
    return path


def test_chapters_in_the_order_of_the_spine(tmp_path):
    document = epub.read(make(tmp_path / "a.epub"))
    assert [(block.kind, block.text, block.place) for block in document.blocks] == [
        ("heading", "One", "chapter 2"),
        ("paragraph", "First.", "chapter 2"),
        ("paragraph", "Second.", "chapter 3"),
        ("paragraph", "Third", "chapter 3"),
        ("paragraph", "line.", "chapter 3"),
    ]
    assert document.title == "A Book"
    assert [(piece.text, piece.reason) for piece in document.left_out] == [
        ("One", "table of contents")
    ]


@pytest.mark.parametrize(
    ("written", "named"),
    [
        ("OEBPS/text/one.xhtml", "OEBPS/Text/One.XHTML"),  # of an archive made elsewhere
        ("OEBPS/text/one.xhtml", "OEBPS\\text\\one.xhtml"),
        ("OEBPS/text/one.xhtml", "/OEBPS/text/one.xhtml"),
        ("OEBPS/book.opf", "OEBPS/Book.OPF"),
        ("META-INF/container.xml", "meta-inf/Container.xml"),
    ],
)
def test_parts_are_found_under_names_that_are_alike(tmp_path, written, named, caplog):
    path = make(tmp_path / "a.epub")
    expected = epub.read(path).blocks
    with zipfile.ZipFile(path) as archive:
        entries = {name: archive.read(name).decode() for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in entries.items():
            # zipfile itself would mend the name.
            entry = zipfile.ZipInfo("x")
            entry.filename = named if name == written else name
            archive.writestr(entry, text)
    assert epub.read(path).blocks == expected
    assert not caplog.messages


@pytest.mark.parametrize("href", ["Text/ONE.xhtml", "text\\one.xhtml", "./text/one.xhtml"])
def test_parts_are_found_by_names_that_are_alike(tmp_path, href):
    package = PACKAGE.replace("text/one.xhtml", href)
    found = epub.read(make(tmp_path / "a.epub", **{"OEBPS/book.opf": package}))
    assert found.blocks == epub.read(make(tmp_path / "b.epub")).blocks


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ('<img alt="T" src="t.png"/>he lamp went out.', "The lamp went out."),
        ('<img alt="“T" src="t.png"/>he lamp went out.', "“The lamp went out."),
        ('<img alt="T" src="t.png"/> he lamp went out.', " he lamp went out."),
        ('<img alt="The" src="t.png"/>re it is.', "re it is."),
        ('<img alt="12" src="t.png"/>th of May.', "th of May."),
        ('<img src="t.png"/>It went out.', "It went out."),
    ],
)
def test_a_picture_may_be_a_letter(tmp_path, page, text):
    chapter = PAGE.format(f"<p>{page}</p>")
    found = epub.read(make(tmp_path / "a.epub", **{"OEBPS/text/one.xhtml": chapter}))
    assert found.blocks[0].text == text.strip()


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        ("META-INF/container.xml", "it has no META-INF/container.xml"),
        ("OEBPS/book.opf", "it has no OEBPS/book.opf"),
    ],
)
def test_a_missing_part_is_named(tmp_path, missing, said):
    path = make(tmp_path / "a.epub", **{missing: None})
    with pytest.raises(ReadError, match=said):
        epub.read(path)


@pytest.mark.parametrize("damaged", [None, ""])
def test_a_chapter_that_is_missing_or_empty_costs_that_chapter(tmp_path, caplog, damaged):
    path = make(tmp_path / "a.epub", **{"OEBPS/text/one.xhtml": damaged})
    document = epub.read(path)
    assert document.blocks
    assert all(block.place != "chapter 2" for block in document.blocks)
    assert ("chapter 2 is not read" in caplog.text) == (damaged is None)


def test_an_encoding_that_is_wrong_is_told_at_once(tmp_path, caplog):
    with pytest.raises(ReadError, match="no encoding is called 'utf-99'"):
        epub.read(make(tmp_path / "a.epub"), encoding="utf-99")
    assert caplog.text == ""


def test_a_chapter_that_the_spine_names_again_is_read_once(tmp_path):
    path = make(tmp_path / "a.epub")
    once = epub.read(path)
    with zipfile.ZipFile(path) as archive:
        package = archive.read("OEBPS/book.opf").decode()
    again = package.replace("</spine>", re.search("<itemref[^>]*>", package)[0] * 9 + "</spine>")
    twice = epub.read(make(tmp_path / "b.epub", **{"OEBPS/book.opf": again}))
    assert twice.blocks == once.blocks


def test_damaged_xml_is_told(tmp_path):
    path = make(tmp_path / "a.epub", **{"OEBPS/book.opf": "<package><manifest>"})
    with pytest.raises(ReadError, match="its XML is damaged"):
        epub.read(path)
