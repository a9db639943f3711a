"""`aligner formats`: what can be read and written."""

import click


@click.command()
def formats() -> None:
    """Show what can be read and written."""
    from aligner.readers import READERS
    from aligner.writers import WRITERS

    suffixes = sorted(READERS.keys() | WRITERS.keys())
    width = max(map(len, suffixes))
    click.echo(f"{'':{width}}  read  write")
    for suffix in suffixes:
        reads, writes = ("yes" if suffix in each else "-" for each in (READERS, WRITERS))
        # A suffix may stand for one thing that is read and another that is written.
        titles = [each[suffix].title for each in (READERS, WRITERS) if suffix in each]
        title = "; written as ".join(dict.fromkeys(titles))
        click.echo(f"{suffix:{width}}  {reads:4}  {writes:5}  {title}")
