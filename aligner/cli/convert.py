"""`aligner convert`: a bitext from one of our formats into others."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from aligner.cli.export_options import (
    CHECKS_HELP,
    export_options,
    fail_if_refused,
    note,
    say_dropped,
)
from aligner.cli.parameters import PATH
from aligner.errors import ReadError

if TYPE_CHECKING:
    from aligner.export.exporting import Wishes
    from aligner.languages.given import GivenLanguages
    from aligner.types import Bitext


@click.command(epilog=CHECKS_HELP)
@click.argument("bitext", type=PATH)
@click.argument("outputs", type=PATH, nargs=-1, required=True)
@click.option(
    "--src-lang", metavar="TAG", help="Language of the source: picks among those of BITEXT."
)
@click.option("--tgt-lang", metavar="TAG", help="Language of the target, likewise.")
@click.option("--encoding", metavar="NAME", help="Encoding of BITEXT, where it is guessed wrong.")
@export_options
@click.option("-q", "--quiet", is_flag=True, help="No summary.")
def convert(
    bitext: Path,
    outputs: tuple[Path, ...],
    *,
    src_lang: str | None,
    tgt_lang: str | None,
    encoding: str | None,
    wishes: "Wishes",
    force: bool,
    quiet: bool,
) -> None:
    """Convert BITEXT, pairs in any format that holds them, into OUTPUTS.

    The suffixes pick the formats (`aligner formats` lists them). Nothing is aligned anew.
    """
    from aligner.export.exporting import check_wishes, export, sift
    from aligner.languages.given import GivenLanguages

    formats = check_wishes(outputs, wishes, keep=[bitext], force=force)
    given = GivenLanguages.of(src_lang, tgt_lang)
    whole = _with_languages(_read(bitext, encoding, given), given)
    dropped = sift(whole, wishes)
    if not quiet and not (whole.src.lang and whole.tgt.lang):
        _say_unnamed(path for path, each in formats.items() if each.names_languages)
    exported = export(dropped.bitext, outputs, wishes, keep=[bitext], force=force)
    if not quiet:
        from aligner.cli.summary import beads, written

        lines = [*beads(whole), *say_dropped(dropped)]
        click.echo("\n".join([*lines, *written(exported)]), err=True)
    fail_if_refused(exported)


def _say_unnamed(outputs: Iterable[Path]) -> None:
    """Say of outputs that their languages are needed, and are not known."""
    for path in outputs:
        note(f"{path} names no languages; give them with --src-lang and --tgt-lang")


def _read(path: Path, encoding: str | None, given: "GivenLanguages") -> "Bitext":
    from aligner.formats.readers import read
    from aligner.types import Bitext

    found = read(path, encoding=encoding, src_lang=given.src, tgt_lang=given.tgt)
    if not isinstance(found, Bitext):
        remedy = "align it with its translation: aligner align SOURCE TARGET -o OUTPUT"
        raise ReadError("what this holds is no pairs", str(path), remedy)
    return found


def _with_languages(bitext: "Bitext", given: "GivenLanguages") -> "Bitext":
    """Name the languages; the sides change places where their languages say so."""
    from aligner.pipeline.opening import names_other_sides

    if names_other_sides(bitext, given):
        bitext = bitext.swapped()
    return replace(
        bitext,
        src=replace(bitext.src, lang=given.src or bitext.src.lang),
        tgt=replace(bitext.tgt, lang=given.tgt or bitext.tgt.lang),
    )
