"""Each compiled loop against its definition, at every level that this processor reaches.

The program is run as it is, but that each loop it calls is computed several times: at each level,
and by its definition.
"""

import sys
from collections import Counter
from typing import get_args

import numpy as np
import pytest

from aligner import native
from aligner.encoders.embedded import EmbeddedEncoder
from aligner.encoders.embedded.forward import ModelMatmuls
from aligner.encoders.embedded.matmul import HALF, SINGLE
from aligner.encoders.embedded.span_sums import centred
from aligner.engine.candidates.plain_score import plain_scores
from aligner.engine.evidence.features import edge_features
from aligner.engine.learning.model import default_model
from aligner.engine.search.anchors import _heaviest_chain
from aligner.engine.search.inference import best_path, posteriors
from aligner.engine.search.pruning import prune
from aligner.native import Level, Loops, level, loops
from tests.engine.cases import full_band, random_band, random_evidence, unit
from tests.native import coverage_twins, encoder_twins, evidence_twins, search_twins

TWINS = (coverage_twins, encoder_twins, evidence_twins, search_twins)
TEXTS = ["One.", "", "A sentence of some more words, which is long enough.", "Two of them.", "No"]
HALF_STEP = 2.0**-7  # between numbers of half precision near 1


def definition(name):
    return next(getattr(twins, name) for twins in TWINS if hasattr(twins, name))


def copied(values):
    return [np.copy(value) if isinstance(value, np.ndarray) else value for value in values]


def alike(own, other):
    """Whether two arrays are equal but for the order in which numbers were added up."""
    if own.dtype == np.uint16:
        own, other = encoder_twins.widen(own), encoder_twins.widen(other)
        # (What no loop has written yet may be any bits, of no number, too.)
        return np.allclose(own, other, rtol=HALF_STEP, atol=1e-4, equal_nan=True)
    return np.allclose(own, other, rtol=1e-4, atol=5e-5, equal_nan=True)


class Checked:
    """The loops, each call of which is computed by all."""

    def __init__(self):
        self.calls = Counter()
        self.levels = [Loops(each) for each in get_args(Level) if each <= level()]

    def __getattr__(self, name):
        return lambda *values: self.call(name, values)

    def call(self, name, values):
        halves = any(isinstance(x, np.ndarray) and x.dtype == np.uint16 for x in values)
        self.calls[name, halves] += 1
        wanted = copied(values)
        with np.errstate(all="ignore"):
            result = definition(name)(*wanted)
        found = [copied(values) for _ in self.levels]
        results = [getattr(each, name)(*own) for each, own in zip(self.levels, found, strict=True)]
        for own, returned in zip(found, results, strict=True):
            assert returned == (pytest.approx(result) if isinstance(result, float) else result)
            assert returned == results[0]
            for place, (value, other, first) in enumerate(zip(own, wanted, found[0], strict=True)):
                if isinstance(value, np.ndarray):
                    assert alike(value, other), (name, place)
                    assert np.array_equal(value, first, equal_nan=value.dtype.kind == "f")
        return getattr(loops, name)(*values)


@pytest.fixture
def checked(monkeypatch):
    checked = Checked()
    for name, module in list(sys.modules.items()):
        takes = name.startswith("aligner.") and module is not native
        if takes and vars(module).get("loops") is native.loops:
            monkeypatch.setattr(module, "loops", checked)
    return checked


def run_encoder(precision):
    encoder = EmbeddedEncoder()
    matmuls = ModelMatmuls.prepare(encoder.weights, encoder.token_projection, precision)
    sums = encoder.sums(encoder.tokenize(TEXTS), 3, matmuls)
    encoder.vectors(sums, 3, matmuls)
    centred(sums.tokens)
    encoder.sketches(encoder.tokenize(TEXTS))


