"""Beads files: written as Vecalign does, read back, refused where they are no alignment."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings

from aligner.errors import ReadError
from aligner.formats.readers.beads import read_alignment
from aligner.formats.writers import write
from aligner.types import Alignment, Bead, Bitext, Span
from tests.formats.writers.bitexts import bitexts


@given(bitexts())
@settings(deadline=None, max_examples=60)
def test_spans_and_confidences_come_back(
    tmp_path_factory: pytest.TempPathFactory, bitext: Bitext
) -> None:
    path = tmp_path_factory.getbasetemp() / "out.beads"
    write(bitext, path, force=True)
    beads = tuple(replace(bead, score=0.0, flags=()) for bead in bitext.alignment.beads)
    assert read_alignment(path) == replace(bitext.alignment, beads=beads, moves=())


def test_the_form_is_vecaligns(tmp_path: Path) -> None:
    path = tmp_path / "x.beads"
    path.write_text("[0, 1]:[0]:0.93\n[]:[1]\n\n[2]:[2, 3]:12.5\n")
    assert read_alignment(path) == Alignment(
        (
            Bead(Span(0, 2), Span(0, 1), confidence=0.93),
            Bead(Span(2, 2), Span(1, 2)),
            Bead(Span(2, 3), Span(2, 4)),
        ),
        n_src=3,
        n_tgt=4,
    )


@pytest.mark.parametrize(
    "damaged", ["[0]:[0]\n[2]:[1]\n", "[0]:[0]\n[0]:[1]\n", "[0]:[0]\n[]:[]\n", "[0]:[0]\nx\n"]
)
def test_what_is_no_alignment_is_refused_with_its_line(tmp_path: Path, damaged: str) -> None:
    path = tmp_path / "x.beads"
    path.write_text(damaged)
    with pytest.raises(ReadError) as caught:
        read_alignment(path)
    assert caught.value.where == f"{path}, line 2"
