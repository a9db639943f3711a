"""Text without sentence ends is cut where it hurts least, and that is said."""

import logging
import re

import pytest

from aligner.pipeline.aligning import align
from aligner.text.sentences.overlong import LONGEST
from aligner.text.sentences.splitter import split

WORDS = "and then we went on to the next house where they told us"


def pieces(text, lang="en"):
    return [text[start:stop] for start, stop in split(text, lang)]


def test_a_sentence_of_a_novel_stays_whole():
    text = "And " + " ".join([WORDS] * 40)[: LONGEST - 5] + "."
    assert pieces(f"He spoke. {text} Nobody heard him.") == ["He spoke.", text, "Nobody heard him."]


@pytest.mark.parametrize(
    ("unit", "last"),
    [
        (f"{WORDS} ", r"\w"),
        (f"{WORDS}, ", ","),
        (f"{WORDS}, {WORDS}; ", ";"),
        ("我们去了下一座房子，", "，"),
    ],
)
def test_text_without_ends_is_cut_at_its_clauses_or_between_words(unit, last):
    text = unit * 300
    found = pieces(text, "zh" if unit.startswith("我") else "en")
    assert len(found) > 1
    assert (" " if " " in unit else "").join(found) == text.strip()
    for piece in found[:-1]:
        assert LONGEST // 2 - 1 <= len(piece) <= LONGEST
        assert re.fullmatch(last, piece[-1])


def test_one_endless_word_is_cut_all_the_same():
    assert [len(each) for each in pieces("x" * (2 * LONGEST + 5))] == [LONGEST, LONGEST, 5]


def test_an_endless_text_is_told_and_aligned(tmp_path, caplog):
    source, target = tmp_path / "a.txt", tmp_path / "b.txt"
    source.write_text(" ".join([WORDS] * 150), "utf-8")
    german = "und dann gingen wir weiter zum nächsten Haus, wo man uns sagte"
    target.write_text(" ".join([german] * 150), "utf-8")
    with caplog.at_level(logging.WARNING):
        bitext = align(source, target)
    assert len(bitext.alignment.beads) > 1
    said = [record.getMessage() for record in caplog.records]
    assert len(said) == 2
    for path, line in zip((source, target), said, strict=True):
        assert line.startswith(f"{path}: line 1 without a sentence end for 2,000 characters")
