"""The page: all text is text, all beads are there, and nothing is fetched or run but ours."""

import base64
import hashlib
import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from lxml import html as lxml_html

from aligner.formats.losses import NOT_XML
from aligner.formats.writers import html
from aligner.formats.writers.reader_page.bundle import bundle
from aligner.formats.writers.reader_page.link_encoding import encode
from aligner.formats.writers.reader_page.page_head import direction, gather
from aligner.types import (
    Alignment,
    Bead,
    Bitext,
    Block,
    Correction,
    Document,
    LeftOut,
    Move,
    Origin,
    Placed,
    Provenance,
    Quote,
    Segment,
    Span,
)
from aligner.types.word_links import WordLinks
from aligner.wording import permille
from tests.formats.writers.bitexts import bitexts

EVIL = [
    "<script>alert(1)</script>",
    "</script><script>alert(2)</script>",
    "</style><style>*{display:none}</style>",
    '"><img src=x onerror=alert(3)>',
    "javascript:alert(4)",
    "{{ 7 * 7 }} {% raw %}",
    "<!-- --> ]]> &lt; &amp;",
]


def page(bitext: Bitext) -> str:
    out = BytesIO()
    html.write(bitext, out)
    return out.getvalue().decode("utf-8")


def plain(text: str) -> str:
    """Return a text as a page can hold it: legal characters, white space folded."""
    return " ".join(NOT_XML.sub("", text).split())


