"""An encoder around an encoder, which tells how far it has come."""

from collections.abc import Callable, Sequence

import numpy as np

from aligner.encoders.contract import Encoder, Vectors, encode_checked

# Texts between two reports: enough to be sorted by length, a few seconds of a large model.
CHUNK = 512


class Reporting:
    """Embeds as another encoder does, counts the texts, and reports after every chunk.

    Args:
        encoder: does the work.
        report: called with the number of texts that are done, and of all that it was given,
            over all calls.

    Attributes:
        done: texts embedded so far.
    """

    def __init__(self, encoder: Encoder, report: Callable[[int, int], None]) -> None:
        self.name = encoder.name
        self.dimension = encoder.dimension
        self.languages = encoder.languages
        self.done = 0
        self._encoder = encoder
        self._report = report
        self._given = 0

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Embed texts: float32 (n, dimension), each row of unit length.

        Raises:
            EncoderError: what the encoder gives are no vectors of these texts.
        """
        self._given += len(texts)
        vectors = np.empty((len(texts), self.dimension), np.float32)
        for start in range(0, len(texts), CHUNK):
            chunk = texts[start : start + CHUNK]
            vectors[start : start + len(chunk)] = encode_checked(self._encoder, chunk)
            self.done += len(chunk)
            self._report(self.done, self._given)
        return vectors
