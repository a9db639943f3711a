"""The proof of coverage: it holds for every export of ours, and finds whatever is done to one."""

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import aligner
from aligner.errors import ReadError
from aligner.formats.writers import write
from aligner.pipeline.opening import open_sides
from aligner.text.blocks.saved_page import strip
from aligner.text.sentences.splitter import segment
from aligner.types import Alignment, Bead, Bitext, LeftOut, Origin, Provenance, Segment, Span
from aligner.verification import verify
from aligner.verification.source_text import SourceText, key, rebuild
from tests import IZVESTIA, STORY
from tests.formats.writers.bitexts import TEXT
from tests.formats.writers.sample import izvestia

# Formats that hold texts, and that we read back.
FORMATS = ["csv", "jsonl", "parquet", "tmx", "tsv", "xlf", "xlsx"]


def pair_up(*paths: Path) -> Bitext:
    """Read and split as `align` does, and pair segments by number; the rest are nulls.

    Which segments are paired is no matter of coverage.
    """
    src, tgt = (segment(strip(side)) for side in open_sides(*paths))
    sizes = len(src.segments), len(tgt.segments)
    paired = min(sizes)
    beads = [Bead(Span(i, i + 1), Span(i, i + 1)) for i in range(paired)]
    beads += [Bead(Span(i, i + 1), Span(paired, paired)) for i in range(paired, sizes[0])]
    beads += [Bead(Span(sizes[0], sizes[0]), Span(i, i + 1)) for i in range(paired, sizes[1])]
    settings = (("layout", "auto"), ("segments", "auto"))
    provenance = Provenance("0.1.0", "none", settings)
    return Bitext(src, tgt, Alignment(tuple(beads), *sizes), provenance)


@pytest.fixture(scope="module")
def bitext() -> Bitext:
    """A real bilingual file, with nulls and much that is left out."""
    return pair_up(IZVESTIA)


def changed(bitext: Bitext, side: str, segments: list[Segment]) -> Bitext:
    """Return a bitext of pairs with other segments on one side; the others become nulls."""
    documents = {name: getattr(bitext, name) for name in ("src", "tgt")}
    documents[side] = replace(documents[side], segments=tuple(segments))
    sizes = (len(documents[name].segments) for name in ("src", "tgt"))
    return replace(bitext, alignment=nulls(*sizes), **documents)


def kinds(bitext: Bitext, *inputs: Path) -> list[tuple[str, str]]:
    return [(finding.kind, finding.text) for finding in verify(bitext, *inputs).findings]


@pytest.mark.parametrize("suffix", FORMATS)
def test_every_format_is_proved(tmp_path: Path, bitext: Bitext, suffix: str) -> None:
    write(bitext, tmp_path / f"out.{suffix}")
    result = verify(aligner.read(tmp_path / f"out.{suffix}"), IZVESTIA)
    assert result.findings == ()
    assert result.notes == ()
    # TMX has no nulls, and lists them.
    segments = len(bitext.src.segments) + len(bitext.tgt.segments)
    assert result.segments + len(result.left_out) == segments + len(bitext.left_out)
    assert {piece.text for piece in result.left_out} >= {piece.text for piece in bitext.left_out}


@pytest.mark.parametrize("suffix", FORMATS)
def test_null_alignments_are_there_or_listed(tmp_path: Path, suffix: str) -> None:
    sample = izvestia()
    assert sum(bead.is_null for bead in sample.alignment.beads) == 3
    write(sample, tmp_path / f"out.{suffix}")
    assert verify(aligner.read(tmp_path / f"out.{suffix}"), IZVESTIA).findings == ()


@pytest.mark.parametrize("suffix", ["docx", "epub", "html", "pdf", "md", "srt"])
def test_two_files_of_any_format_are_proved(tmp_path: Path, suffix: str) -> None:
    sources = [STORY / f"story.{lang}.{suffix}" for lang in ("en", "ru")]
    write(pair_up(*sources), tmp_path / "out.tmx")
    export = aligner.read(tmp_path / "out.tmx")
    assert verify(export, *sources).findings == ()
    text = aligner.read(sources[0]).blocks[3].text
    without = [each for each in export.src.segments if each.text not in text]
    lost = kinds(changed(export, "src", without), *sources)
    assert lost
    assert all(kind == "missing" and key(piece) in key(text) for kind, piece in lost)


def test_a_table_as_the_input_is_proved(tmp_path: Path) -> None:
    path = tmp_path / "pairs.tsv"
    path.write_text("en\tru\nA dog barks.\tЛает собака.\nA cat sleeps.\tКошка спит.\n", "utf-8")
    bitext = pair_up(path)
    assert verify(bitext, path).findings == ()
    without = changed(bitext, "tgt", list(bitext.tgt.segments[:1]))
    assert kinds(without, path) == [("missing", "Кошка спит.")]


