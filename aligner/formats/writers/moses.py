"""Moses: two plain files, line for line, as machine translation is trained on.

`out.moses` names the pair of files `out.en` and `out.ru`. Null alignments stay out; white
space inside a pair becomes single spaces, because a line is a segment.
"""

import codecs
from pathlib import Path
from typing import BinaryIO

from aligner.formats.losses import NOT_UTF8, Losses, Stripper
from aligner.types import Bitext


def paths(bitext: Bitext, path: Path) -> tuple[Path, Path]:
    """Return the two files of a pair, named by language."""
    src, tgt = bitext.src.lang, bitext.tgt.lang
    if not src or not tgt or src == tgt:
        src, tgt = "src", "tgt"
    return path.with_suffix(f".{src}"), path.with_suffix(f".{tgt}")


def write(bitext: Bitext, src_out: BinaryIO, tgt_out: BinaryIO) -> Losses:
    """Write one bead a line, the same line in both files."""
    strip = Stripper(NOT_UTF8)
    nulls = 0
    for bead in bitext.alignment.beads:
        source = " ".join(strip(bitext.src_text(bead)).split())
        target = " ".join(strip(bitext.tgt_text(bead)).split())
        if source and target:
            # At the head of a file this character would be taken for a byte order mark.
            for text, out in ((source, src_out), (target, tgt_out)):
                if text.startswith("\ufeff") and out.tell() == 0:
                    out.write(codecs.BOM_UTF8)
            src_out.write(f"{source}\n".encode())
            tgt_out.write(f"{target}\n".encode())
        else:
            nulls += 1
    return Losses(nulls, strip.count)
