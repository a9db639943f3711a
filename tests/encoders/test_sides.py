"""Spans of encoders that see a whole text at once: true vectors where the search needs them."""

import hashlib
import threading
from collections import Counter
from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import aligner
from aligner import engine
from aligner.encoders import get_encoder
from aligner.encoders.contract import Encoder
from aligner.encoders.sides import SpanEncoder, make_side
from aligner.engine.candidates.narrowing import narrow
from aligner.engine.evidence.cosines import Cosines
from aligner.engine.evidence.features import Evidence
from aligner.engine.search.anchors import Chain
from aligner.engine.search.band import SECTION, Section, lay_band
from aligner.errors import EncoderError
from aligner.types import Block, Constraints, Document, Origin, Segment, Span, join

ENGLISH = (
    *("The ferry left at dawn.", "Nobody waved.", "Rain drummed on the tin roof all morning."),
    *("“Where is the key?” she asked.", "He shrugged.", "It was under the flowerpot, as always."),
)
RUSSIAN = (
    *("Паром отошёл на рассвете.", "Никто не махал.", "Всё утро дождь стучал по железной крыше."),
    *("— Где ключ? — спросила она.", "Он пожал плечами.", "Как всегда, под цветочным горшком."),
)
CHINESE = (
    *("渡轮在黎明时离开了。", "没有人挥手。", "整个上午雨水敲打着铁皮屋顶。"),
    *("“钥匙在哪里？”她问。", "他耸了耸肩。", "像往常一样，在花盆下面。"),
)
SIDES = (ENGLISH, "en"), (RUSSIAN, "ru")


class Wrapped:
    """The embedded encoder as one that can only embed texts."""

    name = "wrapped"
    dimension = 512
    languages = None

    def __init__(self):
        self.given = []

    def encode(self, texts):
        self.given += texts
        return get_encoder().encode(texts)


@cache
def word_vector(word):
    seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:8], "big")
    return np.random.default_rng(seed).normal(size=32)


class OfWords:
    """A cheap encoder with which a text is more than the sum of its parts."""

    name = "words"
    dimension = 32
    languages = None

    def __init__(self):
        self.threads = set()
        self.inside = threading.Lock()

    def encode(self, texts):
        assert self.inside.acquire(blocking=False), "called by two at once"
        self.threads.add(threading.get_ident())
        vectors = np.tanh([sum(map(word_vector, text.split())) for text in texts])
        self.inside.release()
        return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def document(texts, lang):
    segments = tuple(Segment(text, 0, len(text)) for text in texts)
    return Document((Block(""),), lang, Origin(""), segments)


def evidence(src, tgt, encoder, max_span=8):
    """Both documents as one section with all nodes open."""
    whole = Section(0, len(src.segments), 0, len(tgt.segments))
    sides = [make_side(each, encoder, max_span) for each in (src, tgt)]
    src_meaning, tgt_meaning = (side.meaning(0, len(side)) for side in sides)
    band = lay_band(no_anchors(), whole)
    cosines = Cosines.compute(src_meaning.vectors, tgt_meaning.vectors, band)
    astray = [np.zeros(len(side), bool) for side in sides]
    surfaces = [side.surface for side in sides]
    ratio = float(surfaces[0].lengths.sum() / surfaces[1].lengths.sum())
    return Evidence(src_meaning, tgt_meaning, *surfaces, cosines, *astray, ratio), band


def no_anchors():
    return Chain(np.empty(0, np.int64), np.empty(0, np.int64))


def chosen(sentences):
    return st.lists(st.sampled_from(sentences), min_size=1, max_size=12)


@given(chosen(ENGLISH), chosen(RUSSIAN + CHINESE), st.sampled_from(["ru", "zh"]))
@settings(max_examples=20, deadline=None)
def test_vectors_the_search_needs_are_those_of_the_joined_texts_from_the_mean(ours, theirs, lang):
    src, tgt, encoder = document(ours, "en"), document(theirs, lang), Wrapped()
    before, band = evidence(src, tgt, encoder)
    after, _, lattice, *_ = narrow(before, band, 8)
    true = 0
    for side, guesses, meaning in ((src, before.src, after.src), (tgt, before.tgt, after.tgt)):
        kept = meaning.guessed
        assert (meaning.vectors[kept] == guesses.vectors[kept]).all()
        n = len(side.segments)
        known = [(i, k) for i in range(n) for k in range(min(8, n - i)) if not kept[i, k]]
        joined = [join(side.segments[i : i + k + 1], side.lang) for i, k in known]
        found = meaning.vectors[tuple(np.transpose(known))]
        oracle = get_encoder().encode(joined)
        oracle -= get_encoder().encode(side.texts).sum(axis=0) / (n + 1)
        oracle /= np.linalg.norm(oracle, axis=1, keepdims=True)
        np.testing.assert_allclose(found, oracle, atol=1e-4)
        true += len(known) - n
    real = ~lattice.null
    i, j, a, b = (x[real] for x in (lattice.i, lattice.j, lattice.a, lattice.b))
    products = (after.src.vectors[i, a - 1] * after.tgt.vectors[j, b - 1]).sum(axis=1)
    assert after.cosines.at(i, j, a, b) == pytest.approx(products, abs=1e-5)
    if len(ours) > 1 and len(theirs) > 1:
        assert true  # else nothing above was compared


