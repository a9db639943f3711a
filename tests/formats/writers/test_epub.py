"""E-books: right in structure, with every text, and told right from left."""

import os
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from lxml import etree

from aligner.formats.losses import NOT_XML
from aligner.formats.readers import epub as reader
from aligner.formats.writers import epub, write
from aligner.types import Alignment, Bead, Bitext, Block, Span
from tests.export.test_filters import bitext_of
from tests.formats.writers.bitexts import bitexts
from tests.formats.writers.epub_checker import complaints

LAYOUTS = ["alternating", "columns"]
# Debian's epubcheck is this program; its /usr/bin/epubcheck needs a kernel that starts jars.
EPUBCHECK = Path("/usr/share/java/epubcheck.jar")
# Seconds: a Java program starts and reads a book.
PATIENCE = 120


def beads_of(path: Path) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the beads of a book: their ids, and the languages and texts in each."""
    found = []
    with zipfile.ZipFile(path) as book:
        for name in sorted(each for each in book.namelist() if "chapter" in each):
            root = etree.fromstring(book.read(name))
            for bead in root.iterfind(".//*[@id]"):
                texts = list(bead.iter("{*}p", "{*}h2"))
                found.append((bead.get("id"), [(e.get("lang"), e.text or "") for e in texts]))
    return found


def plain(text: str) -> str:
    return " ".join(NOT_XML.sub("", text).split())


@pytest.mark.parametrize("layout", LAYOUTS)
@given(bitext=bitexts())
@settings(deadline=None, max_examples=40)
def test_any_bitext_gives_a_book_with_all_its_texts(
    tmp_path_factory: pytest.TempPathFactory, layout: str, bitext: Bitext
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.epub"
    write(bitext, path, force=True, layout=layout)
    assert complaints(path) == []
    expected = []
    for number, bead in enumerate(bitext.alignment.beads, start=1):
        sides = (bitext.src.lang, bitext.src_text(bead)), (bitext.tgt.lang, bitext.tgt_text(bead))
        texts = [(lang, plain(text)) for lang, text in sides if plain(text)]
        expected.append((f"b{number}", texts))
    assert beads_of(path) == expected


@pytest.mark.parametrize("layout", LAYOUTS)
def test_epubcheck_finds_nothing(tmp_path: Path, sample: Bitext, layout: str) -> None:
    if not EPUBCHECK.exists():
        pytest.skip("epubcheck is not installed (Debian: epubcheck)")
    write(sample, tmp_path / "book.epub", layout=layout)
    command = ["java", "-jar", str(EPUBCHECK), "--failonwarnings", str(tmp_path / "book.epub")]
    done = subprocess.run(
        command,
        env=os.environ | {"HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def with_headings(*numbers: int) -> Bitext:
    """A bitext of twelve pairs, of which some are headings."""
    bitext = bitext_of(*((f"Line {i} <&>.", f"Строка {i}.") for i in range(12)))
    blocks = tuple(
        Block(each.text, "heading" if i in numbers else "paragraph", each.start)
        for i, each in enumerate(bitext.src.segments)
    )
    segments = tuple(replace(each, block=i) for i, each in enumerate(bitext.src.segments))
    return replace(bitext, src=replace(bitext.src, blocks=blocks, segments=segments, title="Lines"))


def contents(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as book:
        root = etree.fromstring(book.read("EPUB/nav.xhtml"))
    return [link.text for link in root.iter("{*}a")]


def test_chapters_begin_at_headings(tmp_path: Path) -> None:
    write(with_headings(3, 7), tmp_path / "book.epub")
    assert contents(tmp_path / "book.epub") == ["Lines", "Line 3 <&>.", "Line 7 <&>."]
    assert [name for name, _ in beads_of(tmp_path / "book.epub")] == [
        f"b{i + 1}" for i in range(12)
    ]
    back = reader.read(tmp_path / "book.epub")
    headings = [block.text for block in back.blocks if block.kind == "heading"]
    assert headings == ["Line 3 <&>.", "Строка 3.", "Line 7 <&>.", "Строка 7."]


def test_a_book_that_begins_with_its_heading_has_no_empty_chapter(tmp_path: Path) -> None:
    write(with_headings(0, 6), tmp_path / "book.epub")
    assert contents(tmp_path / "book.epub") == ["Line 0 <&>.", "Line 6 <&>."]


def test_a_long_chapter_is_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(epub, "MAX_CHAPTER", 5)
    write(with_headings(8), tmp_path / "book.epub")
    assert contents(tmp_path / "book.epub") == ["Lines", "Lines", "Line 8 <&>."]
    assert complaints(tmp_path / "book.epub") == []


def test_a_book_of_nothing_is_a_book(tmp_path: Path) -> None:
    empty = bitext_of()
    write(replace(empty, alignment=Alignment((), 0, 0)), tmp_path / "book.epub")
    assert complaints(tmp_path / "book.epub") == []


def test_directions_are_said(tmp_path: Path) -> None:
    bitext = bitext_of(("Peace.", "سلام."))
    write(replace(bitext, tgt=replace(bitext.tgt, lang="ar")), tmp_path / "book.epub")
    with zipfile.ZipFile(tmp_path / "book.epub") as book:
        root = etree.fromstring(book.read("EPUB/chapter-0001.xhtml"))
    assert [(p.get("lang"), p.get("dir")) for p in root.iter("{*}p")] == [
        ("en", "ltr"),
        ("ar", "rtl"),
    ]


def test_what_has_no_counterpart_stands_alone(tmp_path: Path) -> None:
    bitext = bitext_of(("Only here.", ""), ("Here.", "Тут."))
    assert bitext.alignment.beads[0] == Bead(Span(0, 1), Span(0, 0))
    write(bitext, tmp_path / "book.epub", layout="columns")
    with zipfile.ZipFile(tmp_path / "book.epub") as book:
        root = etree.fromstring(book.read("EPUB/chapter-0001.xhtml"))
    cells = [["".join(cell.itertext()).strip() for cell in row] for row in root.iter("{*}tr")]
    assert cells == [["Only here.", ""], ["Here.", "Тут."]]


def test_the_same_bitext_gives_the_same_file(tmp_path: Path, sample: Bitext) -> None:
    write(sample, tmp_path / "a.epub")
    write(sample, tmp_path / "b.epub")
    assert (tmp_path / "a.epub").read_bytes() == (tmp_path / "b.epub").read_bytes()


def test_forbidden_characters_are_counted(tmp_path: Path) -> None:
    assert write(bitext_of(("a\x00b", "в\ud800")), tmp_path / "book.epub").characters == 2
