"""Word links: right on links made by hand, in the right letters, and no burden."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import aligner
from aligner.encoders import get_encoder
from aligner.encoders.token_words import _kind, find_words
from aligner.engine.word_links import choices
from aligner.types import Bitext
from aligner.types.word_links import Word
from tests import IZVESTIA
from tests.corrections.test_correcting import saved

# Four lines each: source, target, the links that are sure, and those that are as good.
# Of a word that stands twice, word#2 is the second.
GOLD = Path(__file__).with_name("links.txt").read_text("utf-8").strip().split("\n\n")


@pytest.fixture(scope="module")
def bitext() -> Bitext:
    return aligner.align(IZVESTIA, links=True)


def words_of(text: str) -> list[str]:
    words = find_words(get_encoder().tokenizer, [text])
    return [text[a:b] for a, b in zip(words.begins, words.ends, strict=True)]


def place(text: str, name: str) -> tuple[int, int]:
    """Characters of the n-th occurrence of a word, written word#n."""
    word, _, number = name.partition("#")
    words = find_words(get_encoder().tokenizer, [text])
    places = zip(words.begins.tolist(), words.ends.tolist(), strict=True)
    return [(a, b) for a, b in places if text[a:b] == word][int(number or 1) - 1]


def links_of(src: str, tgt: str, line: str) -> set[tuple[tuple[int, int], tuple[int, int]]]:
    pairs = (pair.rsplit("-", 1) for pair in line.split())
    return {(place(src, ours), place(tgt, theirs)) for ours, theirs in pairs}


def found_in(bitext: Bitext, src: str, tgt: str) -> set[tuple[tuple[int, int], tuple[int, int]]]:
    i, j = bitext.src.texts.index(src), bitext.tgt.texts.index(tgt)
    bead = next(each for each in bitext.alignment.beads if each.src.start <= i < each.src.stop)
    return {
        ((link.src.start, link.src.stop), (link.tgt.start, link.tgt.stop))
        for link in bitext.word_links(bead)
        if link.src.segment == i and link.tgt.segment == j
    }


def test_links_made_by_hand_are_found(bitext: Bitext) -> None:
    """138 sure links of a dozen beads; those found must be sure or as good."""
    found = right = reached = sure = 0
    for block in GOLD:
        src, tgt, certain, possible = block.split("\n")
        wanted, allowed = links_of(src, tgt, certain), links_of(src, tgt, possible)
        links = found_in(bitext, src, tgt)
        found += len(links)
        right += len(links & (wanted | allowed))
        reached += len(links & wanted)
        sure += len(wanted)
    assert sure == 138
    assert right / found >= 0.93
    assert reached / sure >= 0.86


def test_links_stay_within_their_bead_and_in_order(bitext: Bitext) -> None:
    total = 0
    for bead in bitext.alignment.beads:
        links = bitext.word_links(bead)
        total += len(links)
        assert not bead.is_null or links == ()
        places = [(link.src.segment, link.src.start, link.tgt.segment) for link in links]
        assert places == sorted(places)
        for link in links:
            assert bead.src.start <= link.src.segment < bead.src.stop
            assert bead.tgt.start <= link.tgt.segment < bead.tgt.stop
            assert 0.3 <= link.strength <= 1
            for word, document in ((link.src, bitext.src), (link.tgt, bitext.tgt)):
                text = document.texts[word.segment][word.start : word.stop]
                assert text.strip() == text != ""
    assert bitext.alignment.links is not None
    assert total == len(bitext.alignment.links) > 300


def test_links_change_nothing_else(bitext: Bitext) -> None:
    plain = aligner.align(IZVESTIA)
    assert plain.alignment == bitext.alignment
    assert plain.alignment.links is None
    assert plain.word_links(plain.alignment.beads[0]) == ()


def test_a_pinned_bead_has_links_across_all_its_segments(bitext: Bitext, tmp_path: Path) -> None:
    """A pin of twelve segments is longer than any bead that the search makes."""
    first, last = bitext.alignment.beads[8], bitext.alignment.beads[17]
    pin = (
        replace(first.src, stop=last.src.stop),
        replace(first.tgt, stop=last.tgt.stop),
    )
    corrections = saved(tmp_path / "corrections.json", bitext, pins=[pin])
    pinned = aligner.align(IZVESTIA, corrections=corrections, links=True)
    bead = next(each for each in pinned.alignment.beads if "pinned" in each.flags)
    assert (bead.src, bead.tgt) == pin
    links = pinned.word_links(bead)
    assert {link.src.segment for link in links} == set(range(pin[0].start, pin[0].stop))


def test_segments_of_another_program_have_links_too() -> None:
    result = aligner.align_segments(
        ["The cat sleeps."], ["Кошка спит."], src_lang="en", tgt_lang="ru", links=True
    )
    pairs = {(link.src, link.tgt) for link in result.word_links(result.beads[0])}
    assert pairs == {(Word(0, 4, 7), Word(0, 0, 5)), (Word(0, 8, 14), Word(0, 6, 10))}


