"""What the model is trained on, and how much a bead of each set counts."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from aligner.evaluation import Link
from benchmarks.sets import Pair, read_sets
from benchmarks.training.documents import Task
from benchmarks.training.synthetic import made, read_lines

# Made documents are many and easy; gold that knows paragraphs only says less of each bead.
# Nothing is learnt from gold that was not read by people: with that of damaged Anna Karenina,
# which comes from another aligner, all other sets are worse.
MADE = "made"
WEIGHTS: Mapping[str, float] = {
    "textberg_dev": 1.0,
    "mac_dev": 1.0,
    "ak_manual_dev": 1.0,
    "hard_enru_dev": 0.25,
    "bible_enzh": 0.5,
    "wmt24_enru_sents": 0.3,
    MADE: 0.1,
}
JUDGED_ONLY = ("hard_ak_dev",)
LOOSE = frozenset({"bible_enzh", "wmt24_enru_sents"})
LINES = "ntrex"  # the folder of line-parallel files

# What is left out together, since it shares texts or is made of the same lines: the sets
# that are judged, and what must not be learnt from then.
NEWS = ("hard_enru_dev", "wmt24_enru_sents", MADE)
GROUPS: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("ak_manual_dev", "hard_ak_dev", "ak_enru_vol1", "ak_enru_vol1_ch"), ("ak_manual_dev",)),
    (("bible_enzh",), ("bible_enzh",)),
    (("hard_enru_dev", "wmt24_enru_sents"), NEWS),
    (("mac_dev",), ("mac_dev",)),
    (("textberg_dev",), ("textberg_dev",)),
)

LONGEST_DOCUMENT = 5000  # segments of both sides; longer ones only repeat the same damage
DOCUMENTS = 80  # made
PIECE, STEP = 300, 600  # beads of a piece of the Bible, and from one piece to the next
TOGETHER = 12  # news items joined into one document


def tasks(folder: Path, seed: int) -> Iterator[Task]:
    """Read and make all documents to learn from.

    Raises:
        ReadError: the folder lacks a set, or a file is damaged.
    """
    names = [name for name in (*WEIGHTS, *JUDGED_ONLY) if name != MADE]
    for group in read_sets(folder, names):
        for pair in CUT.get(group.name, iter)(group.pairs):
            if pair.segments <= LONGEST_DOCUMENT:
                yield Task(group.name, pair, loose=group.name in LOOSE)
    for pair in made(read_lines(folder / LINES), DOCUMENTS, seed):
        yield Task(MADE, pair, paragraphs=bool(pair.src_units))


def pieces(pairs: Iterable[Pair]) -> Iterator[Pair]:
    """Cut runs of beads out of long documents whose gold is in order and complete."""
    for pair in pairs:
        for start in range(0, len(pair.gold) - PIECE + 1, STEP):
            yield _piece(pair, pair.gold[start : start + PIECE], f"{pair.name}_{start:05d}")


def joined(pairs: Iterable[Pair]) -> Iterator[Pair]:
    """Join short documents, some at a time."""
    every = list(pairs)
    for first in range(0, len(every), TOGETHER):
        group = every[first : first + TOGETHER]
        src: tuple[str, ...] = ()
        tgt: tuple[str, ...] = ()
        gold: list[Link] = []
        for pair in group:
            gold.extend(_shifted(link, len(src), len(tgt)) for link in pair.gold)
            src, tgt = src + pair.src, tgt + pair.tgt
        yield Pair(group[0].name, src, tgt, tuple(gold))


CUT: Mapping[str, Callable[[Iterable[Pair]], Iterator[Pair]]] = {
    "bible_enzh": pieces,
    "wmt24_enru_sents": joined,
}


def _piece(pair: Pair, gold: Sequence[Link], name: str) -> Pair:
    src = [i for link in gold for i in link.src]
    tgt = [j for link in gold for j in link.tgt]
    return Pair(
        name,
        pair.src[src[0] : src[-1] + 1],
        pair.tgt[tgt[0] : tgt[-1] + 1],
        tuple(_shifted(link, -src[0], -tgt[0]) for link in gold),
    )


def _shifted(link: Link, src: int, tgt: int) -> Link:
    return Link(tuple(i + src for i in link.src), tuple(j + tgt for j in link.tgt))
