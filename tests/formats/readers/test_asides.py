"""What a page says of its own parts: notes, imprints, page numbers."""

import pytest
from lxml import html

from aligner.formats.readers.markup import blocks


def read(body):
    found = list(blocks(html.document_fromstring(f"<html><body>{body}</body></html>")))
    kept = [each.text.strip() for each in found if not each.reason and not each.furniture]
    return kept, [(each.text.strip(), each.reason) for each in found if each.reason]


@pytest.mark.parametrize(
    "mark",
    [
        '<a epub:type="noteref" href="n.xhtml#n1">1</a>',
        '<a role="doc-noteref" href="#x">12</a>',
        '<sup><a href="#x">3</a></sup>',
        '<a href="#x"><sup>3</sup></a>',
        '<a href="#ftn4">4</a>',
        '<a href="#_edn4">4</a>',
        '<a class="fnanchor" href="#a">[A]</a>',
        '<a href="#x">[*]</a>',
        '<a href="#x">†</a>',
        "<sup>7</sup>",
        "<sup>*</sup>",
        "<sup>[7]</sup>",
        '<a epub:type="backlink" href="#r1">↩</a>',
        '<a href="#r1">↩︎</a>',
    ],
)
def test_note_marks_are_no_text(mark):
    kept, left = read(f"<p>The ferry left{mark} at nine.</p>")
    assert kept == ["The ferry left at nine."]
    assert [reason for _, reason in left] == ["note mark"]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("<p>The 5<sup>th</sup> of May</p>", "The 5th of May"),
        ("<p>M<sup>me</sup> Roy</p>", "Mme Roy"),
        ("<p>10<sup>6</sup> men</p>", "106 men"),
        ("<p>a room of 12 m<sup>2</sup></p>", "a room of 12 m2"),
        ("<p>x<sup>2</sup> + 1</p>", "x2 + 1"),
        ('<p>see <a href="#p12">12</a></p>', "see 12"),
        ('<p>see <a href="other.html">[1]</a></p>', "see [1]"),
        ('<p>see <a href="#fn">the note</a></p>', "see the note"),
        ('<p>we had <span class="footnote">talks of a kind</span></p>', "we had talks of a kind"),
        ("<p>as in [1] + [2] = [3]</p>", "as in [1] + [2] = [3]"),
    ],
)
def test_what_only_looks_like_a_mark_is_text(body, said):
    assert read(body) == ([said], [])


@pytest.mark.parametrize(
    ("part", "reason"),
    [
        ('<section epub:type="copyright-page"><p>x</p></section>', "imprint"),
        ('<section epub:type="imprint">x</section>', "imprint"),
        ('<section epub:type="colophon"><h2>x</h2></section>', "imprint"),
        ('<section epub:type="halftitlepage"><h2>x</h2></section>', "title page"),
        ('<section epub:type="titlepage"><p>x</p></section>', "title page"),
        ('<section epub:type="loi"><p>x</p></section>', "table of contents"),
        ('<nav epub:type="toc">x</nav>', "table of contents"),
        ('<div class="toc">x</div>', "table of contents"),
        ('<section epub:type="endnotes"><ol><li><p>x</p></li></ol></section>', "note"),
        ('<aside epub:type="footnote">x</aside>', "note"),
        ('<aside role="doc-footnote">x</aside>', "note"),
        ('<div class="footnote"><p>x</p></div>', "note"),
        ('<div class="transnote"><p>x</p></div>', "transcriber's note"),
        ('<section class="pg-boilerplate pgheader" id="pg-header">x</section>',
         "Project Gutenberg's frame"),
        ('<p>So.<span class="pagenum">[12]</span></p>', "page number"),
        ('<p>So.<span epub:type="pagebreak" id="p12">12</span></p>', "page number"),
    ],
)  # fmt: skip
def test_parts_that_are_no_text(part, reason):
    kept, left = read(f"<p>One.</p>{part}<p>Two.</p>")
    assert [text for text in kept if text != "So."] == ["One.", "Two."]
    assert [why for _, why in left] == [reason]


@pytest.mark.parametrize("named", ["dedication", "epigraph", "preface", "chapter", "epilogue"])
def test_parts_that_are_text(named):
    assert read(f'<section epub:type="{named}"><p>To Ann.</p></section>') == (["To Ann."], [])


def test_marks_stand_behind_their_block_and_in_notes_are_notes():
    kept, left = read(
        '<p>He left<a href="#fn1"><sup>1</sup></a>.</p><ol class="footnotes">'
        '<li id="fn1">See page nine. <a href="#r1">↩</a></li></ol>'
    )
    assert kept == ["He left."]
    assert left == [("1", "note mark"), ("See page nine.", "note"), ("↩", "note")]
