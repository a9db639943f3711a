import pytest

from aligner.errors import ReadError
from aligner.formats.readers import po

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Language: pt_BR\\n"\n'
MESSAGES = """
#: main.c:1
msgid "Open the file"
msgstr "Abrir o arquivo"

#, fuzzy
msgid "Close "
"it"
msgstr "Feche"

msgid "Untranslated"
msgstr ""

msgid "%d file"
msgid_plural "%d files"
msgstr[0] "%d arquivo"
msgstr[1] "%d arquivos"

#~ msgid "Old"
#~ msgstr "Velho"
"""


def read(tmp_path, text):
    path = tmp_path / "a.po"
    path.write_text(text, "utf-8")
    return po.read(path)


def test_messages_and_translations_are_beads(tmp_path):
    bitext = read(tmp_path, HEADER + MESSAGES)
    beads = bitext.alignment.beads
    assert [(bitext.src_text(b), bitext.tgt_text(b), b.kind, b.flags) for b in beads] == [
        ("Open the file", "Abrir o arquivo", "1-1", ()),
        ("Close it", "Feche", "1-1", ("fuzzy",)),
        ("Untranslated", "", "1-0", ()),
        ("%d file", "%d arquivo", "1-1", ()),
        ("%d files", "%d arquivos", "1-1", ()),
    ]
    assert (bitext.src.lang, bitext.tgt.lang) == ("en", "pt-BR")
    assert bitext.src.blocks[0].place == "line 6"


def test_languages_that_the_catalogue_does_not_say_are_told_from_the_texts(tmp_path):
    message = 'msgid "Die Datei wurde nicht gefunden"\nmsgstr "Файл не был найден в папке"\n'
    bitext = read(tmp_path, message)
    assert (bitext.src.lang, bitext.tgt.lang) == ("de", "ru")


@pytest.mark.parametrize("text", ["Just text.\n", "msgid\n", "<html>"])
def test_what_is_no_catalogue_is_refused(tmp_path, text):
    with pytest.raises(ReadError, match=r"no PO catalogue|no messages") as caught:
        read(tmp_path, text)
    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith(str(tmp_path))


@pytest.mark.parametrize(
    ("forms", "expected"),
    [
        (["%d файл", "%d файла", "%d файлов"],
         [("one", "%d файл"), ("many", "%d файла"), ("many", "%d файлов")]),
        (["%d Datei", "%d Dateien"], [("one", "%d Datei"), ("many", "%d Dateien")]),
        (["%d 個"], [("one", "%d 個"), ("many", "%d 個")]),
        (["", "", ""], [("one", ""), ("many", ""), ("many", "")]),
    ],
)  # fmt: skip
def test_no_form_of_a_plural_is_lost(tmp_path, forms, expected):
    lines = [f'msgstr[{n}] "{form}"' for n, form in enumerate(forms)]
    text = '\n'.join(['msgid ""', 'msgstr "Language: ru\\n"', "", 'msgid "one"',
                      'msgid_plural "many"', *lines, ""])  # fmt: skip
    bitext = read(tmp_path, text)
    src, tgt = bitext.src.texts, bitext.tgt.texts
    assert [
        ("".join(src[b.src.start : b.src.stop]), "".join(tgt[b.tgt.start : b.tgt.stop]))
        for b in bitext.alignment.beads
    ] == expected
