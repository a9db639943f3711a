"""What is timed by `benchmarks.growth`: readers and functions over text, on what may repeat."""

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

from aligner.encoders.surface import marks as surface_marks
from aligner.formats.readers import read
from aligner.languages.identification import identify
from aligner.text.bilingual.two_texts import split_bilingual
from aligner.text.blocks import frames, marks, paragraphs, saved_page
from aligner.text.decoding.encodings import decode
from aligner.text.decoding.mojibake import repair
from aligner.text.decoding.normalisation import fold, normalise
from aligner.text.sentences.splitter import segment, split
from aligner.types import Block, Document, Origin
from aligner.verification.raw_text import WAYS, unread

# One mark, one word, one line, one tag: a JSON string a line.
REPEATS = Path(__file__).with_name("repeats.txt")
SPLIT_IN = ("en", "ru", "zh", "th", "ko", "de", "")
# A document that has blocks enough for what looks at blocks.
BLOCKS = 1000

Work = Callable[[], object]


class Case(NamedTuple):
    """What is timed: its name, and what makes the work of so many characters."""

    name: str
    make: Callable[[int], Work]


def _document(text: str) -> Document:
    return Document(paragraphs.cut(text), "en", Origin("a.txt"))


def _in_blocks(text: str) -> Document:
    unit = max(1, len(text) // BLOCKS)
    starts = range(0, len(text), unit)
    blocks = tuple(Block(text[start : start + unit], start=start) for start in starts)
    return Document(blocks, "en", Origin("a.txt"))


FUNCTIONS: dict[str, Callable[[str], object]] = {
    "decode": lambda text: decode(text.encode(), "a"),
    "normalise": normalise,
    "fold": fold,
    "repair": lambda text: repair(text, "a"),
    "identify": lambda text: identify([text]),
    "cut": paragraphs.cut,
    **{f"split {lang}": partial(split, lang=lang) for lang in SPLIT_IN},
    "segment": lambda text: segment(_document(text)),
    "saved_page": lambda text: saved_page.strip(_document(text)),
    "frames": lambda text: frames.without_frames(_document(text), "ru"),
    "frames of blocks": lambda text: frames.without_frames(_in_blocks(text), "ru"),
    "bilingual": lambda text: split_bilingual(_document(text)),
    "marks": marks.inside,
    "count_marks": lambda text: surface_marks.count_marks([text]),
}

_ASS = "[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"
_XLF = '<xliff version="1.2"><file source-language="en" target-language="ru"><body>'
# What stands before and after the text in a file of each format.
AROUND = {
    ".txt": ("", ""),
    ".md": ("", ""),
    ".html": ("<html><body><p>", "</p></body></html>"),
    ".srt": ("1\n00:00:01,000 --> 00:00:02,000\n", "\n"),
    ".vtt": ("WEBVTT\n\n00:01.000 --> 00:02.000\n", "\n"),
    ".ass": (f"{_ASS}Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,", "\n"),
    ".csv": ("source,target\n", ""),
    ".tsv": ("source\ttarget\n", ""),
    ".jsonl": ('{"source": "a", "target": "b"}\n', ""),
    ".po": ('msgid "a"\nmsgstr "b"\n\n', ""),
    ".tmx": (
        '<tmx version="1.4"><header srclang="en"/><body><tu><tuv xml:lang="en"><seg>',
        '</seg></tuv><tuv xml:lang="ru"><seg>a</seg></tuv></tu></body></tmx>',
    ),
    ".fb2": ("<FictionBook><body><section><p>", "</p></section></body></FictionBook>"),
    ".xlf": (
        f'{_XLF}<trans-unit id="1"><source>',
        "</source><target>a</target></trans-unit></body></file></xliff>",
    ),
}

_WORD = "<w:p><w:r><w:t>word</w:t></w:r></w:p>"
_CELL = f"<w:tc>{_WORD}</w:tc>"
_STYLED = '<w:p><w:pPr><w:pStyle w:val="none"/></w:pPr><w:r><w:t>word</w:t></w:r></w:p>'
DEEPEST_TABLE = 80
WORD_BODIES: dict[str, Callable[[int], str]] = {
    "paragraphs": lambda n: _WORD * n,
    "empty paragraphs": lambda n: "<w:p/>" * n,
    "styled paragraphs": lambda n: _STYLED * n,
    "runs": lambda n: f"<w:p>{'<w:r><w:t>a</w:t></w:r>' * n}</w:p>",
    "rows": lambda n: f"<w:tbl>{f'<w:tr>{_CELL}</w:tr>' * n}</w:tbl>",
    "cells": lambda n: f"<w:tbl><w:tr>{_CELL * n}</w:tr></w:tbl>",
    "tables in tables": lambda n: _nested(min(n, DEEPEST_TABLE)),
}
_OPC = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_WORD_NAMES = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_BOOK = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="a.opf" media-type="application/oebps-package+xml"/>'
    "</rootfiles></container>"
)


