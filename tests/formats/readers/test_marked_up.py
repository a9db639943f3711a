import pytest

from aligner.errors import ReadError
from aligner.formats.readers import read

DOCBOOK = """<article xmlns="http://docbook.org/ns/docbook" xml:lang="de">
<info><title>The <emphasis>Ferry</emphasis></title><author>N. N.</author></info>
<para>It <emphasis>left</emphasis> at
nine<footnote><para>A note.</para></footnote>.</para>
<para><emphasis>All</emphasis> <emphasis>aboard</emphasis></para>
<itemizedlist><listitem><para>One.</para></listitem><listitem>Two.</listitem></itemizedlist>
<programlisting>x = 1</programlisting><!-- not read -->
<informaltable><tgroup><tbody><row><entry>Yes</entry><entry>Ja</entry></row></tbody></tgroup>
</informaltable><note><para>Mind the gap.</para></note></article>"""
DITA = """<concept xml:lang="en-US"><title>Start</title><shortdesc>Short.</shortdesc>
<prolog><author>me</author></prolog><conbody>
<p>Press <uicontrol>OK</uicontrol>.<ul><li>A</li><li>B <b>c</b></li></ul></p>
<codeblock>ls</codeblock><note>Careful.</note></conbody></concept>"""
TEI = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><title>T</title></teiHeader>
<text><body><div><head>One</head><lg><l>Line a,</l><l>line b.</l></lg>
<p>He <note place="foot">Who?</note>went<lb/>home.</p></div></body></text></TEI>"""
OTHER = "<menu><dish><name>Soup</name><desc>A <i>hot</i> one.</desc></dish></menu>"


def saved(tmp_path, text, suffix):
    path = tmp_path / f"a.{suffix}"
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "suffix", "blocks", "left_out", "title", "lang"),
    [
        (
            DOCBOOK,
            "dbk",
            [
                ("heading", 0, "The Ferry"),
                ("paragraph", 0, "It left at nine."),
                ("paragraph", 0, "All aboard"),
                ("paragraph", 0, "One."),
                ("paragraph", 0, "Two."),
                ("cell", 1, "Yes"),
                ("cell", 2, "Ja"),
                ("paragraph", 0, "Mind the gap."),
            ],
            [("metadata", "N. N."), ("note", "A note."), ("code", "x = 1")],
            "The Ferry",
            "de",
        ),
        (
            DITA,
            "dita",
            [
                ("heading", 0, "Start"),
                ("paragraph", 0, "Short."),
                ("paragraph", 0, "Press OK."),
                ("paragraph", 0, "A"),
                ("paragraph", 0, "B c"),
                ("paragraph", 0, "Careful."),
            ],
            [("metadata", "me"), ("code", "ls")],
            "Start",
            "en-US",
        ),
        (
            TEI,
            "tei",
            [
                ("heading", 0, "One"),
                ("paragraph", 0, "Line a,"),
                ("paragraph", 0, "line b."),
                ("paragraph", 0, "He went"),
                ("paragraph", 0, "home."),
            ],
            [("metadata", "T"), ("note", "Who?")],
            "One",
            "",
        ),
        (OTHER, "xml", [("paragraph", 0, "Soup"), ("paragraph", 0, "A hot one.")], [], "", ""),
    ],
)
def test_documents(tmp_path, text, suffix, blocks, left_out, title, lang):
    found = read(saved(tmp_path, text, suffix))
    assert [(each.kind, each.column, each.text) for each in found.blocks] == blocks
    assert [(each.reason, each.text) for each in found.left_out] == left_out
    assert (found.title, found.lang) == (title, lang)


def test_places_are_lines_of_the_file(tmp_path):
    found = read(saved(tmp_path, DOCBOOK, "xml"))
    assert [each.place for each in found.blocks][:3] == ["line 2", "line 3", "line 5"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("<a><b></a>", "no valid XML"),
        ("<a/>", "there is no text in the file"),
        (
            '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a>&b;</a>',
            "the entity &b; is not expanded|no valid XML",
        ),
    ],
)
def test_what_is_refused(tmp_path, text, problem):
    with pytest.raises(ReadError, match=problem):
        read(saved(tmp_path, text, "xml"))


def test_terms_and_titles_of_books_are_words_of_their_line(tmp_path):
    text = (
        "<doc><p>The <term>ferry</term> in <title>Emma</title> sank.</p><dl><dt>a</dt></dl></doc>"
    )
    found = read(saved(tmp_path, text, "tei"))
    assert [(each.kind, each.text) for each in found.blocks] == [
        ("paragraph", "The ferry in Emma sank."),
        ("paragraph", "a"),
    ]
