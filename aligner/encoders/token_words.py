"""Words in the pieces of a SentencePiece tokenizer: which letters of the text each one holds.

The tokenizer normalises before it cuts (ligatures and full-width letters become plain ones,
letters and their accents are composed), so a piece's own letters say little of its place.
It does tell where each normalised character came from, and its pieces tile the normalised
text: so a piece's place follows. Pieces that meet inside a word are one word; in scripts
that set no spaces, each piece is a word.
"""

import unicodedata
from collections.abc import Sequence

import numpy as np
import sentencepiece
from numpy.typing import NDArray

from aligner.engine.sides import Words

# What a character is to words.
MARK, JOINER, LETTER, UNSPACED = range(4)
# They belong to the word when they stand between two of its letters: it's, U.S.
JOINERS = frozenset("'’.")
# Letters that are written without spaces between words, by the beginning of their names.
SCRIPTS = ("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "MYANMAR", "KHMER")
# Letters, accents on them, digits; and the invisible (non-)joiners of Persian and Indic words.
LETTERS = frozenset("LMN")
INVISIBLE = frozenset("\u200c\u200d")

Ints = NDArray[np.int64]


def find_words(tokenizer: sentencepiece.SentencePieceProcessor, texts: Sequence[str]) -> Words:
    """Find the words of texts, and the tokens that each is made of.

    Args:
        tokenizer: whose pieces are the tokens.
        texts: of the segments; tokens are counted through all of them.
    """
    pieces = tokenizer.encode(list(texts), out_type=str, num_threads=1)
    segment_of = np.repeat(np.arange(len(texts)), list(map(len, pieces)))
    text_starts = _sums([len(text) + 1 for text in texts])[:-1]
    begins, ends = _places(tokenizer, texts, pieces, text_starts)
    # The line ends keep the marks between two segments from joining them.
    begins, ends, goes_on = _trimmed("\n".join(texts), begins, ends)

    lettered = np.nonzero(ends > begins)[0]
    first, last, segments = begins[lettered], ends[lettered], segment_of[lettered]
    new = np.ones(len(lettered), np.bool_)
    new[1:] = (first[1:] != last[:-1]) | (segments[1:] != segments[:-1]) | ~goes_on[first[1:]]
    of_token = np.full(len(begins), -1, np.int32)
    of_token[lettered] = np.cumsum(new) - 1
    opening = np.nonzero(new)[0]
    closing = np.append(opening[1:], len(lettered)) - 1
    word_segments = segments[opening]
    base = text_starts[word_segments]
    return Words(
        np.searchsorted(word_segments, np.arange(len(texts) + 1)),
        of_token,
        (first[opening] - base).astype(np.int32),
        (last[closing[: len(opening)]] - base).astype(np.int32),
    )


def _places(
    tokenizer: sentencepiece.SentencePieceProcessor,
    texts: Sequence[str],
    pieces: Sequence[Sequence[str]],
    text_starts: Ints,
) -> tuple[Ints, Ints]:
    """Return where each token begins and ends in the joined texts: int64 (t,) each."""
    # Where each normalised character came from, and where the text ends: one more.
    origins = [
        np.array(tokenizer.normalize(text, with_offsets=True)[1], np.int64) + start
        for text, start in zip(texts, text_starts.tolist(), strict=True)
    ]
    origin_starts = _sums(list(map(len, origins)))
    lengths = np.fromiter((len(piece) for own in pieces for piece in own), np.int64)
    ends = np.cumsum(lengths)
    segment_ends = _sums([sum(map(len, own)) for own in pieces])
    # From a place among the pieces' characters to one among the origins.
    shift = np.repeat((origin_starts - segment_ends)[:-1], list(map(len, pieces)))
    flat = np.concatenate([*origins, np.empty(0, np.int64)])
    return flat[ends - lengths + shift], flat[ends + shift]


def _trimmed(text: str, begins: Ints, ends: Ints) -> tuple[Ints, Ints, NDArray[np.bool_]]:
    """Cut off the marks around each token's letters; one without letters becomes empty.

    Returns:
        Begins and ends, and for each character whether it goes on with the word before it.
    """
    kinds = _kinds(text)
    size = len(kinds)
    letter = kinds >= LETTER
    between = np.zeros(size, np.bool_)
    between[1:-1] = letter[:-2] & letter[2:]
    spaced = np.where(kinds == JOINER, between, letter)
    at = np.arange(size)
    following = np.append(np.minimum.accumulate(np.where(spaced, at, size)[::-1])[::-1], size)
    preceding = np.append(-1, np.maximum.accumulate(np.where(spaced, at, -1))) + 1
    first = np.minimum(following[begins], ends)
    last = np.maximum(preceding[ends], first)
    goes_on = np.zeros(size + 1, np.bool_)
    goes_on[1:size] = (kinds[1:] != UNSPACED) & (kinds[:-1] != UNSPACED)
    return first, last, goes_on


def _kinds(text: str) -> NDArray[np.int8]:
    """Tell letters from marks: int8 (n,)."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    distinct, places = np.unique(codes, return_inverse=True)
    kinds: NDArray[np.int8] = np.array([_kind(chr(code)) for code in distinct], np.int8)[places]
    return kinds


def _kind(char: str) -> int:
    if char in JOINERS:
        return JOINER
    if unicodedata.category(char)[0] not in LETTERS and char not in INVISIBLE:
        return MARK
    return UNSPACED if unicodedata.name(char, "").startswith(SCRIPTS) else LETTER


def _sums(counts: Sequence[int]) -> Ints:
    """Return the running sums, from 0: one longer."""
    return np.cumsum([0, *counts], dtype=np.int64)
