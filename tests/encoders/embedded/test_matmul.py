"""Long texts in bfloat16: the same vectors but for rounding."""

import numpy as np
import pytest

from aligner.encoders.embedded.encoder import EmbeddedEncoder
from aligner.encoders.embedded.matmul import half_is_fast
from tests.encoders.embedded.test_encoder import EXACT, SENTENCES, cosines

pytestmark = pytest.mark.skipif(not half_is_fast(), reason="no bfloat16 on this processor")


def test_spans_are_as_good_as_in_single_precision():
    encoder = EmbeddedEncoder(threads=2)
    tokens = encoder.tokenize([text for pair in SENTENCES.values() for text in pair])
    single, half = encoder.matmuls(1), encoder.matmuls(10**7)
    assert single is not half
    exact = encoder.vectors(encoder.sums(tokens, 3, single), 3, single)
    rounded = encoder.vectors(encoder.sums(tokens, 3, half), 3, half)
    there = np.linalg.norm(exact, axis=2) > 0
    assert cosines(exact, rounded)[there].min() >= EXACT
