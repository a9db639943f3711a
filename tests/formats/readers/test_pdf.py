import pytest

from aligner.errors import ReadError
from aligner.formats.readers import pdf
from tests import STORY
from tests.formats.readers.pdf_maker import make_pdf

LEFT, TOP, LEADING = 72, 700, 14

FULL = "These words of the text go on as far as the margin on the right side allows"


def column(*lines, left=LEFT, top=TOP, size=11):
    """Lines one under the other; "" leaves a wide gap."""
    placed, y = [], top
    for text in lines:
        if text:
            placed.append((left + 12 * text.startswith("\t"), y, size, text.strip()))
        y -= LEADING
    return placed


def read(tmp_path, *pages):
    path = tmp_path / "a.pdf"
    path.write_bytes(make_pdf(pages))
    return pdf.read(path)


def texts(document):
    return [block.text for block in document.blocks]


def test_lines_become_a_paragraph(tmp_path):
    lines = column(FULL, FULL + " yes", "and end here.", "", FULL, "Second end.")
    assert texts(read(tmp_path, lines)) == [
        f"{FULL} {FULL} yes and end here.",
        f"{FULL} Second end.",
    ]


def test_an_indent_begins_a_paragraph(tmp_path):
    lines = column("\t" + FULL, FULL, "\t" + FULL, FULL)
    assert texts(read(tmp_path, lines)) == [f"{FULL} {FULL}"] * 2


def test_a_short_line_ends_a_paragraph(tmp_path):
    assert texts(read(tmp_path, column(FULL, "Short.", FULL, "Short too."))) == [
        f"{FULL} Short.",
        f"{FULL} Short too.",
    ]


def test_larger_type_is_a_heading(tmp_path):
    lines = [(LEFT, 740, 16, "The Fog"), *column(FULL, FULL)]
    blocks = read(tmp_path, lines).blocks
    assert [(block.kind, block.text) for block in blocks] == [
        ("heading", "The Fog"),
        ("paragraph", f"{FULL} {FULL}"),
    ]


def test_broken_words_are_whole_again(tmp_path):
    lines = column(
        FULL + " coop-", "eration and a well-known " + FULL[:44] + " well-", "known man."
    )
    text = texts(read(tmp_path, lines))[0]
    assert "allows cooperation and" in text
    assert text.endswith("well-known man.")


def test_a_paragraph_goes_over_to_the_next_page(tmp_path):
    document = read(tmp_path, column(FULL, FULL), column("goes on here.", "", FULL + " end."))
    assert texts(document) == [f"{FULL} {FULL} goes on here.", f"{FULL} end."]
    assert [block.place for block in document.blocks] == ["page 1", "page 2"]


def test_running_heads_and_page_numbers_are_left_out(tmp_path):
    pages = [
        [
            (250, 760, 9, f"The Fog, chapter {n}"),
            *column("abcde"[n - 1] + FULL, FULL, "End of page."[n:]),
            (300, 40, 9, f"{n}"),
        ]
        for n in range(1, 6)
    ]
    document = read(tmp_path, *pages)
    assert texts(document) == [
        f"{'abcde'[n - 1]}{FULL} {FULL} {'End of page.'[n:].strip()}" for n in range(1, 6)
    ]
    assert {piece.reason for piece in document.left_out} == {"running head"}
    assert len(document.left_out) == 10


def test_a_page_number_on_one_page_is_left_out(tmp_path):
    document = read(tmp_path, [*column(FULL, FULL, "End."), (300, 40, 9, "- 7 -")])
    assert texts(document) == [f"{FULL} {FULL} End."]
    assert [(p.text, p.reason, p.place) for p in document.left_out] == [
        ("- 7 -", "page number", "page 1")
    ]


def test_two_columns_are_read_one_after_the_other(tmp_path):
    half = FULL[:36].strip()
    left = column(half, half, "Left end.")
    right = column(half, half, "Right end.", left=330)
    assert texts(read(tmp_path, left + right)) == [
        f"{half} {half} Left end.",
        f"{half} {half} Right end.",
    ]


def test_a_scan_says_so(tmp_path):
    path = tmp_path / "scan.pdf"
    path.write_bytes(make_pdf([[], []]))
    with pytest.raises(ReadError, match=r"no text layer on any of its 2 page\(s\): it was scanned"):
        pdf.read(path)


def test_a_scanned_page_among_others_is_told(tmp_path, caplog):
    assert texts(read(tmp_path, column("Some text."), [])) == ["Some text."]
    assert "page 2 has no text layer" in caplog.text


def test_a_password():
    with pytest.raises(ReadError, match="protected by a password; remove the password first"):
        pdf.read(STORY / "locked.pdf")


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_a_process_of_its_own_reads_what_this_one_would(lang: str) -> None:
    path = STORY / f"story.{lang}.pdf"
    raw = path.read_bytes()
    assert pdf._read_lines(raw, str(path)) == pdf._read_apart(raw, str(path))


@pytest.mark.parametrize("raw", [b"%PDF-1.4 none", (STORY / "locked.pdf").read_bytes()])
def test_and_refuses_it_in_the_same_words(raw: bytes) -> None:
    said = []
    for way in (pdf._read_lines, pdf._read_apart):
        with pytest.raises(ReadError) as caught:
            way(raw, "a.pdf")
        said.append(str(caught.value))
    assert said[0] == said[1]
