"""One bilingual file in every layout that people have, in every format that can hold it."""

import docx
import pytest

from aligner.formats.readers import READERS
from aligner.text.bilingual.two_texts import split_bilingual
from tests.formats.readers.pdf_maker import make_pdf
from tests.formats.readers.test_epub import PAGE, make
from tests.text.bilingual.test_two_texts import ENGLISH, GERMAN, RUSSIAN


def sequential(other):
    return [*ENGLISH, *other]


def alternating(other):
    return [line for pair in zip(ENGLISH, other, strict=True) for line in pair]


def save_txt(path, lines):
    path.write_text("\n\n".join(lines), "utf-8")


def save_lines(path, lines):
    path.write_text("\n".join(lines), "utf-8")


def save_html(path, lines):
    body = "".join(f"<p>{line}</p>" for line in lines)
    path.write_text(f"<html><meta charset='utf-8'>{body}</html>", "utf-8")


def save_docx(path, lines):
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    document.save(path)


def save_epub(path, lines):
    half = len(lines) // 2
    pages = ["".join(f"<p>{line}</p>" for line in part) for part in (lines[:half], lines[half:])]
    entries = {
        "OEBPS/text/one.xhtml": PAGE.format(pages[0]),
        "OEBPS/text/two b.xhtml": PAGE.format(pages[1]),
    }
    make(path, **entries)


def save_md(path, lines):
    path.write_text("\n\n".join(lines), "utf-8")


def save_srt(path, lines):
    cues = (f"{n}\n00:00:{n:02},000 --> 00:00:{n:02},900\n{s}\n" for n, s in enumerate(lines))
    path.write_text("\n".join(cues), "utf-8")


def save_pdf(path, lines):
    # Helvetica has no Cyrillic: German only.
    path.write_bytes(make_pdf([[(40, 700 - 30 * n, 10, s) for n, s in enumerate(lines)]]))


def save_table_html(path, lines):
    rows = zip(lines[::2], lines[1::2], strict=True)
    body = "".join(f"<tr><td>{a}</td><td><p>{b}</p></td></tr>" for a, b in rows)
    path.write_text(f"<html><meta charset='utf-8'><table>{body}</table></html>", "utf-8")


def save_table_docx(path, lines):
    document = docx.Document()
    table = document.add_table(rows=len(lines) // 2, cols=2)
    for number, line in enumerate(lines):
        table.cell(number // 2, number % 2).text = line
    document.save(path)


def save_table_md(path, lines):
    rows = [f"| {a} | {b} |" for a, b in zip(lines[::2], lines[1::2], strict=True)]
    path.write_text("\n".join([rows[0], "|---|---|", *rows[1:]]), "utf-8")


def save_table_txt(path, lines):
    rows = zip(lines[::2], lines[1::2], strict=True)
    path.write_text("\n".join("\t".join(row) for row in rows), "utf-8")


FLOWING = {
    "txt": save_txt,
    "lines.txt": save_lines,
    "html": save_html,
    "docx": save_docx,
    "epub": save_epub,
    "md": save_md,
    "srt": save_srt,
    "pdf": save_pdf,
}
TABLES = {
    "txt": save_table_txt,
    "html": save_table_html,
    "docx": save_table_docx,
    "md": save_table_md,
}
CASES = [
    *((suffix, save, sequential) for suffix, save in FLOWING.items()),
    *((suffix, save, alternating) for suffix, save in FLOWING.items()),
    *((suffix, save, alternating) for suffix, save in TABLES.items()),
]


@pytest.mark.parametrize(("other", "lang"), [(RUSSIAN, "ru"), (GERMAN, "de")])
@pytest.mark.parametrize(("suffix", "save", "layout"), CASES)
def test_the_two_sides_are_found(tmp_path, suffix, save, layout, other, lang):
    if suffix == "pdf" and lang == "ru":
        pytest.skip("the fonts of a PDF made here have no Cyrillic")
    path = tmp_path / f"both.{suffix}"
    save(path, layout(other))
    document = READERS.find(path).load().read(path)
    src, tgt = split_bilingual(document)
    assert (src.lang, tgt.lang) == ("en", lang)
    assert [block.text for block in src.blocks] == ENGLISH
    assert [block.text for block in tgt.blocks] == other
    assert src.left_out == document.left_out
