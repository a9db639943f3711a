"""An encoder that tells how far it has come gives the same vectors."""

import numpy as np

from aligner.encoders import get_encoder
from aligner.encoders.contract import Encoder
from aligner.encoders.progress import CHUNK, Reporting


def test_it_reports_every_chunk_and_changes_nothing():
    texts = [f"Room {i} is on floor {i // 10}." for i in range(CHUNK + 10)]
    embedded = get_encoder()
    seen = []
    reporting = Reporting(embedded, lambda *step: seen.append(step))
    assert isinstance(reporting, Encoder)
    assert reporting.languages == embedded.languages
    np.testing.assert_allclose(reporting.encode(texts), embedded.encode(texts), atol=1e-5)
    reporting.encode(texts[:3])
    first, second = CHUNK + 10, CHUNK + 13
    assert seen == [(CHUNK, first), (first, first), (second, second)]
    assert reporting.done == second


def test_no_texts():
    assert Reporting(get_encoder(), print).encode([]).shape == (0, 512)
