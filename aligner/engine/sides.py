"""What the engine knows of one text: arrays, and a way to get more of them section by section."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a run of segments.

    Args:
        starts: int64 (n + 1,), the first token of each segment; the last is the end.
        vectors: float32 (t, d), in context, centred and of unit length, comparable across
            the two languages by dot product.
        weights: float32 (t,), in [0, 1]: how much a token says (rare ones more).
    """

    starts: Ints
    vectors: Floats
    weights: Floats


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a run of segments: where they stand, and the tokens they are made of.

    Args:
        starts: int64 (n + 1,), the first word of each segment; the last is the end.
        of_token: int32 (t,), the word of each token; -1 of marks.
        begins, ends: int32 (w,): characters [begin, end) of the segment's text.
    """

    starts: Ints
    of_token: NDArray[np.int32]
    begins: NDArray[np.int32]
    ends: NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Surface:
    """What the characters of a run of segments show.

    Args:
        lengths: float64 (n,), in characters, at least 1.
        marks: float32 (n, k), how many question marks, quotes, … each segment has.
        endings: int8 (n,), the kind of mark that ends each segment; 0 for an ordinary end.
        balance: int8 (n, 2), quotes, and brackets, that each segment opens less those it closes.
        edges: bool (n, 6), how each segment begins and ends (`text.boundaries.EDGES`).
        breaks: bool (n,), which segments begin a paragraph; none where it is not known.
        number_starts, numbers: int64 (n + 1,) and (c,): each segment's numbers, sorted.
        chapters: int64 (n,), the number of the chapter whose heading a segment is; else 0.
    """

    lengths: NDArray[np.float64]
    marks: Floats
    endings: NDArray[np.int8]
    balance: NDArray[np.int8]
    edges: NDArray[np.bool_]
    breaks: NDArray[np.bool_]
    number_starts: Ints
    numbers: Ints
    chapters: Ints

    def __getitem__(self, run: slice) -> "Surface":
        """Return the surface of segments [run.start, run.stop)."""
        starts = self.number_starts[run.start : run.stop + 1]
        return Surface(
            self.lengths[run],
            self.marks[run],
            self.endings[run],
            self.balance[run],
            self.edges[run],
            self.breaks[run],
            starts - starts[0],
            self.numbers[starts[0] : starts[-1]],
            self.chapters[run],
        )


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the encoder says of a run of segments.

    Args:
        vectors: float32 (n, max_span, d): [i, k] is the span of k + 1 segments from i, of
            unit length; zeros past the end.
        tokens: the tokens; None where the encoder gives none.
        guessed: bool (n, max_span), which of the vectors are guesses; None where none is.
        embed: gives the true vectors, float32 (s, d), of the spans that begin at `starts` and
            have `sizes` segments, int64 (s,) each; None where none is guessed.
    """

    vectors: Floats
    tokens: Tokens | None = None
    guessed: NDArray[np.bool_] | None = None
    embed: Callable[[Ints, Ints], Floats] | None = None


@dataclass(frozen=True, slots=True)
class Side:
    """One text, as the engine sees it.

    Args:
        sketches: gives (n, d), one cheap vector a segment, of any kind of number and any
            length, good enough to find anchors; called once, for they are large.
        surface: of the whole text.
        meaning: gives that of segments [start, stop); called once for each section, so that
            a long text never lies in memory whole.
        words: finds those of segments [start, stop) in the same tokens; None where nobody
            wants them, or the encoder gives no tokens.
        in_turn: whether only the thread that calls may ask for meaning, for an encoder that
            embeds texts is behind it, and need not bear to be called by two at once.
    """

    sketches: Callable[[], NDArray[Any]]
    surface: Surface
    meaning: Callable[[int, int], Meaning]
    words: Callable[[int, int], Words] | None = None
    in_turn: bool = False

    def __len__(self) -> int:
        return len(self.surface.lengths)
