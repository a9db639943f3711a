"""Word lists, as plain text: one file a subject, read when first needed.

A file holds `[section]` lines, each followed by its entries; `#` begins a comment.
"""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files


@cache
def sections(folder: str, name: str) -> dict[str, tuple[str, ...]]:
    """Return a data file's sections, each as its lines without comments and blank ones.

    Args:
        folder: the package that holds it, in dots.
        name: the file's name without its suffix.

    Raises:
        FileNotFoundError: there is no such file.
    """
    text = files(folder).joinpath(f"{name}.txt").read_text("utf-8")
    found: dict[str, list[str]] = {}
    current: list[str] = []
    for _, heading, entry in lines(text):
        if heading:
            current = found.setdefault(heading, [])
        else:
            current.append(entry)
    return {section: tuple(entries) for section, entries in found.items()}


def lines(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield the number of each line that says something, and its heading or its entry."""
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.partition("#")[0].strip()
        if line.startswith("[") and line.endswith("]") and line[1:-1].strip():
            yield number, line[1:-1].strip(), ""
        elif line:
            yield number, "", line
