"""Columns of a page that were drawn row by row, one line of each after another, taken apart."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median

from aligner.formats.readers.pdf_lines import Line

# A gap between words is one between columns from so many line heights.
WIDE = 0.9
# So many lines, and so large a share of those that stand there, have it at one place.
FEW_LINES, SHARE = 4, 0.6
# The lines of a column of text reach so far across it; the cells of a table do not.
FULL = 0.55


def apart(lines: Sequence[Line]) -> list[Line]:
    """Return a page's lines, those of each column one after another.

    Args:
        lines: in the order in which they are drawn.
    """
    found = _gutter(lines)
    if found is None:
        return list(lines)
    runs: list[tuple[list[Line], list[Line]]] = [([], [])]
    ordered: list[Line] = []
    for line in lines:
        left, right = _split(line, found)
        if left is line and line.left < found < line.right:  # over both columns
            ordered += _in_order(runs.pop())
            ordered.append(line)
            runs.append(([], []))
        else:
            runs[-1][0].extend(filter(None, [left]))
            runs[-1][1].extend(filter(None, [right]))
    ordered += _in_order(runs.pop())
    return [replace(line, number=number) for number, line in enumerate(ordered)]


def _in_order(columns: tuple[list[Line], list[Line]]) -> Iterator[Line]:
    """Yield the lines of two columns, either of which may be two columns itself."""
    first = 1
    for column in map(apart, columns):
        yield from (replace(line, column=first + max(line.column - 1, 0)) for line in column)
        first += max((line.column for line in column), default=0) or 1


def _gutter(lines: Sequence[Line]) -> float | None:
    """Return a place where most lines have a wide gap; None where there is none such."""
    wide = [(line, gap) for line in lines for gap in line.gaps]
    if len(wide) < FEW_LINES:
        return None
    # A gutter ends where the column to its right begins, which is where most gaps end.
    ends = sorted(gap.right for _, gap in wide)
    place = ends[len(ends) // 2] - 1.0
    here = [(line, gap) for line, gap in wide if gap.left < place < gap.right]
    crossing = [line for line in lines if line.left < place < line.right]
    if len(here) < max(FEW_LINES, SHARE * len(crossing)):
        return None
    begin = min(line.left for line, _ in here)
    reached = median(gap.left - line.left for line, gap in here)
    return place if reached >= FULL * (place - begin) else None


def _split(line: Line, place: float) -> tuple[Line | None, Line | None]:
    """Return what of a line stands to the left of a place, and to the right."""
    if line.left >= place:
        return None, line
    gap = next((gap for gap in line.gaps if gap.left < place < gap.right), None)
    if gap is None:
        return line, None
    before = tuple(each for each in line.gaps if each.at < gap.at)
    after = tuple(
        each._replace(at=each.at - gap.stop, stop=each.stop - gap.stop)
        for each in line.gaps
        if each.at > gap.at
    )
    left = replace(line, text=line.text[: gap.at], right=gap.left, gaps=before)
    right = replace(
        line, text=line.text[gap.stop :], left=gap.right, gaps=after, first_word=gap.next_word
    )
    return left, right