def _nested(depth: int) -> str:
    return "<w:tbl><w:tr><w:tc>" * depth + f"{_WORD}</w:tc></w:tr></w:tbl>" * depth + "<w:p/>"


_HIDDEN = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>a</w:t></w:r><w:r><w:t>b</w:t></w:r>"
_ROW = "<b:table-row>", "<b:table-cell><t:p>a</t:p></b:table-cell>", "</b:table-row>"


def _odt(body: str) -> bytes:
    names = 'xmlns:o="urn:o" xmlns:t="urn:t" xmlns:b="urn:b"'
    content = f"<o:document-content {names}><o:body><o:text>{body}</o:text></o:body>"
    return _zipped({"content.xml": f"{content}</o:document-content>"})


def _docx(body: str) -> bytes:
    return _zipped(
        {
            "[Content_Types].xml": (
                f'<Types xmlns="{_OPC}/content-types"><Default Extension="rels" '
                'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                f'<Override PartName="/a.xml" ContentType="{_WORD_TYPE}"/></Types>'
            ),
            "_rels/.rels": (
                f'<Relationships xmlns="{_OPC}/relationships">'
                f'<Relationship Id="r" Type="{_OFFICE}" Target="a.xml"/></Relationships>'
            ),
            "a.xml": f'<w:document xmlns:w="{_WORD_NAMES}"><w:body>{body}</w:body></w:document>',
        }
    )


def _epub(items: int, named: int, chapter: str) -> bytes:
    """Return a book of so many chapters, with so many names in its spine."""
    page = f'<html xmlns="http://www.w3.org/1999/xhtml"><body>{chapter}</body></html>'
    names = [f"c{number}.xhtml" for number in range(items)]
    type_ = "application/xhtml+xml"
    manifest = "".join(f'<item id="{name}" href="{name}" media-type="{type_}"/>' for name in names)
    spine = "".join(f'<itemref idref="{names[i % items]}"/>' for i in range(named))
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata/>'
        f"<manifest>{manifest}</manifest><spine>{spine}</spine></package>"
    )
    pages = dict.fromkeys(names, page)
    return _zipped({"META-INF/container.xml": _BOOK, "a.opf": package, **pages})


