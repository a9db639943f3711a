import pytest

from aligner.formats.readers import html
from aligner.formats.readers.found_blocks import source
from aligner.formats.readers.markup import Found, blocks, parse

PARAGRAPHS = [
    "The ferry leaves the island twice a day, in the morning and at dusk, whatever the weather.",
    "Nobody on board spoke while the captain counted the passengers again, slowly and aloud.",
    "In the end he shrugged, and the engine started with a cough that made the children laugh.",
    "By the time we saw the lights of the harbour it was quite dark and had begun to rain.",
]

PAGE = """<!DOCTYPE html><html><head><title>The Ferry &amp; the Fog</title>
<style>p {{ color: red }}</style><script>var text = "<p>script</p>";</script></head><body>
<header><nav><ul><li><a href="/">Home</a></li><li><a href="/news">All the news</a></li></ul></nav>
</header><main><article><h1>The Ferry</h1>{text}
<p class="more">Read more: <a href="/x">Another article about ferries and their captains</a></p>
</article></main><aside><h3>Most read</h3><ul><li><a href="/1">One other headline</a></li>
<li><a href="/2">Two other headlines</a></li></ul></aside>
<footer><p>Copyright 2021. All rights reserved.</p><form><label>E-mail</label><button>Send</button>
</form></footer></body></html>"""


def page(text=None):
    return PAGE.format(text=text or "".join(f"<p>{each}</p>\n" for each in PARAGRAPHS))


def read(tmp_path, text, saved_as="utf-8", **options):
    path = tmp_path / "a.html"
    path.write_bytes(text.encode(saved_as))
    return html.read(path, **options)


def texts(document):
    return [block.text for block in document.blocks]


def test_the_article_is_kept_and_the_page_around_it_reported(tmp_path):
    document = read(tmp_path, page())
    assert texts(document) == ["The Ferry", *PARAGRAPHS]
    assert document.title == "The Ferry & the Fog"
    left = [piece.text for piece in document.left_out]
    assert left[:2] == ["Home", "All the news"]
    assert "Copyright 2021. All rights reserved." in left
    assert {piece.reason for piece in document.left_out} == {"page furniture"}


def test_nothing_disappears_in_silence(tmp_path):
    text = page()
    everything = {" ".join(each.text.split()) for each in blocks(parse(text)[0])}
    assert set(source(read(tmp_path, text)).split("\n\n")) == everything


def test_short_paragraphs_inside_the_article_stay(tmp_path):
    text = "".join(f"<p>{each}</p><p>“No.”</p>" for each in PARAGRAPHS)
    assert texts(read(tmp_path, page(text))).count("“No.”") == len(PARAGRAPHS)


def test_a_plain_page_is_text_as_a_whole(tmp_path):
    text = "<html><body><h2>One</h2><p>Yes.<p>No.<br>Why?<ul><li>Apples<li>Pears</ul></body></html>"
    document = read(tmp_path, text)
    assert texts(document) == ["One", "Yes.", "No.", "Why?", "Apples", "Pears"]
    assert document.left_out == ()


def test_a_second_language_in_another_column_stays(tmp_path):
    german = [
        "Die Fähre verlässt die Insel zweimal am Tag, morgens und in der Dämmerung, immer.",
        "Niemand an Bord sprach, während der Kapitän die Passagiere noch einmal zählte.",
        "Schließlich zuckte er mit den Schultern, und der Motor sprang hustend wieder an.",
    ]
    columns = (
        "<div id='a'>" + "".join(f"<p>{each}</p>" for each in PARAGRAPHS) + "</div>"
        "<div id='b' class='sidebar'>" + "".join(f"<p>{each}</p>" for each in german) + "</div>"
    )
    found = texts(read(tmp_path, page(columns)))
    assert [each for each in found if each in german] == german
    assert [each for each in found if each in PARAGRAPHS] == PARAGRAPHS


def test_table_cells_keep_their_order(tmp_path):
    rows = "<tr><td><p>One.</p></td><td>Eins.</td></tr><tr><td>Two.</td><td>Zwei.</td></tr>"
    document = read(tmp_path, f"<html><table>{rows}</table></html>")
    assert [(block.kind, block.text) for block in document.blocks] == [
        ("cell", "One."),
        ("cell", "Eins."),
        ("cell", "Two."),
        ("cell", "Zwei."),
    ]


def test_hidden_text_scripts_comments_and_ruby_readings_are_no_text(tmp_path):
    text = (
        "<html><p>Seen<!-- not --> <b>this</b>.</p><p hidden>Not this.</p><p style='display: none'>"
        "Nor this.</p><script>1</script><noscript>Nor that.</noscript>"
        "<p><ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>字</p></html>"
    )
    assert texts(read(tmp_path, text)) == ["Seen this.", "漢字"]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1251", "koi8-r", "utf-16"])
