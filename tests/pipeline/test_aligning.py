"""The whole way: from files to a bitext, with the real encoder and the real engine."""

import pytest

import aligner
from aligner.encoders import get_encoder
from aligner.errors import CorrectionError, LanguageError, ReadError
from aligner.evaluation import Link, links
from aligner.languages.given import GivenLanguages
from aligner.pipeline.opening import open_sides
from aligner.text.sentences.splitter import segment
from aligner.types import Block, Document, Origin
from tests import IZVESTIA

ENGLISH = [
    "The river rose during the night.",
    "In the morning the bridge was gone, and nobody in the village had heard it fall.",
    "They stood on the bank and looked.",
    "Old Martin said that he would build a new one.",
]
RUSSIAN = [
    "Ночью река поднялась.",
    "Утром моста уже не было.",
    "Никто в деревне не слышал, как он упал.",
    "Люди стояли на берегу и смотрели.",
    "Старый Мартин сказал, что построит новый.",
]
UKRAINIAN = [
    "Вночі річка піднялася.",
    "Вранці моста вже не було.",
    "Ніхто в селі не чув, як він упав.",
    "Люди стояли на березі й дивилися.",
    "Старий Мартин сказав, що збудує новий.",
]
BEADS = [((0, 1), (0, 1)), ((1, 2), (1, 3)), ((2, 3), (3, 4)), ((3, 4), (4, 5))]


def spans(alignment):
    return [
        ((bead.src.start, bead.src.stop), (bead.tgt.start, bead.tgt.stop))
        for bead in alignment.beads
    ]


@pytest.fixture(scope="module")
def izvestia():
    return aligner.align(IZVESTIA)


def test_the_two_sides_of_one_file_are_found(izvestia):
    assert (izvestia.src.lang, izvestia.tgt.lang) == ("en", "ru")
    assert izvestia.src.origin.path == str(IZVESTIA)
    assert izvestia.src.texts[0].startswith("International security expert Oleg Shakirov")
    assert izvestia.tgt.texts[0].startswith("Эксперт по международной безопасности")
    assert izvestia.tgt.texts[-1].startswith("Автор — старший эксперт")
    left = [piece.text for piece in izvestia.left_out]
    assert any(text.startswith("OPD 9 Dec 2024") for text in left)
    assert any("Hot this week" in text for text in left)


# What a careful reader joins: first source segment of each 2-1 bead; all others are 1-1.
JOINED = {1, 3, 9, 23, 25, 29, 43}


def gold():
    found, source, target = [], 0, 0
    while source < 51:
        width = 2 if source in JOINED else 1
        found.append(Link(tuple(range(source, source + width)), (target,)))
        source, target = source + width, target + 1
    return found


def test_its_beads_are_those_of_a_careful_reader(izvestia):
    assert len(gold()) == len(izvestia.tgt.segments) == 44
    result = aligner.evaluate([(gold(), links(izvestia.alignment))])
    assert result.strict.f1 >= 0.97, spans(izvestia.alignment)
    assert result.lax.f1 >= 0.99


def test_first_and_last_beads_translate_each_other(izvestia):
    first, last = izvestia.alignment.beads[0], izvestia.alignment.beads[-1]
    assert izvestia.src_text(first).startswith("International security expert")
    assert izvestia.tgt_text(first).startswith("Эксперт по международной безопасности")
    assert izvestia.src_text(last).startswith("The author is a senior expert")
    assert izvestia.tgt_text(last).startswith("Автор — старший эксперт")


def test_offsets_lead_back_to_the_source(izvestia):
    source = IZVESTIA.read_text("utf-8")
    for document in (izvestia.src, izvestia.tgt):
        for each in document.segments:
            assert " ".join(source[each.start : each.stop].split()) == each.text


def test_it_says_how_it_was_made(izvestia):
    provenance = izvestia.provenance
    assert provenance.version == aligner.__version__
    assert provenance.encoder == "embedded"
    assert dict(provenance.settings) == {"layout": "auto", "max_span": "8", "segments": "auto"}
    assert provenance.created.endswith("Z")


