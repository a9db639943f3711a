"""The systems that are compared: this program and the peers that PyPI offers.

- *aligner*: this program with default settings.
- *vecalign*: Vecalign's search (Thompson and Koehn 2019) from the package `sentweave`, with
  our encoder's vector of every overlap. `vecalign-text` is the same search when each overlap
  is embedded as a text of its own, as every aligner with such an encoder does it.
- *gale-church*: lengths alone (Gale and Church 1993), from the package `galechurch`.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

import aligner
from aligner import engine
from aligner.encoders.contract import SpanEncoder
from aligner.encoders.sides import with_pack
from aligner.engine.learning.model import Model
from aligner.errors import AlignerError, MissingExtraError
from aligner.evaluation import Link, links
from benchmarks.training.documents import side_of

Floats = NDArray[np.float32]

# sentweave's own defaults: beads of up to eight segments on both sides together, and so on.
OVERLAPS = 8
SEED = 42
SEARCH = {
    "del_percentile_frac": 0.2,
    "width_over2": OVERLAPS // 2 + 5,
    "max_size_full_dp": 300,
    "costs_sample_size": 20_000,
    "num_samps_for_norm": 100,
}
# Cells of the grid, which galechurch computes whole: half a minute. Its own limit is lower.
CELLS = 200_000_000
# Overlaps embedded in one call: few enough that their tokens' features stay small in memory.
TEXTS = 2048


class TooLargeError(AlignerError):
    """A text is longer than a system can align."""


@dataclass(frozen=True, slots=True)
class Result:
    """What a system found.

    Args:
        links: its beads.
        confidences: of each bead, the probability that it is right; empty where it says none.
    """

    links: tuple[Link, ...]
    confidences: tuple[float, ...] = ()


# Source segments, target segments, and their languages.
System = Callable[[Sequence[str], Sequence[str], str, str], Result]


def system(name: str, encoder: aligner.Encoder) -> System:
    """Return the system of a name, ready to align.

    Raises:
        MissingExtraError: its package is not installed.
    """
    return SYSTEMS[name](encoder)


def _ours(encoder: aligner.Encoder) -> System:
    def run(src: Sequence[str], tgt: Sequence[str], src_lang: str, tgt_lang: str) -> Result:
        return _result(
            aligner.align_segments(src, tgt, src_lang=src_lang, tgt_lang=tgt_lang, encoder=encoder)
        )

    return run


def weighted(encoder: SpanEncoder, model: Model) -> System:
    """Return this program with other weights than its own."""

    def run(src: Sequence[str], tgt: Sequence[str], src_lang: str, tgt_lang: str) -> Result:
        sides = (src, src_lang), (tgt, tgt_lang)
        with threadpool_limits(1, "blas"):
            made = (side_of(texts, (), with_pack(encoder, lang)) for texts, lang in sides)
            alignment = engine.align(*made, model=model)
        return _result(alignment)

    return run


def _result(alignment: aligner.Alignment) -> Result:
    return Result(tuple(links(alignment)), tuple(bead.confidence for bead in alignment.beads))


def _vecalign(base: aligner.Encoder, *, as_text: bool = False) -> System:
    try:
        from sentweave.dp_utils import (  # type: ignore[import-untyped]
            layer,
            make_alignment_types,
            preprocess_line,
            vecalign,
        )
    except ImportError as error:
        raise MissingExtraError(
            "Vecalign's search is not installed", remedy="run pip install sentweave"
        ) from error

    def embedded(texts: Sequence[str], encoder: aligner.Encoder) -> Floats:
        """All overlaps as texts: float32 (OVERLAPS, n, d), [k, j] ends with segment j."""
        lines = [preprocess_line(text) for text in texts]
        rows = [text for size in range(1, OVERLAPS + 1) for text in layer(lines, size)]
        parts = [encoder.encode(rows[i : i + TEXTS]) for i in range(0, len(rows), TEXTS)]
        return np.concatenate(parts).reshape(OVERLAPS, len(texts), -1)

    def overlaps(texts: Sequence[str], lang: str) -> Floats:
        encoder = with_pack(base, lang)
        # As the program itself does: the encoder shares out its work, and BLAS threads beside
        # that wait for each other.
        with threadpool_limits(1, "blas"):
            if as_text or not isinstance(encoder, SpanEncoder):
                return embedded(texts, encoder)
            _, meaning = encoder.spans(texts, OVERLAPS)
            return front_padded(meaning(0, len(texts)).vectors, encoder.encode(["PAD"])[0])

    def run(src: Sequence[str], tgt: Sequence[str], src_lang: str, tgt_lang: str) -> Result:
        random.seed(SEED)
        np.random.seed(SEED)  # sentweave draws from both
        types = make_alignment_types(OVERLAPS)
        stack = vecalign(
            overlaps(src, src_lang), overlaps(tgt, tgt_lang), final_alignment_types=types, **SEARCH
        )
        found = stack[0]["final_alignments"]
        return Result(tuple(Link(tuple(a), tuple(b)) for a, b in found))

    return run


def front_padded(spans: Floats, padding: Floats) -> Floats:
    """Rearrange span vectors as Vecalign wants them.

    Args:
        spans: (n, k, d), [i, s] is the span of s + 1 segments from i.
        padding: (d,), what stands where a span would begin before the text.

    Returns:
        (k, n, d), [s, j] is the span of s + 1 segments that ends with segment j.
    """
    n, sizes, width = spans.shape
    result = np.empty((sizes, n, width), np.float32)
    for size in range(sizes):
        result[size, :size] = padding
        result[size, size:] = spans[: max(n - size, 0), size]
    return result


def _gale_church(_encoder: aligner.Encoder) -> System:
    try:
        import galechurch
    except ImportError as error:
        raise MissingExtraError(
            "galechurch is not installed", remedy="run pip install galechurch"
        ) from error

    def run(src: Sequence[str], tgt: Sequence[str], _src_lang: str, _tgt_lang: str) -> Result:
        if (len(src) + 1) * (len(tgt) + 1) > CELLS:
            raise TooLargeError(f"a grid of {len(src):,} × {len(tgt):,} is too large for it")
        block = galechurch.align(src, tgt, max_block_size=CELLS)
        return Result(
            tuple(
                Link(
                    tuple(range(bead.source_start, bead.source_end)),
                    tuple(range(bead.target_start, bead.target_end)),
                )
                for bead in block.beads
            )
        )

    return run


SYSTEMS: dict[str, Callable[[aligner.Encoder], System]] = {
    "aligner": _ours,
    "vecalign": _vecalign,
    "vecalign-text": partial(_vecalign, as_text=True),
    "gale-church": _gale_church,
}
