import zipfile

import docx
import pytest
from docx.oxml import parse_xml

from aligner.formats.readers import docx as reader
from aligner.verification.raw_text import unread

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def read(tmp_path, document):
    path = tmp_path / "a.docx"
    document.save(path)
    return reader.read(path)


def texts(document):
    return [block.text for block in document.blocks]


def test_tables_are_read_cell_by_cell_in_their_place(tmp_path):
    document = docx.Document()
    document.add_heading("Title", 0)
    document.add_paragraph("Before.")
    table = document.add_table(rows=2, cols=2)
    for row, words in zip(table.rows, [("One.", "Eins."), ("Two.", "Zwei.")], strict=True):
        for cell, word in zip(row.cells, words, strict=True):
            cell.text = word
    document.add_paragraph("After.")
    blocks = read(tmp_path, document).blocks
    assert [(block.kind, block.text) for block in blocks] == [
        ("heading", "Title"),
        ("paragraph", "Before."),
        ("cell", "One."),
        ("cell", "Eins."),
        ("cell", "Two."),
        ("cell", "Zwei."),
        ("paragraph", "After."),
    ]


def test_merged_cells_are_read_once(tmp_path):
    document = docx.Document()
    table = document.add_table(rows=1, cols=3)
    table.cell(0, 0).merge(table.cell(0, 2)).text = "Once."
    assert texts(read(tmp_path, document)) == ["Once."]


def test_tracked_changes_links_and_breaks(tmp_path):
    document = docx.Document()
    paragraph = document.add_paragraph("He ")
    paragraph._p.append(
        parse_xml(f"<w:ins {W}><w:r><w:t>really </w:t></w:r></w:ins>"),
    )
    paragraph._p.append(
        parse_xml(f"<w:del {W}><w:r><w:delText>never </w:delText></w:r></w:del>"),
    )
    paragraph._p.append(
        parse_xml(f"<w:hyperlink {W}><w:r><w:t>left</w:t></w:r></w:hyperlink>"),
    )
    paragraph.add_run(".")
    paragraph.add_run().add_break()
    paragraph.add_run("Verse two.")
    assert texts(read(tmp_path, document)) == ["He really left.", "Verse two."]


def test_text_boxes_and_running_heads_are_left_out_with_their_reasons(tmp_path):
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Head."
    paragraph = document.add_paragraph("Body.")
    box = "<w:txbxContent><w:p><w:r><w:t>Box.</w:t></w:r></w:p></w:txbxContent>"
    paragraph._p.append(
        parse_xml(
            f"<w:r {W} {MC}><mc:AlternateContent><mc:Choice Requires='wps'>{box}</mc:Choice>"
            f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>"
        )
    )
    found = read(tmp_path, document)
    assert texts(found) == ["Body."]
    assert [(piece.text, piece.reason) for piece in found.left_out] == [
        ("Box.", "text box"),
        ("Head.", "running head"),
    ]


def test_content_controls_are_read(tmp_path):
    document = docx.Document()
    control = (
        f"<w:sdt {W}><w:sdtContent><w:p><w:r><w:t>Inside.</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    document.element.body.insert(0, parse_xml(control))
    assert texts(read(tmp_path, document)) == ["Inside."]


def test_the_title_is_the_documents_property(tmp_path):
    document = docx.Document()
    document.core_properties.title = "The Ferry"
    document.add_paragraph("One.")
    assert read(tmp_path, document).title == "The Ferry"


@pytest.mark.parametrize(
    ("part", "reason"),
    [
        ("footnotes", "footnote"),
        ("endnotes", "endnote"),
        ("comments", "comment"),
        ("header7", "running head"),
        ("footer2", "running head"),
    ],
)
def test_parts_beside_the_body_are_left_out_with_their_reasons(tmp_path, part, reason):
    document = docx.Document()
    document.add_paragraph("Body.")
    path = tmp_path / "a.docx"
    document.save(path)
    with zipfile.ZipFile(path, "a") as archive:
        aside = "<w:p><w:r><w:t>Aside.</w:t></w:r></w:p>"
        archive.writestr(f"word/{part}.xml", f"<w:{part} {W}>{aside}</w:{part}>")
    found = reader.read(path)
    assert texts(found) == ["Body."]
    assert [(piece.text, piece.reason) for piece in found.left_out] == [("Aside.", reason)]


def paragraph_of(inner):
    document = docx.Document()
    runs = parse_xml(f"<w:p {W}><w:r>{inner}</w:r></w:p>")
    paragraph = document.add_paragraph()._p
    for run in list(runs):
        paragraph.append(run)
    return document


def ruby(base, reading):
    return (
        f"<w:ruby><w:rubyPr/><w:rt><w:r><w:t>{reading}</w:t></w:r></w:rt>"
        f"<w:rubyBase><w:r><w:t>{base}</w:t></w:r></w:rubyBase></w:ruby>"
    )


def test_the_readings_of_words_are_no_text(tmp_path):
    found = read(
        tmp_path, paragraph_of(ruby("東", "とう") + ruby("京", "きょう") + "<w:t>へ。</w:t>")
    )
    assert texts(found) == ["東京へ。"]
    assert unread(tmp_path / "a.docx", found, None).letters == 0


@pytest.mark.parametrize(
    ("mark", "hidden"),
    [
        ("<w:vanish/>", True),
        ('<w:vanish w:val="1"/>', True),
        ('<w:vanish w:val="0"/>', False),
        ('<w:vanish w:val="false"/>', False),
        ("<w:webHidden/>", False),
    ],
)
def test_hidden_text_is_left_out(tmp_path, mark, hidden):
    document = docx.Document()
    paragraph = document.add_paragraph("Shown. ")
    paragraph._p.append(parse_xml(f"<w:r {W}><w:rPr>{mark}</w:rPr><w:t>Mark.</w:t></w:r>"))
    found = read(tmp_path, document)
    assert [text.strip() for text in texts(found)] == ["Shown." if hidden else "Shown. Mark."]
    left = [(piece.text, piece.reason) for piece in found.left_out]
    assert left == ([("Mark.", "hidden text")] if hidden else [])


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ('<w:sym w:font="Symbol" w:char="F061"/>', "α"),
        ('<w:sym w:font="Symbol" w:char="F057"/>', "Ω"),
        ('<w:sym w:font="Wingdings" w:char="F04A"/>', "\uf04a"),  # nothing in Unicode: kept
        ('<w:sym w:font="Symbol" w:char="zz"/>', ""),
        ('<w:rPr><w:rFonts w:ascii="Symbol"/></w:rPr><w:t>\uf061\uf062</w:t>', "αβ"),
        ('<w:rPr><w:rFonts w:ascii="Arial"/></w:rPr><w:t>\uf061</w:t>', "\uf061"),
    ],
)
def test_symbols_are_the_letters_that_they_show(tmp_path, inner, text):
    found = read(tmp_path, paragraph_of(f"{inner}</w:r><w:r><w:t>-rays</w:t>"))
    assert texts(found) == [f"{text}-rays"]
