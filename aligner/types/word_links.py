"""Words of two texts that translate each other: values, compact, for those who show them.

numpy is not imported here: whoever makes links has it already.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.integer]


@dataclass(frozen=True, slots=True)
class Word:
    """A word: characters `[start, stop)` of the text of a segment, which counts from 0."""

    segment: int
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class WordLink:
    """A source word and a target word of the same bead that translate each other.

    `strength` is in [0, 1]: how surely each of them chooses the other.
    """

    src: Word
    tgt: Word
    strength: float


@dataclass(frozen=True, slots=True, eq=False)
class WordLinks:
    """All word links of an alignment, as arrays: a novel has half a million.

    Args:
        starts: int64 (n + 1,): the first link of each source segment; the last is the end.
        places: int32 (k, 6): a source word (segment, start, stop) and a target word, in the
            order of the source words, then of the target words.
        strengths: float32 (k,).
    """

    starts: "Ints"
    places: "Ints"
    strengths: "NDArray[np.float32]"

    def __len__(self) -> int:
        return len(self.strengths)

    def renumbered(self, src: Sequence[int], tgt: Sequence[int]) -> "WordLinks":
        """Return the links of a bitext that has lost some of its beads.

        Args:
            src: how many source segments are left before each of the old ones, and in all.
            tgt: the same of the target.
        """
        import numpy as np

        src_left, tgt_left = np.array(src, np.int32), np.array(tgt, np.int32)
        own = self.places[:, 0]
        # The words of a link are in one bead, and go together.
        kept = src_left[own] < src_left[own + 1]
        places = self.places[kept]
        places[:, 0], places[:, 3] = src_left[places[:, 0]], tgt_left[places[:, 3]]
        starts = np.searchsorted(places[:, 0], np.arange(src[-1] + 1))
        return WordLinks(starts, places, self.strengths[kept])

    def of(self, start: int, stop: int) -> Iterator[WordLink]:
        """Yield the links of source segments `[start, stop)`, in order."""
        here = slice(int(self.starts[start]), int(self.starts[stop]))
        for place, strength in zip(
            self.places[here].tolist(), self.strengths[here].tolist(), strict=True
        ):
            yield WordLink(Word(*place[:3]), Word(*place[3:]), strength)
