"""Anchors: segment pairs that surely belong together, in order, found without all pairs.

A segment and its nearest neighbour are a candidate when each is the other's nearest and
the second nearest is clearly farther (the margin idea of Artetxe & Schwenk 2019,
arXiv:1811.01136). The heaviest increasing chain of the candidates is kept (patience
with a Fenwick tree, O(k log k)). A rectangle too large for all pairs is first cut by a
chain over evenly spaced samples, so time and memory stay linear in the texts. Where these stand
far apart, a wrong one would part hundreds of segments from their translations: only those count
whose neighbours match as well.

Candidates that follow each other off the chain, and cross some of it, are a passage that stands
elsewhere in the other text. Where what stands in its place matches it about as well, the other
text only says it twice.

Headings of chapters with the same number are candidates, too. They count for little where texts
number their chapters in other ways, since a wrong one crosses all anchors of a chapter.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from aligner.engine.nearest import Vectors, find_nearest
from aligner.engine.sides import Ints
from aligner.native import loops
from aligner.types import Span

PAIRS = 1 << 25  # similarities computed for one rectangle: 0.1 s, and bounded memory
MARGIN = 0.03  # cosine by which the nearest must beat the second nearest
LEAST = 0.3  # cosine below which nothing is an anchor
RECTANGLE = 1 << 18  # pairs of segments: fewer are searched whole, wherever the anchors are
SMALLEST = 4  # rectangles with a shorter side are left to the search
SAMPLES = 256  # at the least, of a rectangle too large
NEIGHBOURS = 10  # segments to either side of a sample that are looked at
SUPPORT = 5  # anchors among them, without which a sample is not believed
STEP = 2  # segments on either side from one anchor of a passage off the chain to the next
CROSSED = 3  # anchors of the chain that it must cross: what is nearer is one bead to many
HEADING = 0.2  # weight of two chapters of one number
MOST_ALIKE = 40  # chapters of one number in a text: beyond, they say nothing of the place
IN_PLACE = 0.7  # share of its cosine off the chain from which it matches where it stands, too
NONE: Ints = np.empty(0, np.int64)


@dataclass(frozen=True, slots=True)
class Chain:
    """Anchors in order.

    Args:
        src, tgt: int64 (k,) each, strictly increasing.
        src_astray, tgt_astray: passages that match, two anchors or more, but only off the chain.
    """

    src: Ints
    tgt: Ints
    src_astray: tuple[Span, ...] = ()
    tgt_astray: tuple[Span, ...] = ()


def same_numbers(src: Ints, tgt: Ints) -> tuple[Ints, Ints]:
    """Pair all chapters of one number.

    Args:
        src: int64 (n,), a chapter's number where its heading is; else 0.
        tgt: int64 (m,), likewise.

    Returns:
        int64 (c,) each, the segments.
    """
    pairs: list[tuple[int, int]] = []
    for number in np.intersect1d(src[src > 0], tgt[tgt > 0]):
        a, b = np.nonzero(src == number)[0], np.nonzero(tgt == number)[0]
        if max(len(a), len(b)) <= MOST_ALIKE:
            pairs.extend(product(a.tolist(), b.tolist()))
    found = np.array(pairs, np.int64).reshape(-1, 2)
    return found[:, 0], found[:, 1]


def find_anchors(src: Vectors, tgt: Vectors, chapters: tuple[Ints, Ints] = (NONE, NONE)) -> Chain:
    """Find the chain of anchors of two texts.

    Args:
        src: one vector a segment.
        tgt: likewise.
        chapters: int64 (c,) each, headings that may belong together whatever their vectors say.
    """
    found: list[tuple[Ints, Ints]] = []
    astray: tuple[list[Span], list[Span]] = [], []
    todo = [(0, len(src), 0, len(tgt))]
    while todo:
        i0, i1, j0, j1 = todo.pop()
        if min(i1 - i0, j1 - j0) < SMALLEST:
            continue
        samples = max(SAMPLES, PAIRS // (j1 - j0))
        complete = i1 - i0 <= 2 * samples  # between more samples there is no room for anchors
        rows = np.arange(i0, i1) if complete else np.linspace(i0, i1 - 1, samples).astype(np.int64)
        a, b, weight = _candidates(src, tgt, rows, j0, j1)
        if i1 - i0 > NEIGHBOURS * samples:
            believed = np.array([_is_supported(src, tgt, *pair) for pair in zip(a, b, strict=True)])
            a, b, weight = (each[believed.astype(bool)] for each in (a, b, weight))
        seen = a, b
        a, b, weight = _with_headings(a, b, weight, chapters, (i0, i1, j0, j1))
        kept = _heaviest_chain(b - j0, weight, j1 - j0)
        if (i1 - i0) * (j1 - j0) > RECTANGLE and _is_chance(len(kept), len(b)):
            kept = kept[:0]
        a, b = a[kept], b[kept]
        runs = list(_runs_off(*seen, (a, b))) if complete else ()
        found.append((a, b))
        for here, there in runs:
            if not _matches_in_place(src, tgt, here, there, (a, b), (j0, j1)):
                astray[0].append(here)
            if not _matches_in_place(tgt, src, there, here, (b, a), (i0, i1)):
                astray[1].append(there)
        if not complete and len(a):
            corners_a = np.concatenate([[i0 - 1], a, [i1]])
            corners_b = np.concatenate([[j0 - 1], b, [j1]])
            inner = zip(
                corners_a[:-1] + 1, corners_a[1:], corners_b[:-1] + 1, corners_b[1:], strict=True
            )
            todo.extend((int(p), int(q), int(r), int(s)) for p, q, r, s in inner)
    src_at = np.concatenate([a for a, _ in found] or [np.empty(0, np.int64)])
    tgt_at = np.concatenate([b for _, b in found] or [np.empty(0, np.int64)])
    order = np.argsort(src_at)
    return Chain(src_at[order], tgt_at[order], *map(tuple, astray))


def _candidates(
    src: Vectors, tgt: Vectors, rows: Ints, j0: int, j1: int
) -> tuple[Ints, Ints, NDArray[np.float64]]:
    """Find mutual nearest neighbours among some rows and [j0, j1), and by what margin they are."""
    best = find_nearest(src, tgt[j0:j1], rows)
    margin = best.first - best.second
    picked = np.nonzero(best.mutual & (margin > MARGIN) & (best.first > LEAST))[0]
    return rows[picked], best.nearest[picked] + j0, margin[picked].astype(np.float64)


def _with_headings(
    a: Ints,
    b: Ints,
    weight: NDArray[np.float64],
    chapters: tuple[Ints, Ints],
    rectangle: tuple[int, int, int, int],
) -> tuple[Ints, Ints, NDArray[np.float64]]:
    """Add the headings of a rectangle to its candidates, ordered as the chain wants them."""
    i0, i1, j0, j1 = rectangle
    inside = (chapters[0] >= i0) & (chapters[0] < i1) & (chapters[1] >= j0) & (chapters[1] < j1)
    if not inside.any():
        return a, b, weight
    a, b = (np.concatenate([own, new[inside]]) for own, new in zip((a, b), chapters, strict=True))
    weight = np.concatenate([weight, np.full(int(inside.sum()), HEADING)])
    order = np.lexsort((-b, a))  # of two with one source segment, the chain takes one
    return a[order], b[order], weight[order]


def _is_chance(chained: int, candidates: int) -> bool:
    """Tell whether so many of so many candidates would rise together if all were drawn blindly.

    The longest increasing subsequence of k drawn numbers has some 2√k - 1.8 k^⅙ of them, give or
    take k^⅙ (Baik, Deift and Johansson 1999).
    """
    return chained <= 2 * math.sqrt(candidates)


def _is_supported(src: Vectors, tgt: Vectors, i: int, j: int) -> bool:
    """Tell whether what stands around i and j matches, too."""
    rows = np.arange(max(i - NEIGHBOURS, 0), min(i + NEIGHBOURS + 1, len(src)))
    start, stop = max(j - NEIGHBOURS, 0), min(j + NEIGHBOURS + 1, len(tgt))
    _, columns, weight = _candidates(src, tgt, rows, start, stop)
    return len(_heaviest_chain(columns - start, weight, stop - start)) >= SUPPORT


def _runs_off(a: Ints, b: Ints, chain: tuple[Ints, Ints]) -> Iterator[tuple[Span, Span]]:
    """Find runs among the candidates, rising in `a`, that are not in the chain and cross it."""
    left = np.nonzero(~np.isin(a, chain[0]) | ~np.isin(b, chain[1]))[0]
    starts = np.nonzero(~_follow(np.diff(a[left])) | ~_follow(np.diff(b[left])))[0] + 1
    for run in np.split(left, starts):
        if len(run) < 2:
            continue
        src, tgt = (Span(int(at[run[0]]), int(at[run[-1]]) + 1) for at in (a, b))
        crossed = np.searchsorted(chain[0], src.start) - np.searchsorted(chain[1], tgt.start)
        if abs(crossed) >= CROSSED:
            yield src, tgt


def _follow(steps: Ints) -> NDArray[np.bool_]:
    """Tell which of the steps lead on, and not far."""
    follow: NDArray[np.bool_] = (steps > 0) & (steps <= STEP)
    return follow


def _matches_in_place(
    own: Vectors,
    other: Vectors,
    span: Span,
    match: Span,
    anchors: tuple[Ints, Ints],
    limits: tuple[int, int],
) -> bool:
    """Tell whether a span is about as like what stands in its place as the match elsewhere.

    Args:
        own: one vector a segment.
        other: likewise, of the other text.
        span: segments of its own text.
        match: those of the other text that it matches.
        anchors: of the chain, in its own text and in the other.
        limits: where the other text begins and ends.
    """
    before, after = np.searchsorted(anchors[0], (span.start, span.stop))
    start = anchors[1][before - 1] if before else limits[0]
    stop = anchors[1][after] + 1 if after < len(anchors[1]) else limits[1]
    rows = np.arange(span.start, span.stop)
    here = find_nearest(own, other[start:stop], rows).first.mean()
    there = find_nearest(own, other[match.start : match.stop], rows).first.mean()
    return bool(here > IN_PLACE * there)


def _heaviest_chain(column: Ints, weight: NDArray[np.float64], columns: int) -> Ints:
    """Positions of the strictly increasing subsequence of `column` with the largest weight."""
    size = len(column)
    kept: Ints = np.empty(size, np.int64)
    length = loops.heaviest_chain(
        column, weight, np.empty(size), np.empty(size, np.int64),
        np.zeros(columns + 1), np.full(columns + 1, -1), kept,
    )  # fmt: skip
    return kept[:length][::-1].copy()