def test_the_page_says_its_encoding(tmp_path, encoding):
    text = f'<html><head><meta charset="{encoding}"></head><p>Съешь ещё этих булок.</p></html>'
    assert texts(read(tmp_path, text, encoding)) == ["Съешь ещё этих булок."]


def test_a_page_that_is_wrong_about_its_encoding(tmp_path):
    text = (
        '<html><head><meta charset="us-ascii"></head><p>' + "Съешь ещё булок. " * 9 + "</p></html>"
    )
    assert texts(read(tmp_path, text, "cp1251"))[0].startswith("Съешь ещё")


def test_a_forced_encoding_wins(tmp_path):
    text = '<html><head><meta charset="utf-8"></head><p>Съешь ещё</p></html>'
    assert texts(read(tmp_path, text, "cp1251", encoding="cp1251")) == ["Съешь ещё"]


def test_an_xml_declaration_is_no_obstacle(tmp_path):
    text = '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><p>Да.</p></html>'
    assert texts(read(tmp_path, text)) == ["Да."]


def test_deep_nesting_is_no_obstacle(tmp_path):
    text = "<html>" + "<div>" * 150 + "Deep." + "</div>" * 150 + "</html>"
    assert texts(read(tmp_path, text)) == ["Deep."]


def found(text, tag="p", links=0, *, in_furniture=False):
    return Found(text, "paragraph", tag, links, in_furniture)


def test_a_headline_just_above_the_article_belongs_to_it():
    headline = found("Title", "h1")
    lead = [found("by", "div")] * html.MAX_ABOVE
    assert html._headline([headline, found("x")], 1) == {0}
    assert html._headline([headline, *lead[1:], found("x")], html.MAX_ABOVE) == {0}
    assert html._headline([headline, *lead, found("x")], html.MAX_ABOVE + 1) == set()
    assert html._headline([headline, found("x"), found("Next", "h1")], 0) == set()
    assert html._headline([found("x"), headline], 1) == set()
    assert html._headline([found("Title", "h2"), found("x")], 1) == set()
    assert html._headline([found("Title", "h1", in_furniture=True), found("x")], 1) == set()


def test_running_text_that_was_missed_is_taken_in_where_there_is_much_of_it():
    kept = [found(PARAGRAPHS[0] * 4)]
    long = found(PARAGRAPHS[1])
    everything = frozenset(range(3))
    assert html._with_missed([*kept, long, long], [0], everything) == [0, 1, 2]
    assert html._with_missed([*kept, long, long], [0], frozenset({0, 1})) == [0]
    assert html._with_missed([long, *kept, long], [1], everything) == [0, 1, 2]
    few = found(PARAGRAPHS[1][: html.MIN_MISSED_CHARS - 2] + ".")
    assert html._with_missed([long, few, few], [0], everything) == [0]
    menu = found(PARAGRAPHS[1], links=len(PARAGRAPHS[1]))
    assert html._with_missed([long, menu, menu], [0], everything) == [0]
    labels = found(("Home News Sport Weather Travel " * 4)[: html.MIN_MISSED_CHARS])
    assert html._with_missed([long, labels, labels], [0], everything) == [0]


def test_inside_the_article_links_and_closing_words_are_no_text_unless_they_are_known():
    text, links = found("A dog."), found("A dog.", links=4)
    half = found("A dog.", links=3)
    closing = found("Share this article")
    assert html._is_text(text, hit=False)
    assert html._is_text(half, hit=False)
    assert not html._is_text(links, hit=False)
    assert html._is_text(links, hit=True)
    assert html._is_text(closing, hit=True)
    assert not html._is_text(closing, hit=False)


LAYOUT = """<html><body><table><tr>
<td class="{}"><a href="/">Home</a> <a href="/a"><b>Archive</b></a>{}</td>
<td><h1>Gears</h1><p>Put a half gear on the left knob and a third gear on the right one to begin.
<p>If the left knob turns, the middle gear turns three times as fast the other way.</td>
</tr></table></body></html>"""


@pytest.mark.parametrize("name", ["sidebar", "left Menu", "navbar"])
def test_links_beside_the_text_of_a_layout_table_are_left_out(tmp_path, name):
    found = read(tmp_path, LAYOUT.format(name, ""))
    assert texts(found)[0] == "Gears"
    assert len(found.blocks) == 3
    assert [(each.text, each.reason) for each in found.left_out] == [
        ("Home Archive", "page furniture")
    ]


@pytest.mark.parametrize(
    ("name", "more"), [("content", ""), ("menu", " Soup of the day, with bread and butter.")]
)
def test_what_is_not_called_so_or_holds_text_stays(tmp_path, name, more):
    assert len(read(tmp_path, LAYOUT.format(name, more)).blocks) == 4
