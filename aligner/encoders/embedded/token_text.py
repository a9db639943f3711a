"""Texts as tokens: which, and where each segment begins."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aligner.encoders.embedded.forward import TokenTables
from aligner.encoders.embedded.windows import Ids


@dataclass(frozen=True, slots=True)
class TokenText:
    """A run of segments as tokens.

    Args:
        rows: int32 (t,), each token's row in the tables of distinct tokens.
        starts: int64 (n + 1,), the token at which each segment begins; the last is the end.
        tables: of the distinct tokens.
    """

    rows: Ids
    starts: NDArray[np.int64]
    tables: TokenTables

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, run: slice) -> "TokenText":
        """Return segments [run.start, run.stop)."""
        starts = self.starts[run.start : run.stop + 1]
        return TokenText(self.rows[starts[0] : starts[-1]], starts - starts[0], self.tables)


def joined(tokens: Sequence[Ids]) -> tuple[Ids, NDArray[np.int64]]:
    """Join texts' ids: all of them, and where each text begins and the last ends."""
    ids = np.concatenate([*tokens, np.empty(0, np.int32)])
    return ids, np.cumsum([0, *map(len, tokens)], dtype=np.int64)


def cut(starts: NDArray[np.int64], size: int) -> Iterator[tuple[int, int]]:
    """Cut segments into runs of about `size` tokens, one segment at least."""
    first, stop = 0, len(starts) - 1
    while first < stop:
        following = int(np.searchsorted(starts, starts[first] + size, side="right")) - 1
        following = min(max(following, first + 1), stop)
        yield first, following
        first = following
