"""Work on the parts of something on all processors."""

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Part = TypeVar("Part")
Result = TypeVar("Result")


def side_by_side(
    work: Callable[[Part], Result], parts: Iterable[Part], threads: int | None = None
) -> Iterator[Result]:
    """Yield what each part gives, in order, whatever finishes first: the same on any machine.

    Args:
        work: done on each part; no part may need another.
        parts: what to work on.
        threads: at most so many at once; by default as many as there are processors.
    """
    parts = list(parts)
    if len(parts) == 1:
        yield work(parts[0])
        return
    with ThreadPoolExecutor(threads or os.cpu_count() or 1) as pool:
        try:
            yield from pool.map(work, parts)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
