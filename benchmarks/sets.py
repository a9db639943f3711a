"""Development sets: documents with gold, one folder a set.

A document is `<name>.src` and `<name>.tgt`, one segment a line, and `<name>.gold`, its beads
in Vecalign's format. `<name>.srcgrp` and `<name>.tgtgrp`, where they are, name the coarser
unit (verse, row, paragraph) of every segment.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from aligner.errors import ReadError
from aligner.evaluation import Link, parse_links
from aligner.languages.identification import identify


@dataclass(frozen=True, slots=True)
class Pair:
    """A document and its translation, as segments, and the beads that are right.

    Args:
        name: of the document.
        src, tgt: the segments' texts.
        gold: the right beads.
        src_units, tgt_units: each segment's coarser unit; empty where there are none.
    """

    name: str
    src: tuple[str, ...]
    tgt: tuple[str, ...]
    gold: tuple[Link, ...]
    src_units: tuple[str, ...] = ()
    tgt_units: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for side, texts, units in (
            ("src", self.src, self.src_units),
            ("tgt", self.tgt, self.tgt_units),
        ):
            if units and len(units) != len(texts):
                raise ReadError(f"{len(units)} units for {len(texts)} segments", self.name)
            last = max((max(getattr(link, side), default=-1) for link in self.gold), default=-1)
            if last >= len(texts):
                raise ReadError(f"gold names segment {last} of {len(texts)}", self.name)

    @property
    def segments(self) -> int:
        """Segments of both sides."""
        return len(self.src) + len(self.tgt)

    def merged(self, links: Sequence[Link]) -> list[Link]:
        """Join neighbouring beads that lie in one coarser unit.

        A null alignment has only its own side to say which unit it is in; a bead that
        crosses units stays as it is (the rule of Bertalign's scorer for the Bible).
        """
        result: list[Link] = []
        last: str | None = None
        for link in links:
            units = {self.src_units[i] for i in link.src} | {self.tgt_units[j] for j in link.tgt}
            unit = units.pop() if len(units) == 1 else None
            if unit is not None and unit == last:
                before = result.pop()
                result.append(Link(before.src + link.src, before.tgt + link.tgt))
            else:
                result.append(link)
            last = unit
        return result


@dataclass(frozen=True)
class DevelopmentSet:
    """The documents of one folder."""

    name: str
    pairs: tuple[Pair, ...]

    @cached_property
    def languages(self) -> tuple[str, str]:
        """The two languages, told from the texts (primary BCP-47 subtags)."""
        return (
            identify([text for pair in self.pairs for text in pair.src]),
            identify([text for pair in self.pairs for text in pair.tgt]),
        )

    @property
    def segments(self) -> int:
        """Segments of both sides of all documents."""
        return sum(pair.segments for pair in self.pairs)

    @cached_property
    def is_coarse(self) -> bool:
        """Whether gold knows the coarser units only, so that a test is merged before scoring.

        It does where merging leaves all of gold as it is; finer gold is scored as it stands.
        """
        return all(pair.src_units and pair.merged(pair.gold) == [*pair.gold] for pair in self.pairs)


def read_sets(folder: Path, names: Sequence[str] = ()) -> Iterator[DevelopmentSet]:
    """Read the sets of a folder, in the order of their names.

    Args:
        folder: its folders that hold gold are sets; others are passed over.
        names: of the sets wanted; empty for all.

    Raises:
        ReadError: there is no such folder or set, or a file is damaged.
    """
    if not folder.is_dir():
        raise ReadError("no such folder", str(folder))
    found = sorted({path.parent.name for path in folder.glob("*/*.gold")})
    missing = sorted(set(names) - set(found))
    if missing:
        raise ReadError(
            f"no set {', '.join(missing)}", str(folder), f"choose among {', '.join(found)}"
        )
    for name in found:
        if not names or name in names:
            # Names may have dots, so the suffix is cut off as it is.
            golds = sorted(str(path) for path in (folder / name).glob("*.gold"))
            pairs = (read_pair(Path(gold.removesuffix(".gold"))) for gold in golds)
            yield DevelopmentSet(name, tuple(pairs))


def read_pair(stem: Path) -> Pair:
    """Read one document; `stem` is the path of its files without their suffixes.

    Raises:
        ReadError: a file is missing or damaged, or names what is not there.
    """

    def lines(suffix: str) -> tuple[str, ...]:
        path = stem.with_name(stem.name + suffix)
        try:
            text = path.read_bytes().decode("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise ReadError(f"cannot be read ({error})", str(path)) from error
        # splitlines(), and reading as text, end lines at characters that stand inside one.
        return tuple(text.removesuffix("\n").split("\n")) if text else ()

    gold = tuple(parse_links(lines(".gold"), f"{stem}.gold"))
    units = (".srcgrp", ".tgtgrp") if stem.with_name(stem.name + ".srcgrp").exists() else ()
    return Pair(stem.name, lines(".src"), lines(".tgt"), gold, *map(lines, units))


def write_pair(pair: Pair, folder: Path) -> Path:
    """Write a document without its units, as `read_pair` reads it; return its stem."""
    stem = folder / pair.name
    beads = (f"{[*link.src]}:{[*link.tgt]}" for link in pair.gold)
    for suffix, lines in ((".src", pair.src), (".tgt", pair.tgt), (".gold", beads)):
        text = "".join(f"{line}\n" for line in lines)
        stem.with_name(stem.name + suffix).write_bytes(text.encode("utf-8"))
    return stem
