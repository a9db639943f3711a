import zipfile

import pytest

from aligner.errors import ReadError
from aligner.formats.readers import read
from aligner.verification.raw_text import unread

BOOK = """<?xml version="1.0" encoding="{encoding}"?>
<FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0"
 xmlns:l="http://www.w3.org/1999/xlink"><description><title-info><genre>sea</genre>
<book-title>Паром</book-title><annotation><p>О пароме.</p></annotation><lang>ru</lang>
</title-info></description>
<body><title><p>Паром</p></title><epigraph><p>Ветер.</p><text-author>Н. Н.</text-author></epigraph>
<section><title><p>Глава 1</p></title><p>Паром отошёл<a l:href="#n1" type="note">[1]</a> в
 <emphasis>девять</emphasis>.</p><empty-line/><subtitle>* * *</subtitle>
<poem><stanza><v>Дождь идёт,</v><v>и никого.</v></stanza></poem>
<section><p>Внутри.</p></section></section>
<section><table><tr><td>Да</td><td>Нет</td></tr></table><cite><p>Сказано.</p></cite></section>
</body><body name="notes"><section id="n1"><title><p>1</p></title><p>Утра.</p></section></body>
<binary id="a.png" content-type="image/png">iVBORw0KGgo=</binary></FictionBook>"""


def save(tmp_path, text=BOOK, encoding="utf-8", suffix="fb2"):
    path = tmp_path / f"a.{suffix}"
    raw = text.replace("{encoding}", encoding).encode(encoding)
    if suffix.lower().endswith("zip"):
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("паром.fb2", raw)
    else:
        path.write_bytes(raw)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1251", "utf-16"])
@pytest.mark.parametrize("suffix", ["fb2", "fb2.zip", "FB2", "Fb2.Zip"])
def test_a_book(tmp_path, encoding, suffix):
    path = save(tmp_path, encoding=encoding, suffix=suffix)
    book = read(path)
    assert (book.title, book.lang) == ("Паром", "ru")
    assert [(block.kind, block.text, block.place) for block in book.blocks] == [
        ("heading", "Паром", "beginning"),
        ("paragraph", "Ветер.", "beginning"),
        ("paragraph", "Н. Н.", "beginning"),
        ("heading", "Глава 1", "chapter 1"),
        ("paragraph", "Паром отошёл в девять.", "chapter 1"),
        ("heading", "* * *", "chapter 1"),
        ("paragraph", "Дождь идёт,", "chapter 1"),
        ("paragraph", "и никого.", "chapter 1"),
        ("paragraph", "Внутри.", "chapter 1"),
        ("cell", "Да", "chapter 2"),
        ("cell", "Нет", "chapter 2"),
        ("paragraph", "Сказано.", "chapter 2"),
    ]
    assert [(piece.text, piece.reason) for piece in book.left_out] == [
        ("О пароме.", "about the book"),
        ("[1]", "note mark"),
        ("1", "note"),
        ("Утра.", "note"),
    ]
    assert unread(path, book, None).letters == 0


def test_a_book_that_is_not_quite_xml(tmp_path, caplog):
    text = BOOK.replace("Внутри.", "Внутри&nbsp;дома\x02.")
    assert any(block.text == "Внутри дома." for block in read(save(tmp_path, text)).blocks)
    assert "repaired were names of characters (1), control characters (1)" in caplog.text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (BOOK[:700], "no valid FictionBook"),
        ("<html><body><p>x</p></body></html>", "this is not a FictionBook: its first element is"),
        (BOOK.partition("<body>")[0] + "</FictionBook>", "there is no text in the file"),
    ],
)
def test_what_is_no_book_is_refused(tmp_path, text, said):
    with pytest.raises(ReadError, match=said):
        read(save(tmp_path, text))


def test_a_container_of_several_books(tmp_path):
    path = save(tmp_path, suffix="fb2.zip")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("b.fb2", "x")
    with pytest.raises(ReadError, match=r"there are 2 books in it; unpack it"):
        read(path)
