"""How a page of print is laid out: columns, notes, contents, ragged lines."""

import pytest

from aligner.formats.readers import pdf
from tests.formats.readers.pdf_maker import make_pdf

LEFT = [
    "The ferry left the pier at nine in the",
    "morning, and nobody came to wave. It",
    "had rained all night, and the streets",
    "were empty. Anna stood by the window.",
]
RIGHT = [
    "At noon the post came. There was one",
    "letter for her, without a stamp, and",
    "the ink had run in the rain. She read",
    "it twice, and put it away.",
]


def texts(tmp_path, pages):
    path = tmp_path / "a.pdf"
    path.write_bytes(make_pdf(pages))
    found = pdf.read(path)
    return [each.text for each in found.blocks], [(e.text, e.reason) for e in found.left_out]


@pytest.mark.parametrize("head", [None, "A TITLE THAT STANDS OVER BOTH OF THE COLUMNS, AND SO ON"])
def test_columns_that_are_drawn_row_by_row(tmp_path, head):
    rows = [
        (x, 700 - 14 * n, 11, line)
        for n, pair in enumerate(zip(LEFT, RIGHT, strict=True))
        for x, line in zip((60, 320), pair, strict=True)
    ]
    over = [(60, 740, 11, head)] if head else []
    blocks, _ = texts(tmp_path, [over + rows])
    assert blocks == [*([head] if head else []), " ".join(LEFT), " ".join(RIGHT)]


def test_three_columns_that_are_drawn_row_by_row(tmp_path):
    lines = [
        ["The old man took", "his hat and went", "out to the shore", "without a word."],
        ["She read the long", "letter once more", "and put it in the", "fire at last."],
        ["Nobody knew what", "had been in it, or", "who it was that", "had sent it."],
    ]
    rows = [
        (40 + 130 * column, 700 - 14 * n, 11, lines[column][n])
        for n in range(4)
        for column in range(3)
    ]
    assert texts(tmp_path, [rows])[0] == [" ".join(each) for each in lines]


def test_cells_of_a_table_are_no_columns(tmp_path):
    rows = [
        (x, 700 - 14 * n, 11, word)
        for n, pair in enumerate([("Yes", "Ja"), ("No", "Nein"), ("One", "Eins"), ("Two", "Zwei")])
        for x, word in zip((60, 320), pair, strict=True)
    ]
    assert " ".join(texts(tmp_path, [rows])[0]) == "Yes Ja No Nein One Eins Two Zwei"


def test_a_note_does_not_stand_in_the_sentence_over_the_page(tmp_path):
    first = [
        (60, 760, 9, "THE FERRY 17"),
        (60, 700, 11, "Nobody agreed with him then, and so the"),
        (60, 686, 11, "matter was left to rest until spring, when"),
        (60, 60, 8, "1 See his letters, volume two,"),
        (60, 50, 8, "page nine."),
    ]
    second = [
        (60, 760, 9, "18 A HARBOUR"),
        (60, 700, 11, "the council met again with new zeal,"),
        (60, 686, 11, "and then it was over."),
    ]
    blocks, left_out = texts(tmp_path, [first, second])
    assert blocks == [
        "Nobody agreed with him then, and so the matter was left to rest until spring, when"
        " the council met again with new zeal, and then it was over."
    ]
    assert left_out == [
        ("THE FERRY 17", "running head"),
        ("1 See his letters, volume two,", "note"),
        ("page nine.", "note"),
        ("18 A HARBOUR", "running head"),
    ]


def test_small_type_is_no_note_where_text_follows_or_no_mark_begins_it(tmp_path):
    page = [
        (60, 700, 11, "The text of the page begins here and goes on."),
        (60, 660, 8, "1 A quotation in small type."),
        (60, 620, 11, "More text here."),
        (60, 600, 8, "Printed at Paris."),
    ]
    assert texts(tmp_path, [page])[1] == []


def test_contents_are_left_out(tmp_path):
    entries = ["1 Scope . . . . . . . . 3", "2 Terms ........... 4", "3 Ferries ........ xii"]
    page = [(60, 700 - 14 * n, 11, each) for n, each in enumerate([*entries, "The text begins."])]
    blocks, left_out = texts(tmp_path, [page])
    assert blocks == ["The text begins."]
    assert left_out == [(each, "table of contents") for each in entries]
    page = [(60, 700, 11, "He waited .... 3"), (60, 600, 11, "Then he went.")]
    assert texts(tmp_path, [page])[1] == []


def test_ragged_lines_and_bullets(tmp_path):
    lines = [
        "The operator shall inform the harbour",
        "master of every ferry that",
        "leaves before it is due, and",
        "of the reason.",
    ]
    page = [(60, 700 - 14 * n, 11, each) for n, each in enumerate(lines)]
    assert texts(tmp_path, [page])[0] == [" ".join(lines)]
    page = [
        (60, 700, 11, "\u2022 the name of the ferry and the port"),
        (72, 686, 11, "it is bound for;"),
        (60, 672, 11, "\u2022 the hour."),
    ]
    assert texts(tmp_path, [page])[0] == [
        "\u2022 the name of the ferry and the port it is bound for;",
        "\u2022 the hour.",
    ]
    page = [(60, 700, 11, "bread"), (60, 686, 11, "a whole basket of ripe apples")]
    assert texts(tmp_path, [page])[0] == ["bread", "a whole basket of ripe apples"]
