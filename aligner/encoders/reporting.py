"""An encoder around an encoder, which tells how far it has come."""

from collections.abc import Callable, Sequence

import numpy as np

from aligner.encoders.base import Encoder, Vectors

# Texts between two reports: enough to be sorted by length, a few seconds of a large model.
CHUNK = 512


class Reporting:
    """Embeds as another encoder does, and reports after every chunk.

    Args:
        encoder: does the work.
        report: called with the number of texts that are done, over all calls.
    """

    def __init__(self, encoder: Encoder, report: Callable[[int], None]) -> None:
        self.name = encoder.name
        self.dimension = encoder.dimension
        self.languages = encoder.languages
        self._encoder = encoder
        self._report = report
        self._done = 0

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Embed texts: float32 (n, dimension), each row of unit length."""
        vectors = np.empty((len(texts), self.dimension), np.float32)
        for start in range(0, len(texts), CHUNK):
            chunk = texts[start : start + CHUNK]
            vectors[start : start + len(chunk)] = self._encoder.encode(chunk)
            self._done += len(chunk)
            self._report(self._done)
        return vectors
