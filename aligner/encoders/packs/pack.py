"""A language pack: a vocabulary, and a vector for each of its pieces.

The embedded encoder's vector of a text is its head over a sum of token features. A pack has one
vector a piece in the place of these, learnt from texts whose English the encoder knows
(`python -m benchmarks.languages`). So the vector of a text, and of any span, is the head over a sum
of look-ups.
"""

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

import numpy as np
import sentencepiece
from numpy.typing import NDArray

from aligner.languages.table import known_as

Floats = NDArray[np.float32]
SUFFIX = ".npz"


@dataclass(frozen=True)
class Pack:
    """A pack, as it is loaded.

    Args:
        lang: BCP-47 tag of the language.
        model: of the SentencePiece tokenizer of small letters.
        mixtures: int8 (pieces, rank), how much of each direction a piece has; -7 to 7 in one
            that is stored.
        directions: float32 (rank, 512).
        bias: float32 (512,), of a text.
        facts: what it was learnt from, and what it reaches.
    """

    lang: str
    model: bytes
    mixtures: NDArray[np.int8]
    directions: Floats
    bias: Floats
    facts: Mapping[str, Any]

    @cached_property
    def tokenizer(self) -> sentencepiece.SentencePieceProcessor:
        """Return what cuts texts, in small letters, into pieces."""
        return sentencepiece.SentencePieceProcessor(model_proto=self.model)

    @property
    def share(self) -> float:
        """Return how much of a text's vector is the pack's; the rest is the encoder's own."""
        return float(self.facts["share"])

    def to_bytes(self) -> bytes:
        """Return the pack as it is stored: its numbers in four bits."""
        buffer = io.BytesIO()
        np.savez_compressed(
            buffer,
            model=np.frombuffer(self.model, np.uint8),
            nibbles=_packed(self.mixtures),
            directions=self.directions.astype(np.float16),
            bias=self.bias.astype(np.float16),
            facts=np.frombuffer(json.dumps(self.facts).encode(), np.uint8),
        )
        return buffer.getvalue()

    @classmethod
    def from_bytes(cls, lang: str, stored: bytes) -> "Pack":
        """Read a pack as `to_bytes` writes it."""
        with np.load(io.BytesIO(stored), allow_pickle=False) as arrays:
            return cls(
                lang,
                arrays["model"].tobytes(),
                _unpacked(arrays["nibbles"], len(arrays["directions"])),
                arrays["directions"].astype(np.float32),
                arrays["bias"].astype(np.float32),
                json.loads(arrays["facts"].tobytes()),
            )


def _packed(numbers: NDArray[np.int8]) -> NDArray[np.uint8]:
    """Store numbers from -7 to 7 in half a byte each."""
    halves = (numbers + 8).astype(np.uint8).ravel()
    halves = np.append(halves, np.zeros(len(halves) % 2, np.uint8))
    return (halves[::2] << 4 | halves[1::2]).astype(np.uint8)


def _unpacked(stored: NDArray[np.uint8], rank: int) -> NDArray[np.int8]:
    """Read what `_packed` stored: int8 (n, rank)."""
    halves = np.stack([stored >> 4, stored & 15], axis=1).ravel().astype(np.int8) - np.int8(8)
    found: NDArray[np.int8] = halves[: len(halves) // rank * rank].reshape(-1, rank)
    return found


def lowered(text: str) -> str:
    """Return a text in small letters, each where its large one stood."""
    found = text.lower()
    if len(found) == len(text):
        return found
    return "".join(low if len(low := c.lower()) == 1 else c for c in text)


@cache
def packed() -> frozenset[str]:
    """Return the tags of the languages that there are packs for."""
    folder = files(__package__) / "data"
    names = [each.name for each in folder.iterdir()] if folder.is_dir() else []
    return frozenset(name.removesuffix(SUFFIX) for name in names if name.endswith(SUFFIX))


@cache
def find_pack(lang: str) -> Pack | None:
    """Return the pack of a language, or of its macrolanguage; None where there is none."""
    tag = known_as(lang)
    if tag not in packed():
        return None
    stored = (files(__package__) / "data" / f"{tag}{SUFFIX}").read_bytes()
    return Pack.from_bytes(tag, stored)
