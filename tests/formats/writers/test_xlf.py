"""XLIFF: what the standard asks, what comes back, and what others write."""

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from lxml import etree

from aligner.errors import ReadError
from aligner.formats.readers import xliff
from aligner.formats.writers import write
from aligner.types import Bitext
from tests.formats.writers.bitexts import as_rows_hold_it, bitexts, with_left_out
from tests.formats.writers.test_tmx import legal

NAMESPACE = {"x": "urn:oasis:names:tc:xliff:document:1.2"}


def without_additions(bitext: Bitext) -> Bitext | None:
    """Return the bitext if it has no target without a source; XLIFF has no place for one."""
    return bitext if all(bead.src for bead in bitext.alignment.beads) else None


@given(bitexts().filter(without_additions))
@settings(deadline=None, max_examples=40)
def test_what_is_written_comes_back(
    tmp_path_factory: pytest.TempPathFactory, bitext: Bitext
) -> None:
    path = tmp_path_factory.getbasetemp() / "out.xlf"
    bitext = legal(bitext)
    write(bitext, path, force=True)
    assert xliff.read(path) == with_left_out(as_rows_hold_it(bitext), bitext, [])


def test_units_have_a_source_and_a_target(tmp_path: Path, sample: Bitext) -> None:
    path = tmp_path / "out.xlf"
    assert write(sample, path).nulls == 1
    root = etree.parse(path).getroot()
    file = root.find("x:file", NAMESPACE)
    assert (file.get("source-language"), file.get("target-language")) == ("en", "ru")
    units = root.findall(".//x:trans-unit", NAMESPACE)
    beads = [bead for bead in sample.alignment.beads if bead.src]
    assert [unit.findtext("x:source", None, NAMESPACE) for unit in units] == [
        sample.src_text(bead) for bead in beads
    ]
    assert [unit.findtext("x:target", "", NAMESPACE) for unit in units] == [
        sample.tgt_text(bead) for bead in beads
    ]


def test_what_has_no_place_is_listed(tmp_path: Path, sample: Bitext) -> None:
    write(sample, tmp_path / "out.xlf")
    back = xliff.read(tmp_path / "out.xlf")
    additions = [bead for bead in sample.alignment.beads if not bead.src]
    assert back.src.left_out == sample.src.left_out
    assert [piece.text for piece in back.tgt.left_out] == [
        sample.tgt_text(bead) for bead in additions
    ]
    assert {piece.reason for piece in back.tgt.left_out} == {"no counterpart"}


def test_region_codes_can_be_set(tmp_path: Path, sample: Bitext) -> None:
    write(sample, tmp_path / "out.xlf", src_lang="en-US", tgt_lang="ru-RU")
    bitext = xliff.read(tmp_path / "out.xlf")
    assert (bitext.src.lang, bitext.tgt.lang) == ("en-US", "ru-RU")


def test_translate_toolkit_reads_the_same_pairs(tmp_path: Path, sample: Bitext) -> None:
    storage = pytest.importorskip("translate.storage.xliff")
    write(sample, tmp_path / "out.xlf")
    units = storage.xlifffile.parsefile(str(tmp_path / "out.xlf")).units
    assert [str(unit.source) for unit in units] == [
        sample.src_text(bead) for bead in sample.alignment.beads if bead.src
    ]


def test_xmllint_finds_it_well_formed(tmp_path: Path, sample: Bitext) -> None:
    if shutil.which("xmllint") is None:
        pytest.skip("xmllint is not installed (Debian: libxml2-utils)")
    write(sample, tmp_path / "out.xlf")
    command = ["xmllint", "--noout", "--nonet", str(tmp_path / "out.xlf")]
    assert subprocess.run(command, check=False, capture_output=True).stderr == b""


OTHERS_1_2 = """<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
<file original="a.html" source-language="fr" target-language="de" datatype="html"><body>
<trans-unit id="1"><source>Un <g id="1">et</g> un<ph id="2">&lt;br/></ph></source>
<target>Eins und eins</target></trans-unit>
<group><trans-unit id="2"><source>Deux</source></trans-unit></group></body></file></xliff>"""
OTHERS_2_0 = """<xliff version="2.0" srcLang="fr" trgLang="de"
xmlns="urn:oasis:names:tc:xliff:document:2.0"><file id="f"><unit id="1">
<segment><source>Un <pc id="1">et</pc> un</source><target>Eins und eins</target></segment>
<segment><source>Deux</source></segment></unit></file></xliff>"""


@pytest.mark.parametrize("content", [OTHERS_1_2, OTHERS_2_0])
def test_other_peoples_files_are_read(tmp_path: Path, content: str) -> None:
    path = tmp_path / "others.xlf"
    path.write_text(content)
    bitext = xliff.read(path)
    assert (bitext.src.lang, bitext.tgt.lang) == ("fr", "de")
    assert (bitext.src.texts, bitext.tgt.texts) == (["Un et un", "Deux"], ["Eins und eins"])
    assert bitext.src.origin.path == str(path)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("<xliff><file>", "no valid XLIFF"),
        ("<html/>", "no XLIFF"),
        ("<xliff/>", "no translation units"),
        (
            "<!DOCTYPE xliff [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><xliff><file><body>"
            "<trans-unit><source>&a;</source></trans-unit></body></file></xliff>",
            "entity",
        ),
        (
            "<xliff xmlns:a='urn:aligner:bitext'><file><header><a:left-out side='src'>[1]"
            "</a:left-out></header><body><trans-unit><source>x</source></trans-unit></body>"
            "</file></xliff>",
            "list of what was left out is damaged",
        ),
    ],
)
def test_what_is_no_xliff_is_refused(tmp_path: Path, content: str, problem: str) -> None:
    path = tmp_path / "bad.xlf"
    path.write_text(content)
    with pytest.raises(ReadError, match=problem):
        xliff.read(path)
