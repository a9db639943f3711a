"""Documents made from lines that translate each other: merged, split, lost, and with junk.

Gold of real texts is scarce and in few languages. News lines in many languages, put together
as translators and scanners do, show the model what its features mean there. Everything is
drawn from one seed.
"""

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from aligner.errors import ReadError
from aligner.evaluation import Link
from benchmarks.sets import Pair

# Languages of the embedded encoder, as the files of NTREX name them.
LANGUAGES = (
    *("arb", "deu", "eng", "fra", "ita", "jpn", "kor", "nld"),
    *("pol", "por", "rus", "spa", "tha", "tur", "zho-CN"),
)
UNSPACED = frozenset({"jpn", "tha", "zho-CN"})
PIVOT = "eng"
PIVOTED = 0.5  # share of documents whose source is the pivot
SIZES = (120, 200, 300)  # lines that a document is made from
SHORTEST = 12  # characters of a line that can be split

# A clause ends behind a mark or before one of a few common conjunctions.
CLAUSE = re.compile(
    r"[,;:—–،；，：、]|\. |\? |! |。|？|！"
    r"| (?:and|und|et|y|и|e|en|ve|i|but|który|que|die|dass|что|der) "
)
JUNK = (
    *("*", "-", "— — —", "12", "3", "* * *", "iii", "+", "â"),
    *("|", ".", "1Ê+", "Photo", "p. 7", "§", "[...]", "_", "•"),
)
JUNK_KINDS = 8  # of these in one document, as one scanner makes the same mistake again

# Paragraphs: how often a break survives translation, comes from nowhere, and precedes a segment
# that has no translation.
KEPT_BREAK, STRAY_BREAK, LONE_BREAK = 0.93, 0.02, 0.5

Lines = Mapping[str, Sequence[str]]  # language → lines; the same index translates


@dataclass(frozen=True, slots=True)
class Damage:
    """How often one document's lines meet what; shares of lines."""

    split_src: float
    split_tgt: float
    shift: float  # both sides split, at different places
    merge: float
    cut: float  # the end of one side is lost
    lost: float  # one side is lost whole
    added: float
    junk: float

    @classmethod
    def draw(cls, rng: random.Random) -> "Damage":
        """Draw a document's habits: many have none of a kind."""
        lost, added = rng.choice(
            ((0, 0), (0, 0), (0.01, 0.01), (0.03, 0.03), (0.08, 0.05), (0, 0.08), (0.15, 0.05))
        )
        return cls(
            split_src=rng.choice((0, 0.05, 0.15, 0.35)),
            split_tgt=rng.choice((0, 0.05, 0.1, 0.35)),
            shift=rng.choice((0, 0.02, 0.1)),
            merge=rng.choice((0, 0.05, 0.15, 0.3)),
            cut=rng.choice((0, 0.1, 0.25)),
            lost=lost,
            added=added,
            junk=rng.choice((0, 0, 0.02, 0.06)),
        )


def read_lines(folder: Path) -> dict[str, list[str]]:
    """Read `<language>.txt` of each of LANGUAGES, one segment a line.

    Raises:
        ReadError: a file is missing, or has another number of lines.
    """
    found = {}
    for language in LANGUAGES:
        path = folder / f"{language}.txt"
        try:
            found[language] = path.read_text("utf-8").removesuffix("\n").split("\n")
        except OSError as error:
            raise ReadError(f"cannot be read ({error.strerror})", str(path)) from error
        if len(found[language]) != len(found[LANGUAGES[0]]):
            raise ReadError("has not as many lines as the other languages", str(path))
    return found


def made(lines: Lines, documents: int, seed: int) -> Iterator[Pair]:
    """Make documents, each in two languages and with its own habits."""
    rng = random.Random(seed)
    for number in range(documents):
        src, tgt = rng.sample(sorted(lines), 2)
        if rng.random() < PIVOTED and tgt != PIVOT:
            src = PIVOT
        name = f"{number:03d}_{src}_{tgt}"
        yield _Maker(rng, MadeSide(src, lines[src]), MadeSide(tgt, lines[tgt])).document(name)


