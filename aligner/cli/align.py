"""`aligner align`: two texts, or one bilingual file, become a bitext."""

import logging
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from aligner.cli.export_options import (
    CHECKS_HELP,
    export_options,
    fail_if_refused,
    is_given,
    note,
    say_dropped,
)
from aligner.cli.parameters import PATH
from aligner.types import MAX_SPAN

if TYPE_CHECKING:
    from aligner.export.exporting import Exported, Wishes
    from aligner.export.filters import Dropped
    from aligner.pipeline.aligning import Progress
    from aligner.types import Bitext

BAR = "{desc:9} {percentage:3.0f}% |{bar}| {elapsed}"
LEVELS = (logging.WARNING, logging.INFO, logging.DEBUG)


@click.command(epilog=CHECKS_HELP)
@click.argument("source", type=PATH)
@click.argument("target", type=PATH, required=False)
@click.option(
    "-o",
    "--output",
    "outputs",
    type=PATH,
    multiple=True,
    help="Write this file; its suffix picks the format. Give it as often as you like.",
)
@click.option("--src-lang", metavar="TAG", help="Language of the source, such as en or en-GB.")
@click.option("--tgt-lang", metavar="TAG", help="Language of the target.")
@click.option(
    "--encoder",
    default="embedded",
    show_default=True,
    metavar="MODEL",
    help="A sentence-transformers name or folder, for languages beyond the embedded sixteen.",
)
@click.option(
    "--segments",
    type=click.Choice(["auto", "lines"]),
    default="auto",
    show_default=True,
    help="Split sentences, or take every line for a segment.",
)
@click.option(
    "--layout",
    type=click.Choice(["auto", "sequential", "alternating"]),
    default="auto",
    show_default=True,
    help="How one file holds both texts: one after the other, or by turns.",
)
@click.option(
    "--max-span",
    type=click.IntRange(1, MAX_SPAN),
    default=MAX_SPAN,
    show_default=True,
    help="The most segments that one side of a bead may have.",
)
@click.option(
    "--encoding", metavar="NAME", help="Encoding of the inputs, where it is guessed wrong."
)
@click.option(
    "--corrections",
    type=PATH,
    metavar="FILE",
    help="Keep what was fixed in the page, and align the rest around it.",
)
@click.option(
    "--abbreviations",
    type=PATH,
    metavar="FILE",
    help="Words whose full stop ends no sentence, one a line, beside those that are known.",
)
@export_options
@click.option("-q", "--quiet", is_flag=True, help="No progress bar and no summary.")
@click.option("-v", "--verbose", count=True, help="Tell more; -vv for tracebacks.")
def align(
    source: Path,
    target: Path | None,
    outputs: tuple[Path, ...],
    *,
    src_lang: str | None,
    tgt_lang: str | None,
    encoder: str,
    segments: str,
    layout: str,
    max_span: int,
    encoding: str | None,
    corrections: Path | None,
    abbreviations: Path | None,
    wishes: "Wishes",
    force: bool,
    quiet: bool,
    verbose: int,
) -> None:
    """Align SOURCE with TARGET, sentence by sentence.

    SOURCE alone is one file that holds both texts; its two sides are found by language.
    Without -o the pairs go to standard output as tab-separated values.
    """
    start = time.monotonic()
    logging.basicConfig(format="%(message)s")
    logging.getLogger("aligner").setLevel(LEVELS[min(verbose, len(LEVELS) - 1)])
    from aligner.export.exporting import check_wishes, export, sift

    inputs = [path for path in (source, target, corrections, abbreviations) if path]
    formats = check_wishes(outputs, wishes, keep=inputs, force=force)
    if target and is_given("layout") and not quiet:
        note("--layout does nothing here: it is for one file that holds both texts")
    if abbreviations and segments == "lines" and not quiet:
        note("--abbreviations does nothing here: with --segments lines no sentence is split")
    from aligner.pipeline.aligning import align as align_texts

    with _progress_bar(quiet) as progress:
        bitext = align_texts(
            source,
            target,
            src_lang=src_lang,
            tgt_lang=tgt_lang,
            encoder=encoder,
            segments=segments,  # type: ignore[arg-type] # click.Choice allows no other
            layout=layout,  # type: ignore[arg-type]
            max_span=max_span,
            encoding=encoding,
            corrections=corrections,
            abbreviations=abbreviations,
            links=any(each.linked for each in formats.values()),
            progress=progress,
        )
    dropped = sift(bitext, wishes)
    exported = export(dropped.bitext, outputs, wishes, keep=inputs, force=force)
    if not outputs:
        _print_pairs(dropped.bitext)
    _report(bitext, dropped, exported, None if quiet else time.monotonic() - start, verbose > 0)
    fail_if_refused(exported)


def _report(
    bitext: "Bitext", dropped: "Dropped", exported: "Exported", seconds: float | None, full: bool
) -> None:
    """Say on standard error what became of the texts; without seconds, only what went wrong."""
    from aligner.cli.summary import summarise, unmatched

    if seconds is None:
        lines = list(unmatched(bitext))
    else:
        lines = summarise(bitext, exported, seconds, everything=full)
        lines += say_dropped(dropped)
    if lines:
        click.echo("\n".join(lines), err=True)


def _print_pairs(bitext: "Bitext") -> None:
    """Write the pairs to standard output, as bytes: the shell's encoding may lack letters."""
    from aligner.formats.writers import tsv

    tsv.write(bitext, sys.stdout.buffer, full=False)
    sys.stdout.buffer.flush()


@contextmanager
def _progress_bar(quiet: bool) -> "Iterator[Progress | None]":
    """Show a bar on standard error where that is a terminal, and take it away at the end."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from tqdm import tqdm

    with tqdm(desc="reading", leave=False, bar_format=BAR) as bar:

        def report(stage: str, done: int, total: int) -> None:
            bar.set_description_str(stage, refresh=False)
            bar.total = total
            bar.update(done - bar.n)

        yield report
