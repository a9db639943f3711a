"""A pack learnt from the very texts to be aligned, for a language that nobody prepared.

A first alignment goes by lengths, numbers and names. Its surest beads are translations, and what
they have in common is a lexicon (Moore 2002; hunalign's second pass). Here the lexicon is a pack:
the vectors of the text's own pieces whose sums come nearest the sums of the other text, by least
squares.
"""

import io
from collections.abc import Sequence
from itertools import chain

import numpy as np
import sentencepiece
from numpy.typing import NDArray

from aligner.encoders.embedded.encoder import EmbeddedEncoder
from aligner.encoders.packs.encoder import PackedEncoder
from aligner.encoders.packs.pack import Pack, lowered
from aligner.types import Alignment, Span

Floats = NDArray[np.float32]

SURE = 0.9  # confidence of beads to learn from
LEAST = 40  # of these, without which nothing is learnt
PIECES = 3000  # of the vocabulary, beside its characters
LIKENESS = 0.8  # share of the pack in a text's vector: the encoder knows next to nothing of it
RIDGE = 1.0  # added to the squares, so that what is seen once weighs half
RANK = 160  # of the vectors
ROWS = 2000  # beads whose squares are summed together


def learn_pack(
    known: EmbeddedEncoder | PackedEncoder,
    texts: Sequence[Sequence[str]],
    alignment: Alignment,
    unknown: int,
) -> Pack | None:
    """Learn a pack of one text from the other.

    Args:
        known: embeds the other text.
        texts: the segments of both, source first.
        alignment: of these.
        unknown: which text is to be learnt: 0 the source, 1 the target.

    Returns:
        The pack; None where too little is sure.
    """
    sure = [
        (_joined(texts[0], bead.src), _joined(texts[1], bead.tgt))
        for bead in alignment.beads
        if not bead.is_null and bead.confidence >= SURE
    ]
    if len(sure) < LEAST:
        return None
    model = _vocabulary(texts[unknown])
    tokenizer = sentencepiece.SentencePieceProcessor(model_proto=model)
    pieces = tokenizer.encode([lowered(pair[unknown]) for pair in sure])
    pooled, sizes = known.pooled([pair[1 - unknown] for pair in sure])
    roots: Floats = np.sqrt(sizes.astype(np.float32))
    vectors = _solved(pieces, tokenizer.get_piece_size(), pooled / roots[:, None])
    mixtures, directions = _factored(vectors)
    bias = np.zeros(vectors.shape[1], np.float32)
    return Pack("", model, mixtures, directions, bias, {"share": LIKENESS})


def _joined(texts: Sequence[str], span: Span) -> str:
    return " ".join(texts[span.start : span.stop])


def _vocabulary(texts: Sequence[str]) -> bytes:
    small = [lowered(text) for text in texts]
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(small),
        model_writer=model,
        vocab_size=PIECES + len(set(chain.from_iterable(small))),
        hard_vocab_limit=False,
        normalization_rule_name="identity",
        num_threads=1,
        minloglevel=2,
    )
    return model.getvalue()


def _solved(pieces: Sequence[Sequence[int]], count: int, wanted: Floats) -> Floats:
    """Find the vectors whose sums, over the root of their number, come nearest what is wanted.

    Args:
        pieces: of each text.
        count: of the vocabulary.
        wanted: float32 (n, d).

    Returns:
        float32 (count, d). What says nothing has the vector of the mean piece.
    """
    weights = np.sqrt([max(len(each), 1) for each in pieces]).astype(np.float32)
    mean = weights @ wanted / (weights @ weights)
    rest = wanted - weights[:, None] * mean
    squares = RIDGE * np.eye(count, dtype=np.float32)
    products = np.zeros((count, wanted.shape[1]), np.float32)
    for start in range(0, len(pieces), ROWS):
        part = pieces[start : start + ROWS]
        bags = np.zeros((len(part), count), np.float32)
        rows = np.repeat(np.arange(len(part)), [len(each) for each in part])
        np.add.at(bags, (rows, np.fromiter(chain.from_iterable(part), np.int64)), 1)
        bags /= weights[start : start + ROWS, None]
        squares += bags.T @ bags
        products += bags.T @ rest[start : start + ROWS]
    found: Floats = np.linalg.solve(squares, products) + mean
    return found


def _factored(vectors: Floats) -> tuple[NDArray[np.int8], Floats]:
    """Write vectors as whole mixtures of directions: int8 (n, r) and float32 (r, d)."""
    left, lengths, right = np.linalg.svd(vectors, full_matrices=False)
    mixtures = left[:, :RANK] * lengths[:RANK]
    scale = np.maximum(np.abs(mixtures).max(axis=0), np.finfo(np.float32).tiny) / 127
    return np.rint(mixtures / scale).astype(np.int8), right[:RANK] * scale[:, None]
