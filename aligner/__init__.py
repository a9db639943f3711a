"""Align two texts that translate each other, sentence by sentence.

    import aligner

    bitext = aligner.align("story.en.txt", "story.ru.txt")
    aligner.write(bitext, "story.tmx")

The names below are imported when they are first used: `import aligner` loads nothing else.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from aligner.version import __version__

if TYPE_CHECKING:
    from aligner.encoders import get_encoder
    from aligner.encoders.contract import Encoder
    from aligner.errors import AlignerError
    from aligner.evaluation import evaluate
    from aligner.formats.readers import read
    from aligner.formats.writers import write
    from aligner.pipeline.aligning import align, align_segments
    from aligner.types import Alignment, Bead, Bitext, Block, Document, Segment, Span

__all__ = [
    "AlignerError",
    "Alignment",
    "Bead",
    "Bitext",
    "Block",
    "Document",
    "Encoder",
    "Segment",
    "Span",
    "__version__",
    "align",
    "align_segments",
    "evaluate",
    "get_encoder",
    "read",
    "write",
]

_HOMES = {
    "aligner.encoders": ("get_encoder",),
    "aligner.encoders.contract": ("Encoder",),
    "aligner.errors": ("AlignerError",),
    "aligner.evaluation": ("evaluate",),
    "aligner.formats.readers": ("read",),
    "aligner.formats.writers": ("write",),
    "aligner.pipeline.aligning": ("align", "align_segments"),
    "aligner.types": ("Alignment", "Bead", "Bitext", "Block", "Document", "Segment", "Span"),
}
# Rooms that have moved are found under their old names, too.
__path__.append(f"{__path__[0]}/former")

_HOME = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:  # PEP 562
    home = _HOME.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(home), name)
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
