import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.errors import LanguageError
from aligner.formats.readers import txt
from aligner.languages.given import GivenLanguages
from aligner.text.bilingual.block_weights import Weight
from aligner.text.bilingual.layout import detect_layout
from aligner.text.bilingual.leading_lines import best_drop
from aligner.text.bilingual.two_texts import split_bilingual
from aligner.text.blocks.paragraphs import cut
from aligner.text.blocks.saved_page import strip
from aligner.text.sentences.splitter import segment
from aligner.types import Document, Origin
from tests import SEEDS
from tests.languages.test_identification import SENTENCES

ENGLISH = [
    "The ferry leaves the island twice a day, in the morning and at dusk.",
    "Nobody on board spoke while the captain counted the passengers again.",
    "In the end he shrugged, and the engine started with a cough.",
    "By the time we saw the lights of the harbour it was quite dark.",
]
RUSSIAN = [
    "Паром уходит с острова два раза в день, утром и в сумерках.",
    "Никто на борту не говорил, пока капитан снова считал пассажиров.",
    "Наконец он пожал плечами, и мотор закашлял и завёлся.",
    "Когда мы увидели огни гавани, было уже совсем темно.",
]
GERMAN = [
    "Die Fähre verlässt die Insel zweimal am Tag, morgens und in der Dämmerung.",
    "Niemand an Bord sprach, während der Kapitän die Passagiere noch einmal zählte.",
    "Schließlich zuckte er mit den Schultern, und der Motor sprang hustend an.",
    "Als wir die Lichter des Hafens sahen, war es schon ganz dunkel.",
]


def document(*lines, glue="\n\n"):
    return Document(cut(glue.join(lines)), "", Origin("both.txt"))


def texts(side):
    return [block.text for block in side.blocks]


@pytest.mark.parametrize(("other", "lang"), [(RUSSIAN, "ru"), (GERMAN, "de")])
def test_one_language_after_the_other(other, lang):
    src, tgt = split_bilingual(document(*ENGLISH, *other))
    assert (src.lang, tgt.lang) == ("en", lang)
    assert (texts(src), texts(tgt)) == (ENGLISH, other)
    assert src.left_out == tgt.left_out == ()


def test_the_first_language_is_the_source():
    src, tgt = split_bilingual(document(*RUSSIAN, *ENGLISH))
    assert (src.lang, tgt.lang) == ("ru", "en")


def test_given_languages_decide_which_side_is_the_source_and_keep_their_region():
    src, tgt = split_bilingual(document(*RUSSIAN, *ENGLISH), GivenLanguages.of("en-gb", "ru"))
    assert (src.lang, tgt.lang) == ("en-GB", "ru")
    assert (texts(src), texts(tgt)) == (ENGLISH, RUSSIAN)


@pytest.mark.parametrize(("src_lang", "tgt_lang"), [("en-US", None), (None, "ru")])
def test_one_given_language_is_enough(src_lang, tgt_lang):
    src, tgt = split_bilingual(document(*RUSSIAN, *ENGLISH), GivenLanguages.of(src_lang, tgt_lang))
    assert (texts(src), texts(tgt)) == (ENGLISH, RUSSIAN)


@pytest.mark.parametrize("glue", ["\n\n", "\n"])
@pytest.mark.parametrize("other", [RUSSIAN, GERMAN])
def test_paragraphs_and_lines_that_alternate(other, glue):
    lines = [line for pair in zip(ENGLISH, other, strict=True) for line in pair]
    src, tgt = split_bilingual(document(*lines, glue=glue))
    assert (texts(src), texts(tgt)) == (ENGLISH, other)


def test_layout_can_be_forced():
    lines = [line for pair in zip(ENGLISH, RUSSIAN, strict=True) for line in pair]
    src, tgt = split_bilingual(document(*lines), layout="sequential")
    assert len(src.blocks) < 4 or len(tgt.blocks) < 4 or src.left_out


def test_alternating_blocks_of_unequal_numbers():
    lines = [
        ENGLISH[0],
        ENGLISH[1],
        RUSSIAN[0],
        RUSSIAN[1],
        ENGLISH[2],
        RUSSIAN[2],
        ENGLISH[3],
        RUSSIAN[3],
    ]
    src, tgt = split_bilingual(document(*lines))
    assert (texts(src), texts(tgt)) == (ENGLISH, RUSSIAN)


@pytest.mark.parametrize("other", [RUSSIAN, GERMAN])
def test_two_columns_with_a_tab(other):
    rows = [f"{a}\t{b}" for a, b in zip(ENGLISH, other, strict=True)]
    src, tgt = split_bilingual(document(*rows, glue="\n"))
    assert (texts(src), texts(tgt)) == (ENGLISH, other)
    assert [block.place for block in tgt.blocks] == ["line 1", "line 2", "line 3", "line 4"]


