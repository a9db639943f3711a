"""Training: gold as a mask of the lattice, the gradient, made documents, and the whole way."""

from dataclasses import replace

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.encoders.embedded.encoder import EmbeddedEncoder
from aligner.engine.evidence.features import FEATURES
from aligner.engine.learning.model import CLASSES, Model
from aligner.engine.search.inference import best_path, posteriors
from aligner.evaluation import Link
from benchmarks import train as command
from benchmarks.sets import Pair
from benchmarks.train_tokens import DIMENSIONS, Words, found_lines, learnt
from benchmarks.training import fitting
from benchmarks.training.documents import Example, Task, prepare
from benchmarks.training.gold import allowed, restricted
from benchmarks.training.judging import judge
from benchmarks.training.likelihood import (
    TRANSITIONS,
    _loss,
    _terms,
    average_shares,
    measure,
    train,
)
from benchmarks.training.sources import WEIGHTS, joined, pieces
from benchmarks.training.synthetic import JUNK, made
from tests import oracle
from tests.engine.cases import SEEDS, edges_of, random_lattice

LINES = {
    "eng": ["The river rose all night, and nobody slept.", "Two boats were lost.", "Why did he go?",
            "The mill stood empty; its owner had gone to Paris.", "Snow fell on 12 May.",
            "She sold the red horse, because winter was near.",
            "Well then, the miller came home with a new wife, they say."],
    "deu": ["Der Fluss stieg die ganze Nacht, und niemand schlief.", "Zwei Boote gingen verloren.",
            "Warum ging er?", "Die Mühle stand leer; ihr Besitzer war nach Paris gegangen.",
            "Am 12. Mai fiel Schnee.", "Sie verkaufte das rote Pferd, weil der Winter nahe war.",
            "Nun denn, der Müller kam mit einer neuen Frau nach Haus, so hört man."],
    "fra": ["La rivière monta toute la nuit, et personne ne dormit.", "Deux bateaux furent perdus.",
            "Pourquoi est-il parti ?", "Le moulin était vide ; son maître était parti pour Paris.",
            "Il neigea le 12 mai.", "Elle vendit le cheval rouge, car l'hiver approchait.",
            "Eh bien, le meunier revint chez lui avec une femme, dit-on."],
}  # fmt: skip


def links_of(lattice, edges):
    columns = (lattice.i, lattice.a, lattice.j, lattice.b)
    return [
        Link(tuple(range(i, i + a)), tuple(range(j, j + b)))
        for i, a, j, b in zip(*(x[edges].tolist() for x in columns), strict=True)
    ]


def example(n, m, seed):
    """A random document whose gold the first feature tells."""
    rng = np.random.default_rng(seed)
    lattice = random_lattice(n, m, rng)
    gold = best_path(lattice, rng.normal(size=len(lattice)))
    features = rng.normal(size=(len(lattice), len(FEATURES))).astype(np.float32)
    features[gold, 0] += 3
    links = links_of(lattice, gold)
    right = allowed(lattice, links, loose=False)
    first = best_path(lattice, lattice.plain)
    return Example("s", tuple(links), lattice, features, first, right, right.astype(float))


@given(SEEDS, st.integers(1, 4), st.integers(1, 4))
@settings(max_examples=30, deadline=None)
def test_gold_of_the_lattice_allows_its_own_path_only(seed, n, m):
    rng = np.random.default_rng(seed)
    lattice = random_lattice(n, m, rng)
    path = best_path(lattice, rng.normal(size=len(lattice)))
    gold = links_of(lattice, path)
    assert np.nonzero(allowed(lattice, gold, loose=False))[0].tolist() == sorted(path.tolist())


@given(SEEDS, st.integers(2, 4), st.integers(2, 4), st.data())
@settings(max_examples=30, deadline=None)
def test_paths_that_are_left_pass_through_every_corner(seed, n, m, data):
    """Loose gold, and gold whose beads were pruned, leave open what lies between corners."""
    lattice = random_lattice(n, m, np.random.default_rng(seed))
    i, j = data.draw(st.integers(0, n)), data.draw(st.integers(0, m))
    gold = [Link(tuple(range(i)), tuple(range(j))), Link(tuple(range(i, n)), tuple(range(j, m)))]
    gold = [link for link in gold if link.src or link.tgt]
    left = set(edges_of(restricted(lattice, allowed(lattice, gold, loose=True))))
    possible = set(edges_of(lattice))
    paths = oracle.all_paths(n, m, lambda *bead: bead in possible)
    through = [path for path in paths if any(bead[::2] == (i, j) for bead in [*path, (n, 0, m, 0)])]
    assert left == {bead for path in through for bead in path}


