"""What tells a bitext from every other: the same for the same beads of the same texts."""

import hashlib

from aligner.types import Bitext


def fingerprint(bitext: Bitext) -> str:
    """Return the SHA-256 of the segments' texts and the beads' ends, in hexadecimal digits."""
    digest = hashlib.sha256()
    for side in (bitext.src, bitext.tgt):
        for text in side.texts:
            digest.update(text.encode("utf-8", errors="replace") + b"\n")
    for bead in bitext.alignment.beads:
        digest.update(f"{bead.src.stop}:{bead.tgt.stop} ".encode())
    return digest.hexdigest()
