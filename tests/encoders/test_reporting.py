"""An encoder that tells how far it has come gives the same vectors."""

import numpy as np

from aligner.encoders import get_encoder
from aligner.encoders.base import Encoder
from aligner.encoders.reporting import CHUNK, Reporting


def test_it_reports_every_chunk_and_changes_nothing():
    texts = [f"Room {i} is on floor {i // 10}." for i in range(CHUNK + 10)]
    embedded = get_encoder()
    seen = []
    reporting = Reporting(embedded, seen.append)
    assert isinstance(reporting, Encoder)
    assert reporting.languages == embedded.languages
    np.testing.assert_allclose(reporting.encode(texts), embedded.encode(texts), atol=1e-5)
    reporting.encode(texts[:3])
    assert seen == [CHUNK, CHUNK + 10, CHUNK + 13]


def test_no_texts():
    assert Reporting(get_encoder(), print).encode([]).shape == (0, 512)
