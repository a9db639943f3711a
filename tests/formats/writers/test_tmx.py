"""TMX: what the specification asks, what other programs read, and what comes back."""

import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings

from aligner.errors import ReadError
from aligner.formats.losses import NOT_XML
from aligner.formats.readers import tmx
from aligner.formats.writers import write
from aligner.types import Alignment, Bead, Bitext, Document, Segment, Span
from tests.formats.writers.bitexts import as_rows_hold_it, bitexts, with_left_out
from tests.formats.writers.tmx_checker import complaints


def legal(bitext: Bitext, forbidden: re.Pattern[str] = NOT_XML) -> Bitext:
    """Return the bitext without what XML forbids, with a letter so that no text is blank."""

    def clean(document: Document) -> Document:
        segments = tuple(
            replace(segment, text="x" + forbidden.sub("", segment.text))
            for segment in document.segments
        )
        path = "p" + forbidden.sub("", document.origin.path)
        return replace(document, segments=segments, origin=replace(document.origin, path=path))

    return replace(bitext, src=clean(bitext.src), tgt=clean(bitext.tgt))


def without_nulls(bitext: Bitext) -> Bitext:
    """Return the beads that have both sides, numbered afresh."""
    sides: tuple[list[Segment], list[Segment]] = ([], [])
    beads = []
    for bead in bitext.alignment.beads:
        if not bead.is_null:
            spans = []
            both = bitext.src_segments(bead), bitext.tgt_segments(bead)
            for side, segments in zip(sides, both, strict=True):
                spans.append(Span(len(side), len(side) + len(segments)))
                side.extend(segments)
            beads.append(replace(bead, src=spans[0], tgt=spans[1]))
    documents = []
    for document, segments in zip((bitext.src, bitext.tgt), sides, strict=True):
        numbers = {old: new for new, old in enumerate(dict.fromkeys(s.block for s in segments))}
        blocks = tuple(
            replace(document.blocks[old], start=min(s.start for s in segments if s.block == old))
            for old in numbers
        )
        renumbered = tuple(replace(s, block=numbers[s.block]) for s in segments)
        documents.append(replace(document, blocks=blocks, segments=renumbered))
    alignment = Alignment(tuple(beads), len(sides[0]), len(sides[1]))
    return Bitext(documents[0], documents[1], alignment, bitext.provenance)


