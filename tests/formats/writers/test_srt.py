"""Bilingual subtitles: one cue a bead, in time, and read by pysubs2 as they were written."""

from dataclasses import replace
from pathlib import Path

import pysubs2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.errors import WriteError
from aligner.formats.readers.subtitles import clock
from aligner.formats.writers import write
from aligner.formats.writers.srt import JOINER
from aligner.pipeline.opening import open_sides
from aligner.text.sentences.splitter import segment
from aligner.types import (
    Alignment,
    Bead,
    Bitext,
    Block,
    Document,
    Origin,
    Provenance,
    Segment,
    Span,
)
from tests import STORY
from tests.formats.writers.bitexts import TEXT


def side(lang: str, *cues: tuple[int, int, list[list[str]]]) -> Document:
    """A document of cues: seconds, and the sentences of every speaker."""
    blocks, segments, start = [], [], 0
    for first, last, speakers in cues:
        for sentences in speakers:
            place = f"{clock(first * 1000)} --> {clock(last * 1000)}"
            blocks.append(Block(" ".join(sentences), "cue", start, place))
            for text in sentences:
                segments.append(Segment(text, start, start + len(text), len(blocks) - 1))
                start += len(text) + 1
            start += 1
    return Document(tuple(blocks), lang, Origin(f"film.{lang}.srt"), tuple(segments))


def paired(src: Document, tgt: Document, *shapes: tuple[int, int]) -> Bitext:
    beads, starts = [], [0, 0]
    for shape in shapes:
        spans = [Span(start, start + n) for start, n in zip(starts, shape, strict=True)]
        beads.append(Bead(*spans))
        starts = [span.stop for span in spans]
    return Bitext(src, tgt, Alignment(tuple(beads), *starts), Provenance("0.1.0", "none"))


def cues(bitext: Bitext, folder: Path) -> list[tuple[float, float, list[str]]]:
    """Write, and read with pysubs2: seconds and lines."""
    path = folder / "out.srt"
    write(bitext, path, force=True)
    return [
        (event.start / 1000, event.end / 1000, event.plaintext.split("\n"))
        for event in pysubs2.load(str(path), encoding="utf-8")
    ]


def test_a_pair_of_cues_is_a_cue_in_two_languages(tmp_path: Path) -> None:
    src = side("en", (1, 3, [["Come in."]]), (4, 6, [["Sit down."]]))
    tgt = side("ru", (1, 3, [["Войдите."]]), (5, 7, [["Садитесь."]]))
    assert cues(paired(src, tgt, (1, 1), (1, 1)), tmp_path) == [
        (1, 3, ["Come in.", "Войдите."]),
        (4, 6, ["Sit down.", "Садитесь."]),
    ]


def test_a_sentence_over_two_cues_lasts_as_long_as_both(tmp_path: Path) -> None:
    src = side("en", (1, 3, [["He said that"]]), (3, 5, [["he would come."]]))
    tgt = side("ru", (1, 5, [["Он сказал, что придёт."]]))
    assert cues(paired(src, tgt, (2, 1)), tmp_path) == [
        (1, 5, ["He said that he would come.", "Он сказал, что придёт."])
    ]


def test_beads_inside_one_cue_stay_one_cue(tmp_path: Path) -> None:
    src = side("en", (1, 3, [["Yes.", "Come in."]]), (4, 5, [["- Who is it?"], ["- I."]]))
    tgt = side("ru", (1, 3, [["Да.", "Войдите."]]), (4, 5, [["- Кто там?"], ["- Я."]]))
    assert cues(paired(src, tgt, *[(1, 1)] * 4), tmp_path) == [
        (1, 3, ["Yes. Come in.", "Да. Войдите."]),
        (4, 5, ["- Who is it?", "- I.", "- Кто там?", "- Я."]),
    ]


def test_a_cue_is_divided_between_sentences_that_run_over_it(tmp_path: Path) -> None:
    src = side("en", (0, 2, [["One two"]]), (2, 4, [["three.", "Fours"]]), (4, 6, [["five six."]]))
    tgt = side("ru", (0, 6, [["Раз два три.", "Четыре пять шесть."]]))
    first, second = cues(paired(src, tgt, (2, 1), (2, 1)), tmp_path)
    assert first == (0, 3, ["One two three.", "Раз два три."])
    assert second == (pytest.approx(3.167), 6, ["Fours five six.", "Четыре пять шесть."])


def test_what_has_no_counterpart_stands_alone_in_its_own_time(tmp_path: Path) -> None:
    src = side("en", (1, 2, [["Hello."]]), (8, 9, [["Bye."]]))
    tgt = side("ru", (1, 2, [["Привет."]]), (4, 5, [["Ну и дела."]]))
    assert cues(paired(src, tgt, (1, 1), (0, 1), (1, 0)), tmp_path) == [
        (1, 2, ["Hello.", "Привет."]),
        (4, 5, ["Ну и дела."]),
        (8, 9, ["Bye."]),
    ]