def _zipped(entries: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, text in entries.items():
            archive.writestr(name, text)
    return out.getvalue()


def _xlsx(rows: int, columns: int) -> bytes:
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(["source", "target", *map(str, range(columns))])
    for number in range(rows):
        sheet.append([f"a{number}", "b"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _pdf(pages: int, lines: int) -> bytes:
    """Return a PDF of so many pages of so many lines."""
    shown = "".join(f"0 -12 Td (word {number}) Tj " for number in range(lines))
    content = f"BT /F 10 Tf 50 800 Td {shown}ET"
    font = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    kids = " ".join(f"{4 + number} 0 R" for number in range(pages))
    inside = "/MediaBox[0 0 600 850]/Resources<</Font<</F 1 0 R>>>>/Contents 3 0 R"
    page = f"<</Type/Page/Parent 2 0 R{inside}>>"
    objects = [
        font,
        f"<</Type/Pages/Kids[{kids}]/Count {pages}>>",
        f"<</Length {len(content)}>>stream\n{content}\nendstream",
        *[page] * pages,
        "<</Type/Catalog/Pages 2 0 R>>",
    ]
    body, offsets = "%PDF-1.4\n", []
    for number, each in enumerate(objects, start=1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n{each}\nendobj\n"
    size = len(objects) + 1
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    root = f"trailer\n<</Root {len(objects)} 0 R/Size {size}>>\nstartxref\n{len(body)}\n%%EOF\n"
    return f"{body}xref\n0 {size}\n0000000000 65535 f \n{table}{root}".encode()


def _parquet(rows: int) -> bytes:
    import pyarrow
    import pyarrow.parquet

    out = io.BytesIO()
    table = pyarrow.table({"source": ["a"] * rows, "target": ["b"] * rows})
    pyarrow.parquet.write_table(table, out)
    return out.getvalue()


# Containers of so many of something: suffix, and what makes the bytes.
CONTAINERS: dict[str, tuple[str, Callable[[int], bytes]]] = {
    **{
        f"docx {name}": (".docx", lambda n, body=body: _docx(body(n)))  # type: ignore[misc]
        for name, body in WORD_BODIES.items()
    },
    **{
        f"odt {name}": (".odt", lambda n, unit=unit: _odt(unit * n))  # type: ignore[misc]
        for name, unit in {
            "paragraphs": "<t:p>word</t:p>",
            "cells": "<b:table-row>"
            + "<b:table-cell><t:p>a</t:p></b:table-cell>" * 9
            + "</b:table-row>",
            "spaces": "<t:p>a<t:s t:c='99'/>b</t:p>",
        }.items()
    },
    "odt one row": (".odt", lambda n: _odt(_ROW[0] + _ROW[1] * n + _ROW[2])),
    "odt one paragraph": (".odt", lambda n: _odt("<t:p>" + "<t:span>a</t:span>" * n + "</t:p>")),
    "docx hidden runs": (".docx", lambda n: _docx(f"<w:p>{_HIDDEN * n}</w:p>")),
    "epub chapters": (".epub", lambda n: _epub(1 + n // 50, 1 + n // 50, "<p>a</p>")),
    "epub one chapter again and again": (".epub", lambda n: _epub(1, n, "<p>a</p>")),
    "epub paragraphs": (".epub", lambda n: _epub(1, 1, "<p>a</p>" * n)),
    "epub notes": (".epub", lambda n: _epub(1, 1, '<p>a<a href="#n">1</a></p><p id="n">b</p>' * n)),
    "parquet rows": (".parquet", _parquet),
    "pdf pages": (".pdf", lambda n: _pdf(1 + n // 50, 10)),
    "pdf lines": (".pdf", lambda n: _pdf(1, n)),
    "xlsx rows": (".xlsx", lambda n: _xlsx(n, 1)),
    "xlsx columns": (".xlsx", lambda n: _xlsx(10, min(n, 16_000))),
}


def repeats() -> list[str]:
    """Return what is repeated."""
    return [json.loads(line) for line in REPEATS.read_text("utf-8").splitlines()]


def cases(folder: Path) -> Iterator[Case]:
    """Yield all that is timed.

    Args:
        folder: where files are written.
    """
    for name, function in FUNCTIONS.items():
        for unit in repeats():
            yield Case(f"{name} {unit!r}", partial(_of_text, function, unit))
    for suffix, around in AROUND.items():
        for unit in repeats():
            make = partial(_of_file, folder / f"a{suffix}", around, unit)
            yield Case(f"{suffix} {unit!r}", partial(make, read))
            if suffix in WAYS:
                yield Case(f"unread {suffix} {unit!r}", partial(make, _unread))
    for name, (suffix, make) in CONTAINERS.items():
        yield Case(name, partial(_of_container, folder / f"a{suffix}", make))


def _of_text(function: Callable[[str], object], unit: str, size: int) -> Work:
    return partial(function, unit * max(1, size // len(unit)))


def _of_file(
    path: Path, around: tuple[str, str], unit: str, work: Callable[[Path], object], size: int
) -> Work:
    text = unit * max(1, size // len(unit))
    path.write_bytes(f"{around[0]}{text}{around[1]}".encode())
    return partial(work, path)


def _unread(path: Path) -> object:
    return unread(path, Document((), "en", Origin(str(path))))


def _of_container(path: Path, make: Callable[[int], bytes], size: int) -> Work:
    path.write_bytes(make(size // 10))
    return partial(read, path)
