"""Long English–Russian documents with gold, made from shorter ones: seeded, any length.

Passages of real texts (or of sentences made from parts) follow each other in random order.
A passage comes again when all have been used, so each bead gets a speaker in front ("The
smith Ivan Orlov: …"), a different one each time: no long text says the same things fifty
times word for word. Then sentences, and now and then whole passages, are struck out of one
side: these are its omissions, and the other side's additions.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from aligner.evaluation import Link
from benchmarks.sets import Pair
from benchmarks.templates import man, sentence

SEED = 20240

# Shares of the beads, and of the passages, that lose their source side; as many, the target.
LOST_BEADS = 0.02
LOST_PASSAGES = 0.01
PASSAGE = 40  # beads of a passage
# Of the beads made from parts: as many have two source segments, and two target segments.
SPLIT = 0.05


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of one bead."""

    src: tuple[str, ...]
    tgt: tuple[str, ...]


Passage = tuple[Texts, ...]


def passages(pairs: Sequence[Pair]) -> list[Passage]:
    """Cut documents into passages at the beads of their gold.

    Gold that skips segments, or has them out of order, would leave them out of the passages;
    the passages are then shorter texts, as right as before.
    """
    found: list[Passage] = []
    for pair in pairs:
        beads = [
            Texts(tuple(pair.src[i] for i in link.src), tuple(pair.tgt[j] for j in link.tgt))
            for link in pair.gold
        ]
        found.extend(tuple(beads[i : i + PASSAGE]) for i in range(0, len(beads), PASSAGE))
    return found


def generate(size: int, known: Sequence[Passage] = (), seed: int = SEED) -> Pair:
    """Return a document of `size` segments on its longer side, and nearly as many on the other.

    Args:
        size: segments.
        known: passages to make it from; empty to make the sentences, too.
        seed: of everything that is random.
    """
    rng = random.Random(seed)
    src: list[str] = []
    tgt: list[str] = []
    gold: list[Link] = []
    for bead in _damaged(_spoken(known, rng) if known else _made(rng), rng):
        if max(len(src) + len(bead.src), len(tgt) + len(bead.tgt)) > size:
            break
        gold.extend(_links(bead, len(src), len(tgt)))
        src.extend(bead.src)
        tgt.extend(bead.tgt)
    return Pair(f"generated-{size}", tuple(src), tuple(tgt), tuple(gold))


def _links(bead: Texts, i: int, j: int) -> Iterator[Link]:
    """Name a bead's segments from i and j on; omitted segments are a null alignment each."""
    src, tgt = range(i, i + len(bead.src)), range(j, j + len(bead.tgt))
    if src and tgt:
        yield Link(tuple(src), tuple(tgt))
    else:
        yield from (Link((each,), ()) for each in src)
        yield from (Link((), (each,)) for each in tgt)


def _spoken(known: Sequence[Passage], rng: random.Random) -> Iterator[Passage]:
    """Yield passages without end, round after round, a speaker before each bead."""
    while True:
        for passage in rng.sample(known, len(known)):
            yield tuple(_said(bead, rng) if bead.src and bead.tgt else bead for bead in passage)


def _said(bead: Texts, rng: random.Random) -> Texts:
    (first_src, *src), (first_tgt, *tgt) = bead.src, bead.tgt
    english, russian = (f"{name[:1].upper()}{name[1:]}" for name in man(rng))
    return Texts((f"{english}: {first_src}", *src), (f"{russian}: {first_tgt}", *tgt))


def _made(rng: random.Random) -> Iterator[Passage]:
    """Yield passages of sentences made from parts, without end."""
    while True:
        yield tuple(_made_bead(rng) for _ in range(PASSAGE))


def _made_bead(rng: random.Random) -> Texts:
    english, russian = sentence(rng)
    draw = rng.random()
    if draw >= 2 * SPLIT:
        return Texts((english,), (russian,))
    more_english, more_russian = sentence(rng)
    if draw < SPLIT:
        return Texts((english, more_english), (_one(russian, more_russian),))
    return Texts((_one(english, more_english),), (russian, more_russian))


def _one(first: str, second: str) -> str:
    """Make one sentence of two."""
    return f"{first[:-1]}; {second[0].lower()}{second[1:]}"


def _damaged(whole: Iterator[Passage], rng: random.Random) -> Iterator[Texts]:
    """Strike out sides of beads and of passages."""
    for passage in whole:
        lost = _lost_side(LOST_PASSAGES, rng)
        for bead in passage:
            side = lost or _lost_side(LOST_BEADS, rng)
            left = Texts(
                () if side == "src" else bead.src,
                () if side == "tgt" else bead.tgt,
            )
            if left.src or left.tgt:
                yield left


def _lost_side(share: float, rng: random.Random) -> str | None:
    draw = rng.random()
    return "src" if draw < share else "tgt" if draw < 2 * share else None
