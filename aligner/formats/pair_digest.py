"""A digest of the pairs that a file holds, so that an exchange between them shows.

Every text of a side may still be there, each in its place, and yet stand beside another's
translation. The pairs are therefore signed where the run is: the provenance carries digests
that writers take and `verify` compares. They are hashes of texts alone, white space folded
and without what XML cannot hold: the same in every format, and after a tool has dropped all
else. They show damage, not malice: whoever can write the file can write the digest.
"""

import hashlib
import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import replace

from aligner.formats.losses import NOT_XML
from aligner.languages.table import separator
from aligner.types import Bitext, Document, LeftOut, Provenance, Span

WHITE_SPACE = re.compile(r"[^\S\n]+")
AT_THE_EDGES = re.compile(r" ?\n ?")
# Hexadecimal digits: enough that no damage meets the same by chance.
DIGITS = 16

# Beads whose texts are folded at once.
AT_ONCE = 1_000

Lists = tuple[Iterable[LeftOut], Iterable[LeftOut]]


def signed(
    bitext: Bitext, without: Container[int] = (), left_out: Lists | None = None
) -> Provenance:
    """Return the provenance with the digests of what is written.

    Args:
        bitext: what is written.
        without: indices of beads that are not.
        left_out: what the file lists as left out, a side each; None where the format has no
            room for such a list.
    """
    lists = "" if left_out is None else of_left_out(*left_out)
    return replace(bitext.provenance, pairs=of_pairs(bitext, without), left_out=lists)


def of_pairs(bitext: Bitext, without: Container[int] = ()) -> str:
    """Return the digest of the pairs in their order; beads with an empty side are none."""
    digest = hashlib.sha256()
    beads = bitext.alignment.beads
    for first in range(0, len(beads), AT_ONCE):
        some = beads[first : first + AT_ONCE]
        sources = _texts(bitext.src, [bead.src for bead in some])
        targets = _texts(bitext.tgt, [bead.tgt for bead in some])
        pairs = [
            f"{source}\t{target}\n"
            for index, (source, target) in enumerate(zip(sources, targets, strict=True), first)
            if source and target and index not in without
        ]
        digest.update("".join(pairs).encode())
    return digest.hexdigest()[:DIGITS]


def of_left_out(src: Iterable[LeftOut], tgt: Iterable[LeftOut]) -> str:
    """Return the digest of the lists of what was left out."""
    digest = hashlib.sha256()
    for name, side in (("src", src), ("tgt", tgt)):
        for piece in side:
            text = " ".join(NOT_XML.sub("", piece.text).split())
            digest.update(f"{name}\t{piece.start}\t{piece.stop}\t{text}\n".encode())
    return digest.hexdigest()[:DIGITS]


def _texts(side: Document, spans: Sequence[Span]) -> list[str]:
    """Return the texts of spans, folded: all at once, as calls a bead would cost more than it."""
    segments, between = side.segments, separator(side.lang)
    joined = [
        segments[span.start].text
        if span.stop - span.start == 1
        else between.join([each.text for each in segments[span.start : span.stop]])
        for span in spans
    ]
    whole = "\n".join(joined)
    if whole.count("\n") >= len(joined):
        whole = "\n".join([text.replace("\n", " ") for text in joined])
    whole = WHITE_SPACE.sub(" ", NOT_XML.sub("", whole))
    return AT_THE_EDGES.sub("\n", whole).strip(" ").split("\n")