def pairs(n: int, source: str = "One.", target: str = "Раз.") -> Bitext:
    """A bitext of n equal pairs, ten a paragraph."""
    sides = []
    for text, lang in ((source, "en"), (target, "ru")):
        segments = tuple(
            Segment(text, i * len(text), (i + 1) * len(text), i // 10) for i in range(n)
        )
        blocks = tuple(Block(text * 10, start=i * 10 * len(text)) for i in range((n + 9) // 10))
        sides.append(Document(blocks, lang, Origin("novel.txt"), segments))
    beads = tuple(Bead(Span(i, i + 1), Span(i, i + 1), 1.0, 0.99) for i in range(n))
    return Bitext(sides[0], sides[1], Alignment(beads, n, n), Provenance("0.1.0", "embedded"))


@given(bitexts())
@settings(deadline=None, max_examples=40)
def test_every_bead_is_a_row_with_its_texts(bitext: Bitext) -> None:
    tree = lxml_html.document_fromstring(
        page(bitext).encode(), parser=lxml_html.HTMLParser(encoding="utf-8")
    )
    rows = tree.xpath("//ol[@class='group']/li")
    assert [row.get("id") for row in rows] == [
        f"b{number}" for number in range(1, len(bitext.alignment.beads) + 1)
    ]
    for row, bead in zip(rows, bitext.alignment.beads, strict=True):
        cells = row.xpath("./p|./h2")
        texts = bitext.src_text(bead), bitext.tgt_text(bead)
        for cell, text, lang in zip(cells, texts, (bitext.src.lang, bitext.tgt.lang), strict=True):
            if cell.get("class") == "gap":
                assert text == ""
            else:
                assert plain(cell.text_content()) == plain(text)
                assert cell.get("lang") == lang


@pytest.mark.parametrize("evil", EVIL)
def test_text_is_only_text_wherever_it_stands(evil: str) -> None:
    bitext = pairs(1, evil, evil)
    side = replace(
        bitext.src,
        title=evil,
        blocks=(Block(evil, "heading"),),
        origin=Origin(evil),
        left_out=(LeftOut(evil, 0, 1, evil, evil),),
    )
    bitext = replace(
        bitext,
        src=side,
        tgt=replace(side, left_out=()),
        alignment=replace(bitext.alignment, beads=(Bead(Span(0, 1), Span(0, 1), flags=(evil,)),)),
        provenance=Provenance(evil, evil, ((evil, evil),), evil),
    )
    harmless = page(pairs(1, "harmless", "harmless"))
    result = page(bitext)
    for tag in ("script", "style", "img", "a"):
        count = len(re.findall(f"<{tag}[ >]", result))
        assert count == len(re.findall(f"<{tag}[ >]", harmless))
    tree = lxml_html.document_fromstring(result)
    assert plain(tree.findtext(".//h1")) == plain(evil)
    assert not [name for e in tree.iter() for name in e.attrib if name.startswith("on")]


def test_the_policy_lets_only_our_style_and_script_in() -> None:
    text = page(pairs(2))
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)[1]
    rules = dict(rule.split(" ", 1) for rule in policy.replace("&#39;", "'").split("; "))
    assert rules["default-src"] == "'none'"
    for name, tag in (("style-src", "style"), ("script-src", "script")):
        bodies = re.findall(rf'<{tag}(?: type="module")?>(.*?)</{tag}>', text, re.DOTALL)
        digests = [hashlib.sha256(body.encode()).digest() for body in bodies]
        expected = [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]
        assert rules[name].split() == expected
        assert bodies


def test_nothing_is_fetched() -> None:
    text = page(pairs(2))
    found = re.findall(r'(?:href|src|action)="([^"]*)"|url\(([^)]*)\)|@import', text)
    assert {link[0][:5] for link in found} == {"#text", "data:", "#b1", "#b2"}


def test_the_head_says_how_sure_the_program_is(sample: Bitext) -> None:
    text = plain(lxml_html.document_fromstring(page(sample)).text_content())
    assert "52 segments, 96.2 % paired" in text
    assert "36 × 1–1, 7 × 2–1, 2 × 1–0, 1 × 0–1" in text
    assert "about 2.8 of 46 may be wrong" in text
    assert "2 January 2025" in text


def test_check_first_names_the_least_sure(sample: Bitext) -> None:
    facts = gather(sample)
    confidences = [sample.alignment.beads[number - 1].confidence for number in facts.check_first]
    assert confidences == sorted(bead.confidence for bead in sample.alignment.beads)[:5]
    assert f'<a href="#b{facts.check_first[0]}">' in page(sample)


def test_doubt_is_a_sign_and_not_a_colour_alone(sample: Bitext) -> None:
    tree = lxml_html.document_fromstring(page(sample))
    for row in tree.xpath("//ol[@class='group']/li"):
        confidence = sample.alignment.beads[int(row.get("id")[1:]) - 1].confidence
        mark = "".join(row.xpath("./a/b/text()"))
        assert mark == ("??" if confidence < 0.5 else "?" if confidence < 0.8 else "")
        assert int(row.get("data-c")) == permille(confidence)


def test_a_new_pair_of_what_was_refused_is_still_asked_for() -> None:
    """Row 1 stands alone now; row 2 took the other side, and nobody has looked at that."""
    beads = (
        Bead(Span(0, 1), Span(0, 0), confidence=0.4),
        Bead(Span(1, 2), Span(0, 1), confidence=0.4),
        Bead(Span(2, 3), Span(1, 2), confidence=0.4, flags=("pinned",)),
        Bead(Span(3, 3), Span(2, 3), confidence=0.4),
    )
    bitext = replace(pairs(3), alignment=Alignment(beads, 3, 3))
    quote = Quote(("One.",))
    refused = [
        Placed(Correction("forbid", quote, quote), Span(i, i + 1), Span(0, 1)) for i in (0, 2)
    ]
    gone = Placed(Correction("forbid", quote, quote), reason="gone")
    bitext = replace(bitext, corrections=(*refused, gone))
    assert bitext.refused == {0, 1}
    assert bitext.unsure(0.8) == [1, 2, 3]
    tree = lxml_html.document_fromstring(page(bitext))
    marks = ["".join(row.xpath("./a/b/text()")) for row in tree.xpath("//ol[@class='group']/li")]
    assert marks == ["✗", "??✗", "✓", "??"]


def test_what_was_left_out_is_listed_with_its_reason(sample: Bitext) -> None:
    tree = lxml_html.document_fromstring(page(sample))
    items = [plain(item.text_content()) for item in tree.xpath("//*[@class='left-out']//li")]
    assert len(items) == len(sample.left_out)
    assert items[0] == f"furniture line 1 {sample.left_out[0].text}"


@pytest.mark.parametrize(
    ("lang", "expected"),
    [("ar", "rtl"), ("he-IL", "rtl"), ("en", "ltr"), ("az-Arab", "rtl"), ("ur-Latn", "ltr")],
)
def test_direction_comes_from_language_and_script(lang: str, expected: str) -> None:
    assert direction(lang) == expected


def test_right_to_left_cells_say_so() -> None:
    bitext = pairs(1)
    text = page(replace(bitext, tgt=replace(bitext.tgt, lang="ar")))
    assert text.count('lang="ar" dir="rtl"') == 1
    assert 'lang="en" dir="rtl"' not in text


def test_a_moved_block_links_to_where_it_stands() -> None:
    bitext = pairs(2)
    beads = (
        Bead(Span(0, 1), Span(0, 0)),
        Bead(Span(1, 2), Span(0, 1)),
        Bead(Span(2, 2), Span(1, 2)),
    )
    moves = (Move(Span(0, 1), Span(1, 2), 1.0),)
    text = page(replace(bitext, alignment=Alignment(beads, 2, 2, moves)))
    assert 'Moved: <a href="#b3">in Russian at 3</a>' in text
    assert 'Moved: <a href="#b1">in English at 1</a>' in text
    assert "moved (1 passage): the counterpart stands where the link leads" in text
    assert "not in" not in text[text.index("<main") : text.index("</main>")]


def test_rows_of_a_block_that_moved_lead_to_rows_of_the_other() -> None:
    bitext = pairs(4)
    beads = (
        *(Bead(Span(i, i + 1), Span(0, 0)) for i in range(3)),
        Bead(Span(3, 4), Span(0, 1)),
        *(Bead(Span(4, 4), Span(j, j + 1), flags=("moved",)) for j in range(1, 4)),
    )
    moves = (Move(Span(0, 3), Span(1, 4), 1.0),)
    text = page(replace(bitext, alignment=Alignment(beads, 4, 4, moves)))
    links = re.findall(r'Moved: <a href="#b(\d+)">', text)
    assert links == ["5", "6", "7", "1", "2", "3"]


def test_a_row_of_subtitles_shows_its_time() -> None:
    bitext = pairs(2)
    time = "00:00:01,000 --> 00:00:02,500"
    src = replace(bitext.src, blocks=(replace(bitext.src.blocks[0], kind="cue", place=time),))
    titles = lxml_html.document_fromstring(page(replace(bitext, src=src))).xpath("//li/a/@title")
    assert titles == [time] * 2
    plain = lxml_html.document_fromstring(page(bitext))
    assert plain.xpath("//li/a/@title") == []


def test_paragraphs_that_begin_on_one_side_alone_are_indented() -> None:
    bitext = pairs(2)
    tgt = replace(
        bitext.tgt,
        blocks=(Block("Раз."), Block("Раз.")),
        segments=tuple(replace(s, block=i) for i, s in enumerate(bitext.tgt.segments)),
    )
    tree = lxml_html.document_fromstring(page(replace(bitext, tgt=tgt)))
    assert [cell.get("class") for cell in tree.xpath("//li[@id='b2']/p")] == [None, "i"]
    assert tree.xpath("//li[@id='b1']")[0].get("class") == "p"


def word_for_word(bitext: Bitext) -> Bitext:
    """Link the first word of each source segment with the first of the target, and so on."""
    places = [
        (at, *ours.span(), at, *theirs.span())
        for at, (src, tgt) in enumerate(zip(bitext.src.texts, bitext.tgt.texts, strict=True))
        for ours, theirs in zip(re.finditer(r"\w+", src), re.finditer(r"\w+", tgt), strict=False)
    ]
    table = np.array(places, np.int32).reshape(-1, 6)
    starts = np.searchsorted(table[:, 0], np.arange(len(bitext.src.segments) + 1))
    links = WordLinks(starts, table, np.ones(len(table), np.float32))
    return replace(bitext, alignment=replace(bitext.alignment, links=links))


@pytest.mark.parametrize("target", ["Так.", "Всё шло своим чередом, день за днём, и так далее."])
def test_a_novel_is_less_than_four_times_its_text(tmp_path: Path, target: str) -> None:
    source = "It was the best of times, it was the worst of times, and so on."
    bitext = word_for_word(pairs(20_000, source, target))
    text = sum(len(s.text.encode()) for side in (bitext.src, bitext.tgt) for s in side.segments)
    path = tmp_path / "novel.html"
    with path.open("wb") as out:
        html.write(bitext, out)
    assert path.stat().st_size < 4 * text


def test_an_empty_bitext_gives_a_page() -> None:
    side = Document((), "", Origin(""))
    text = page(Bitext(side, side, Alignment((), 0, 0)))
    assert "no beads" in text
    assert "<h1>Bitext</h1>" in text


def test_characters_that_html_cannot_hold_are_counted() -> None:
    assert html.write(pairs(1, "a\x00b\x01", "в\ud800"), BytesIO()).characters == 3


def test_links_are_written_as_source_maps_write_numbers() -> None:
    """The examples of ECMA-426: 0 is A, 1 C, -1 D, 16 gB, 1000 w+B."""
    written = encode(word_for_word(pairs(2, "It was", "Так было вот")))
    assert written == "AEAGCGCI;AEAGCGCI"
    assert encode(word_for_word(pairs(1, "a" * 16, "б" * 1000))) == "AgBAw+B"
    assert encode(pairs(2)) == ""


def test_links_count_as_the_page_does() -> None:
    """An emoji is two units of JavaScript, a character that is taken out none."""
    bitext = word_for_word(pairs(1, "🙂 so", "\x00так"))
    assert encode(bitext) == "GEAG"


def test_modules_become_one_script() -> None:
    modules = {
        "a.js": "export const x = 1;\nexport function f() {}\nexport class C {}\n",
        "b.js": 'import { x, f } from "./a.js";\nexport async function g() {}\n',
    }
    assert bundle(["a", "b"], modules.__getitem__) == (
        "const module_a = (() => {\nconst x = 1;\nfunction f() {}\nclass C {}\n\n"
        "return { x, f, C };\n})();\n"
        "const module_b = (() => {\nconst { x, f } = module_a;\nasync function g() {}\n\n"
        "return { g };\n})();"
    )


@pytest.mark.parametrize(
    "module", ['import { x } from "./later.js";', 'import x from "./a.js";', "export { x };"]
)
def test_what_the_bundle_does_not_understand_is_refused(module: str) -> None:
    with pytest.raises(ValueError, match="imports"):
        bundle(["a"], {"a.js": module}.__getitem__)