def test_two_files_give_the_beads_of_one(izvestia, tmp_path):
    for name, document in (("a.txt", izvestia.src), ("b.txt", izvestia.tgt)):
        text = "\n\n".join(block.text for block in document.blocks)
        (tmp_path / name).write_text(text, "utf-8")
    again = aligner.align(str(tmp_path / "a.txt"), tmp_path / "b.txt")
    assert spans(again.alignment) == spans(izvestia.alignment)


def test_documents_can_be_given_and_keep_their_segments(izvestia):
    again = aligner.align(izvestia.src, izvestia.tgt)
    assert again.src.segments == izvestia.src.segments
    assert spans(again.alignment) == spans(izvestia.alignment)


def test_own_splitter(tmp_path):
    path = tmp_path / "both.txt"
    path.write_text("\n".join(ENGLISH) + "\n\n" + "\n".join(RUSSIAN), "utf-8")
    src, tgt = open_sides(path)
    whole = segment(src, splitter=lambda text, _lang: [(0, len(text))])
    bitext = aligner.align(whole, tgt)
    assert len(bitext.src.segments) == len(bitext.src.blocks)


def test_lines_are_segments_when_asked(tmp_path):
    (tmp_path / "en.txt").write_text("\n".join(["A cat. A dog.", *ENGLISH]), "utf-8")
    (tmp_path / "ru.txt").write_text("\n".join(["Кошка. Собака.", *RUSSIAN]), "utf-8")
    bitext = aligner.align(tmp_path / "en.txt", tmp_path / "ru.txt", segments="lines")
    assert bitext.src.texts == ["A cat. A dog.", *ENGLISH]
    assert bitext.tgt.texts == ["Кошка. Собака.", *RUSSIAN]
    assert dict(bitext.provenance.settings)["segments"] == "lines"


def test_a_bitext_can_be_aligned_anew(izvestia, tmp_path):
    aligner.write(izvestia, tmp_path / "old.tsv")
    again = aligner.align(tmp_path / "old.tsv")
    assert spans(again.alignment) == spans(izvestia.alignment)


def test_what_is_written_is_read_back(izvestia, tmp_path):
    aligner.write(izvestia, tmp_path / "out.tsv")
    again = aligner.read(tmp_path / "out.tsv")
    assert spans(again.alignment) == spans(izvestia.alignment)
    assert again.src.texts == izvestia.src.texts


def test_corrections_that_cannot_be_read_are_told_before_the_work(tmp_path):
    with pytest.raises(CorrectionError, match="there is no such file"):
        aligner.align("no such text", corrections=tmp_path / "missing.json")


def test_reading_plain_text_gives_blocks():
    document = aligner.read(IZVESTIA)
    assert document.blocks[0].text.startswith("OPD 9 Dec 2024")
    assert document.segments == ()


def test_the_languages_given_win(tmp_path):
    (tmp_path / "a.txt").write_text(" ".join(ENGLISH), "utf-8")
    (tmp_path / "b.txt").write_text(" ".join(RUSSIAN), "utf-8")
    bitext = aligner.align(tmp_path / "a.txt", tmp_path / "b.txt", src_lang="EN-gb")
    assert (bitext.src.lang, bitext.tgt.lang) == ("en-GB", "ru")


def test_a_bilingual_file_can_be_turned_round(tmp_path):
    (tmp_path / "both.txt").write_text(" ".join(ENGLISH) + "\n\n" + " ".join(RUSSIAN), "utf-8")
    bitext = aligner.align(tmp_path / "both.txt", src_lang="ru", tgt_lang="en")
    assert (bitext.src.lang, bitext.tgt.lang) == ("ru", "en")
    assert bitext.src.texts[0] == RUSSIAN[0]


def document(texts, lang=""):
    return Document(tuple(Block(text) for text in texts), lang, Origin("memory"))


def test_one_language_twice_is_refused_unless_it_was_asked_for():
    with pytest.raises(LanguageError, match="both texts are in English"):
        aligner.align(document(ENGLISH), document(ENGLISH))
    bitext = aligner.align(document(ENGLISH), document(ENGLISH), src_lang="en", tgt_lang="en")
    assert all(bead.kind == "1-1" for bead in bitext.alignment.beads)