def test_one_side_with_times_is_enough(tmp_path: Path) -> None:
    plain = Document((Block("Раз. Два."),), "ru", Origin("x.txt"), (
        Segment("Раз.", 0, 4), Segment("Два.", 5, 9),
    ))  # fmt: skip
    film = side("en", (1, 2, [["One."]]), (3, 4, [["Two."]]))
    expected = [(1, 2, ["One.", "Раз."]), (3, 4, ["Two.", "Два."])]
    assert cues(paired(film, plain, (1, 1), (1, 1)), tmp_path) == expected
    turned = [(start, stop, lines[::-1]) for start, stop, lines in expected]
    assert cues(paired(plain, film, (1, 1), (1, 1)), tmp_path) == turned


def test_texts_without_times_are_refused(tmp_path: Path, sample: Bitext) -> None:
    with pytest.raises(WriteError, match="neither text came from subtitles"):
        write(sample, tmp_path / "out.srt")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("suffix", ["srt", "vtt", "ass"])
def test_real_subtitles_keep_every_text_and_time(tmp_path: Path, suffix: str) -> None:
    paths = [STORY / f"story.{lang}.{suffix}" for lang in ("en", "ru")]
    src, tgt = (segment(each) for each in open_sides(*paths))
    n = min(len(src.segments), len(tgt.segments))
    rest = [(1, 0)] * (len(src.segments) - n) + [(0, 1)] * (len(tgt.segments) - n)
    found = cues(paired(src, tgt, *[(1, 1)] * n, *rest), tmp_path)
    assert all(start < stop for start, stop, _ in found)
    assert [start for start, _, _ in found] == sorted(start for start, _, _ in found)
    words = sorted(word for _, _, lines in found for line in lines for word in line.split())
    expected = sorted(w for text in (*src.texts, *tgt.texts) for w in text.split())
    assert words == expected
    times = {(event.start / 1000, event.end / 1000) for event in pysubs2.load(str(paths[0]))}
    assert len({(start, stop) for start, stop, _ in found} & times) >= 0.8 * len(times)


def test_times_survive_other_formats(tmp_path: Path) -> None:
    from aligner.pipeline.opening import read

    src = side("en", (1, 3, [["Come in."]]), (4, 6, [["- Sit."], ["- No."]]))
    tgt = side("ru", (1, 3, [["Войдите."]]), (5, 7, [["- Сядь."], ["- Нет."]]))
    bitext = paired(src, tgt, *[(1, 1)] * 3)
    expected = cues(bitext, tmp_path)
    for suffix in ("csv", "tmx", "jsonl", "xlf"):
        write(bitext, tmp_path / f"x.{suffix}")
        back = read(tmp_path / f"x.{suffix}")
        assert isinstance(back, Bitext)
        assert cues(back, tmp_path) == expected


NASTY = [
    "<b>bold</b>",
    "{\\an8}",
    "C:\\New\\net",
    "1984",
    "00:00:01,000 --> 00:00:02,000",
    "a\n\nb",
]


@pytest.mark.parametrize("text", NASTY)
def test_text_is_only_text(tmp_path: Path, text: str) -> None:
    bitext = paired(side("en", (1, 2, [[text]])), side("ru", (1, 2, [[text]])), (1, 1))
    losses = write(bitext, tmp_path / "x.srt")
    ((start, stop, lines),) = cues(bitext, tmp_path)
    shown = " ".join(text.translate(str.maketrans("{}", "｛｝")).split())
    assert (start, stop) == (1, 2)
    assert [line.replace(JOINER, "") for line in lines] == [shown, shown]
    assert bool(losses.characters) == (text != "a\n\nb")


@given(st.lists(TEXT.filter(str.strip), min_size=1, max_size=4))
@settings(deadline=None, max_examples=60)
def test_any_text_is_read_back_by_pysubs2(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    source = side("en", *((i, i + 1, [[text]]) for i, text in enumerate(texts)))
    target = replace(source, lang="ru")
    found = cues(paired(source, target, *[(1, 1)] * len(texts)), tmp_path_factory.getbasetemp())
    assert [(start, stop) for start, stop, _ in found] == [(i, i + 1) for i in range(len(texts))]
    for text, (_, _, lines) in zip(texts, found, strict=True):
        shown = " ".join(text.translate(str.maketrans("{}", "｛｝")).split())
        assert [line.replace(JOINER, "") for line in lines] == [shown, shown]