def test_a_pruned_bead_of_gold_leaves_its_inside_open():
    lattice = random_lattice(3, 3, np.random.default_rng(0))
    lattice = restricted(lattice, (lattice.a < 2) & (lattice.b < 2))
    gold = [Link((0, 1), (0, 1)), Link((2,), (2,))]
    left = set(edges_of(restricted(lattice, allowed(lattice, gold, loose=False))))
    inside = {(i, a, j, b) for i, a, j, b in edges_of(lattice) if i + a <= 2 and j + b <= 2}
    assert left == {*inside, (2, 1, 2, 1)}


def test_gold_that_goes_where_no_bead_does_leaves_no_path():
    lattice = random_lattice(4, 4, np.random.default_rng(0))
    lattice = restricted(lattice, ~lattice.null)
    gold = [Link((0,), (0,)), Link((1,), ()), Link((2,), ()), Link((3,), (1, 2, 3))]
    assert (3, 1) in {(i, j) for i, _, j, _ in edges_of(lattice)}
    left = restricted(lattice, allowed(lattice, gold, loose=False))
    assert posteriors(left, np.zeros(len(left)))[0] == -np.inf


def test_the_gradient_is_that_of_the_loss():
    rng = np.random.default_rng(3)
    each = example(4, 3, 3)
    terms = _terms(each, measure([each]), average_shares([each]), 0.3)
    theta = rng.normal(size=2 * len(FEATURES) + len(CLASSES) + 1 + len(TRANSITIONS)) * 0.1
    value, gradient = _loss(terms, theta)
    assert value > 0
    step = 1e-2
    some = rng.choice(len(theta), 25, replace=False)
    for at in [*some, *range(len(theta) - len(TRANSITIONS), len(theta))]:
        moved = np.zeros_like(theta)
        moved[at] = step
        slope = (_loss(terms, theta + moved)[0] - _loss(terms, theta - moved)[0]) / (2 * step)
        assert gradient[at] == pytest.approx(slope, abs=2e-3)


def test_training_finds_the_evidence_and_does_so_again():
    known = [example(12, 11, seed) for seed in range(4)]
    model = train(known, {"s": 1.0}, "a test")
    assert np.abs(model.weights[1]).argmax() == 0
    assert model.weights[1, 0] > 0
    assert judge(model, known).evaluation.strict.f1 > 0.9
    assert train(known, {"s": 1.0}, "a test").to_json() == model.to_json()
    assert Model.from_json(model.to_json()).provenance == "a test"


@given(SEEDS)
@settings(max_examples=15, deadline=None)
def test_made_documents_are_covered_by_their_gold(seed):
    (pair,) = made(LINES, 1, seed)
    assert [i for link in pair.gold for i in link.src] == list(range(len(pair.src)))
    assert [j for link in pair.gold for j in link.tgt] == list(range(len(pair.tgt)))
    assert all(pair.src)
    assert all(pair.tgt)
    assert bool(pair.src_units) == bool(pair.tgt_units)
    assert list(made(LINES, 1, seed)) == [pair]


def test_made_documents_have_every_kind_of_damage():
    pairs = list(made(LINES, 40, 7))
    kinds = {(len(link.src), len(link.tgt)) for pair in pairs for link in pair.gold}
    assert {(0, 1), (1, 0), (1, 1), (1, 2), (2, 1), (2, 2), (1, 3), (3, 1)} <= kinds
    assert {text for pair in pairs for text in pair.tgt} & set(JUNK)


def texts(pair):
    return [
        ([pair.src[i] for i in link.src], [pair.tgt[j] for j in link.tgt]) for link in pair.gold
    ]


