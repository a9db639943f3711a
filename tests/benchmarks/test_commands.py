"""The two commands, for real, on small texts."""

import pytest
from click.testing import CliRunner
from lxml import etree

import aligner
from aligner.engine.evidence.features import FEATURES
from aligner.engine.learning.model import default_model
from aligner.evaluation import Link
from benchmarks import accuracy, ciphers, speed
from benchmarks.ciphers import LEAST, ciphered
from benchmarks.generate import generate
from benchmarks.measure import Measurement
from benchmarks.plot import plot
from benchmarks.runs import Run
from benchmarks.sets import Pair, write_pair
from benchmarks.speed import Kept, growth, rows
from benchmarks.systems import CELLS, TooLargeError, system


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """One set in English and Russian, one in a language that the encoder was not made for."""
    root = tmp_path_factory.mktemp("sets")
    pair = generate(40)
    hungarian = ("A kovács eladta a lovát.", "Este a halász hazament a folyótól.")
    english = ("The smith sold his horse.", "In the evening the fisherman went home.")
    for name, each in (
        ("good", pair),
        ("foreign", Pair("x", english, hungarian, (Link((0,), (0,)), Link((1,), (1,))))),
    ):
        (root / name).mkdir()
        write_pair(each, root / name)
    return root


def cells(line):
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_accuracy(folder):
    result = CliRunner().invoke(accuracy.main, [str(folder)])
    assert result.exit_code == 0, result.output
    head, _, *lines = map(cells, result.stdout.splitlines())
    total = f"{generate(40).segments}"
    assert [line[:5] for line in lines] == [
        [*each, name, "1", segments]
        for each, segments in ((("foreign", "en-hu"), "4"), (("good", "en-ru"), total))
        for name in accuracy.COMPARED
    ]
    ours, *peers = lines[len(accuracy.COMPARED) :]
    strict_f1, calibration_error = head.index("F1"), head.index("calibration error")
    assert float(ours[strict_f1]) > 0.9
    assert all(0.5 < float(peer[strict_f1]) <= 1.0 for peer in peers)
    # Only the program says how sure it is.
    assert float(ours[calibration_error]) < 0.2
    assert [peer[calibration_error] for peer in peers] == ["–", "–"]


def test_accuracy_of_weights_that_never_saw_the_set(folder, monkeypatch):
    never = default_model().without(FEATURES)  # weights that say nothing
    monkeypatch.setattr(accuracy, "prepared", lambda _folder, _seed: [])
    monkeypatch.setattr(accuracy, "left_out", lambda _known, names: [(n, never) for n in names])
    arguments = [str(folder), "--set", "good", "--leave-one-out", "--without", "vecalign"]
    result = CliRunner().invoke(accuracy.main, arguments)
    head, _, blind, ours, _ = map(cells, result.stdout.splitlines())
    assert (blind[2], ours[2]) == (accuracy.BLIND, "aligner")
    f1 = head.index("F1")
    assert float(blind[f1]) < 0.9 < float(ours[f1])


def test_only_the_embedded_encoder_has_weights_to_train(folder):
    arguments = [str(folder), "--leave-one-out", "--encoder", "other"]
    result = CliRunner().invoke(accuracy.main, arguments)
    assert result.exit_code == 1
    assert result.stderr == "Error: weights are trained with the embedded encoder alone\n"


def test_accuracy_of_nothing(tmp_path):
    result = CliRunner().invoke(accuracy.main, [str(tmp_path / "nowhere")])
    assert result.exit_code == 1
    assert result.output.startswith("Error: ")
    assert "no such folder" in result.output


def test_vectors_of_spans_are_those_of_their_texts():
    # Vecalign's search finds the same with our spans' vectors as with texts embedded one by one.
    pair = generate(24)
    encoder = aligner.get_encoder()
    found = [
        system(name, encoder)(pair.src, pair.tgt, "en", "ru").links
        for name in ("vecalign", "vecalign-text")
    ]
    assert found[0] == found[1]
    assert len(found[0]) > 15


