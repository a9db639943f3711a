"""JSON lines hold everything: what is written comes back, to the last field."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings

from aligner.errors import ReadError
from aligner.formats.readers import jsonl
from aligner.formats.writers import write
from aligner.types import Bitext
from tests.formats.writers.bitexts import bitexts


@given(bitexts())
@settings(deadline=None, max_examples=60)
def test_everything_comes_back(tmp_path_factory: pytest.TempPathFactory, bitext: Bitext) -> None:
    path = tmp_path_factory.getbasetemp() / "out.jsonl"
    write(bitext, path, force=True)
    assert jsonl.read(path) == bitext


def test_the_real_one_comes_back(tmp_path: Path, sample: Bitext) -> None:
    write(sample, tmp_path / "out.jsonl")
    assert jsonl.read(tmp_path / "out.jsonl") == sample


def test_lone_surrogates_come_back(tmp_path: Path, sample: Bitext) -> None:
    first, *others = sample.src.segments
    segments = (replace(first, text="a\ud800b"), *others)
    bitext = replace(sample, src=replace(sample.src, segments=segments))
    assert write(bitext, tmp_path / "out.jsonl").characters == 0
    assert jsonl.read(tmp_path / "out.jsonl") == bitext


def test_every_line_after_the_first_is_a_bead(tmp_path: Path, sample: Bitext) -> None:
    write(sample, tmp_path / "out.jsonl")
    head, *lines = map(json.loads, (tmp_path / "out.jsonl").read_text("utf-8").splitlines())
    assert head["src"]["lang"] == "en"
    assert [line["source"] for line in lines] == [
        sample.src_text(bead) for bead in sample.alignment.beads
    ]


def test_other_peoples_pairs_are_read(tmp_path: Path) -> None:
    path = tmp_path / "pairs.jsonl"
    path.write_text('{"source": "One", "target": "Раз"}\n\n{"target": "Два", "x": 1}\n', "utf-8")
    bitext = jsonl.read(path)
    assert (bitext.src.texts, bitext.tgt.texts) == (["One"], ["Раз", "Два"])


@pytest.mark.parametrize(
    ("line", "change"),
    [
        (1, {"version": 2}),
        (3, {"confidence": 2}),
        (4, {"src_segments": [{"text": "x"}]}),
        (5, {"flags": None}),
    ],
)
def test_damage_is_named_with_its_line(
    tmp_path: Path, sample: Bitext, line: int, change: dict[str, object]
) -> None:
    path = tmp_path / "out.jsonl"
    write(sample, path)
    lines = path.read_text("utf-8").splitlines()
    lines[line - 1] = json.dumps(json.loads(lines[line - 1]) | change)
    path.write_text("\n".join(lines), "utf-8")
    with pytest.raises(ReadError) as caught:
        jsonl.read(path)
    assert caught.value.where == f"{path}, line {line}"


@pytest.mark.parametrize("content", ["[1]\n", "{\n", '{"source": 1}\n', "{}\n", "\n"])
def test_what_is_no_bitext_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "out.jsonl"
    path.write_text(content)
    with pytest.raises(ReadError):
        jsonl.read(path)


PAIR = '{"source": "One", "target": "Раз"}\n'.encode()
MARK = "\ufeff".encode()


@pytest.mark.parametrize("head", [b"", MARK, b"\n\n", MARK + b"\n"])
def test_a_byte_order_mark_at_the_head_is_no_text(tmp_path: Path, head: bytes) -> None:
    path = tmp_path / "pairs.jsonl"
    path.write_bytes(head + PAIR)
    assert jsonl.read(path).src.texts == ["One"]


def test_files_that_were_joined_have_a_byte_order_mark_further_on(tmp_path: Path) -> None:
    path = tmp_path / "pairs.jsonl"
    path.write_bytes(MARK + PAIR + MARK + PAIR)
    assert jsonl.read(path).src.texts == ["One", "One"]


def test_a_line_may_be_long_and_not_longer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "pairs.jsonl"
    path.write_bytes(PAIR + PAIR)
    monkeypatch.setattr(jsonl, "MAX_LINE", len(PAIR) + 1)
    assert jsonl.read(path).src.texts == ["One", "One"]
    monkeypatch.setattr(jsonl, "MAX_LINE", len(PAIR))
    with pytest.raises(ReadError, match="longer than 0 MB") as caught:
        jsonl.read(path)
    assert caught.value.where == f"{path}, line 1"


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("[1]", "no JSON object"),
        ('{"source": 5, "target": "x"}', "no source and no target"),
        ('{"source": "x", "target": []}', "no source and no target"),
        ('{"text": "x"}', "no source and no target"),
    ],
)
def test_a_line_that_is_no_pair_is_named(tmp_path: Path, line: str, problem: str) -> None:
    path = tmp_path / "pairs.jsonl"
    path.write_text(f"{PAIR.decode()}{line}\n", "utf-8")
    with pytest.raises(ReadError, match=problem) as caught:
        jsonl.read(path)
    assert caught.value.where == f"{path}, line 2"