@given(bitexts())
@settings(deadline=None, max_examples=60)
def test_any_text_gives_a_valid_file(
    tmp_path_factory: pytest.TempPathFactory, bitext: Bitext
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.tmx"
    write(bitext, path, force=True)
    assert complaints(path) == []


@given(bitexts())
@settings(deadline=None, max_examples=60)
def test_what_is_written_comes_back(
    tmp_path_factory: pytest.TempPathFactory, bitext: Bitext
) -> None:
    path = tmp_path_factory.getbasetemp() / "back.tmx"
    bitext = legal(bitext)
    nulls = [bead for bead in bitext.alignment.beads if bead.is_null]
    losses = write(bitext, path, force=True)
    assert (losses.nulls, losses.characters) == (len(nulls), 0)
    if len(nulls) < len(bitext.alignment.beads):
        expected = as_rows_hold_it(without_nulls(bitext))
        assert tmx.read(path) == with_left_out(expected, bitext, nulls)


def test_translate_toolkit_reads_the_same_pairs(tmp_path: Path, sample: Bitext) -> None:
    storage = pytest.importorskip("translate.storage.tmx")
    path = tmp_path / "out.tmx"
    losses = write(sample, path)
    units = storage.tmxfile.parsefile(str(path)).units
    beads = [bead for bead in sample.alignment.beads if not bead.is_null]
    assert losses.nulls == len(sample.alignment.beads) - len(beads) > 0
    assert [(str(unit.source), str(unit.target)) for unit in units] == [
        (sample.src_text(bead), sample.tgt_text(bead)) for bead in beads
    ]


def test_xmllint_finds_it_well_formed(tmp_path: Path, sample: Bitext) -> None:
    if shutil.which("xmllint") is None:
        pytest.skip("xmllint is not installed (Debian: libxml2-utils)")
    write(sample, tmp_path / "out.tmx")
    command = ["xmllint", "--noout", "--nonet", str(tmp_path / "out.tmx")]
    assert subprocess.run(command, check=False, capture_output=True).stderr == b""


def with_first_pair(bitext: Bitext, text: str) -> Bitext:
    """Return the bitext with another source text in its first pair, which is its second bead."""
    assert [bead.kind for bead in bitext.alignment.beads[:2]] == ["1-0", "1-1"]
    title, first, *others = bitext.src.segments
    segments = (title, replace(first, text=text), *others)
    return replace(bitext, src=replace(bitext.src, segments=segments))


def test_forbidden_characters_are_taken_out_and_counted(tmp_path: Path, sample: Bitext) -> None:
    bitext = with_first_pair(sample, "a\x00b\ud800\ufffe😀")
    assert write(bitext, tmp_path / "out.tmx").characters == 3
    assert tmx.read(tmp_path / "out.tmx").src.texts[0] == "ab😀"


def test_a_text_of_forbidden_characters_alone_counts_as_null(
    tmp_path: Path, sample: Bitext
) -> None:
    before = write(sample, tmp_path / "a.tmx").nulls
    after = write(with_first_pair(sample, "\x01"), tmp_path / "b.tmx").nulls
    assert after == before + 1
    assert complaints(tmp_path / "b.tmx") == []


def test_whatever_is_in_no_unit_is_listed_in_the_header(tmp_path: Path, sample: Bitext) -> None:
    write(sample, tmp_path / "out.tmx")
    back = tmx.read(tmp_path / "out.tmx")
    nulls = [bead for bead in sample.alignment.beads if bead.is_null]
    listed = [piece.text for piece in back.left_out if piece.reason == "no counterpart"]
    assert listed == [
        text for side in (sample.src_text, sample.tgt_text) for text in map(side, nulls) if text
    ]
    furniture = [piece for piece in back.src.left_out if piece.reason != "no counterpart"]
    assert tuple(furniture) == sample.src.left_out


def test_region_codes_can_be_set(tmp_path: Path, sample: Bitext) -> None:
    write(sample, tmp_path / "out.tmx", src_lang="en-US", tgt_lang="ru-RU")
    assert complaints(tmp_path / "out.tmx") == []
    bitext = tmx.read(tmp_path / "out.tmx")
    assert (bitext.src.lang, bitext.tgt.lang) == ("en-US", "ru-RU")


OTHERS = """<?xml version="1.0" encoding="utf-16"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4b"><header srclang="FR"/><body>
<tu><tuv xml:lang="de"><seg>Eins</seg></tuv><tuv xml:lang="fr"><seg><bpt i="1">&lt;b></bpt>Un<ept
i="1">&lt;/b></ept> <hi>et</hi> un</seg></tuv></tu>
<tu><tuv xml:lang="fr"><seg>Deux</seg></tuv></tu>
</body></tmx>"""


def test_other_peoples_files_are_read(tmp_path: Path) -> None:
    path = tmp_path / "others.tmx"
    path.write_bytes(OTHERS.encode("utf-16"))
    bitext = tmx.read(path)
    assert (bitext.src.lang, bitext.tgt.lang) == ("fr", "de")
    assert (bitext.src.texts, bitext.tgt.texts) == (["Un et un", "Deux"], ["Eins"])
    assert [bead.kind for bead in bitext.alignment.beads] == ["1-1", "1-0"]
    assert bitext.alignment.beads[0] == Bead(Span(0, 1), Span(0, 1))


def test_the_place_of_damage_is_said_once(tmp_path: Path) -> None:
    path = tmp_path / "bad.tmx"
    path.write_text("<tmx>\n<body>\n")
    with pytest.raises(ReadError) as caught:
        tmx.read(path)
    assert str(caught.value) == (
        f"{path}, line 3: this is no valid TMX (Premature end of data in tag body); "
        "export it again, or check it with xmllint"
    )


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("<tmx version='1.4'><header/><body><tu>", "no valid TMX"),
        ("<html/>", "no TMX"),
        ("<tmx/>", "one language at most"),
        ("no markup", "no valid TMX"),
        (
            "<!DOCTYPE tmx [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><tmx><body><tu>"
            "<tuv xml:lang='en'><seg>&a;</seg></tuv></tu></body></tmx>",
            "entity",
        ),
        (
            "<tmx><header><prop type='x-src-left-out'>[1]</prop></header></tmx>",
            "header's properties are damaged",
        ),
    ],
)
def test_what_is_no_translation_memory_is_refused(
    tmp_path: Path, content: str, problem: str
) -> None:
    path = tmp_path / "bad.tmx"
    path.write_text(content)
    with pytest.raises(ReadError, match=problem) as caught:
        tmx.read(path)
    assert caught.value.where.startswith(str(path))
    assert "\n" not in str(caught.value)
