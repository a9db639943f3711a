"""Exports as a person wants them: what is asked for, and nothing else."""

from pathlib import Path

import pytest

from aligner.errors import FormatError, WriteError
from aligner.export.exporting import Wishes, check_wishes, export, sift
from aligner.export.filters import Rule
from aligner.export.profiles import find
from aligner.pipeline.opening import read
from aligner.types import Bitext
from tests.export.test_filters import FILLER, bitext_of

LONG = bitext_of(FILLER[0], ("x" * 2001, "y"), FILLER[1])


def test_without_wishes_nothing_changes(tmp_path: Path, sample: Bitext) -> None:
    assert sift(sample, Wishes()).bitext is sample
    exported = export(sample, [tmp_path / "out.jsonl"], Wishes())
    assert read(tmp_path / "out.jsonl") == sample
    assert exported.refusals == {}


def test_marks_look_at_the_whole() -> None:
    bitext = bitext_of(("In 1945.", "Тогда."), FILLER[0], ("In 1945.", "Тогда."))
    wishes = Wishes(flags=(Rule("duplicate"),), drops=(Rule("not-1-1"),))
    assert [bead.flags for bead in sift(bitext, wishes).bitext.alignment.beads] == [
        *((), (), ("duplicate",))
    ]


def test_only_the_programs_files_are_suited_to_it(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("a.tmx", "a.jsonl", "a.csv")]
    exported = export(LONG, paths, Wishes(profile=find("trados")))
    assert [exported.losses[path].refused for path in paths] == [1, 0, 0]
    langs = [read(path).src.lang for path in paths]
    assert langs == ["en-US", "en", "en"]
    assert read(paths[1]) == LONG


def test_options_reach_their_writer_alone(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("a.csv", "a.tsv")]
    export(LONG, paths, Wishes(options={".csv": {"bom": False}}))
    assert [path.read_bytes()[:2] for path in paths] == [b"id", b"id"]


def test_wishes_are_checked_before_the_work(tmp_path: Path) -> None:
    check_wishes([tmp_path / "a.tmx"], Wishes(profile=find("omegat")))
    check_wishes([tmp_path / "a.csv", tmp_path / "a.tmx"], Wishes(profile=find("omegat")))
    with pytest.raises(WriteError, match="no output is one that OmegaT imports"):
        check_wishes([tmp_path / "a.csv"], Wishes(profile=find("omegat")))
    with pytest.raises(WriteError, match="no output"):
        check_wishes([], Wishes(profile=find("excel")))
    with pytest.raises(FormatError):
        check_wishes([tmp_path / "a.odt"], Wishes())


def test_the_files_of_every_path_are_told(tmp_path: Path, sample: Bitext) -> None:
    several, one = tmp_path / "a.moses", tmp_path / "A.TSV"
    exported = export(sample, [several, one], Wishes())
    assert exported.files == {several: (tmp_path / "a.en", tmp_path / "a.ru"), one: (one,)}
    assert {path for files in exported.files.values() for path in files} == {*tmp_path.iterdir()}


def test_inputs_are_kept(tmp_path: Path, sample: Bitext) -> None:
    kept = tmp_path / "a.ru"
    kept.write_text("Собака.", "utf-8")
    paths = [tmp_path / "b.tsv", tmp_path / "a.moses"]
    # Before the work nobody knows the languages, and so the files' names.
    check_wishes(paths, Wishes(), keep=[kept], force=True)
    with pytest.raises(WriteError, match=r"a\.ru: this is an input"):
        export(sample, paths, Wishes(), keep=[kept], force=True)
    assert [*tmp_path.iterdir()] == [kept]
    with pytest.raises(WriteError, match=r"b\.tsv: this is an input"):
        check_wishes(paths, Wishes(), keep=[kept, tmp_path / "b.tsv"], force=True)
    export(sample, paths, Wishes(), keep=[tmp_path / "c.ru"], force=True)
    assert kept.read_text("utf-8") != "Собака."


def test_either_of_several_inputs_is_kept(tmp_path: Path, sample: Bitext) -> None:
    export(sample, [tmp_path / "a.moses"], Wishes())
    before = (tmp_path / "a.en").read_bytes()
    (tmp_path / "b.en").hardlink_to(tmp_path / "a.en")
    for name in ("a.moses", "b.moses"):
        with pytest.raises(WriteError, match="this is an input"):
            export(sample, [tmp_path / name], Wishes(), keep=[tmp_path / "a.moses"], force=True)
    assert (tmp_path / "b.en").read_bytes() == before