def test_a_language_outside_the_encoder_is_aligned_with_a_warning(caplog):
    bitext = aligner.align(document(ENGLISH, "en"), document(UKRAINIAN, "uk"))
    assert spans(bitext.alignment) == BEADS
    assert not caplog.messages  # there is a language pack
    bitext = aligner.align(document(ENGLISH, "en"), document(UKRAINIAN, "rue"))
    assert spans(bitext.alignment) == BEADS
    (told,) = caplog.messages
    assert "not made for Rusyn (rue): expect 1 to 4 wrong beads of a hundred" in told
    assert "look at the doubtful rows" in told
    assert "LaBSE" in told


def test_a_language_that_nobody_knows_is_refused():
    with pytest.raises(LanguageError, match=r"'xx', which is no language .*--encoder MODEL"):
        aligner.align_segments(ENGLISH, UKRAINIAN, src_lang="en", tgt_lang="xx")


def test_a_bitext_is_no_side_of_another(izvestia, tmp_path):
    aligner.write(izvestia, tmp_path / "both.tsv")
    with pytest.raises(ReadError, match="holds both sides already"):
        aligner.align(tmp_path / "both.tsv", IZVESTIA)


def test_segments_of_another_program():
    alignment = aligner.align_segments(ENGLISH, RUSSIAN, src_lang="en", tgt_lang="ru")
    assert spans(alignment) == BEADS
    assert all(0 < bead.confidence <= 1 for bead in alignment.beads)


def test_an_encoder_can_be_given():
    alignment = aligner.align_segments(
        ENGLISH, RUSSIAN, src_lang="en", tgt_lang="ru", encoder=get_encoder("embedded")
    )
    assert spans(alignment) == BEADS


@pytest.mark.parametrize(
    ("src", "tgt"),
    [
        ([], []),
        (ENGLISH, []),
        ([], RUSSIAN),
        (["", *ENGLISH, " "], RUSSIAN),
        (["…"], ["…", "1"]),
        (["word " * 3000], RUSSIAN),
    ],
    ids=["nothing", "no target", "no source", "blank segments", "no words", "a long one"],
)
def test_every_segment_is_in_exactly_one_bead_of_odd_lists(src, tgt):
    alignment = aligner.align_segments(src, tgt, src_lang="en", tgt_lang="ru")
    assert (alignment.n_src, alignment.n_tgt) == (
        len(src),
        len(tgt),
    )  # its constructor does the rest


def test_max_span_bounds_every_bead():
    alignment = aligner.align_segments(ENGLISH, RUSSIAN, src_lang="en", tgt_lang="ru", max_span=1)
    assert {bead.kind for bead in alignment.beads} <= {"1-1", "1-0", "0-1"}


def test_the_work_is_reported():
    seen = []
    aligner.align_segments(
        ENGLISH, RUSSIAN, src_lang="en", tgt_lang="ru", progress=lambda *step: seen.append(step)
    )
    total = len(ENGLISH) + len(RUSSIAN)
    assert seen[0] == ("encoding", 0, total)
    assert seen[-1] == ("aligning", len(ENGLISH), len(ENGLISH))
    assert all(0 <= done <= total for _, done, total in seen)


def test_a_text_too_short_to_tell_its_language_asks_for_it(tmp_path):
    for name, text in (("en.txt", "One. Two!\nThree\n"), ("ru.txt", "Один. Два!\nТри\n")):
        (tmp_path / name).write_text(text, "utf-8")
    paths = tmp_path / "en.txt", tmp_path / "ru.txt"
    with pytest.raises(LanguageError, match=r"so short a text .*: name it with --src-lang"):
        aligner.align(*paths)
    assert aligner.align(*paths, src_lang="en", tgt_lang="ru").tgt.lang == "ru"


@pytest.mark.parametrize("given", [("ru", "en"), ("ru", None), (None, "en-GB")])
def test_languages_given_pick_the_sides_of_pairs(tmp_path, given):
    path = tmp_path / "pairs.tsv"
    path.write_text("en\tru\n" + "\t".join((ENGLISH[0], RUSSIAN[0])), "utf-8")
    src, tgt = open_sides(path, None, GivenLanguages.of(*given))
    assert (src.lang, tgt.lang) == ("ru", given[1] or "en")
    assert (src.texts, tgt.texts) == ([RUSSIAN[0]], [ENGLISH[0]])
