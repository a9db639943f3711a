"""One text: where it came from, its blocks, its segments, what was left out of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from aligner.languages.table import separator
from aligner.types.codes import Code

BlockKind = Literal["paragraph", "heading", "caption", "cue", "cell"]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a document came from: a path as the user gave it, and the SHA-256 of its bytes."""

    path: str
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph-like unit of a document; `start` is its offset in the decoded source.

    `place` says where a person finds it again ("line 12", "page 3", "chapter 2"); `column` is
    a cell's, from 1, while a table is read.
    """

    text: str
    kind: BlockKind = "paragraph"
    start: int = 0
    place: str = ""
    column: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence or shorter: `[start, stop)` in the decoded source, and its block's index.

    `text` is what `source[start:stop]` says, with runs of white space folded into one space
    (into none where a line ends between ideographs). `codes` are the markup in it, in order,
    which formats that know such codes write again.
    """

    text: str
    start: int
    stop: int
    block: int = 0
    codes: tuple[Code, ...] = ()

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.stop:
            raise ValueError(f"segment offsets [{self.start}, {self.stop}) are no interval")


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A piece of the source that is in no segment, and why ("other language", "furniture", …)."""

    text: str
    start: int
    stop: int
    reason: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One text in one language: its blocks, its segments in reading order, what was left out.

    `lang` is a BCP-47 tag in canonical case ("en", "en-GB", "zh-TW"). The two sides of a
    bilingual file are two documents with one origin; the source side carries what was left out.
    """

    blocks: tuple[Block, ...]
    lang: str
    origin: Origin
    segments: tuple[Segment, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    title: str = ""

    def __post_init__(self) -> None:
        for segment in self.segments:
            if not 0 <= segment.block < len(self.blocks):
                raise ValueError(f"segment at {segment.start} names block {segment.block}")

    @property
    def texts(self) -> list[str]:
        """The segments' texts, in order."""
        return [segment.text for segment in self.segments]


def join(segments: Sequence[Segment], lang: str) -> str:
    """Join segments' texts as the language does."""
    return separator(lang).join(segment.text for segment in segments)
