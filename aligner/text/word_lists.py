"""Word lists, as plain text: one file a subject, read when first needed.

A file holds `[section]` lines, each followed by its entries; `#` begins a comment.
"""

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
    for raw in text.splitlines():
        line = raw.partition("#")[0].strip()
        if line.startswith("[") and line.endswith("]"):
            current = found.setdefault(line[1:-1], [])
        elif line:
            current.append(line)
    return {section: tuple(lines) for section, lines in found.items()}
