import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.text.blocks.paragraphs import cut
from aligner.text.sentences.splitter import segment, split
from aligner.types import Block, Document, Origin

GOLD = Path(__file__).parent / "gold"
LANGUAGES = (
    *("en", "ru", "de", "fr", "es", "tr", "zh", "ja", "ar", "hi"),
    *("el", "hy", "th", "he", "ko", "uk", "cs", "xx"),
)
# What sentences end with, open with and trip over, and some of everything else.
TRICKY = st.text(
    alphabet=st.sampled_from(
        "aBcДя漢か한ا9 \n\t\u00a0\u200b.!?…。！？;:,'\"“”«»‹›()[]—-*|/%।؟։\u0301😀\ud800"
    ),
    max_size=80,
)
PIECES = (
    "Mr. U.S. г. т. д. т.д. No. p. 5 12. IV. a.m. etc. J. I. The Он он Москва. “Why?” John "
    "asked. — … ... . ! [3] (!) «Да». z. B. Yahoo! 「はい。」 と 他说。 ; : १। ครับ เขา \n\n \n"
)
WORDS = st.lists(st.sampled_from(PIECES.split(" ")), max_size=40).map(" ".join)


def cases():
    for path in sorted(GOLD.glob("*.txt")):
        lang = path.stem
        for line in path.read_text("utf-8").splitlines():
            if line.startswith("= "):
                lang = line[2:]
            elif line and not line.startswith("#"):
                yield pytest.param(lang, line, id=f"{lang}: {line}")


@pytest.mark.parametrize(("lang", "marked"), list(cases()))
def test_gold(lang, marked):
    expected = re.split(r"\s*\|\s?\|", marked)
    text = re.sub(r"\|(\s?)\|", r"\1", marked)
    assert [text[start:stop] for start, stop in split(text, lang)] == expected


def check_whole(text, spans):
    position = 0
    for start, stop in spans:
        assert position <= start < stop <= len(text)
        assert not text[position:start].strip()
        assert text[start:stop] == text[start:stop].strip()
        position = stop
    assert not text[position:].strip()


@given(st.one_of(TRICKY, WORDS, st.text(max_size=200)), st.sampled_from(LANGUAGES))
def test_nothing_is_lost_doubled_or_out_of_order(text, lang):
    check_whole(text, split(text, lang))


@given(st.one_of(TRICKY, WORDS), st.sampled_from(LANGUAGES))
def test_a_sentence_has_a_letter_or_digit_unless_the_text_has_none(text, lang):
    spans = split(text, lang)
    if len(spans) > 1:
        assert all(re.search(r"[^\W_]", text[start:stop]) for start, stop in spans)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The sea was wide.\n\n2\n\nAnd a bird flew.",
            ["The sea was wide.", "2\n\nAnd a bird flew."],
        ),
        ("12\n\nThe sea was wide.", ["12\n\nThe sea was wide."]),
        ("The sea was wide.\n\n12", ["The sea was wide.\n\n12"]),
        ("2\n\n3", ["2\n\n3"]),
        ("2", ["2"]),
        ("How many? 42. Nobody knew.", ["How many?", "42. Nobody knew."]),
    ],
)
def test_a_bare_number_is_no_segment(text, expected):
    assert [text[start:stop] for start, stop in split(text, "en")] == expected


@given(st.lists(st.sampled_from(["Yes.", "It rained all day!", "Why?"]), min_size=1, max_size=9))
def test_plain_sentences_come_apart(sentences):
    text = " ".join(sentences)
    assert [text[start:stop] for start, stop in split(text, "en")] == sentences


@pytest.mark.parametrize(
    "text",
    [
        ". " * 300_000,
        "a" * 3_000_000,
        "“" * 300_000,
        "One. " + "“" * 300_000,
        "(" * 40_000 + ")" * 40_000,
        "[" * 40_000 + "." + "]" * 40_000 + " A",
        "." * 300_000 + " A",
        "!" * 300_000 + "a",
        "。" * 300_000,
        "1. " * 100_000,
        "A. B. " * 70_000,
        "Mr. " * 100_000,
        "x.» " * 100_000,
        "a.\n" * 100_000,
        "“A” " * 100_000,
        " " * 600_000 + ". A",
        "а. д. " * 70_000,
        '!" a b c d ' * 40_000,
        "؟" * 150_000 + " …" * 100_000,
        ";" * 300_000,
        "ก " * 150_000,
        '。"' * 100_000,
        "a В б " * 100_000,
    ],
    ids=lambda text: f"{text[:8]!r} x {len(text)}",
)
@pytest.mark.no_cover  # measuring takes time
def test_time_is_linear_on_nasty_text(text):
    for lang in ("en", "el" if ";" in text else "th" if "ก" in text else "ru"):
        start = time.process_time()
        spans = split(text, lang)
        # A third of it on a slow and busy machine; any quadratic step takes minutes.
        assert time.process_time() - start < 8
        assert spans[0][0] >= 0
        assert spans[-1][1] == len(text.rstrip())


def document(text, lang="en"):
    return Document(cut(text), lang, Origin("x.txt"))


@given(st.one_of(TRICKY, WORDS, st.text(max_size=200)), st.sampled_from(["auto", "lines"]))
def test_segments_give_back_the_source(text, mode):
    segmented = segment(document(text), mode)
    check_whole(text, [(each.start, each.stop) for each in segmented.segments])
    for each in segmented.segments:
        assert " ".join(text[each.start : each.stop].split()) == each.text
        block = segmented.blocks[each.block]
        assert block.start <= each.start < each.stop <= block.start + len(block.text)


def test_wrapped_paragraphs_are_split_into_sentences_not_lines():
    text = "The house was old and it was\nvery dark. Nobody lived\nin it."
    block = Block(text, start=0)
    segmented = segment(Document((block,), "en", Origin("")))
    assert segmented.texts == ["The house was old and it was very dark.", "Nobody lived in it."]


def test_lines_mode_takes_lines_as_they_are():
    text = "One. Two.\nThree\n\n  Four! Five.  \n"
    assert segment(document(text), "lines").texts == ["One. Two.", "Three", "Four! Five."]


def test_a_splitter_of_ones_own():
    def halves(text, lang):
        assert lang == "en"
        middle = text.index("|")
        return [(0, middle), (middle, len(text))]

    assert segment(document("one|two"), splitter=halves).texts == ["one", "|two"]


@pytest.mark.parametrize(
    "spans", [[(0, 3)], [(0, 4), (3, 7)], [(4, 7), (0, 3)], [(0, 9)], [(0, 3), (3, 2), (2, 7)], []]
)
def test_a_splitter_that_loses_or_doubles_text_is_refused(spans):
    with pytest.raises(ValueError, match="the splitter's"):
        segment(document("one two"), splitter=lambda _text, _lang: spans)