def _paragraphs(
    rng: random.Random, gold: Sequence[Link]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Divide a document into paragraphs, nearly the same on both sides; half have none."""
    if rng.random() < 0.5:
        return (), ()
    units: tuple[list[int], list[int]] = ([0], [0])
    length = rng.uniform(1.5, 6.0)  # beads in a paragraph
    for link in gold:
        begins = rng.random() < (1 / length if link.src and link.tgt else LONE_BREAK)
        for side, indices in zip(units, (link.src, link.tgt), strict=True):
            for place in range(len(indices)):
                kept = begins and place == 0 and rng.random() < KEPT_BREAK
                side.append(side[-1] + (kept or rng.random() < STRAY_BREAK))
    src, tgt = (tuple(str(unit) for unit in side[1:]) for side in units)
    return src, tgt


@dataclass(frozen=True, slots=True)
class MadeSide:
    """One language's lines."""

    language: str
    lines: Sequence[str]

    def join(self, texts: Sequence[str]) -> str:
        """Make one segment of many."""
        return ("" if self.language in UNSPACED else " ").join(texts)


@dataclass(slots=True)
class _Maker:
    """A document in the making."""

    rng: random.Random
    src_side: MadeSide
    tgt_side: MadeSide
    src: list[str] = field(default_factory=list)
    tgt: list[str] = field(default_factory=list)
    gold: list[Link] = field(default_factory=list)

    def document(self, name: str) -> Pair:
        """Make it from a run of lines; the run wraps at the end."""
        rng, count = self.rng, len(self.src_side.lines)
        damage = Damage.draw(rng)
        junk = rng.sample(JUNK, JUNK_KINDS)
        start = rng.randrange(count)
        left = [(start + k) % count for k in range(rng.choice(SIZES))][::-1]
        while left:
            if rng.random() < damage.junk:
                self._add_junk(junk)
            src, tgt = self._taken(left, damage)
            if rng.random() < damage.lost:
                self._emit_nulls(*((src, []) if rng.random() < 0.5 else ([], tgt)))
            else:
                self._emit(src, tgt)
            if rng.random() < damage.added:
                self._add_foreign()
        src_units, tgt_units = _paragraphs(rng, self.gold)
        return Pair(name, tuple(self.src), tuple(self.tgt), tuple(self.gold), src_units, tgt_units)

    def _emit(self, src: Sequence[str], tgt: Sequence[str]) -> None:
        i, j = len(self.src), len(self.tgt)
        self.gold.append(Link(tuple(range(i, i + len(src))), tuple(range(j, j + len(tgt)))))
        self.src.extend(src)
        self.tgt.extend(tgt)

    def _emit_nulls(self, src: Sequence[str], tgt: Sequence[str]) -> None:
        """Add segments without translation, a null alignment each."""
        for text in src:
            self._emit([text], [])
        for text in tgt:
            self._emit([], [text])

    def _taken(self, left: list[int], damage: Damage) -> tuple[list[str], list[str]]:
        """Take the next lines and make one bead of them."""
        rng = self.rng
        rows = [left.pop()]
        if rng.random() < damage.merge:
            rows += [left.pop() for _ in range(min(rng.choice((1, 1, 1, 2)), len(left)))]
        src = [self.src_side.lines[row] for row in rows]
        tgt = [self.tgt_side.lines[row] for row in rows]
        if len(rows) > 1:
            if rng.random() < 0.6:
                src = [self.src_side.join(src)]
            else:
                tgt = [self.tgt_side.join(tgt)]
        if rng.random() < damage.cut:
            side = src if rng.random() < 0.5 else tgt
            side[-1:] = self._split(side[-1], 0.4, 0.9)[:1]
        if len(rows) == 1:
            self._part(src, tgt, damage)
        return src, tgt

    def _part(self, src: list[str], tgt: list[str], damage: Damage) -> None:
        """Split one side of a 1-1 bead, or both at different places, or none."""
        draw = self.rng.random()
        one = damage.split_src + damage.split_tgt
        if draw < one:
            side = src if draw < damage.split_src else tgt
            side[:] = self._split(side[0])
            if len(side) > 1 and self.rng.random() < 0.25:
                side[-1:] = self._split(side[-1])
        elif draw < one + damage.shift:
            early, late = self._split(src[0], 0.1, 0.35), self._split(tgt[0], 0.65, 0.9)
            if len(early) > 1 and len(late) > 1:
                src[:], tgt[:] = early, late

    def _split(self, text: str, low: float = 0.25, high: float = 0.75) -> list[str]:
        """Split at the end of a clause between two shares of the length; whole if it has none."""
        ends = [match.end() for match in CLAUSE.finditer(text)]
        ends = [end for end in ends if low * len(text) < end < high * len(text)]
        if not ends or len(text) < SHORTEST:
            return [text]
        at = self.rng.choice(ends)
        return [text[:at].strip(), text[at:].strip()]

    def _add_junk(self, junk: Sequence[str]) -> None:
        """Add what scanners and page furniture leave, on the one side or on the other."""
        on_src = self.rng.random() < 0.35
        side = self.src_side if on_src else self.tgt_side
        texts = [self._junk(side, junk) for _ in range(self.rng.choice((1, 1, 1, 2, 3, 5)))]
        self._emit_nulls(*((texts, []) if on_src else ([], texts)))

    def _junk(self, side: MadeSide, junk: Sequence[str]) -> str:
        rng = self.rng
        draw = rng.random()
        if draw < 0.5:
            return rng.choice(junk)
        if draw < 0.7:
            return str(rng.randrange(1, 400))
        line = rng.choice(side.lines)
        if draw < 0.85:
            return " ".join(line.split()[:4])[:30] or "x"
        start = rng.randrange(max(1, len(line) - 18))
        return line[start : start + rng.randrange(6, 18)].strip() or "-"

    def _add_foreign(self) -> None:
        """Add a run of lines from elsewhere to one side."""
        start, size = (
            self.rng.randrange(len(self.src_side.lines)),
            self.rng.choice((1, 1, 1, 2, 3, 6)),
        )
        on_src = self.rng.random() < 0.5
        lines = (self.src_side if on_src else self.tgt_side).lines
        texts = [lines[(start + k) % len(lines)] for k in range(size)]
        self._emit_nulls(*((texts, []) if on_src else ([], texts)))
