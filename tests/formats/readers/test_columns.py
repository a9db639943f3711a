"""Tables with more than the two columns of text, in every format that has tables."""

import docx
import pytest

from aligner.formats.readers import READERS
from aligner.languages.given import GivenLanguages
from aligner.text.bilingual.two_texts import split_bilingual
from tests.text.bilingual.test_two_texts import ENGLISH, GERMAN, RUSSIAN


def save_txt(path, rows):
    path.write_text("\n".join("\t".join(row) for row in rows), "utf-8")


def save_html(path, rows):
    body = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in rows)
    path.write_text(f"<html><meta charset='utf-8'><table>{body}</table></html>", "utf-8")


def save_docx(path, rows):
    document = docx.Document()
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            table.cell(number, column).text = cell
    document.save(path)


def save_md(path, rows):
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    path.write_text("\n".join([lines[0], "|---" * len(rows[0]) + "|", *lines[1:]]), "utf-8")


SAVERS = {"txt": save_txt, "html": save_html, "docx": save_docx, "md": save_md}
NUMBERS = [str(n) for n in range(1, len(ENGLISH) + 1)]
OTHERS = {
    "numbers": (NUMBERS, "column of numbers"),
    "dotted": ([f"{n}." for n in NUMBERS], "column of numbers"),
    "identifiers": ([f"seg_{int(n):04}" for n in NUMBERS], "column of numbers"),
    "times": ([f"00:00:{int(n):02}" for n in NUMBERS], "column of numbers"),
    "states": (["to do"] + ["done"] * (len(NUMBERS) - 1), "column of states"),
    "remarks": (["See the glossary."] + [""] * (len(NUMBERS) - 1), "column of remarks"),
}


@pytest.mark.parametrize("suffix", SAVERS)
@pytest.mark.parametrize("kind", OTHERS)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_other_columns_are_left_out(tmp_path, suffix, kind, place):
    other, reason = OTHERS[kind]
    columns = [ENGLISH, RUSSIAN]
    columns.insert(place, other)
    path = tmp_path / f"both.{suffix}"
    SAVERS[suffix](path, list(zip(*columns, strict=True)))
    src, tgt = split_bilingual(READERS.find(path).load().read(path))
    assert [block.text for block in src.blocks] == ENGLISH
    assert [block.text for block in tgt.blocks] == RUSSIAN
    assert [piece.text for piece in src.left_out] == [cell for cell in other if cell]
    assert {piece.reason for piece in src.left_out} == {reason}


def test_names_of_columns_do_not_hide_what_they_hold(tmp_path):
    path = tmp_path / "both.docx"
    rows = [("No.", "English", "Russian", "State")]
    rows += [(n, a, b, "ok") for n, a, b in zip(NUMBERS, ENGLISH, RUSSIAN, strict=True)]
    save_docx(path, rows)
    src, tgt = split_bilingual(READERS.find(path).load().read(path))
    assert [block.text for block in src.blocks][1:] == ENGLISH
    assert [block.text for block in tgt.blocks][-len(RUSSIAN) :] == RUSSIAN
    reasons = [piece.reason for piece in src.left_out]
    assert reasons.count("column of numbers") == reasons.count("column of states") == len(rows)


def test_short_cells_that_differ_are_no_states(tmp_path):
    path = tmp_path / "both.docx"
    places = [f"Room {'ABCDEFGHIJ'[n % 10]} {['west', 'east'][n % 2]}" for n in range(len(ENGLISH))]
    save_docx(path, list(zip(ENGLISH, RUSSIAN, places, strict=True)))
    src, _ = split_bilingual(READERS.find(path).load().read(path))
    assert "column of states" not in {piece.reason for piece in src.left_out}


def test_a_text_with_a_number_and_a_single_word_is_no_column_of_numbers(tmp_path):
    english = [ENGLISH[0], "In 1941 the war began.", "Why?", *ENGLISH[3:]]
    path = tmp_path / "both.txt"
    save_txt(path, list(zip(NUMBERS, english, RUSSIAN, strict=True)))
    src, tgt = split_bilingual(READERS.find(path).load().read(path))
    assert [block.text for block in src.blocks] == english
    assert [block.text for block in tgt.blocks] == RUSSIAN


def test_the_longer_of_two_columns_in_one_language_is_the_text(tmp_path):
    notes = ["Please check this word." for _ in ENGLISH]
    notes = [f"{note} {n}" for note, n in zip(notes, "abcdefghijklmnopqrstuvwxyz", strict=False)]
    path = tmp_path / "both.html"
    save_html(path, list(zip(NUMBERS, ENGLISH, RUSSIAN, notes, strict=True)))
    src, tgt = split_bilingual(READERS.find(path).load().read(path))
    assert [block.text for block in src.blocks] == ENGLISH
    assert [block.text for block in tgt.blocks] == RUSSIAN


def test_of_three_languages_the_two_given_are_kept(tmp_path):
    path = tmp_path / "three.txt"
    save_txt(path, list(zip(ENGLISH, GERMAN, RUSSIAN, strict=True)))
    document = READERS.find(path).load().read(path)
    src, tgt = split_bilingual(document, GivenLanguages("ru", "de"))
    assert [block.text for block in src.blocks] == RUSSIAN
    assert [block.text for block in tgt.blocks] == GERMAN
    assert [piece.text for piece in src.left_out] == ENGLISH


def test_a_table_of_figures_in_a_text_keeps_all_its_columns(tmp_path):
    document = docx.Document()
    for line in ENGLISH:
        document.add_paragraph(line)
    table = document.add_table(rows=4, cols=3)
    for number in range(4):
        for column, cell in enumerate((f"{2000 + number}", f"{number}.5", f"{number}7")):
            table.cell(number, column).text = cell
    for line in RUSSIAN:
        document.add_paragraph(line)
    path = tmp_path / "both.docx"
    document.save(path)
    src, tgt = split_bilingual(READERS.find(path).load().read(path))
    held = {block.text for block in (*src.blocks, *tgt.blocks)}
    assert not any(piece.reason.startswith("column") for piece in src.left_out)
    assert {"2000", "0.5"} <= held | {piece.text for piece in src.left_out}


@pytest.mark.parametrize(
    "names", ["No.,English,Russian", "No,en,ru", "ID,en-GB,RU", "Comment,english,russian"]
)
def test_columns_of_a_csv_may_be_named_by_their_languages(tmp_path, names):
    path = tmp_path / "three.csv"
    path.write_text(f"{names}\n1,Yes.,Да.\n2,No.,Нет.\n", "utf-8")
    bitext = READERS.find(path).load().read(path)
    assert (bitext.src.lang[:2], bitext.tgt.lang) == ("en", "ru")
    assert (bitext.src.texts, bitext.tgt.texts) == (["Yes.", "No."], ["Да.", "Нет."])