def test_cut_and_joined_documents_keep_their_beads(monkeypatch):
    whole = list(made(LINES, 3, 1))
    (one,) = joined(whole)
    assert texts(one) == [bead for pair in whole for bead in texts(pair)]
    monkeypatch.setattr("benchmarks.training.sources.PIECE", 20)
    monkeypatch.setattr("benchmarks.training.sources.STEP", 40)
    cut = list(pieces([one]))
    assert len(cut) > 3
    for number, pair in enumerate(cut):
        assert texts(pair) == texts(one)[40 * number : 40 * number + 20]


def test_from_texts_to_a_model():
    rest = LINES["eng"][1:]
    src = ("The river rose all night,", "and nobody slept.", *rest)
    gold = (Link((0, 1), (0,)), *(Link((i + 1,), (i,)) for i in range(1, len(rest) + 1)))
    pairs = [Pair(lang, src, tuple(LINES[lang]), gold) for lang in ("deu", "fra")]
    known = [prepare(Task("s", pair), EmbeddedEncoder()) for pair in pairs]
    assert [each.gold for each in known] == [pair.gold for pair in pairs]
    assert [each.right.sum() for each in known] == [len(gold)] * 2
    assert judge(train(known, {"s": 1.0}, ""), known).evaluation.strict.f1 == 1


def test_discriminants_bring_pairs_together():
    rng = np.random.default_rng(1)
    size, words, lines = 160, 5, 160
    starts = np.arange(0, words * lines + 1, words)
    meaning = np.zeros((words * lines, size), np.float32)
    meaning[:, :20] = rng.normal(size=(words * lines, 20))

    def side():
        noise = np.zeros_like(meaning)
        noise[:, 20:] = rng.normal(size=(words * lines, size - 20)) * 0.25
        vectors = meaning + noise
        return Words(
            vectors / np.linalg.norm(vectors, axis=1, keepdims=True),
            starts,
            np.ones(words * lines, np.float32),
        )

    english, german = side(), side()
    projection = learnt({"eng": english, "deu": german})
    assert projection.shape == (size, DIMENSIONS)
    assert np.abs(projection).max() == 1
    before = (english.vectors * german.vectors).sum(axis=1).mean()
    turned = [each.turned(projection[:, :20]) for each in (english, german)]
    assert (turned[0].vectors * turned[1].vectors).sum(axis=1).mean() > before + 0.1
    assert found_lines(*turned) > 0.99


def test_a_folder_without_the_sets_is_refused(tmp_path):
    done = CliRunner().invoke(command.main, [str(tmp_path)])
    assert done.exit_code == 1
    assert "no set" in done.output


def test_the_command_writes_a_model_and_leaves_sets_out(tmp_path, monkeypatch):
    names = [name for name in (*command.WEIGHTS, *command.JUDGED_ONLY) for _ in range(2)]
    known = [replace(example(6, 6, seed), group=name) for seed, name in enumerate(names)]
    monkeypatch.setattr(command, "prepared", lambda _folder, _seed: known)
    out = tmp_path / "model.json"
    arguments = [str(tmp_path), "--out", str(out), "--held-out", "mac_dev", "--date", "2026-01-02"]
    done = CliRunner().invoke(command.main, arguments, catch_exceptions=False)
    assert done.exit_code == 0
    model = Model.from_json(out.read_text("utf-8"))
    assert model.provenance.endswith("made of NTREX (seed 7); 2026-01-02")
    assert "mac_dev" not in model.provenance
    assert "hard_ak_dev" not in model.provenance
    assert [line.split()[3] for line in done.output.splitlines() if "mac_dev" in line] == ["no"]


def test_a_set_is_left_out_with_all_that_shares_its_texts(monkeypatch):
    learnt = []
    monkeypatch.setattr(
        fitting, "train", lambda chosen, _weights, _: learnt.append({e.group for e in chosen})
    )
    known = [replace(example(4, 4, seed), group=name) for seed, name in enumerate(WEIGHTS)]
    names = [name for name, _ in fitting.left_out(known, {"hard_ak_dev", "hard_enru_dev", "mine"})]
    assert names == ["hard_ak_dev", "hard_enru_dev"]
    novel, news = learnt
    assert set(WEIGHTS) - novel == {"ak_manual_dev"}
    assert set(WEIGHTS) - news == {"hard_enru_dev", "wmt24_enru_sents", "made"}
