"""Language packs: the space they share with the encoder, and spans that add up."""

import numpy as np
import pytest

import aligner
from aligner.encoders import get_encoder
from aligner.encoders.packs.pack import Pack, find_pack, lowered, packed
from aligner.encoders.sides import with_pack
from aligner.languages.table import languages, made_for
from benchmarks.languages.notice import notice
from tests import ROOT

ENGLISH = (
    "The old miller sold his last horse before the winter came.",
    "Where did you put the key to the cellar?",
    "It rained for three days and the bridge was gone.",
    "She did not believe a word of the letter.",
    "Children are not allowed in the engine room.",
    "We need more bread, two candles and some salt.",
)
TRANSLATED = {
    "fi": (
        "Vanha mylläri myi viimeisen hevosensa ennen talven tuloa.",
        "Mihin panit kellarin avaimen?",
        "Satoi kolme päivää ja silta oli poissa.",
        "Hän ei uskonut kirjeestä sanaakaan.",
        "Lapsilta on pääsy kielletty konehuoneeseen.",
        "Tarvitsemme lisää leipää, kaksi kynttilää ja vähän suolaa.",
    ),
    "cs": (
        "Starý mlynář prodal svého posledního koně, než přišla zima.",
        "Kam jsi dal klíč od sklepa?",
        "Tři dny pršelo a most byl pryč.",
        "Nevěřila ani slovu z toho dopisu.",
        "Děti nesmějí do strojovny.",
        "Potřebujeme víc chleba, dvě svíčky a trochu soli.",
    ),
    "el": (
        "Ο γέρος μυλωνάς πούλησε το τελευταίο του άλογο πριν έρθει ο χειμώνας.",
        "Πού έβαλες το κλειδί του υπογείου;",
        "Έβρεχε τρεις μέρες και η γέφυρα χάθηκε.",
        "Δεν πίστεψε ούτε μια λέξη από το γράμμα.",
        "Τα παιδιά δεν επιτρέπεται να μπουν στο μηχανοστάσιο.",
        "Χρειαζόμαστε κι άλλο ψωμί, δύο κεριά και λίγο αλάτι.",
    ),
}


@pytest.fixture(scope="module")
def embedded():
    return get_encoder()


@pytest.mark.parametrize("lang", TRANSLATED)
def test_translations_are_nearest(lang, embedded):
    cosines = embedded.encode(ENGLISH) @ with_pack(embedded, lang).encode(TRANSLATED[lang]).T
    assert cosines.argmax(1).tolist() == cosines.argmax(0).tolist() == [0, 1, 2, 3, 4, 5]


def test_languages_that_have_packs_meet_without_english(embedded):
    finnish, greek = (with_pack(embedded, x).encode(TRANSLATED[x]) for x in ("fi", "el"))
    cosines = finnish @ greek.T
    assert (cosines.argmax(1) == np.arange(6)).sum() >= 5


def test_a_span_is_its_text(embedded):
    encoder = with_pack(embedded, "fi")
    texts = TRANSLATED["fi"]
    sketches, meaning = encoder.spans(texts, 4)
    vectors = meaning(0, len(texts)).vectors
    for size in (1, 2, 4):
        joined = [" ".join(texts[i : i + size]) for i in range(len(texts) - size + 1)]
        assert np.allclose(vectors[: len(joined), size - 1], encoder.encode(joined), atol=2e-3)
    assert not vectors[3:, 3].any()
    assert sketches().shape == (6, 512)


def test_a_run_of_segments_is_as_in_the_whole(embedded):
    encoder = with_pack(embedded, "cs")
    texts = TRANSLATED["cs"]
    _, meaning = encoder.spans(texts, 2)
    whole, part = meaning(0, 6), meaning(2, 5)
    assert np.allclose(part.vectors[:2], whole.vectors[2:4], atol=2e-3)
    starts = whole.tokens.starts
    assert np.array_equal(part.tokens.starts, starts[2:6] - starts[2])
    assert np.array_equal(part.tokens.weights, whole.tokens.weights[starts[2] : starts[5]])


def test_words_stand_where_the_text_has_them(embedded):
    text = "İlk ΣΟΦΙΑ Tarvitsemme leipää!"
    words = with_pack(embedded, "fi").words([text])
    found = [text[a:b] for a, b in zip(words.begins, words.ends, strict=True)]
    assert found == ["İlk", "ΣΟΦΙΑ", "Tarvitsemme", "leipää"]
    assert len(lowered(text)) == len(text)


def test_a_text_in_no_known_letters_has_a_vector(embedded):
    vectors = with_pack(embedded, "fi").encode(["", "𐍈𐍉𐍊", "12"])
    assert np.isfinite(vectors).all()


def test_packs_are_small_and_say_what_they_are_made_of():
    assert {"fi", "cs", "el", "hu", "uk", "hi"} <= packed()
    assert not packed() & made_for("embedded")
    assert packed() <= languages().keys()
    for lang in packed():
        pack = find_pack(lang)
        assert len(pack.to_bytes()) < 2 << 20
        assert pack.facts["sources"]
        assert all(
            {"package", "version", "licence", "pairs"} <= x.keys() for x in pack.facts["sources"]
        )
        assert pack.facts["found"]
        assert all(0.5 < share <= 1 for share in pack.facts["found"].values())


def test_the_notice_names_what_packs_were_learnt_from():
    packs = [find_pack(lang) for lang in sorted(packed())]
    assert (ROOT / "NOTICE").read_text("utf-8") == notice(packs)


def test_a_pack_is_read_as_it_was_written():
    pack = find_pack("fi")
    again = Pack.from_bytes("fi", pack.to_bytes())
    assert again.model == pack.model
    assert np.array_equal(again.mixtures, pack.mixtures)
    assert np.array_equal(again.directions, pack.directions)
    assert again.facts == pack.facts


def test_two_texts_in_languages_with_packs_are_aligned():
    finnish = [each for each in TRANSLATED["fi"] for _ in range(1)]
    greek = [*TRANSLATED["el"][:2], *TRANSLATED["el"][3:]]
    beads = aligner.align_segments(finnish, greek, src_lang="fi", tgt_lang="el").beads
    pairs = [(b.src.start, b.tgt.start) for b in beads if not b.is_null]
    assert pairs == [(0, 0), (1, 1), (3, 2), (4, 3), (5, 4)]
    assert any(b.src.start == 2 and b.is_null for b in beads)
