"""What a segment or a unit of a translation memory holds beside its text, to be written again."""

from dataclasses import dataclass
from typing import Literal

Vocabulary = Literal["tmx", "xliff", "xliff2"]
# Elements around text, which have a code at either end.
AROUND = frozenset({"g", "pc", "hi", "mrk"})
Attributes = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Code:
    """Markup at a place in a segment (TMX 1.4b, 3.3; XLIFF 1.2, 2.4; XLIFF 2.1, 4.2.3).

    Args:
        start, stop: what shows it in the segment's text, in characters; empty where nothing does.
        role: whether it begins something, ends it, or stands alone.
        name: of its element.
        attributes: of its element; none of what ends an element that holds text.
        content: of its element, as XML; of one that holds text, what stands there in the original.
        vocabulary: in which the name has its meaning.
    """

    start: int
    stop: int
    role: Literal["open", "close", "alone"]
    name: str
    attributes: Attributes = ()
    content: str = ""
    vocabulary: Vocabulary = "tmx"

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.stop:
            raise ValueError(f"a code's place [{self.start}, {self.stop}) is no interval")
        if self.role not in ("open", "close", "alone"):
            raise ValueError(f"a code's role is not {self.role!r}")


@dataclass(frozen=True, slots=True)
class Facts:
    """What a unit, or its source or target, says of itself: identifiers, dates, people.

    Args:
        attributes: of its element.
        props: types and values.
        notes: the texts.
    """

    attributes: Attributes = ()
    props: Attributes = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """The facts of a unit of a translation memory, and of its two sides."""

    unit: Facts = Facts()
    src: Facts = Facts()
    tgt: Facts = Facts()

    def swapped(self) -> "UnitFacts":
        """Return those of the unit from the target's side."""
        return UnitFacts(self.unit, self.tgt, self.src)
