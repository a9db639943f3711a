"""One round after another: what the page saved, and the rows of the run that obeyed it."""

import json
import shutil
from pathlib import Path
from typing import Any

import aligner
from aligner.types import Bitext
from tests import IZVESTIA
from tests.browser.conftest import Opened
from tests.browser.correcting import download
from tests.cli.running import aligner as run

Rows = list[list[list[str]]]


def rows_of(bitext: Bitext) -> Rows:
    return [
        [
            [segment.text for segment in side]
            for side in (bitext.src_segments(bead), bitext.tgt_segments(bead))
        ]
        for bead in bitext.alignment.beads
    ]


def find(bitext: Bitext, kind: str, after: int) -> int:
    """The number of the first row of a type after another, with a row of one pair below it."""
    kinds = ["", *(bead.kind for bead in bitext.alignment.beads)]
    return next(
        n for n in range(after + 1, len(kinds) - 1) if kinds[n] == kind and kinds[n + 1] == "1-1"
    )


def align(folder: Path, corrections: Path, name: str) -> Bitext:
    """Run the command, and read what it wrote."""
    done = run(
        *("align", IZVESTIA, "--corrections", corrections),
        *("-o", f"{name}.jsonl", "-o", f"{name}.html", "--force"),
        cwd=folder,
    )
    assert done.returncode == 0, done.stderr.decode()
    assert b"Not found" not in done.stderr
    written = aligner.read(folder / f"{name}.jsonl")
    assert isinstance(written, Bitext)
    return written


def saved(reader: Opened, path: Path) -> dict[str, Any]:
    shutil.copy(download(reader, "Download corrections.json").path(), path)
    return json.loads(path.read_text("utf-8"))
