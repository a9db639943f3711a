"""`aligner formats`: what can be read and written."""

import textwrap

import click

LINE_CHARS = 100  # as wide as the table above it
INDENT = " " * 4


@click.command()
def formats() -> None:
    """Show what can be read and written, and what of a file is text."""
    from aligner.formats.readers import NOT_READ, READERS
    from aligner.formats.writers import WRITERS

    suffixes = sorted(READERS.keys() | WRITERS.keys())
    width = max(map(len, suffixes))
    click.echo(f"{'':{width}}  read  write")
    for suffix in suffixes:
        reads, writes = ("yes" if suffix in each else "-" for each in (READERS, WRITERS))
        # A suffix may stand for one thing that is read and another that is written.
        found = [each[suffix] for each in (READERS, WRITERS) if suffix in each]
        title = "; written as ".join(dict.fromkeys(each.title for each in found))
        if found[0].install:
            title += f"; needs {found[0].install}"
        click.echo(f"{suffix:{width}}  {reads:4}  {writes:5}  {title}")
    click.echo("\nWhat of a file is text; all that is left out is listed with the reason:")
    by_content: dict[str, list[str]] = {}
    for suffix in sorted(READERS):
        by_content.setdefault(READERS[suffix].content, []).append(suffix)
    for content, group in by_content.items():
        _show(" ".join(group), content)
    _show("Not read", NOT_READ)


def _show(what: str, text: str) -> None:
    """Print a line, and go on under its text where it is long."""
    click.echo(textwrap.fill(f"{what}: {text}", LINE_CHARS, subsequent_indent=INDENT))
