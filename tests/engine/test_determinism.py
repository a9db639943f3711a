"""The same texts give the same beads and confidences, whatever the number of threads."""

import os
from functools import partial

import pytest

from aligner import engine
from aligner.encoders.embedded import encoder as embedded
from aligner.encoders.embedded.encoder import EmbeddedEncoder
from aligner.encoders.embedded.matmul import half_is_fast
from aligner.pipeline.aligning import align_segments
from benchmarks.generate import generate

SEGMENTS = 700
SECTION = 150  # so that there are several sections to share out
PRECISIONS = [
    pytest.param(10**9, id="float32"),
    pytest.param(
        0,
        id="bfloat16",
        marks=pytest.mark.skipif(not half_is_fast(), reason="no bfloat16 on this processor"),
    ),
]


@pytest.fixture(scope="module")
def pair():
    return generate(SEGMENTS)


def beads(pair, threads, monkeypatch):
    monkeypatch.setattr(os, "cpu_count", lambda: threads)
    encoder = EmbeddedEncoder()
    assert encoder.threads == threads
    return align_segments(pair.src, pair.tgt, src_lang="en", tgt_lang="ru", encoder=encoder).beads


@pytest.mark.parametrize("long", PRECISIONS)
def test_threads_change_neither_beads_nor_confidences(pair, long, monkeypatch):
    monkeypatch.setattr(embedded, "LONG", long)
    monkeypatch.setattr(engine, "sections", partial(engine.sections, size=SECTION))
    monkeypatch.setattr("aligner.engine.nearest.ROWS", 100)
    one, two, four = (beads(pair, threads, monkeypatch) for threads in (1, 2, 4))
    assert len(one) > SEGMENTS / 2
    assert one == two == four
