"""The `aligner` command: a group of the others."""

import click

from aligner.cli.align import align
from aligner.cli.convert import convert
from aligner.cli.evaluate import evaluate
from aligner.cli.formats import formats
from aligner.cli.languages import languages
from aligner.cli.verify import verify
from aligner.version import __version__


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="aligner")
def cli() -> None:
    """Align two texts that translate each other, sentence by sentence."""


for command in (align, convert, verify, evaluate, formats, languages):
    cli.add_command(command)
