"""Train what makes words of two languages comparable: `token_projection.npy` of the encoder.

    python -m benchmarks.train_tokens FOLDER

FOLDER holds `ntrex`, line-parallel news. Tokens of a line and of its translation that are
each other's nearest are taken as pairs; the projection is the linear discriminants (Fisher
1936) that keep pairs together and all tokens apart. The first lines are left out, and tell
how many of them are found by their words alone, before and after.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import click
import numpy as np
from numpy.typing import NDArray

from aligner.encoders import embedded
from aligner.encoders.embedded.encoder import EmbeddedEncoder
from aligner.errors import AlignerError
from benchmarks.report import table
from benchmarks.training.sources import LINES
from benchmarks.training.synthetic import LANGUAGES, PIVOT, read_lines

Floats = NDArray[np.float32]
Matrix = NDArray[np.float64]

PROJECTION = Path(embedded.__file__).with_name("token_projection.npy")
DIMENSIONS = 128  # a quarter of the work, and as many lines found in most languages
TESTED = 150  # lines that are looked for, among themselves
FIRST = 300  # line from which we learn; those before are left to be tested
LEAST = 0.35  # cosine of two tokens that may be a pair
EACH = 3  # of the other languages' tokens one in three says how all tokens lie
RIDGE = 1e-3  # of the mean variance, added so that the matrix can be inverted


class UnturnedEncoder(EmbeddedEncoder):
    """Gives tokens as they are pooled into a text's vector, 512 wide."""

    @cached_property
    def token_projection(self) -> Floats:
        """The pooling alone."""
        return self.weights.pooling


@dataclass(frozen=True, slots=True)
class Words:
    """The tokens of some lines.

    Args:
        vectors: float32 (t, 512), centred, of unit length.
        starts: int64 (n + 1,), the first token of each line.
        rarity: float32 (t,), how much each token says.
    """

    vectors: Floats
    starts: NDArray[np.int64]
    rarity: Floats

    def turned(self, projection: Matrix) -> "Words":
        """Apply a projection."""
        return Words(_unit(self.vectors @ projection.astype(np.float32)), self.starts, self.rarity)


def read_words(encoder: EmbeddedEncoder, lines: Sequence[str]) -> Words:
    """Compute the tokens of lines that follow each other."""
    tokens = encoder.tokenize(lines)
    sums = encoder.sums(tokens, 1)
    vectors = sums.tokens - sums.tokens.mean(axis=0)
    return Words(_unit(vectors), sums.starts, encoder.rarity(np.concatenate(tokens)))


def learnt(words: Mapping[str, Words]) -> Matrix:
    """Find the discriminants: float64 (512, DIMENSIONS), the strongest first.

    With W the covariance of the differences within pairs and T that of all tokens, they are
    the leading solutions of T v = λ W v, each scaled to v' W v = 1.
    """
    pivot = words[PIVOT]
    others = [words[name] for name in sorted(words) if name != PIVOT]
    differences = np.concatenate([_differences(other, pivot) for other in others])
    every = np.concatenate([*(other.vectors[::EACH] for other in others), pivot.vectors])
    within = _covariance(differences)
    within += RIDGE * np.trace(within) / len(within) * np.eye(len(within))
    inverse = np.linalg.inv(np.linalg.cholesky(within))
    _, directions = np.linalg.eigh(inverse @ _covariance(every) @ inverse.T)
    found: Matrix = (inverse.T @ directions)[:, ::-1][:, :DIMENSIONS]
    # Only directions and their ratios matter; float16 is finest near one.
    found /= np.abs(found).max()
    return found


def found_lines(src: Words, tgt: Words) -> float:
    """Return the share of the first lines whose translation their words find."""
    last_src, last_tgt = src.starts[TESTED], tgt.starts[TESTED]
    alike = src.vectors[:last_src] @ tgt.vectors[:last_tgt].T
    best = np.maximum.reduceat(alike, tgt.starts[:TESTED], axis=1)
    score = np.add.reduceat(best * src.rarity[:last_src, None], src.starts[:TESTED], axis=0)
    score -= score.mean(axis=0)  # a long line has something for every word
    return float((score.argmax(axis=1) == np.arange(TESTED)).mean())


@click.command(help=__doc__.split("\n", 1)[0] if __doc__ else None)
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--out", default=PROJECTION, type=click.Path(path_type=Path))
def main(folder: Path, out: Path) -> None:
    try:
        lines = read_lines(folder / LINES)
        encoder = UnturnedEncoder()
        projection = learnt({name: read_words(encoder, lines[name][FIRST:]) for name in LANGUAGES})
    except AlignerError as error:
        raise click.ClickException(str(error)) from error
    tested = {name: read_words(encoder, lines[name][:FIRST]) for name in LANGUAGES}
    rows = []
    for name in (name for name in LANGUAGES if name != PIVOT):
        before = found_lines(tested[name], tested[PIVOT])
        after = found_lines(*(tested[side].turned(projection) for side in (name, PIVOT)))
        rows.append((name, f"{before:.3f}", f"{after:.3f}"))
    print(table(("language", "found by 512 dimensions", f"by {DIMENSIONS}"), rows, left=1))
    np.save(out, projection.astype(np.float16))


def _differences(own: Words, other: Words) -> Floats:
    """Differences of the tokens that are each other's nearest, weighted by what they say."""
    return np.concatenate(
        [
            own.vectors[i] * np.sqrt(own.rarity[i, None])
            - other.vectors[j] * np.sqrt(other.rarity[j, None])
            for i, j in _pairs(own, other)
        ]
    )


def _pairs(own: Words, other: Words) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Yield the tokens of each line and of its translation that are each other's nearest."""
    for line in range(len(own.starts) - 1):
        i0, i1 = own.starts[line : line + 2]
        j0, j1 = other.starts[line : line + 2]
        alike = own.vectors[i0:i1] @ other.vectors[j0:j1].T
        if not alike.size:
            continue
        forth, back = alike.argmax(axis=1), alike.argmax(axis=0)
        mutual = back[forth] == np.arange(len(forth))
        i = np.nonzero(mutual & (alike.max(axis=1) > LEAST))[0]
        yield i0 + i, j0 + forth[i]


def _covariance(vectors: Floats) -> Matrix:
    covariance: Matrix = (vectors.T @ vectors / len(vectors)).astype(np.float64)
    return covariance


def _unit(vectors: Floats) -> Floats:
    unit: Floats = vectors / (np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-6)
    return unit


if __name__ == "__main__":
    main()
