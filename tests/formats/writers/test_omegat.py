"""A real translation tool, OmegaT, uses our translation memory without being asked twice."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from aligner.formats.writers import write
from aligner.types import Bitext

PROJECT = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<omegat><project version="1.0">
<source_dir>__DEFAULT__</source_dir><target_dir>__DEFAULT__</target_dir>
<tm_dir>__DEFAULT__</tm_dir><glossary_dir>__DEFAULT__</glossary_dir>
<dictionary_dir>__DEFAULT__</dictionary_dir>
<source_lang>EN</source_lang><target_lang>RU</target_lang>
<sentence_seg>false</sentence_seg>
</project></omegat>
"""
# Seconds: a Java program starts, reads three files and writes one.
PATIENCE = 120


@pytest.mark.parametrize(
    "options", [{}, {"src_lang": "en-US", "tgt_lang": "ru-RU"}], ids=["languages", "regions"]
)
def test_omegat_translates_with_it(tmp_path: Path, sample: Bitext, options: dict[str, str]) -> None:
    if shutil.which("omegat") is None:
        pytest.skip("omegat is not installed (Debian: omegat)")
    project = tmp_path / "project"
    for folder in ("source", "target", "tm/auto", "omegat", "glossary", "dictionary"):
        (project / folder).mkdir(parents=True)
    (project / "omegat.project").write_text(PROJECT, "utf-8")
    beads = [bead for bead in sample.alignment.beads if not bead.is_null]
    sources = [sample.src_text(bead) for bead in beads]
    (project / "source" / "article.utf8").write_text("\n\n".join(sources) + "\n", "utf-8")
    write(sample, project / "tm" / "auto" / "ours.tmx", **options)
    done = subprocess.run(
        ["omegat", str(project), "--mode=console-translate", "--quiet"],
        env=os.environ | {"HOME": str(tmp_path), "JAVA_TOOL_OPTIONS": f"-Duser.home={tmp_path}"},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    translated = (project / "target" / "article.utf8").read_text("utf-8").split("\n\n")
    assert [text.strip() for text in translated] == [sample.tgt_text(bead) for bead in beads]