def test_no_text_is_embedded_twice():
    src, tgt = document(ENGLISH * 3, "en"), document(RUSSIAN * 3, "ru")
    encoder = Wrapped()
    before, band = evidence(src, tgt, encoder)
    assert Counter(encoder.given) == Counter(ENGLISH + RUSSIAN)
    after = narrow(before, band, 8).evidence
    spans = encoder.given[len(ENGLISH + RUSSIAN) :]
    assert max(Counter(spans).values()) == 1
    again, _, lattice, *_ = narrow(after, band, 8)
    assert len(encoder.given) == len(ENGLISH + RUSSIAN) + len(spans) + sum(
        np.count_nonzero(x.guessed & ~y.guessed)
        for x, y in ((after.src, again.src), (after.tgt, again.tgt))
    )
    assert len(lattice)


def test_the_number_of_texts_encoded_is_told():
    encoder, seen = Wrapped(), []
    alignment = aligner.align_segments(
        ENGLISH,
        RUSSIAN,
        src_lang="en",
        tgt_lang="ru",
        encoder=encoder,
        progress=lambda *step: seen.append(step),
    )
    assert alignment.encoded == len(encoder.given) > len(ENGLISH + RUSSIAN)
    assert ("encoding", alignment.encoded, alignment.encoded) in seen
    exact = aligner.align_segments(ENGLISH, RUSSIAN, src_lang="en", tgt_lang="ru")
    assert exact.encoded == 0


def test_an_encoder_is_called_by_one_thread_and_never_while_it_works():
    texts = [f"{i} {i * i} {i % 7} stone" for i in range(2 * SECTION + SECTION // 2)]
    encoder, sections = OfWords(), []
    alignment = aligner.align_segments(
        texts,
        texts,
        src_lang="en",
        tgt_lang="de",
        encoder=encoder,
        progress=lambda stage, done, _: sections.append(done) if stage == "aligning" else None,
    )
    assert len(sections) > 1
    assert {bead.kind for bead in alignment.beads} == {"1-1"}
    assert encoder.threads == {threading.get_ident()}


def test_limits_of_spans_hold_for_what_is_embedded():
    encoder = Wrapped()
    before, band = evidence(document(ENGLISH, "en"), document(RUSSIAN, "ru"), encoder, 2)
    narrow(before, band, 2)
    pairs = {f"{one} {two}" for side in (ENGLISH, RUSSIAN) for one, two in pairwise(side)}
    assert set(encoder.given) <= {*ENGLISH, *RUSSIAN, *pairs}


def test_what_a_person_fixed_is_kept_and_its_surroundings_are_embedded():
    encoder = Wrapped()
    sides = [make_side(document(*each), encoder, 8) for each in SIDES]
    free = engine.align(*sides)
    assert {bead.kind for bead in free.beads} == {"1-1"}
    known = len(encoder.given)
    pin = Span(0, 2), Span(0, 3)
    bound = engine.align(*sides, constraints=Constraints((pin,)))
    assert pin in {(bead.src, bead.tgt) for bead in bound.beads}
    assert set(encoder.given[known:]) >= {" ".join(ENGLISH[:2]), " ".join(RUSSIAN[:2])}


def test_it_is_no_encoder_of_spans():
    assert isinstance(Wrapped(), Encoder)
    assert not isinstance(Wrapped(), SpanEncoder)


class Failing(Wrapped):
    """One that fails at the first text of several sentences."""

    def __init__(self, fail):
        super().__init__()
        self.fail = fail

    def encode(self, texts):
        vectors = super().encode(texts)
        return vectors if set(texts) <= {*ENGLISH, *RUSSIAN} else self.fail(vectors)


def align_with(encoder):
    return aligner.align_segments(ENGLISH, RUSSIAN, src_lang="en", tgt_lang="ru", encoder=encoder)


def test_what_an_encoder_raises_comes_through():
    def fail(_vectors):
        raise TimeoutError("the service does not answer")

    with pytest.raises(TimeoutError, match="does not answer"):
        align_with(Failing(fail))


@pytest.mark.parametrize(
    ("fail", "problem"),
    [
        (lambda vectors: vectors[:1], r"shape \(1, 512\) for \d+ texts"),
        (lambda vectors: vectors[:, :1], r"shape \(\d+, 1\)"),
        (lambda vectors: vectors * np.nan, "not finite"),
    ],
)
def test_what_are_no_vectors_of_the_texts_is_refused(fail, problem):
    with pytest.raises(EncoderError, match=problem) as caught:
        align_with(Failing(fail))
    assert caught.value.where == "wrapped"


def test_vectors_of_another_length_align_alike():
    longer = Failing(lambda vectors: 4 * vectors)
    assert align_with(longer).beads == align_with(Wrapped()).beads


def test_an_empty_side_needs_no_encoder():
    encoder = Wrapped()
    alignment = aligner.align_segments(ENGLISH, [], src_lang="en", tgt_lang="ru", encoder=encoder)
    assert {bead.kind for bead in alignment.beads} == {"1-0"}
    assert alignment.encoded == len(ENGLISH)


class Alike(Wrapped):
    """One whose vectors have most in common, as those of e5 models."""

    def encode(self, texts):
        vectors = super().encode(texts) + 2 * np.eye(1, self.dimension, dtype=np.float32)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def test_what_all_vectors_have_in_common_is_taken_out():
    src, tgt = (make_side(document(*each), Alike(), 8) for each in SIDES)
    plain = (make_side(document(*each), Wrapped(), 8) for each in SIDES)
    cosines = src.sketches() @ tgt.sketches().T
    expected = np.multiply(*(side.sketches() for side in plain))
    assert np.diag(cosines) == pytest.approx(expected.sum(axis=1), abs=0.1)
    assert cosines[~np.eye(len(ENGLISH), dtype=bool)].mean() < 0.1


def test_a_text_of_one_segment_keeps_its_direction():
    side = make_side(document(ENGLISH[:1], "en"), Wrapped(), 8)
    np.testing.assert_allclose(side.sketches(), get_encoder().encode(ENGLISH[:1]), atol=1e-5)
