"""Memories as other programs write them."""

from pathlib import Path
from xml.sax.saxutils import escape

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<tmx{} version="1.4"><header creationtool="x"'
    ' creationtoolversion="1" segtype="sentence" o-tmf="x" adminlang="en" srclang="{}"'
    ' datatype="plaintext"></header><body>\n'
)
TAIL = "\n</body></tmx>\n"


def tu(**texts: str) -> str:
    """A unit with a variant for each language."""
    variants = (
        f'<tuv xml:lang="{tag}"><seg>{escape(text)}</seg></tuv>' for tag, text in texts.items()
    )
    return f"<tu>{''.join(variants)}</tu>"


def memory(
    folder: Path, units: list[str], srclang: str = "en", *, namespace: str = "", before: str = ""
) -> Path:
    """Write a memory of units."""
    path = folder / "memory.tmx"
    name = f' xmlns="{namespace}"' if namespace else ""
    text = before + HEAD.format(name, srclang) + "\n".join(units) + TAIL
    path.write_text(text, "utf-8")
    return path
