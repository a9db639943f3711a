"""Tables in Markdown, and where they were measured."""

import os
import platform
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from aligner.errors import ReadError
from aligner.evaluation import Measure

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGE = DOCS / "benchmarks.md"

NOTHING = "–"


def table(head: Sequence[str], rows: Sequence[Sequence[str]], *, left: int = 1) -> str:
    """Return a table that reads well as plain text, too.

    Args:
        head: the columns' names.
        rows: their cells.
        left: how many columns, from the first, are words; the others are figures.
    """
    columns = list(zip(head, *rows, strict=True))
    widths = [max(map(len, column)) for column in columns]

    def line(cells: Sequence[str]) -> str:
        padded = (
            cell.ljust(width) if at < left else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(cells, widths, strict=True))
        )
        return f"| {' | '.join(padded)} |"

    rule = (
        f":{'-' * (width - 1)}" if at < left else f"{'-' * (width - 1)}:"
        for at, width in enumerate(widths)
    )
    return "\n".join([line(head), f"| {' | '.join(rule)} |", *map(line, rows)])


def three(measure: Measure) -> tuple[str, str, str]:
    """Return the cells of precision, recall and F1."""
    return f"{measure.precision:.3f}", f"{measure.recall:.3f}", f"{measure.f1:.3f}"


def stamp() -> str:
    """Say when, at which commit and on what this was measured."""
    day = datetime.now(UTC).strftime("%-d %B %Y")
    packages = ", ".join(f"{name} {version(name)}" for name in ("numpy", "torch"))
    return (
        f"Measured on {day} at commit {_commit()}: {os.cpu_count()} cores ({_processor()}), "
        f"Python {platform.python_version()}, {packages}."
    )


def put(name: str, text: str, page: Path = PAGE) -> None:
    """Put a text between the marks of its name in a page, in place of what was there.

    Raises:
        ReadError: the page has no such marks.
    """
    old = page.read_text("utf-8")
    begin, end = f"<!-- {name} -->\n", f"<!-- end of {name} -->"
    before, found_begin, rest = old.partition(begin)
    _, found_end, after = rest.partition(end)
    if not (found_begin and found_end):
        raise ReadError(f"there is no place for {name!r}", str(page), f"add {begin.strip()}")
    page.write_text(f"{before}{begin}\n{text}\n\n{end}{after}", "utf-8")


def _commit() -> str:
    """The commit, and whether the program has changed since."""

    def git(*words: str) -> str:
        command = ["git", "-C", str(ROOT), *words]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()

    try:
        changed = git("status", "--porcelain", "--", "aligner", "benchmarks")
        return git("rev-parse", "--short", "HEAD") + (" with changes" if changed else "")
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


def _processor() -> str:
    """The processor's name, as Linux tells it."""
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.machine()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())