def run_engine(rng):
    n, m, span = int(rng.integers(1, 9)), int(rng.integers(1, 9)), int(rng.integers(1, 5))
    band = full_band(n, m) if rng.random() < 0.5 else random_band(n, m, rng)
    evidence = random_evidence(rng, n, m, span, band)
    scores = plain_scores(evidence)
    scores += (0.1 * rng.random(scores.shape)).astype(np.float32)  # or paths may be equally good
    anchors = None
    if rng.random() < 0.5:
        anchors = tuple(np.sort(rng.choice(size, min(n, m) // 2, False)) for size in (n, m))
    lattice = prune(band, scores, span, float(rng.choice([0.2, 5.0])), anchors).lattice
    potentials = default_model().weigh(edge_features(evidence, lattice), lattice)
    transitions = rng.normal(size=(3, 3))
    posteriors(lattice, potentials, transitions)
    best_path(lattice, potentials, transitions)
    _heaviest_chain(rng.permutation(n), rng.random(n), n)


def test_every_loop_is_what_its_definition_says(checked):
    run_encoder(SINGLE)
    run_encoder(HALF)
    for seed in range(30):
        run_engine(np.random.default_rng(seed))
    tried = {name for name, _ in checked.calls}
    assert tried == set(loops.names)
    of_both = {"first_layer", "gather", "finish", "pooled_sums", "column_sums", "subtract"}
    of_both |= {"scaled", "rectify", "rectify_sum", "sum"}
    assert all(checked.calls[name, halves] for name in of_both for halves in (False, True))


@pytest.mark.parametrize("size", [0, 1, 15, 16, 17, 40])
def test_rows_of_any_length_are_added_up_whole(size):
    rows = np.random.default_rng(size).normal(size=(3, size)).astype(np.float32)
    found = [np.empty_like(rows) for _ in range(2)]
    loops.unit_rows(rows, 1e-9, found[0])
    encoder_twins.unit_rows(rows, 1e-9, found[1])
    assert np.allclose(*found, atol=1e-6)


def test_slices_are_taken_as_they_lie():
    wide = unit(np.random.default_rng(1).normal(size=(6, 8)).astype(np.float32))
    out = np.zeros((3, 12), np.float32)
    loops.unit_rows(wide[::2, 2:6], 1e-9, out[:, 4:8])
    assert np.allclose(np.linalg.norm(out[:, 4:8], axis=1), 1)
    assert not out[:, :4].any()
    assert not out[:, 8:].any()


ROWS = np.ones((2, 3), np.float32)


@pytest.mark.parametrize(
    "values",
    [
        (ROWS.astype(np.float64), 1e-9, ROWS),
        (ROWS[0], 1e-9, ROWS),
        (ROWS, 1e-9),
        (ROWS, ROWS, ROWS),
        (np.asfortranarray(ROWS), 1e-9, ROWS),
        (ROWS[:, ::2], 1e-9, ROWS),
        (ROWS.tolist(), 1e-9, ROWS),
        (ROWS, 1e-9, np.broadcast_to(ROWS[0], (2, 3))),
    ],
)
def test_what_does_not_fit_is_refused(values):
    with pytest.raises(TypeError, match=r"unit_rows\(float32\[:, :\], float64, float32\[:, :\]\)"):
        loops.unit_rows(*values)


def test_the_type_of_numbers_chooses():
    half = np.array([[0x3F80, 0xBF80]], np.uint16)  # 1 and -1
    loops.rectify(half)
    assert half.tolist() == [[0x3F80, 0]]
    with pytest.raises(TypeError, match="no rectify takes float64"):
        loops.rectify(np.ones((1, 2)))


def test_an_unknown_loop_is_no_attribute():
    with pytest.raises(AttributeError, match="no loop is called 'nothing'"):
        _ = loops.nothing


def test_a_library_that_is_missing_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(native, "__file__", str(tmp_path / "__init__.py"))
    with pytest.raises(ImportError, match=r"\(loops-1\.\w+\) cannot be loaded .* install"):
        Loops(1)