def test_too_large_a_grid_is_refused():
    run = system("gale-church", aligner.get_encoder())
    lines = ["x"] * int(CELLS**0.5)
    with pytest.raises(TooLargeError, match="too large"):
        run(lines, lines, "en", "ru")


def test_speed():
    arguments = ["--size", "40", "--system", "aligner", "--system", "gale-church"]
    result = CliRunner().invoke(speed.main, arguments)
    assert result.exit_code == 0, result.output
    _, _, ours, theirs = map(cells, result.stdout.splitlines())
    assert (ours[:2], theirs[:2]) == (["40", "aligner"], ["40", "gale-church"])
    assert float(ours[-2]) > 0.9
    # A process of its own that loads the weights holds more than one that counts letters.
    assert float(ours[-3].replace(",", "")) > 1.5 * float(theirs[-3].replace(",", ""))


def test_figures_worked_out_by_hand():
    runs = [
        Run(1_000, "aligner", Measurement(2_000, 1.0, 1.0, 1.0, 300.0, 0.9, 1.0)),
        Run(10_000, "aligner", Measurement(20_000, 1.0, 5.0, 5.0, 400.0, 0.9, 1.0)),
        Run(10_000, "gale-church", Measurement(20_000, 0.1, 10.0, 10.0, 200.0, 0.5, 0.6)),
        Run(100_000, "aligner", Measurement(200_000, 1.0, 60.0, 60.0, 500.0, 0.9, 1.0)),
        Run(100_000, "gale-church", None),
    ]
    found = list(rows(runs))
    assert found[2][2:6] == ("2,000", "2", "2", "500")
    assert set(found[4][2:]) == {"–"}
    said = "at 100,000 segments a side 1.20 times that at 10,000 (1.20 in seconds of processor)"
    assert said in growth(runs)
    assert growth(runs[:1]) == ""


def test_measurements_are_kept(tmp_path):
    path = tmp_path / "kept.jsonl"
    measured = Measurement(2_000, 1.0, 1.5, 2.5, 300.0, 0.9, 1.0)
    Kept(path).add("generated-1000", "aligner", measured)
    assert Kept(path).get("generated-1000", "aligner") == measured
    assert Kept(path).get("generated-1000", "vecalign") is None
    arguments = ["--size", "1000", "--system", "aligner", "--kept", str(path)]
    result = CliRunner().invoke(speed.main, arguments)
    assert cells(result.stdout.splitlines()[2])[2] == f"{2_000 / 1.5:,.0f}"


def test_the_plot(tmp_path):
    runs = [
        Run(size, name, Measurement(2 * size, 1.0, size / 2_000, size / 2_000, 300.0, 0.9, 1.0))
        for size in (1_000, 10_000)
        for name in speed.DEFAULT
    ]
    plot([*runs, Run(100_000, "gale-church", None)], tmp_path / "a.svg")
    plot([*runs, Run(100_000, "gale-church", None)], tmp_path / "b.svg")
    drawn = etree.parse(tmp_path / "a.svg")
    words = {text.strip() for text in drawn.getroot().itertext()}
    assert {*speed.DEFAULT, "segments a second", "peak memory, MiB"} <= words
    assert (tmp_path / "a.svg").read_bytes() == (tmp_path / "b.svg").read_bytes()


def test_a_cipher_exchanges_letters_and_nothing_else():
    texts = ["Az öreg 12 lovat adott el.", "ÁLLJ! – mondta."]
    found = ciphered(texts)
    assert found == ciphered(texts) != texts
    pairs = set(zip("".join(texts).lower(), "".join(found).lower(), strict=True))
    assert len({a for a, _ in pairs}) == len({b for _, b in pairs}) == len(pairs)
    assert all(a == b for a, b in pairs if not a.isalpha())


def test_ciphers(tmp_path):
    (tmp_path / "good").mkdir()
    write_pair(generate(3 * LEAST), tmp_path / "good")
    result = CliRunner().invoke(ciphers.main, [str(tmp_path)])
    assert result.exit_code == 0, result.output
    _, _, *lines = map(cells, result.stdout.splitlines())
    assert [line[1] for line in lines] == ["aligner", "gale-church"]
    assert float(lines[0][4]) >= float(lines[1][4])