@pytest.mark.parametrize("exact", [True, False], ids=["by offsets", "by text"])
@pytest.mark.parametrize("side", ["src", "tgt"])
class TestDamage:
    """With the offsets of our exports, and without, as other programs leave them."""

    def export(self, bitext: Bitext, side: str, segments: list[Segment], exact: bool) -> Bitext:
        result = changed(bitext, side, segments)
        if exact:
            return result
        documents = {
            name: replace(
                getattr(result, name),
                origin=Origin("other.tmx", "f" * 64),
                segments=tuple(
                    replace(each, start=i, stop=i)
                    for i, each in enumerate(getattr(result, name).segments)
                ),
            )
            for name in ("src", "tgt")
        }
        return replace(result, **documents)

    def test_what_is_missing(self, bitext: Bitext, side: str, exact: bool) -> None:
        segments = list(getattr(bitext, side).segments)
        gone = [segments.pop(20), segments.pop(7)]
        result = verify(self.export(bitext, side, segments, exact), IZVESTIA)
        assert [(each.kind, each.start, each.stop) for each in result.findings] == [
            ("missing", each.start, each.stop) for each in reversed(gone)
        ]
        text = IZVESTIA.read_text("utf-8")
        for finding in result.findings:
            line = text.count("\n", 0, finding.start) + 1
            assert finding.place == f"line {line}"
            assert finding.text == text[finding.start : finding.stop]

    def test_what_is_doubled(self, bitext: Bitext, side: str, exact: bool) -> None:
        segments = list(getattr(bitext, side).segments)
        segments.insert(12, segments[12])
        result = verify(self.export(bitext, side, segments, exact), IZVESTIA)
        assert [(each.kind, each.start, each.text) for each in result.findings] == [
            ("doubled", segments[12].start, segments[12].text)
        ]

    def test_what_was_changed(self, bitext: Bitext, side: str, exact: bool) -> None:
        segments = list(getattr(bitext, side).segments)
        old = segments[9]
        segments[9] = replace(old, text=old.text.replace(" ", " almost ", 1))
        result = verify(self.export(bitext, side, segments, exact), IZVESTIA)
        found = [(each.kind, each.text, each.found) for each in result.findings]
        assert found == [("changed", old.text, segments[9].text)]

    def test_what_was_added(self, bitext: Bitext, side: str, exact: bool) -> None:
        segments = list(getattr(bitext, side).segments)
        end = segments[-1].stop
        segments.append(Segment("This stands nowhere.", end, end))
        result = verify(self.export(bitext, side, segments, exact), IZVESTIA)
        assert [(each.kind, each.text) for each in result.findings] == [
            ("added", "This stands nowhere.")
        ]


def test_what_was_left_out_must_be_in_the_input(bitext: Bitext) -> None:
    invented = LeftOut("Never written.", 10, 24, "furniture", "line 1")
    source = replace(bitext.src, left_out=(*bitext.src.left_out, invented))
    assert kinds(replace(bitext, src=source), IZVESTIA) == [("added", "Never written.")]


def test_a_changed_input_is_named_and_the_text_decides(tmp_path: Path, bitext: Bitext) -> None:
    path = tmp_path / "later.txt"
    path.write_text("An editor's line.\n\n" + IZVESTIA.read_text("utf-8"), "utf-8")
    result = verify(bitext, path)
    assert result.notes == (f"{path} is not the file that was aligned, or it has changed since",)
    assert [finding.text for finding in result.findings] == ["An editor's line."]


def test_sides_that_take_turns_in_one_file(tmp_path: Path) -> None:
    path = tmp_path / "turns.txt"
    pairs = [("A dog barks at the gate.", "Собака лает у ворот."), ("Yes.", "Да.")] * 3
    pairs += [("The cat sleeps.", "Кошка спит."), ("Yes.", "Да.")]
    path.write_text("".join(f"{a}\n{b}\n\n" for a, b in pairs), "utf-8")
    bitext = pair_up(path)
    assert verify(bitext, path).findings == ()
    others = TestDamage().export(bitext, "src", list(bitext.src.segments[:-2]), exact=False)
    assert kinds(others, path) == [("missing", "The cat sleeps."), ("missing", "Yes.")]


