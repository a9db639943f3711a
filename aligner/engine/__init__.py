"""The engine: arrays in, beads out. No files, no text, no formats.

anchors → band, in sections → cosines → lattice → features → model → beads with confidence
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from aligner.engine.candidates.narrowing import Possible, narrow
from aligner.engine.candidates.plain_score import plain_scores
from aligner.engine.candidates.widening import possible_beads
from aligner.engine.constraints import Rules, pinned
from aligner.engine.evidence.coverage import COVERAGE
from aligner.engine.evidence.features import Evidence, edge_features
from aligner.engine.evidence.surface_features import same_chapter
from aligner.engine.learning.adaptation import decide
from aligner.engine.learning.model import Model, default_model
from aligner.engine.moves import Alone, LeftAlone, flagged
from aligner.engine.search.anchors import Chain, find_anchors, same_numbers
from aligner.engine.search.band import Section, sections
from aligner.engine.sides import Floats, Meaning, Side, Surface, Tokens, Words
from aligner.engine.threads import side_by_side
from aligner.engine.word_links import Found, gather, link_words
from aligner.types import MAX_SPAN, PINNED, Alignment, Bead, Constraints, Span

__all__ = ["Meaning", "Side", "Surface", "Tokens", "Words", "align", "anchors_of", "possible_beads"]

Progress = Callable[[int, int], None]


class _Done(NamedTuple):
    """What a section gave: beads, the links of their words, and what either side has alone."""

    beads: list[Bead]
    links: Found | None
    alone: tuple[Alone, Alone]


def align(
    src: Side,
    tgt: Side,
    *,
    max_span: int = MAX_SPAN,
    constraints: Constraints | None = None,
    model: Model | None = None,
    progress: Progress | None = None,
) -> Alignment:
    """Align two texts.

    Args:
        src: the source text as arrays.
        tgt: the target text.
        max_span: the most segments that one side of a bead may have, 1 to MAX_SPAN; a pin may
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
        chain = anchors_of(src, tgt)
        parts = list(sections(rules.agreeing(chain), n, m))
        model = model or default_model()
        whole = _Whole(src, tgt, chain, rules, constraints.pins, max_span, model)
        run = map if src.in_turn or tgt.in_turn else side_by_side
        for section, done in zip(parts, run(whole.align, parts), strict=True):
            beads.extend(done.beads)
            links += [done.links] if done.links else []
            alone.take(*done.alone)
            if progress:
                progress(section.src_stop, n)
    else:
        beads.extend(pinned(_nulls(n, m), constraints.pins))
    moves = alone.moves(beads)
    words = gather(links, n) if links else None
    return Alignment(flagged(beads, moves), n, m, moves, words)


def anchors_of(src: Side, tgt: Side) -> Chain:
    """Find what surely belongs together in two texts: segments alike, chapters of one number."""
    chapters = same_numbers(src.surface.chapters, tgt.surface.chapters)
    return find_anchors(src.sketches(), tgt.sketches(), chapters)


def _nulls(n: int, m: int) -> Iterator[Bead]:
    """Leave every segment of n and m alone."""
    yield from (Bead(Span(i, i + 1), Span(0, 0)) for i in range(n))
    yield from (Bead(Span(n, n), Span(j, j + 1)) for j in range(m))


@dataclass(frozen=True, slots=True)
class _Whole:
    """What the work on all sections shares: both texts, their anchors, the rules, the weights."""

    src: Side
    tgt: Side
    chain: Chain
    rules: Rules
    pins: Sequence[tuple[Span, Span]]
    max_span: int
    model: Model

    def align(self, section: Section) -> _Done:
        """Align a section as the evidence has it and, where that breaks a rule, in another way."""
        possible = possible_beads(self.src, self.tgt, self.chain, section, self.max_span)
        beads = list(_decided(self.model, possible, section))
        if self.rules.touch(section):
            possible = self._obeying(possible, section)
            beads = self.rules.mended(beads, list(_decided(self.model, possible, section)))
        beads = list(pinned(beads, self.pins))
        links = self._linked(possible.evidence, beads, section)
        return _Done(beads, links, _alone(possible.evidence, beads, section))

    def _obeying(self, possible: Possible, section: Section) -> Possible:
        """Keep the beads that obey the rules, in a band that has room for them."""
        band = self.rules.widened(possible.band, self.chain, section)
        evidence = possible.evidence.within(band)

        def obeying(evidence: Evidence) -> Floats:
            return self.rules.obeying(plain_scores(evidence), band, section)

        return narrow(evidence, band, self.max_span, obeying, possible.anchors)

    def _linked(self, evidence: Evidence, beads: Iterable[Bead], section: Section) -> Found | None:
        """Link the words of a section's beads, where both sides have words."""
        src, tgt = self.src, self.tgt
        if not (src.words and tgt.words and evidence.src.tokens and evidence.tgt.tokens):
            return None
        return link_words(
            (evidence.src.tokens, src.words(section.src_start, section.src_stop)),
            (evidence.tgt.tokens, tgt.words(section.tgt_start, section.tgt_stop)),
            beads,
            (section.src_start, section.tgt_start),
        )


def _alone(evidence: Evidence, beads: Iterable[Bead], section: Section) -> tuple[Alone, Alone]:
    """Take note of what either side has alone, unless a person says that it is right so."""
    nulls = [bead for bead in beads if bead.is_null and PINNED not in bead.flags]
    src = [i for bead in nulls for i in range(bead.src.start, bead.src.stop)]
    tgt = [j for bead in nulls for j in range(bead.tgt.start, bead.tgt.stop)]
    return (
        Alone.of(src, evidence.src.vectors[:, 0], section.src_start),
        Alone.of(tgt, evidence.tgt.vectors[:, 0], section.tgt_start),
    )


def _decided(model: Model, possible: Possible, section: Section) -> Iterator[Bead]:
    """Choose a section's beads, in order."""
    evidence, lattice = possible.evidence, possible.lattice
    if not (evidence.src.tokens and evidence.tgt.tokens):
        model = model.without(COVERAGE)  # that there is none is not the worst there can be
    decision = decide(
        model,
        edge_features(evidence, lattice),
        lattice,
        possible.first_path,
        gaps=possible.anchors is not None,
        chapters=same_chapter(evidence.src_surface, evidence.tgt_surface, lattice),
    )
    for edge, score, confidence in zip(
        decision.path.tolist(),
        decision.potentials.tolist(),
        decision.confidences.tolist(),
        strict=True,
    ):
        i = section.src_start + int(lattice.i[edge])
        j = section.tgt_start + int(lattice.j[edge])
        src, tgt = Span(i, i + int(lattice.a[edge])), Span(j, j + int(lattice.b[edge]))
        yield Bead(src, tgt, score, min(confidence, 1.0))
