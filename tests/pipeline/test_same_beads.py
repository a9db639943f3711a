"""Two versions of one text give the same beads whatever they are saved as."""

from functools import cache

import pytest

import aligner
from tests import ROOT, STORY
from tests.formats.readers.test_layouts import save_docx, save_epub, save_html, save_lines, save_srt

PLAIN = str.maketrans("“”’", '""\'')
HEADINGS = [
    ("Chapter 1. The Island", "Глава 1. Остров"),
    ("Chapter 2. The Visitor", "Глава 2. Гостья"),
]
WRITERS = {"docx": save_docx, "epub": save_epub, "html": save_html, "srt": save_srt}


@cache
def story(suffix):
    """The pairs of a story that other programs saved: pandoc, a browser."""
    bitext = aligner.align(STORY / f"story.en.{suffix}", STORY / f"story.ru.{suffix}")
    return [
        tuple(text.removeprefix("- ").translate(PLAIN) for text in texts)
        for texts in ((bitext.src_text(b), bitext.tgt_text(b)) for b in bitext.alignment.beads)
    ]


@pytest.mark.parametrize("suffix", ["docx", "epub", "html", "pdf"])
def test_a_story_saved_by_other_programs(suffix):
    assert len(story("txt")) == 19
    assert story(suffix) == story("txt")


def test_the_title_in_the_front_matter_of_markdown_is_text():
    assert story("md") == story("txt")


@pytest.mark.parametrize("suffix", ["srt", "vtt", "ass"])
def test_cues_are_no_headings(suffix):
    # "Chapter 1." and what the chapter is called are two sentences in a cue.
    text = [pair for pair in story("txt") if pair not in HEADINGS]
    cut = [("Chapter 1.", "Глава 1."), ("The Island", "Остров")]
    cut += [("Chapter 2.", "Глава 2."), ("The Visitor", "Гостья")]
    assert [pair for pair in story(suffix) if pair not in cut] == text
    assert len(story(suffix)) == len(text) + len(cut)


@pytest.fixture(scope="module")
def izvestia(tmp_path_factory):
    """The article's two sides, a line a block, and the beads of those two text files."""
    folder = tmp_path_factory.mktemp("izvestia")
    both = aligner.align(ROOT / "seeds" / "izvestia.txt")
    sides = {
        lang: [block.text for block in document.blocks]
        for lang, document in (("en", both.src), ("ru", both.tgt))
    }
    return folder, sides, beads(folder, sides, "txt", save_lines)


def beads(folder, sides, suffix, save):
    for lang, lines in sides.items():
        save(folder / f"{lang}.{suffix}", lines)
    bitext = aligner.align(folder / f"en.{suffix}", folder / f"ru.{suffix}")
    return [(bitext.src_text(b), bitext.tgt_text(b), b.kind) for b in bitext.alignment.beads]


@pytest.mark.parametrize("suffix", WRITERS)
def test_an_article_with_joined_sentences(izvestia, suffix):
    folder, sides, expected = izvestia
    assert sum(kind != "1-1" for *_, kind in expected) == 7
    assert beads(folder, sides, suffix, WRITERS[suffix]) == expected
