import pytest

from aligner.formats.readers import txt
from aligner.text.blocks.paragraphs import cut
from aligner.text.blocks.saved_page import strip
from aligner.types import Document, Origin
from tests import SEEDS


def left_out(document):
    return [(piece.place, piece.reason) for piece in document.left_out]


@pytest.mark.parametrize(
    ("name", "first", "last", "expected"),
    [
        ("tass", "US will not provide", "On December 17, 2021", [("line 1", "menu")]),
        (
            "rbc",
            "Moscow skeptical of",
            "“I expect the Russian government",
            [
                ("line 3", "broken markup"),
                ("line 41", "page furniture"),
                ("line 44", "page furniture"),
                ("line 46", "page furniture"),
            ],
        ),
        (
            "telesur",
            "US May Not Agree",
            '"Besides the United States',
            [
                *((f"line {n}", "menu") for n in range(1, 7)),
                ("line 10", "caption"),
                ("line 12", "caption"),
                ("line 14", "credit line"),
                ("line 21", "link to another article"),
                ("line 37", "page furniture"),
            ],
        ),
        (
            "aljazeera",
            "Negotiations for security",
            "The Russian Foreign Ministry",
            [("line 27", "caption"), ("line 48", "page furniture"), ("line 50", "page furniture")],
        ),
    ],
)
def test_seeds_give_their_article(name, first, last, expected):
    document = strip(txt.read(SEEDS / f"{name}.txt"))
    assert document.blocks[0].text.startswith(first)
    assert document.blocks[-1].text.startswith(last)
    assert left_out(document) == expected


@pytest.mark.parametrize("name", ["tass", "rbc", "telesur", "aljazeera", "izvestia"])
def test_every_character_of_a_seed_is_somewhere_once(name):
    path = SEEDS / f"{name}.txt"
    source, document = path.read_text("utf-8"), strip(txt.read(path))
    pieces = [(b.start, b.start + len(b.text)) for b in document.blocks]
    pieces += [(p.start, p.stop) for p in document.left_out]
    position = 0
    for start, stop in sorted(pieces):
        assert not source[position:start].strip()
        position = stop
    assert not source[position:].strip()


NOVEL = """WAR AND FOG

by Mary Ann Smith

CHAPTER I

Photo albums lay on the table. On 3 May 1945 it had ended.

Comments were made by all the guests.

"Share!" cried the captain (Reuters was his name).

Search as they might, they found nothing at all.

Topics of talk were few.

THE END
"""


def test_a_novel_stays_as_it_is():
    document = Document(cut(NOVEL), "en", Origin("novel.txt"))
    assert strip(document) is document


def test_a_title_case_heading_inside_a_text_stays_unless_it_is_set_apart():
    text = (
        "All news\n\nThe First Title\n\nOne sentence.\n\nAnother Long Heading\n\nTwo sentences.\n"
    )
    document = strip(Document(cut(text), "en", Origin("x")))
    assert "Another Long Heading" in [block.text for block in document.blocks]
    document = strip(Document(cut(text.replace("\n\nAno", "\n\n\nAno")), "en", Origin("x")))
    assert left_out(document)[-1][1] == "link to another article"
