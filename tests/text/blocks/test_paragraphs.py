import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.text.blocks.paragraphs import columns, cut, is_heading
from aligner.text.decoding.normalisation import fold

PROSE = (
    "The old house stood at the end of a long road that nobody had swept since the war. "
    "In winter the snow lay before its door until March, and the children said that a "
    "captain lived there who had sold his ship. Nobody had ever seen him, but on Sundays "
    "smoke rose from the chimney and somebody played the same three bars on a piano."
)


def texts(text):
    return [block.text for block in cut(text)]


def test_paragraphs_are_cut_at_blank_lines():
    assert texts("One one.\n\nTwo two.\n \t\n\nThree.") == ["One one.", "Two two.", "Three."]


def test_without_blank_lines_every_line_is_a_block():
    assert texts("One one.\nTwo two.\nThree.\n") == ["One one.", "Two two.", "Three."]


@pytest.mark.parametrize("width", [60, 72, 80])
def test_hard_wrapped_paragraphs_are_unwrapped(width):
    wrapped = "\n\n".join([textwrap.fill(PROSE, width)] * 3)
    assert [" ".join(text.split()) for text in texts(wrapped)] == [PROSE] * 3


def test_hard_wrapped_paragraphs_without_blank_lines_end_at_a_short_line():
    wrapped = "\n".join([textwrap.fill(PROSE, 66)] * 3)
    assert [" ".join(text.split()) for text in texts(wrapped)] == [PROSE] * 3


def test_hard_wrapped_paragraphs_begin_at_an_indent():
    wrapped = textwrap.fill(PROSE, 70, initial_indent="    ")
    assert len(texts("\n".join([wrapped] * 4))) == 4


def test_a_list_in_a_wrapped_text_keeps_its_lines():
    wrapped = (
        textwrap.fill(PROSE, 70) + "\n\n- flour\n- eggs\n- milk\n\n" + textwrap.fill(PROSE, 70)
    )
    assert texts(wrapped)[1:-1] == ["- flour", "- eggs", "- milk"]


def test_verse_keeps_its_lines():
    verse = "Мороз и солнце; день чудесный!\nЕщё ты дремлешь, друг прелестный —\nПора, красавица,"
    assert texts(verse) == verse.split("\n")


def test_long_lines_of_verse_keep_their_lines():
    verse = [
        "Of distant shores and of the silver harbours where",
        "The lanterns swing all night above the wooden boats",
        "And nobody has ever heard a captain tell his name",
        "Or seen the colour of the flag upon his broken mast",
        "In winter when the fog has come as far as to the door",
        "And every bell is silent but the one that no one rings",
    ]
    assert texts("\n".join(verse)) == verse


def test_one_sentence_a_line_keeps_its_lines():
    lines = [
        f"Sentence number {i} is about {'nothing ' * (i % 7)}and ends here." for i in range(50)
    ]
    assert texts("\n".join(lines)) == lines


def test_a_text_of_long_lines_keeps_them():
    assert texts(f"{PROSE}\n{PROSE}\n\n{PROSE}") == [PROSE] * 3


@pytest.mark.parametrize(
    "line",
    ["CHAPTER III", "Chapter 12. The Fall", "Глава 3", "Часть первая", "XIV", "第三章 海",
     "Kapitel 2", "2. kapitola"],
)  # fmt: skip
def test_chapter_headings_are_known_anywhere(line):
    assert is_heading(line, alone=False)


@pytest.mark.parametrize(
    "line",
    ["Part of the house was destroyed.", "mix", "I went home.", "Книга была открыта на столе."],
)
def test_sentences_are_no_headings(line):
    assert not is_heading(line, alone=True)


def test_a_short_line_alone_without_a_stop_is_a_heading():
    blocks = cut("Progress on strategic stability\n\nOne sentence. Another one.\n\nshort, small\n")
    assert [block.kind for block in blocks] == ["heading", "paragraph", "paragraph"]