def test_turns_tell_the_side_of_short_lines():
    english = [ENGLISH[0], "OK", ENGLISH[1], "Hotel", "1945", ENGLISH[2]]
    german = [GERMAN[0], "OK", GERMAN[1], "Hotel", "1945", GERMAN[2]]
    lines = [line for pair in zip(english, german, strict=True) for line in pair]
    src, tgt = split_bilingual(document(*lines, glue="\n"))
    assert (texts(src), texts(tgt)) == (english, german)


def test_layouts_are_told_by_the_changes_of_language():
    def layout(*letters):
        return detect_layout([Weight(each, -each) for each in letters])

    assert layout(9, 9, 9, -9, -9, -9) == "sequential"
    assert layout(9, -9, 9, -9, 9, -9) == "alternating"
    assert layout(3, 90, 90, -90, -90, 5, 0, 4) == "sequential"


def test_titles_on_both_sides_stay():
    src, tgt = split_bilingual(document("The Ferry", *ENGLISH, "Паром", *RUSSIAN))
    assert texts(src)[0] == "The Ferry"
    assert texts(tgt)[0] == "Паром"
    assert src.title == "The Ferry"


def test_credits_on_one_side_go_and_are_reported():
    head = ["The Ferry", "by Mary Ann Smith", "Published in The Isle", "12 May 2021"]
    src, tgt = split_bilingual(document(*head, *ENGLISH, "Паром", *RUSSIAN))
    assert texts(src) == ["The Ferry", *ENGLISH]
    assert texts(tgt) == ["Паром", *RUSSIAN]
    assert [piece.text for piece in src.left_out] == head[1:]
    assert {piece.reason for piece in src.left_out} == {"credit line"}
    assert src.left_out[0].place == "line 3"


def test_a_title_on_one_side_only_goes_and_is_reported():
    src, _ = split_bilingual(document("The Ferry", *ENGLISH, *RUSSIAN))
    assert texts(src) == ENGLISH
    assert [piece.reason for piece in src.left_out] == ["heading without a counterpart"]
    assert src.title == "The Ferry"


def test_furniture_after_the_texts_goes_in_either_language():
    for tail in (["Leave a Reply", "Your email address will not be published."], ["Комментарии"]):
        src, tgt = split_bilingual(document(*ENGLISH, *RUSSIAN, *tail))
        assert (texts(src), texts(tgt)) == (ENGLISH, RUSSIAN)
        assert [piece.text for piece in src.left_out] == tail


def test_foreign_words_inside_a_text_stay_in_it():
    lines = [*RUSSIAN[:2], "The New York Times", *RUSSIAN[2:]]
    _, tgt = split_bilingual(document(*ENGLISH, *lines))
    assert texts(tgt) == lines


def test_chapter_numbers_stay_with_the_text_they_open():
    src, tgt = split_bilingual(document("1", *ENGLISH, "1", *RUSSIAN))
    assert (texts(src), texts(tgt)) == (["1", *ENGLISH], ["1", *RUSSIAN])


@pytest.mark.parametrize(
    ("lines", "options", "said"),
    [
        (ENGLISH, {}, r"only one language was found, English \(en\); give the translation"),
        (["123", "***"], {}, "no language can be recognised"),
        ([*ENGLISH, *RUSSIAN, *GERMAN], {}, "three languages: "),
        (ENGLISH, {"src": "en", "tgt": "ru"}, r"no text in Russian \(ru\) was found"),
        ([*ENGLISH, *RUSSIAN], {"src": "en", "tgt": "en-GB"}, "both English"),
        (ENGLISH, {"src": "en"}, "only one language"),
        (["1", "2", "3", "4"], {"src": "en", "tgt": "ru"}, "no text in"),
        (["1", "2"], {"src": "en", "tgt": "ru", "layout": "alternating"}, "no text in"),
    ],
)
def test_not_two_languages(lines, options, said):
    given = GivenLanguages.of(options.get("src"), options.get("tgt"))
    with pytest.raises(LanguageError, match=said) as caught:
        split_bilingual(document(*lines), given, options.get("layout", "auto"))
    assert str(caught.value).startswith("both.txt: ")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("mixed", [False, True])
@pytest.mark.parametrize("tag", ["fr", "tt", "cv", "en-GB"])
def test_a_language_that_identification_takes_for_another_is_what_the_user_says(tag, mixed):
    # Chuvash (cv) and Tatar (tt) are none that the identifier knows.
    lines = [line for pair in zip(ENGLISH, RUSSIAN, strict=True) for line in pair]
    src, tgt = split_bilingual(
        document(*(lines if mixed else [*RUSSIAN, *ENGLISH])), GivenLanguages.of(tag, "ru")
    )
    assert (src.lang, tgt.lang) == (tag, "ru")
    assert texts(src) == ENGLISH
    assert texts(tgt) == RUSSIAN
    assert not src.left_out


def test_one_language_given_that_may_be_either_is_asked_for():
    with pytest.raises(LanguageError, match=r"not in Tatar \(tt\); name both languages"):
        split_bilingual(document(*ENGLISH, *RUSSIAN), GivenLanguages("tt"))
    src, tgt = split_bilingual(document(*RUSSIAN * 3, *ENGLISH), GivenLanguages("uk"))
    assert (src.lang, tgt.lang) == ("uk", "en")


