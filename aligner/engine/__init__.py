"""The engine: arrays in, beads out. No files, no text, no formats.

anchors → band, in pieces → cosines → lattice → features → model → beads with confidence
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from aligner.engine.anchors import Chain, find_anchors
from aligner.engine.band import Piece, pieces
from aligner.engine.constraints import PINNED, Rules, pinned
from aligner.engine.cosines import Cosines
from aligner.engine.coverage import COVERAGE
from aligner.engine.features import Pair, edge_features, quick_scores
from aligner.engine.lattice import LONGEST
from aligner.engine.links import Found, gather, link_words
from aligner.engine.model import Model, decide, default_model
from aligner.engine.moves import Alone, LeftAlone, flagged
from aligner.engine.narrowing import Possible, narrow
from aligner.engine.side import Floats, Meaning, Side, Surface, Tokens, Words
from aligner.engine.threads import side_by_side
from aligner.engine.widening import possible_beads
from aligner.types import Alignment, Bead, Constraints, Span

__all__ = ["LONGEST", "Meaning", "Side", "Surface", "Tokens", "Words", "align", "possible_beads"]

Progress = Callable[[int, int], None]


class _Done(NamedTuple):
    """What a piece gave: beads, the links of their words, and what either side has alone."""

    beads: list[Bead]
    links: Found | None
    alone: tuple[Alone, Alone]


def align(
    src: Side,
    tgt: Side,
    *,
    max_span: int = LONGEST,
    constraints: Constraints | None = None,
    model: Model | None = None,
    progress: Progress | None = None,
) -> Alignment:
    """Align two texts.

    Args:
        src: the source text as arrays.
        tgt: the target text.
        max_span: the most segments that one side of a bead may have, 1 to LONGEST; a pin may
            have more.
        constraints: what must be obeyed; a forbid is broken only where nothing else is left.
        model: other weights than those that come with the package.
        progress: called with the number of source segments done, and of all.

    Returns:
        The alignment: every segment of both sides in exactly one bead, each with the model's
        log-potential as score and its posterior as confidence; what moved; and, where both
        sides have words, their links.
    """
    n, m = len(src), len(tgt)
    constraints = constraints or Constraints()
    rules = Rules(constraints, n, m, max_span)
    beads: list[Bead] = []
    links: list[Found] = []
    alone = LeftAlone()
    if n and m:
        chain = find_anchors(src.sketches(), tgt.sketches())
        parts = list(pieces(rules.agreeing(chain), n, m))
        model = model or default_model()
        work = partial(_align_piece, src, tgt, chain, rules, constraints.pins, max_span, model)
        run = map if src.in_turn or tgt.in_turn else side_by_side
        for piece, done in zip(parts, run(work, parts), strict=True):
            beads.extend(done.beads)
            links += [done.links] if done.links else []
            alone.take(*done.alone)
            if progress:
                progress(piece.src_stop, n)
    else:
        beads.extend(pinned(_nulls(n, m), constraints.pins))
    moves = alone.moves(beads)
    words = gather(links, n) if links else None
    return Alignment(flagged(beads, moves), n, m, moves, words)


def _nulls(n: int, m: int) -> Iterator[Bead]:
    """Leave every segment of n and m alone."""
    yield from (Bead(Span(i, i + 1), Span(0, 0)) for i in range(n))
    yield from (Bead(Span(n, n), Span(j, j + 1)) for j in range(m))


def _align_piece(
    src: Side,
    tgt: Side,
    chain: Chain,
    rules: Rules,
    pins: Sequence[tuple[Span, Span]],
    max_span: int,
    model: Model,
    piece: Piece,
) -> _Done:
    """Align a piece as the evidence has it and, where that breaks a rule, in another way."""
    possible = possible_beads(src, tgt, chain, piece, max_span)
    pair, band = possible.pair, possible.band
    beads = list(_decided(model, possible, piece))
    if rules.touch(piece):
        band = rules.widened(band, chain, piece)
        pair = replace(pair, cosines=Cosines.compute(pair.src.vectors, pair.tgt.vectors, band))

        def obeying(pair: Pair) -> Floats:
            return rules.obeying(quick_scores(pair), band, piece)

        possible = narrow(pair, band, max_span, obeying)
        beads = rules.mended(beads, list(_decided(model, possible, piece)))
    beads = list(pinned(beads, pins))
    pair = possible.pair
    return _Done(beads, _linked(src, tgt, pair, beads, piece), _alone(pair, beads, piece))


def _alone(pair: Pair, beads: Iterable[Bead], piece: Piece) -> tuple[Alone, Alone]:
    """Take note of what either side has alone, unless a person says that it is right so."""
    nulls = [bead for bead in beads if bead.is_null and PINNED not in bead.flags]
    src = [i for bead in nulls for i in range(bead.src.start, bead.src.stop)]
    tgt = [j for bead in nulls for j in range(bead.tgt.start, bead.tgt.stop)]
    return (
        Alone.of(src, pair.src.vectors[:, 0], piece.src_start),
        Alone.of(tgt, pair.tgt.vectors[:, 0], piece.tgt_start),
    )


def _linked(src: Side, tgt: Side, pair: Pair, beads: Iterable[Bead], piece: Piece) -> Found | None:
    """Link the words of a piece's beads, where both sides have words."""
    if not (src.words and tgt.words and pair.src.tokens and pair.tgt.tokens):
        return None
    return link_words(
        (pair.src.tokens, src.words(piece.src_start, piece.src_stop)),
        (pair.tgt.tokens, tgt.words(piece.tgt_start, piece.tgt_stop)),
        beads,
        (piece.src_start, piece.tgt_start),
    )


def _decided(model: Model, possible: Possible, piece: Piece) -> Iterator[Bead]:
    """Choose a piece's beads, in order."""
    pair, lattice = possible.pair, possible.lattice
    if not (pair.src.tokens and pair.tgt.tokens):
        model = model.without(COVERAGE)  # that there is none is not the worst there can be
    decision = decide(model, edge_features(pair, lattice), lattice, possible.first_path)
    for edge, score, confidence in zip(
        decision.path.tolist(),
        decision.potentials.tolist(),
        decision.confidences.tolist(),
        strict=True,
    ):
        i = piece.src_start + int(lattice.i[edge])
        j = piece.tgt_start + int(lattice.j[edge])
        src, tgt = Span(i, i + int(lattice.a[edge])), Span(j, j + int(lattice.b[edge]))
        yield Bead(src, tgt, score, min(confidence, 1.0))
