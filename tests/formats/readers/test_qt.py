import pytest

from aligner.errors import ReadError
from aligner.formats.readers import read

CATALOGUE = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE" sourcelanguage="en">
<context><name>MainWindow</name>
<message><location filename="a.cpp" line="3"/><source>&amp;Open %1</source>
<translation>%1 &amp;öffnen</translation></message>
<message><source>Close<byte value="x9"/>it</source><translation type="unfinished">Zu</translation>
</message>
<message><source>New</source><translation type="unfinished"></translation></message>
<message><source>Old</source><translation type="vanished">Alt</translation></message>
<message numerus="yes"><source>%n files</source><translation><numerusform>%n Datei</numerusform>
<numerusform>%n Dateien</numerusform></translation></message>
</context></TS>"""


def saved(tmp_path, text):
    path = tmp_path / "a.ts"
    path.write_text(text, "utf-8")
    return path


def test_messages_and_translations(tmp_path):
    found = read(saved(tmp_path, CATALOGUE))
    pairs = [
        (found.src_text(bead), found.tgt_text(bead), bead.flags) for bead in found.alignment.beads
    ]
    assert pairs == [
        ("&Open %1", "%1 &öffnen", ()),
        ("Close it", "Zu", ("unfinished",)),
        ("New", "", ("unfinished",)),
        ("%n files", "%n Datei", ()),
        ("%n files", "%n Dateien", ()),
    ]
    assert (found.src.lang, found.tgt.lang) == ("en", "de-DE")
    assert found.src.blocks[0].place == "line 5"


def test_languages_are_told_where_it_does_not_say(tmp_path):
    bare = CATALOGUE.replace(' language="de_DE" sourcelanguage="en"', "")
    assert read(saved(tmp_path, bare)).tgt.lang in ("de", "und")
    assert read(saved(tmp_path, bare)).src.lang == "en"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("const a: number = 1;", "no valid catalogue of Qt"),
        ("<xliff/>", "no catalogue of Qt Linguist"),
        ("<TS></TS>", "there are no messages"),
        (CATALOGUE.replace("</context>", ""), "no valid catalogue of Qt"),
        (CATALOGUE.replace('"x9"', '"z"'), "no valid catalogue of Qt"),
    ],
)
def test_what_is_refused(tmp_path, text, problem):
    with pytest.raises(ReadError, match=problem):
        read(saved(tmp_path, text))