def test_place_is_the_line_number():
    assert [block.place for block in cut("\n\nA b.\n\n\nC d.\nE f.")] == [
        "line 3",
        "line 6",
        "line 7",
    ]


def test_a_table_of_two_columns_has_cells():
    blocks = cut("One.\tEins.\nTwo. \t Zwei.\n")
    assert [(b.kind, b.text, b.place) for b in blocks] == [
        ("cell", "One.", "line 1"),
        ("cell", "Eins.", "line 1"),
        ("cell", "Two.", "line 2"),
        ("cell", "Zwei.", "line 2"),
    ]


def test_tabs_that_indent_make_no_table():
    blocks = cut("\tCHAPTER I\n\tHe came home late.\n\tIt was raining.\n")
    assert [block.kind for block in blocks] == ["heading", "paragraph", "paragraph"]


@given(st.text(alphabet=st.sampled_from("ab .\n\t-1я漢\u2028\x0c"), max_size=300))
def test_every_character_is_in_exactly_one_block(text):
    blocks = cut(text)
    rebuilt = list(text)
    for block in blocks:
        assert text[block.start : block.start + len(block.text)] == block.text
        assert block.text == block.text.strip()
        assert int(block.place.split()[1]) == text.count("\n", 0, block.start) + 1
        for i in range(block.start, block.start + len(block.text)):
            assert rebuilt[i] is not None
            rebuilt[i] = None
    assert not "".join(c for c in rebuilt if c is not None).strip()


CHINESE = (
    "老屋立在長路的盡頭，自從打仗以來沒有人掃過那條路．冬天，雪在門前一直積到三月，孩子們說："
    "“那里住著一個賣了船的船長．”從來沒有人見過他，但是每到星期天，煙囪里就冒出煙來，"
    "有人在鋼琴上彈著同樣的三個小節．"
)


@pytest.mark.parametrize("width", [24, 36])
def test_hard_wrapped_ideographs_are_unwrapped_without_spaces(width):
    lines = [CHINESE[i : i + width] for i in range(0, len(CHINESE), width)]
    wrapped = "\n\n".join(["　　" + "\n".join(lines)] * 3)
    assert [fold(text) for text in texts(wrapped)] == [CHINESE] * 3


def test_an_indent_begins_a_paragraph_of_ideographs():
    lines = [CHINESE[i : i + 30] for i in range(0, len(CHINESE), 30)]
    paragraph = "　　" + "\n".join(lines)
    assert [fold(text) for text in texts("\n".join([paragraph] * 3))] == [CHINESE] * 3


@pytest.mark.parametrize(
    ("text", "expected"),
    [("abc def", 7), ("漢字", 4), ("“漢”", 6), ("“naïve”", 7), ("ﾊﾝ", 2), ("", 0)],
)
def test_columns_are_those_of_a_typewriter(text, expected):
    assert columns(text) == expected


@pytest.mark.parametrize(
    "lines",
    [
        ["The ferry to the island left", "at nine, and nobody was on it."],
        ["Das Boot,", "das am Morgen kam, war leer."],
        [
            "A lady in grey (she had come by the",
            "night train) was",
            "waiting for him. He knew her.",
        ],
        ["Nobody spoke --", "not even the captain."],
    ],
)
def test_a_line_that_breaks_off_goes_on_in_the_next(lines):
    assert texts("\n".join(lines)) == ["\n".join(lines)]
    assert texts("\n\n".join(lines)) == lines


@pytest.mark.parametrize(
    "lines",
    [
        ["The lamp is out, the boat is gone", "and with it all I had:", "The sea has it."],
        ["flour", "two eggs", "milk"],
        ["the ship has left the harbour", "nobody waved"],
        ["He came home late.", "and then he slept."],
        ["第一章　海", "-" * 70, "He came home and", "-----", "went to bed."],
        ["You will need:", "- flour", "- milk."],
        ["Talks end without a word (Reuters)", "by Ann Moss", "Nobody spoke."],
    ],
)
def test_lines_that_mean_something_are_not_joined(lines):
    assert texts("\n".join(lines)) == lines