def test_without_tokens_there_are_no_links_and_no_error() -> None:
    class Plain:
        """The embedded encoder, as one that knows whole texts only."""

        name, dimension, languages = "plain", 512, None
        encode = staticmethod(get_encoder().encode)

    result = aligner.align_segments(
        ["One."], ["Раз."], src_lang="en", tgt_lang="ru", encoder=Plain(), links=True
    )
    assert result.links is None
    assert result.word_links(result.beads[0]) == ()


def test_nothing_to_link() -> None:
    for src, tgt in ((["One."], []), ([], ["Раз."]), ([], [])):
        result = aligner.align_segments(src, tgt, src_lang="en", tgt_lang="ru", links=True)
        assert all(result.word_links(bead) == () for bead in result.beads)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It’s the U.S. co-operation!", "It’s the U.S co operation"),
        ("«Привет, мир!» — сказал он…", "Привет мир сказал он"),
        ("ﬁne ＡＢＣ ½ x", "ﬁne ＡＢＣ ½ x"),
        ("cafe\u0301 e\u0301te\u0301", "cafe\u0301 e\u0301te\u0301"),
        ("東京に行きました。", "東京 に 行き ました"),
        ("NATO軍", "NATO 軍"),
        ("مرحبا بالعالم؟", "مرحبا بالعالم"),
        ("ﷺ قال", "ﷺ قال"),
        ("می‌خواهم", "می‌خواهم"),
        ("हिन्दी में", "हिन्दी में"),
        ("한국어는 어렵다", "한국어는 어렵다"),
        ("🙂👍🏽 fine 🙂", "fine"),
        ("  two   words ", "two words"),
        ("1,234.5 kg", "1,234.5 kg"),
        ("… — !", ""),
        ("", ""),
    ],
)
def test_words_are_the_letters_that_are_there(text: str, words: str) -> None:
    assert words_of(text) == words.split()


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text(max_size=40), max_size=5))
def test_words_lie_in_their_texts_one_after_the_other(texts: list[str]) -> None:
    tokenizer = get_encoder().tokenizer
    words = find_words(tokenizer, texts)
    ids = [tokenizer.encode(text) for text in texts]
    assert len(words.of_token) == sum(map(len, ids))
    assert len(words.starts) == len(texts) + 1
    assert words.starts[-1] == len(words.begins)
    for at, text in enumerate(texts):
        here = slice(words.starts[at], words.starts[at + 1])
        ends = 0
        for begin, end in zip(words.begins[here], words.ends[here], strict=True):
            assert ends <= begin < end <= len(text)
            ends = end
    # Every word has tokens, and they come in order.
    of_token = words.of_token[words.of_token >= 0]
    assert sorted(set(of_token.tolist())) == list(range(len(words.begins)))
    assert (np.diff(of_token) >= 0).all()


def test_each_choice_is_a_share() -> None:
    similarities = np.random.default_rng(1).uniform(-1, 1, (7, 5)).astype(np.float32)
    strengths = choices(similarities)
    assert strengths.shape == (7, 5)
    assert ((strengths >= 0) & (strengths <= 1)).all()
    assert (strengths.sum(axis=1) <= 1).all()
    assert (strengths.sum(axis=0) <= 1).all()
    # Words that nothing resembles have no counterpart.
    assert choices(np.full((1, 1), -0.5, np.float32))[0, 0] < 0.01
    assert choices(np.full((1, 1), 0.9, np.float32))[0, 0] > 0.99


class Counted:
    """A tokenizer that counts what it is asked."""

    def __init__(self, tokenizer: Any) -> None:
        self.tokenizer = tokenizer
        self.encoded = self.normalized = 0

    def encode(self, *args: Any, **options: Any) -> Any:
        self.encoded += 1
        return self.tokenizer.encode(*args, **options)

    def normalize(self, *args: Any, **options: Any) -> Any:
        self.normalized += 1
        return self.tokenizer.normalize(*args, **options)


def test_finding_words_is_cheap(bitext: Bitext, monkeypatch: pytest.MonkeyPatch) -> None:
    """A novel has millions of characters, and some hundred different ones."""
    looked_up: list[str] = []

    def counted_kind(char: str) -> int:
        looked_up.append(char)
        return _kind(char)

    monkeypatch.setattr("aligner.encoders.token_words._kind", counted_kind)
    texts = bitext.src.texts * 100
    counted = Counted(get_encoder().tokenizer)
    find_words(counted, texts)
    assert sorted(looked_up) == sorted({"\n", *"".join(texts)})
    assert (counted.encoded, counted.normalized) == (1, len(texts))
