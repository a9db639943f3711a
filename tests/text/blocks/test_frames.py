"""What stands around a book and in it, in all the ways that editions have."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.text.blocks.frames import strip
from aligner.text.blocks.paragraphs import cut
from aligner.types import Document, Origin

ONE = "The old house stood at the end of a long road that nobody had swept since the war."
TWO = "On Sundays smoke rose from the chimney, and somebody played three bars on a piano."
STORY = f"{ONE}\n\n{TWO}"


def read(text):
    """Strip a text; make sure that nothing is lost and every offset is true."""
    document = strip(Document(cut(text), "en", Origin("book.txt")))
    rest = list(text)
    for piece in (*document.blocks, *document.left_out):
        assert text[piece.start : piece.start + len(piece.text)] == piece.text
        for index in range(piece.start, piece.start + len(piece.text)):
            assert rest[index] is not None
            rest[index] = None
    assert not "".join(char for char in rest if char is not None).strip()
    return document


def kept(text):
    return [block.text for block in read(text).blocks]


def reasons(text):
    return {piece.reason for piece in read(text).left_out}


@pytest.mark.parametrize(
    "head",
    [
        "*** START OF THE PROJECT GUTENBERG EBOOK 99999 ***",
        "*** START OF THIS PROJECT GUTENBERG EBOOK THE LONG ROAD ***",
        "***START OF THE PROJECT GUTENBERG EBOOK THE LONG ROAD***",
        "*** START OF THE PROJECT GUTENBERG EBOOK THE LONG ROAD; OR, THE\nSHIP ***",
        "The Project Gutenberg EBook of The Long Road, by Ann Moss\n\nTitle: The Long Road\n\n"
        "Author: Ann Moss\n\n*** START OF THIS PROJECT GUTENBERG EBOOK THE LONG ROAD ***",
        "**Welcome To The World of Free Plain Vanilla Texts**\n\nWe ask for money.\n\n"
        "*END*THE SMALL PRINT! FOR PUBLIC DOMAIN ETEXTS*Ver.04.29.93*END*",
        "Please take a look at the header.\n\n*END THE SMALL PRINT! FOR PUBLIC DOMAIN ETEXTS*END*",
        "*** ANFANG DES PROJECT GUTENBERG EBOOKS DER LANGE WEG ***",
        "*** DÉBUT DU PROJET GUTENBERG EBOOK LA LONGUE ROUTE ***",
        "*** COMIENZO DEL EBOOK DE PROYECTO GUTENBERG EL CAMINO ***",
        "*** TÄMÄN PROJEKTI GUTENBERG E-KIRJAN PITKÄ TIE ALKU ***",
    ],
)
def test_gutenbergs_heads_are_left_out(head):
    assert kept(f"{head}\n\n\n{STORY}") == [ONE, TWO]
    assert reasons(f"{head}\n\n\n{STORY}") == {"Project Gutenberg's frame"}


@pytest.mark.parametrize(
    "tail",
    [
        "*** END OF THE PROJECT GUTENBERG EBOOK 99999 ***",
        "*** END OF THIS PROJECT GUTENBERG EBOOK THE LONG ROAD ***\n\n***** This file should be "
        "named 9.txt *****\n\nCreating the works from public domain print editions means freedom.",
        "End of Project Gutenberg's The Long Road, by Ann Moss",
        "End of the Project Gutenberg EBook of The Long Road, by Ann Moss\n\n*** END OF THIS "
        "PROJECT GUTENBERG EBOOK THE LONG ROAD ***",
        "*** ENDE DIESES PROJECT GUTENBERG EBOOKS DER LANGE WEG ***",
        "*** FIN DU PROJET GUTENBERG EBOOK LA LONGUE ROUTE ***",
        "Fin de Project Gutenberg's La longue route, by Ann Moss",
        "Ende dieses Project Gutenberg Etexts Der lange Weg",
        "*** LOPPU: PROJEKTI GUTENBERG ***",
        "*** START: FULL LICENSE ***\n\nTHE FULL PROJECT GUTENBERG LICENSE\n\nPlease read this.",
    ],
)
def test_gutenbergs_tails_are_left_out(tail):
    assert kept(f"{STORY}\n\n\n{tail}\n") == [ONE, TWO]
    assert reasons(f"{STORY}\n\n\n{tail}") == {"Project Gutenberg's frame"}


def test_between_two_books_of_gutenbergs_stands_no_text():
    end = "*** END OF THE PROJECT GUTENBERG EBOOK ONE ***\n\nDonations are welcome."
    start = "Title: Two\n\n*** START OF THE PROJECT GUTENBERG EBOOK TWO ***"
    assert kept(f"{ONE}\n\n{end}\n\n{start}\n\n{TWO}") == [ONE, TWO]


@pytest.mark.parametrize(
    "line",
    [
        "Produced by Ann Moss and the Online Distributed\nProofreading Team",
        "Produced by Ann Moss",
        "E-text prepared by Ann Moss",
        "This eBook was produced by Ann Moss.",
        "Transcribed by Ann Moss",
        "Copyright (C) 2002 Ann Moss.",
        "COPYRIGHT ANN MOSS VERLAG. LEIPZIG",
        "© 1999 Ann Moss",
        "All rights reserved.",
        "ISBN 978-0-00-000000-0",
        "Gedruckt bei Moss & Sohn",
        "Published: 1895",
        "Source: http://example.org/moss",
        "Exported from Wikisource on 3 May 2020",
        "Note: This book is brought to you by Feedbooks",
        "Strictly for personal use, do not use this file for anything else.",
        "Release Date: May 3, 2003 [EBook #99999]",
        "This ebook is for the use of anyone anywhere at no cost.",
    ],
)
def test_lines_of_an_edition_are_left_out(line):
    assert kept(f"THE LONG ROAD\n\n{line}\n\n{STORY}") == ["THE LONG ROAD", ONE, TWO]
    assert reasons(f"THE LONG ROAD\n\n{line}\n\n{STORY}") == {"imprint"}


@pytest.mark.parametrize(
    "tail",
    [
        "-----\n\nTa lektura, podobnie jak tysiące innych, jest w bibliotece.\n\nWydawca.",
        "Loved this book ?\n\nOthers did, too.",
        "About this digital edition\n\nThis e-book comes from a library.",
        "À propos de cette édition électronique\n\nCe livre vient d’une bibliothèque.",
        "底本：「長い道」苔書房\n\n入力：苔",
        "www.feedbooks.com",
    ],
)
def test_colophons_are_left_out_to_the_end(tail):
    assert kept(f"{STORY}\n\n{tail}") == [ONE, TWO]


def test_the_key_of_aozora_and_its_annotations():
    rule = "-" * 55
    text = (
        f"長い道\n苔アン\n\n{rule}\n【テキスト中に現れる記号について】\n\n《》：ルビ\n"
        f"（例）道《みち》\n\n［＃］：入力者注\n{rule}\n\n［＃５字下げ］一［＃「一」は中見出し］\n\n"
        "　古い家が道の端に立っていた。［＃改ページ］\n　誰も道を掃かなかった。\n\n"
        "底本：「長い道」\n"
    )
    assert kept(text) == ["長い道", "苔アン", "一", "古い家が道の端に立っていた。",
                          "誰も道を掃かなかった。"]  # fmt: skip
    assert reasons(text) == {"key to the notation", "annotation", "colophon"}


CHAPTERS = ["The Road", "The Ship", "The Piano", "The Snow"]
BODY = "\n\n\n\n".join(f"{name}\n\n\n{STORY}" for name in CHAPTERS)
LISTS = [
    "CONTENTS\n\n" + "\n".join(CHAPTERS),
    "Table of Contents\n\n" + "\n\n".join(CHAPTERS),
    "Inhalt:\n\n " + "\n ".join(CHAPTERS),
    "SISÄLLYS:\n\n" + "\n".join(f"{name} ..... {i}" for i, name in enumerate(CHAPTERS)),
    "_Índice_\n\n" + "\n".join(f"{i}. {name}   {i * 9}" for i, name in enumerate(CHAPTERS)),
    "Spis treści\n\n" + "\n".join(f"{name} . . . . {i}" for i, name in enumerate(CHAPTERS)),
    "Оглавление\n\n" + "\n".join(f"{i}. {name}" for i, name in enumerate(CHAPTERS)),
    "TABLE DES MATIÈRES\n\n" + "\n".join(f"Chapitre {i}. {n}" for i, n in enumerate(CHAPTERS)),
    "\n".join(f"{name} ........ {i + 7}" for i, name in enumerate(CHAPTERS)),
    "Contents.\n\nPART ONE\n\n"
    + "\n".join(CHAPTERS[:2])
    + "\n\nPART TWO\n\n"
    + "\n".join(CHAPTERS[2:]),
]


@pytest.mark.parametrize("contents", LISTS)
def test_lists_of_contents_are_left_out(contents):
    expected = kept(BODY)
    assert kept(f"{contents}\n\n\n\n{BODY}") == expected
    assert reasons(f"{contents}\n\n\n\n{BODY}") == {"table of contents"}


@pytest.mark.parametrize(
    "note",
    [
        "[Transcriber's Note: The spelling is as it was.]",
        "[Transcriber’s note:\n\nThe spelling is as it was.\n\nSo are the commas.]",
        "Transcriber's Note: The spelling is as it was.",
        "TRANSCRIBER'S NOTES\n\nThe spelling is as it was.\n\nSo are the commas.",
        "Transcriber’s Notes:\n\nThe spelling is as it was.",
        "Anmerkungen zur Transkription:\n\nDie Schreibung blieb.",
        "Note du transcripteur: l’orthographe est restée.",
        "_Nota del transcriptor_: la ortografía quedó.",
    ],
)
def test_transcribers_notes_are_left_out(note):
    assert kept(f"{STORY}\n\n\n\n\n{note}") == [ONE, TWO]
    assert kept(f"{note}\n\n\n\n\n{STORY}") == [ONE, TWO]
    assert reasons(f"{STORY}\n\n{note}") == {"transcriber's note"}


@pytest.mark.parametrize(
    ("mark", "reason"),
    [
        ("[Illustration]", "picture"),
        ("[Illustration: A ship (see [3]) at night.]", "picture"),
        ("[Illustration: _A ship_\n\nat night.]", "picture"),
        ("[Abbildung: Ein Schiff]", "picture"),
        ("[Kuva: Laiva]", "picture"),
        ("[Иллюстрация]", "picture"),
        ("[Pg 12]", "page number"),
        ("[Page 112]", "page number"),
        ("{12}", "page number"),
        ("{p. 12}", "page number"),
        ("[S. 12]", "page number"),
        ("[Footnote 3: See his letters.]", "note"),
        ("[Footnote A: See his letters.\n\nAll of them.]", "note"),
        ("[Fußnote 3: Siehe die Briefe.]", "note"),
        ("FOOTNOTES:\n\n[1] See his letters.\n\n[2] All of them.", "note"),
        ("Anmerkungen\n\n1. Siehe die Briefe.\n\n2. Alle.", "note"),
        ("-" * 65, "rule"),
        ("=" * 40, "rule"),
    ],
)
def test_marks_that_stand_alone_are_left_out(mark, reason):
    text = (
        f"{ONE}\n\n{mark}" if "\n\n1." in mark or "\n\n[1]" in mark else f"{ONE}\n\n{mark}\n\n{TWO}"
    )
    assert kept(text) == ([ONE, TWO] if text.endswith(TWO) else [ONE])
    assert reasons(text) == {reason}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{ONE}[12] {TWO}", [ONE, TWO]),
        (f"[Illustration] {ONE}", [ONE]),
        (f"{ONE} [Illustration: A ship.] {TWO}", [ONE, TWO]),
        (f"{ONE} [Pg 12] {TWO}", [ONE, TWO]),
        (f"{{12}} {ONE}", [ONE]),
        (f"{ONE} ↩", [ONE]),
        (f"{ONE} [Footnote: See his letters.] {TWO}", [ONE, TWO]),
        (f"_{ONE}_", [ONE]),
        (f"{ONE[:-1]}, he said.”[A] {TWO}", [f"{ONE[:-1]}, he said.”", TWO]),
    ],
)
def test_marks_between_sentences_are_cut_out(text, expected):
    assert kept(text) == expected


def test_a_note_follows_its_mark():
    assert kept(f"He left[1] at nine.\n\n{ONE}\n\n[1] See his letters.\n\n{TWO}") == [
        "He left[1] at nine.",
        ONE,
        TWO,
    ]


def test_page_numbers_and_running_heads_that_part_sentences():
    halves = (
        "The captain who had sold his ship to a man from the north\n\n{}\n\nwas never seen again."
    )
    text = "\n\n".join(halves.format(f"THE LONG ROAD {page}") for page in range(12, 16))
    assert reasons(text) == {"page number"}
    assert kept(text)[:2] == [half.strip() for half in halves.split("{}")]
    text = "\n\n".join(halves.format(f"- {page} -") for page in range(12, 16))
    assert reasons(text) == {"page number"}
    assert reasons("\n\n".join(halves.format(page) for page in (12, 13))) == {"page number"}
    assert reasons(halves.format(12)) == set()  # one alone may be of the text


@pytest.mark.parametrize(
    "text",
    [
        "She had the book from Project Gutenberg, and a licence to print it.",
        "Project Gutenberg's volunteers came to the harbour that night.",
        "Copyright is a strange thing, said the captain.",
        "Contents of the Box",
        f"{ONE}\n\n* * * * *\n\n{TWO}",
        f"{ONE}\n\n-----\n\n{TWO}",
        f"Contents\n\n{ONE}",
        "The licence hung on the wall.",
        f"She read a list.\n\n{ONE}\n\nContents\n\nHow I was born\nHow I left\n\n{TWO}",
        "The name is snake_case_name, and not _name.",
        "The name is _name_of_it and nothing else",
        "From [1] and [2] it follows that [1] + [2] = [3].",
        "[1] + [2] = [3]",
        "The set {12} has one element, and {x} another.",
        "1\n\nThe sea was calm.\n\n2\n\nThe wind rose.\n\n3\n\nThe ship sank.",
        "- 1 -\n\nThe sea was calm.\n\n- 2 -\n\nThe wind rose.",
        "Chapter 1\n\nThe sea was calm.\n\nChapter 2\n\nThe wind rose.",
        "5 The boat is gone, the lamp is out,\n6 And nobody is there,\n7 And nobody will ask.",
        "The end of the project came in May.\n\nNobody was told.",
        "Notes\n\nHe played the same notes on Sundays.",
        "Produced by the boiler, steam filled the room and nobody could see the other end of it, "
        "nor the captain, who had sold his ship.",
        "[Illustrations of this are many.]",
        "Published by nobody, it was read by everybody.",
        "“Loved this book ?” he asked.\n\nShe had not.",
        "Die Anmerkung des Kapitäns war kurz.",
    ],
)
def test_what_only_looks_like_a_frame_is_text(text):
    document = read(text)
    assert document.left_out == ()
    assert document.blocks == cut(text)


@pytest.mark.parametrize(
    "text", ["*** END OF THE PROJECT GUTENBERG EBOOK 1 ***", "[Pg 1]", "* * *"]
)
def test_nothing_but_a_frame_stays(text):
    assert kept(text) == [text]


PIECES = [
    ONE, "a", "[Pg 3]", "[Illustration: a", "]", "[Footnote 1:", "FOOTNOTES", "[1] x", "CONTENTS",
    "One .... 3", "* * *", "{3}", "_a_", "［＃a］", "底本：", "Transcriber's Note", "x.[1] Y",
    "*** START OF THE PROJECT GUTENBERG EBOOK ***", "*** END OF THE PROJECT GUTENBERG EBOOK ***",
    "Produced by", "End of Project Gutenberg", "【テキスト中に現れる記号について】", "----",
]  # fmt: skip


@given(
    st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(["\n", "\n\n", " ", "\n\n\n\n"])))
)
def test_every_character_is_somewhere_once(pieces):
    text = "".join(piece + end for piece, end in pieces)
    if text.strip():
        read(text)
