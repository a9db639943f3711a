"""Word links: which words of a bead translate each other.

The token vectors are comparable across languages, so a word is the sum of its tokens, the
rare ones counting for more, and two words are as alike as their cosine is high; words that
stand at the same share of the bead are a little more so, which tells repeated words apart
(the diagonal of Dyer et al. 2013, fast_align). Each word chooses its counterpart among those
of the other side, or none: a softmax over the similarities. A link's strength is the
product of both choices (awesome-align: Dou and Neubig 2021), so both sides must want it.
"""

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from aligner.engine.sides import Floats, Ints, Tokens, Words
from aligner.types import Bead
from aligner.types.word_links import WordLinks

# Tried on English-Russian links made by hand (docs/algorithm.md).
SHARPNESS = 20.0  # of the softmax: similarity differs by tenths
DISTANCE = 0.3  # similarity lost between the first word of one side and the last of the other
NO_WORD = 0.1  # the similarity at which a word would as soon have no counterpart
LEAST = 0.3  # strength of a link that is worth showing
COLUMNS = 6

# Places and strengths of links, as `WordLinks` has them.
Found = tuple[NDArray[np.int32], Floats]


def link_words(
    src: tuple[Tokens, Words], tgt: tuple[Tokens, Words], beads: Iterable[Bead], at: tuple[int, int]
) -> Found:
    """Link the words of beads.

    Args:
        src: tokens and words of a run of source segments.
        tgt: the same of the target.
        beads: over these runs.
        at: the segments, source and target, with which the runs begin.

    Returns:
        Places and strengths, as `WordLinks` has them.
    """
    vectors = word_vectors(*src), word_vectors(*tgt)
    starts = src[1].starts.tolist(), tgt[1].starts.tolist()
    found = [np.empty((0, 2), np.int64)]
    strengths = [np.empty(0, np.float32)]
    for bead in beads:
        if bead.is_null:
            continue
        i, i_stop = (starts[0][end - at[0]] for end in (bead.src.start, bead.src.stop))
        j, j_stop = (starts[1][end - at[1]] for end in (bead.tgt.start, bead.tgt.stop))
        mutual = choices(vectors[0][i:i_stop] @ vectors[1][j:j_stop].T)
        kept = np.argwhere(mutual >= LEAST)
        found.append(kept + np.array([i, j]))
        strengths.append(mutual[kept[:, 0], kept[:, 1]])
    pairs = np.concatenate(found)
    places = [
        column
        for side, (_, words), first in zip((0, 1), (src, tgt), at, strict=True)
        for column in _places(words, pairs[:, side], first)
    ]
    return np.stack(places, axis=1), np.concatenate(strengths)


def word_vectors(tokens: Tokens, words: Words) -> Floats:
    """Sum the vectors of each word's tokens by weight: float32 (w, d), of unit length."""
    vectors = np.zeros((len(words.begins), tokens.vectors.shape[1]), np.float32)
    inside = words.of_token >= 0
    weighted = tokens.vectors[inside] * tokens.weights[inside, None]
    # The tokens of a word follow each other: the first of every word, then the second …
    first = np.searchsorted(words.of_token[inside], np.arange(len(vectors) + 1))
    sizes = np.diff(first)
    for step in range(int(sizes.max(initial=0))):
        long = np.nonzero(sizes > step)[0]
        vectors[long] += weighted[first[long] + step]
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Floats = vectors / np.maximum(norms, np.float32(1e-9))
    return unit


def choices(similarities: Floats) -> Floats:
    """Tell how surely words choose each other: float32 (w, v), in [0, 1].

    Args:
        similarities: float32 (w, v), cosines of the words of either side, in order.
    """
    w, v = similarities.shape
    shares = [(np.arange(size, dtype=np.float32) + 0.5) / max(size, 1) for size in (w, v)]
    distance = np.abs(shares[0][:, None] - shares[1])
    weights = np.exp(SHARPNESS * (similarities - DISTANCE * distance))
    none = np.float32(np.exp(SHARPNESS * NO_WORD))
    forth = weights / (weights.sum(axis=1, keepdims=True) + none)
    back = weights / (weights.sum(axis=0) + none)
    result: Floats = forth * back
    return result


def gather(found: Iterable[Found], n: int) -> WordLinks:
    """Put the links of all runs, in order, together; the source has n segments."""
    places, strengths = [np.empty((0, COLUMNS), np.int32)], [np.empty(0, np.float32)]
    for here, strong in found:
        places.append(here)
        strengths.append(strong)
    every = np.concatenate(places)
    starts = np.searchsorted(every[:, 0], np.arange(n + 1))
    return WordLinks(starts, every, np.concatenate(strengths))


def _places(words: Words, chosen: Ints, first: int) -> Iterator[NDArray[np.int32]]:
    """Yield the segment, the begin and the end of each chosen word: int32 (k,) each."""
    segments = np.searchsorted(words.starts, chosen, side="right") - 1 + first
    yield segments.astype(np.int32)
    yield words.begins[chosen]
    yield words.ends[chosen]
