"""What several commands take."""

from pathlib import Path

import click

# Whether a path can be read or written is found out by trying, and said in our own words.
PATH = click.Path(path_type=Path, readable=False)
