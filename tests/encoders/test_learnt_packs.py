"""A language that nobody knows is learnt from the texts themselves."""

import numpy as np
import pytest

import aligner
from aligner.encoders import get_encoder
from aligner.encoders.packs.encoder import PackedEncoder
from aligner.encoders.packs.learnt import LEAST, learn_pack
from aligner.encoders.sides import with_learnt_pack
from aligner.types import Alignment, Bead, Block, Document, Origin, Span

WHO = ("The miller", "A sailor", "The old queen", "Our teacher", "My brother", "The judge")
DOES = ("sold", "found", "forgot", "painted", "carried", "stole")
WHAT = ("a horse", "the bread", "two candles", "the letter", "some salt", "a wooden bridge")
WHEN = ("before winter", "last night", "in the garden", "without a word", "near the river")
SAID = tuple(f"{a} {b} {c} {d}." for a in WHO for b in DOES for c in WHAT for d in WHEN)
# Every letter is another's: no word, no name and no ending is what it was.
CIPHER = str.maketrans("abcdefghijklmnopqrstuvwxyz", "qxzfwplgcsijdbonevkymtrhau")


@pytest.fixture(scope="module")
def texts():
    english = np.random.default_rng(5).permutation(SAID)[:600].tolist()
    return english, [text.lower().translate(CIPHER).capitalize() for text in english]


def one_to_one(count, confidence=0.95):
    return Alignment(
        tuple(Bead(Span(i, i + 1), Span(i, i + 1), 1.0, confidence) for i in range(count)),
        count,
        count,
    )


def document(texts, lang):
    return Document(tuple(Block(text) for text in texts), lang, Origin("memory"))


@pytest.mark.parametrize("unknown", [0, 1])
def test_what_was_learnt_finds_what_was_not_seen(texts, unknown):
    encoder = get_encoder()
    english, other = texts
    both = [english[:450], other[:450]]
    if unknown == 0:
        both.reverse()
    pack = learn_pack(encoder, both, one_to_one(450), unknown)
    taught = PackedEncoder(encoder, pack)
    wanted = encoder.encode(english[450:])
    before = (wanted @ encoder.encode(other[450:]).T).argmax(1) == np.arange(150)
    after = (wanted @ taught.encode(other[450:]).T).argmax(1) == np.arange(150)
    assert before.mean() < 0.2 < 0.8 < after.mean()


def test_little_teaches_nothing(texts):
    encoder = get_encoder()
    few = [each[: LEAST - 1] for each in texts]
    assert learn_pack(encoder, few, one_to_one(LEAST - 1), 1) is None
    unsure = one_to_one(600, confidence=0.5)
    assert learn_pack(encoder, texts, unsure, 1) is None


def test_it_is_learnt_the_same_every_time(texts):
    first, second = (learn_pack(get_encoder(), texts, one_to_one(600), 1) for _ in range(2))
    assert first.model == second.model
    assert np.array_equal(first.mixtures, second.mixtures)


def test_a_text_in_a_language_that_nobody_knows_is_aligned(texts):
    english, other = ([*each] for each in texts)
    # Two neighbours are joined, two sentences lack their translation.
    joined = [*other[:100], " ".join(other[100:102]), *other[102:300], *other[302:]]
    beads = aligner.align_segments(english, joined, src_lang="en", tgt_lang="rue").beads
    right = {(i, i) for i in range(100)} | {(i, i - 1) for i in range(102, 300)}
    right |= {(i, i - 3) for i in range(302, 600)}
    found = {(b.src.start, b.tgt.start) for b in beads if b.kind == "1-1"}
    assert len(found & right) / len(right) > 0.97
    assert any(b.kind == "2-1" and b.src.start == 100 for b in beads)


@pytest.mark.parametrize(("src", "tgt"), [("en", "ru"), ("en", "fi"), ("cs", "el")])
def test_what_is_known_is_not_learnt(src, tgt):
    sides = document(("One.",), src), document(("Two.",), tgt)
    assert with_learnt_pack(get_encoder(), sides, one_to_one(600)) is None