def test_three_languages_with_the_pair_given_leave_the_third_out():
    src, tgt = split_bilingual(document(*GERMAN, *ENGLISH, *RUSSIAN), GivenLanguages.of("en", "ru"))
    assert (texts(src), texts(tgt)) == (ENGLISH, RUSSIAN)
    assert [piece.text for piece in src.left_out] == GERMAN


@pytest.mark.parametrize("lang", sorted(set(SENTENCES) - {"en"}))
def test_english_with_every_language(lang):
    lines = [SENTENCES[lang]] * 3
    src, tgt = split_bilingual(document(*ENGLISH[:3], *lines))
    assert (src.lang, tgt.lang) == ("en", lang)
    assert (len(src.blocks), len(tgt.blocks)) == (3, 3)


@pytest.fixture(scope="module")
def sides():
    src, tgt = split_bilingual(txt.read(SEEDS / "izvestia.txt"))
    return segment(src), segment(tgt)


class TestIzvestia:
    """The seed end to end; its gold has 44 beads, seven of them of two English sentences."""

    def test_languages_and_counts(self, sides):
        src, tgt = sides
        assert (src.lang, tgt.lang) == ("en", "ru")
        assert (len(src.segments), len(tgt.segments)) == (51, 44)
        assert (len(src.blocks), len(tgt.blocks)) == (16, 16)

    def test_first_and_last_sentences(self, sides):
        src, tgt = sides
        assert src.segments[0].text.startswith("International security expert Oleg Shakirov")
        assert src.segments[-1].text.startswith("The author is a senior expert")
        assert tgt.segments[0].text.startswith("Эксперт по международной безопасности")
        assert tgt.segments[-1].text.startswith("Автор — старший эксперт")

    def test_left_out_lines(self, sides):
        places = [int(piece.place.removeprefix("line ")) for piece in sides[0].left_out]
        assert places == [1, 3, 5, 6, 7, 8, 73, *range(75, 112, 2)]

    def test_title(self, sides):
        assert sides[0].title == "Security Assurances Still on the Table"

    def test_every_character_is_somewhere_once(self, sides):
        source = (SEEDS / "izvestia.txt").read_text("utf-8")
        pieces = [*sides[0].segments, *sides[1].segments, *sides[0].left_out]
        pieces.sort(key=lambda piece: piece.start)
        position = 0
        for piece in pieces:
            assert not source[position : piece.start].strip()
            assert " ".join(source[piece.start : piece.stop].split()) == piece.text
            position = piece.stop
        assert not source[position:].strip()


def test_a_short_last_line_of_names_stays_with_its_text():
    lines = [*GERMAN, "Nottingham East, The Guardian"]
    _, tgt = split_bilingual(document(*ENGLISH, *lines))
    assert texts(tgt) == lines


def test_a_title_that_looks_like_a_sentence_on_one_side_stays_on_both():
    src, tgt = split_bilingual(document("The Ferry", *ENGLISH, "Паром?", *RUSSIAN))
    assert texts(src) == ["The Ferry", *ENGLISH]
    assert texts(tgt) == ["Паром?", *RUSSIAN]


@pytest.mark.parametrize(
    ("first", "second", "most", "expected"),
    [
        ([38, 169, 884, 340], [169, 770, 370], (1, 0), (1, 0)),
        ([40, 169, 884, 340], [35, 160, 870, 350], (1, 0), (0, 0)),
        ([160, 870, 350], [20, 30, 169, 884, 340], (0, 2), (0, 2)),
        ([10], [10], (0, 0), (0, 0)),
    ],
)
def test_lengths_tell_which_headings_have_no_counterpart(first, second, most, expected):
    assert best_drop(first, second, most) == expected


LAYOUTS = ["auto", "sequential", "alternating"]
LINES = st.lists(
    st.sampled_from(
        [
            *(*ENGLISH, *RUSSIAN, *GERMAN),
            *("by Mary Ann Smith", "12 May 2021", "Leave a Reply", "1", "* * *"),
            *("The Ferry", "Паром", "OK", "A > B", "(Getty Images)", "end” />"),
        ]
    ),
    min_size=1,
    max_size=14,
)


@settings(deadline=None, max_examples=60)
@given(
    LINES, st.sampled_from(["auto", "sequential", "alternating"]), st.sampled_from(["\n", "\n\n"])
)
def test_every_line_is_on_one_side_or_left_out(lines, layout, glue):
    text = glue.join(lines)
    try:
        src, tgt = split_bilingual(document(*lines, glue=glue), layout=layout)
    except LanguageError:
        return
    src, tgt = segment(strip(src)), segment(strip(tgt))
    pieces = [*src.segments, *tgt.segments, *src.left_out, *tgt.left_out]
    position = 0
    for piece in sorted(pieces, key=lambda each: each.start):
        assert not text[position : piece.start].strip()
        position = piece.stop
    assert not text[position:].strip()
