"""`aligner verify`: prove the coverage of an exported bitext."""

from collections import Counter
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from aligner.cli.parameters import PATH
from aligner.errors import ReadError
from aligner.wording import shorten

if TYPE_CHECKING:
    from aligner.verification import Finding, Verification

FAILED = 1
# Kinds of findings, in the order in which they are told.
FINDING_KINDS = (
    *("missing", "doubled", "changed", "added", "moved"),
    *("exchanged", "unlisted", "unread"),
)
# Characters of a text that are shown: enough to find it again.
SHOWN_CHARS = 60
# Of two texts, so much is shown of what they begin with alike.
CONTEXT_CHARS = 12
# Pieces that were left out that are listed without -v; findings are always all listed.
SHOWN_ITEMS = 3


@click.command()
@click.argument("bitext", type=PATH)
@click.option(
    "--source", type=PATH, required=True, help="The input that it was made of; alone, both sides."
)
@click.option("--target", type=PATH, help="The input of the target side.")
@click.option("--encoding", metavar="NAME", help="Encoding of the inputs, where guessed wrong.")
@click.option("-v", "--verbose", is_flag=True, help="List everything that was left out.")
@click.pass_context
def verify(
    context: click.Context,
    bitext: Path,
    *,
    source: Path,
    target: Path | None,
    encoding: str | None,
    verbose: bool,
) -> None:
    """Prove that BITEXT has every sentence of its inputs exactly once, or lists it as left out.

    Whatever is missing, doubled, changed, added, moved or exchanged is printed with its place,
    and the exit code is 1.
    """
    from aligner.formats.readers import read
    from aligner.types import Bitext
    from aligner.verification import verify as prove

    export = read(bitext)
    if not isinstance(export, Bitext):
        remedy = "give an export in another format, such as tmx, csv or jsonl"
        raise ReadError("what this holds is no pairs", str(bitext), remedy)
    result = prove(export, source, target, encoding=encoding)
    # What aligner wrote carries a digest of its pairs; other formats and tools have none.
    unsigned = not result.signed and export.provenance.version != ""
    click.echo("\n".join(_report(result, None if verbose else SHOWN_ITEMS, unsigned=unsigned)))
    if unsigned or not result.holds:
        context.exit(FAILED)


def _report(result: "Verification", limit: int | None, *, unsigned: bool) -> Iterator[str]:
    yield from (f"Note      {note}" for note in result.notes)
    listed = len(result.left_out)
    shown = f", the first {limit} (all with -v):" if limit is not None and listed > limit else ":"
    if listed:
        yield f"Left out  {listed:,} {'piece' if listed == 1 else 'pieces'}{shown}"
    for piece in result.left_out[:limit]:
        place = piece.place or f"character {piece.start}"
        yield f"          {place}: {shorten(piece.text, SHOWN_CHARS)} ({piece.reason})"
    for kind in FINDING_KINDS:
        found = [finding for finding in result.findings if finding.kind == kind]
        if found:
            yield f"{kind.title():9} {len(found):,}:"
            yield from (f"          {_describe(finding)}" for finding in found)
    if result.holds:
        yield (
            f"Proved    each of {result.segments:,} segments is in the inputs exactly once, and "
            "nothing else is, but what was left out"
        )
        if result.signed:
            yield "          the pairs are those that were written"
        elif unsigned:
            yield (
                "Unsigned  that the pairs are those that were written cannot be proved: the file "
                "has no digest of them (taken out, or of an older version); align the texts again"
            )
        else:
            yield "          which text stands beside which is not proved: the file has no digest"
    else:
        counts: Counter[str] = Counter(finding.kind for finding in result.findings)
        yield "Failed    " + ", ".join(
            f"{counts[kind]:,} {kind}" for kind in FINDING_KINDS if counts[kind]
        )


def _describe(finding: "Finding") -> str:
    if not finding.file:
        return finding.text
    where = finding.file
    if finding.start >= 0:
        where += f", {finding.place}" if finding.place else ""
        where += f", characters {finding.start} to {finding.stop}"
    if not finding.found:
        return f"{where}: {shorten(finding.text, SHOWN_CHARS)}"
    before, after = _where_they_differ(finding.text, finding.found)
    return f"{where}: {shorten(before, SHOWN_CHARS)} became {shorten(after, SHOWN_CHARS)}"


def _where_they_differ(one: str, other: str) -> tuple[str, str]:
    """Return two texts from shortly before they differ."""
    one, other = (" ".join(text.split()) for text in (one, other))
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    same = sum(1 for _ in alike)
    start = one.rfind(" ", 0, max(0, same - CONTEXT_CHARS)) + 1
    ellipsis = "…" if start else ""
    return ellipsis + one[start:], ellipsis + other[start:]