def test_sides_that_the_format_does_not_tell_are_told_by_language(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    inputs = STORY / "story.ru.docx", STORY / "story.en.docx"
    whole = pair_up(*inputs)
    write(whole, tmp_path / "out.moses")
    write(whole, tmp_path / "out.tmx")
    export = aligner.read(tmp_path / "out.moses")
    assert export.src.lang == "en"
    result = verify(export, *inputs)
    assert {finding.kind for finding in result.findings} <= {"missing"}  # the nulls
    assert result.notes == (f"the export's target is held against {inputs[0]}, by its language",)
    assert verify(aligner.read(tmp_path / "out.tmx"), *inputs).notes == ()
    assert caplog.messages == []


def test_languages_that_only_the_export_names_are_not_put_into_your_mouth(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    write(pair_up(STORY / "story.en.docx", STORY / "story.ru.docx"), tmp_path / "out.csv")
    verify(aligner.read(tmp_path / "out.csv"), STORY / "story.en.docx", STORY / "story.en.docx")
    (line,) = caplog.messages
    assert "is taken for Russian (ru), as the export says; check --source" in line


def test_two_inputs_are_not_given_for_one(tmp_path: Path, bitext: Bitext) -> None:
    write(bitext, tmp_path / "out.csv")
    with pytest.raises(ReadError, match="both sides already"):
        verify(bitext, tmp_path / "out.csv", IZVESTIA)


# Nothing is left out of lines.
LINES = Provenance("", "", (("segments", "lines"),))
TEXTS = st.lists(
    st.sampled_from(["One.", "Two three.", "Да.", "«Four»", "五。", "six"]), min_size=1
)


@given(TEXTS, st.data(), st.booleans())
@settings(deadline=None, max_examples=150)
def test_any_loss_is_found_and_nothing_else(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], data: st.DataObject, exact: bool
) -> None:
    """Segments are taken out anywhere, even where texts repeat themselves."""
    paths = [tmp_path_factory.getbasetemp() / f"any.{lang}.txt" for lang in ("en", "ru")]
    for path in paths:
        path.write_text("\n\n".join(texts), "utf-8")
    src, tgt = (segment(replace(aligner.read(path), lang="ru"), "lines") for path in paths)
    assert src.origin.sha256 == hashlib.sha256(paths[0].read_bytes()).hexdigest()
    kept = data.draw(st.lists(st.booleans(), min_size=len(texts), max_size=len(texts)))
    segments = [each for each, stays in zip(src.segments, kept, strict=True) if stays]
    if not exact:
        src = replace(src, origin=Origin("x", "f"))
        segments = [replace(each, start=0, stop=0) for each in segments]
    bitext = Bitext(src, tgt, nulls(len(texts), len(texts)), LINES)
    findings = verify(changed(bitext, "src", segments), *paths).findings
    missing = [text for text, stays in zip(texts, kept, strict=True) if not stays]
    assert {finding.kind for finding in findings} <= {"missing"}
    assert {finding.file for finding in findings} <= {str(paths[0])}
    assert sorted(finding.text for finding in findings) == sorted(missing)


def nulls(n_src: int, n_tgt: int) -> Alignment:
    beads = [Bead(Span(i, i + 1), Span(0, 0)) for i in range(n_src)]
    beads += [Bead(Span(n_src, n_src), Span(i, i + 1)) for i in range(n_tgt)]
    return Alignment(tuple(beads), n_src, n_tgt)


@given(TEXT, TEXT)
def test_a_text_is_found_where_it_is(before: str, text: str) -> None:
    sheet = SourceText("x", "", f"{before}\n{text}")
    place = sheet.find(text, len(before))
    if key(text):
        assert place is not None
        assert key(sheet.text[place.start : place.stop]) == key(text)
        sheet.take(place.start, place.stop)
        again = sheet.find(text, 0)
        assert again is not None
        assert again.taken or key(text) in key(before + text[:-1])
    else:
        assert place is None


def test_pieces_are_laid_out_at_their_offsets() -> None:
    assert rebuild([(5, "five"), (0, "zero")]) == "zero\nfive"


@pytest.mark.parametrize(
    ("source", "text", "lang", "joined", "fits"),
    [
        ("One two.", "One two.", "en", False, True),
        ("One  two.", "One two.", "en", False, True),
        ("One\ntwo.", "One two.", "en", False, True),
        ("One two.", "Onetwo.", "en", False, False),
        ("One two.", "On e two.", "en", False, False),
        ("One.\n\nTwo.", "One. Two.", "en", True, True),
        ("One.\n\nTwo.", "One.Two.", "en", True, False),
        ("Раз\nдва.", "Раздва.", "ru", True, False),
        ("你好。\n再见。", "你好。再见。", "zh", False, True),
        # What stands between two sentences is no part of either.
        ("你好。 再见。", "你好。再见。", "zh", False, False),
        ("你好。 再见。", "你好。再见。", "zh", True, True),
        ("你好。 再见。", "你好。再 见。", "zh", True, False),
        ("版本 one two。 再见。", "版本 one two。再见。", "zh", True, True),
        ("版本 one two。 再见。", "版本 onetwo。再见。", "zh", True, False),
        ("One \x01 two.", "One two.", "en", False, True),
        ("One\x0ctwo.", "One two.", "en", False, True),
        ("你\x01好。 再见。", "你好。再见。", "zh", True, True),
    ],
)
def test_words_are_joined_and_split_only_where_the_language_does(
    source: str, text: str, lang: str, joined: bool, fits: bool
) -> None:
    whole = SourceText("a.txt", "", f"Before. {source} After.")
    start = len("Before. ")
    span = start, start + len(source)
    assert whole.has_its_words(text, *span, lang, joined=joined) == fits
