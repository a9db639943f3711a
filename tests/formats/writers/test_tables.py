"""csv and tsv: what is written comes back, and spreadsheets take it as it is."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.errors import ReadError
from aligner.formats.document_builder import split_at_cuts
from aligner.formats.readers import delimited
from aligner.formats.rows import PLAIN_COLUMNS, join_with_cuts
from aligner.formats.spreadsheet_cells import neutralise, restore
from aligner.formats.writers import write
from aligner.types import Alignment, Bead, Bitext, Block, Document, Origin, Segment, Span
from tests.formats.writers.bitexts import LANGS, NASTY, TEXT, as_rows_hold_it, bitexts


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("tables")


def pair(source: str, target: str) -> Bitext:
    """A bitext of one bead; an empty text is an empty side."""
    sides = [
        Document((Block(text),), lang, Origin("x"), (Segment(text, 0, len(text)),) if text else ())
        for text, lang in ((source, "en"), (target, "ru"))
    ]
    sizes = [len(side.segments) for side in sides]
    bead = Bead(Span(0, sizes[0]), Span(0, sizes[1]))
    return Bitext(*sides, Alignment((bead,), *sizes))


@pytest.mark.parametrize("suffix", [".csv", ".tsv"])
@given(bitext=bitexts())
@settings(deadline=None, max_examples=60)
def test_what_is_written_comes_back(folder: Path, suffix: str, bitext: Bitext) -> None:
    path = folder / f"out{suffix}"
    losses = write(bitext, path, force=True)
    assert (losses.nulls, losses.characters) == (0, 0)
    assert delimited.read(path) == as_rows_hold_it(bitext)


@given(st.lists(TEXT, min_size=1), st.sampled_from(LANGS))
def test_cuts_give_back_the_segments(texts: list[str], lang: str) -> None:
    assert split_at_cuts(*join_with_cuts(texts, lang), lang) == texts


@given(TEXT | st.sampled_from(NASTY) | st.text())
def test_no_cell_runs_and_every_cell_comes_back(cell: str) -> None:
    safe = neutralise(cell)
    assert not safe.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert restore(safe) == cell


@given(bitexts())
@settings(deadline=None, max_examples=60)
def test_no_cell_of_text_begins_as_a_formula(folder: Path, bitext: Bitext) -> None:
    path = folder / "safe.csv"
    write(bitext, path, force=True)
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            for column in ("source", "target", "src_file", "tgt_file"):
                assert row[column][:1] not in tuple("=+-@\t\r")


def test_the_first_columns_are_the_plain_ones(tmp_path: Path) -> None:
    write(pair("Yes.", ""), tmp_path / "out.csv")
    raw = (tmp_path / "out.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbfid,source,target,type,score,confidence,src_start,src_stop,")
    write(pair("Yes.", ""), tmp_path / "plain.csv", full=False, bom=False)
    lines = (tmp_path / "plain.csv").read_bytes().decode().split("\r\n")
    assert lines == [",".join(PLAIN_COLUMNS), "1,Yes.,,1-0,0.0,1.0,0,1,0,0", ""]


def test_tsv_goes_to_an_open_stream_which_stays_open() -> None:
    from aligner.formats.writers import tsv

    out = io.BytesIO()
    tsv.write(pair("=1", "да"), out, full=False)
    assert out.getvalue().decode().splitlines()[1] == "1\t=1\tда\t1-1\t0.0\t1.0\t0\t1\t0\t1"


def test_lone_surrogates_are_taken_out_and_counted(tmp_path: Path) -> None:
    losses = write(pair("a\ud800b", "в"), tmp_path / "out.csv")
    assert losses.characters == 1
    assert delimited.read(tmp_path / "out.csv").src.texts == ["ab"]


def test_a_cell_may_be_longer_than_the_library_expects(tmp_path: Path) -> None:
    write(pair("x" * 200_000, "y"), tmp_path / "out.csv")
    assert delimited.read(tmp_path / "out.csv").src.texts == ["x" * 200_000]


@pytest.mark.parametrize(
    ("name", "content", "langs"),
    [
        ("a.csv", "source,target\nOne,Один\n,Два\n", ("", "")),
        ("a.csv", "Source;Target\r\nOne;Один\r\n;Два\r\n", ("", "")),
        ("a.csv", "en,ru\nOne,Один\n\n,Два\n", ("en", "ru")),
        ("a.csv", "eng,RU\nOne,Один\n\n,Два\n", ("en", "ru")),
        ("a.csv", "English,Russian,Source\nOne,Один,x\n,Два,y\n", ("en", "ru")),
        ("a.tsv", "id\tsource\ttarget\n7\tOne\tОдин\n8\t\tДва\n", ("", "")),
        ("a.tsv", "One\tОдин\n\tДва\n", ("", "")),
    ],
)
def test_other_peoples_tables_are_read(
    tmp_path: Path, name: str, content: str, langs: tuple[str, str]
) -> None:
    path = tmp_path / name
    path.write_bytes(content.encode("utf-8"))
    bitext = delimited.read(path)
    assert (bitext.src.texts, bitext.tgt.texts) == (["One"], ["Один", "Два"])
    assert (bitext.src.lang, bitext.tgt.lang) == langs
    assert [bead.kind for bead in bitext.alignment.beads] == ["1-1", "0-1"]
    assert bitext.src.origin.path == str(path)


def test_a_first_pair_of_short_words_is_no_header(tmp_path: Path) -> None:
    (tmp_path / "words.csv").write_text("yes,oui\nno,non\n")
    assert delimited.read(tmp_path / "words.csv").src.texts == ["yes", "no"]


def test_a_table_that_excel_saved_in_a_russian_windows_is_read(tmp_path: Path) -> None:
    """Semicolons, decimal commas and the local code page."""
    path = tmp_path / "out.csv"
    write(pair("Good morning to you", "=Доброе утро вам"), path, bom=False)
    with path.open(encoding="utf-8", newline="") as file:
        rows = [[cell.replace("1.0", "0,25") for cell in row] for row in csv.reader(file)]
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows(rows)
    path.write_bytes(text.getvalue().encode("cp1251"))
    bitext = delimited.read(path)
    assert bitext.tgt.texts == ["=Доброе утро вам"]
    assert bitext.alignment.beads[0].confidence == 0.25


def test_a_row_may_be_deleted(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "id,source,target,type,score,confidence,src_start,src_stop,tgt_start,tgt_stop\n"
        "1,One,Один,1-1,0,0.9,0,1,0,1\n3,Three,Три,1-1,0,0.8,2,3,2,3\n",
        "utf-8",
    )
    bitext = delimited.read(path)
    assert bitext.src.texts == ["One", "Three"]
    assert [bead.confidence for bead in bitext.alignment.beads] == [0.9, 0.8]


@pytest.mark.parametrize(
    ("content", "line", "problem"),
    [
        ("one,two,three\n1,2,3\n", "", "none called source and target"),
        ("source,target,confidence\na,b,high\n", ", line 2", "damaged"),
        ("source,target,confidence\na,b,7\n", ", line 2", "damaged"),
        ("source,target,src_cuts,src_start,src_stop\na,b,9,0,2\n", ", line 2", "damaged"),
        ("source,target\na,b\nc,d,\n\x22e,f\n", ", line 4", "no table"),
        ("\n\n", "", "empty"),
    ],
)
def test_a_damaged_table_is_refused_where_it_is_damaged(
    tmp_path: Path, content: str, line: str, problem: str
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(content)
    with pytest.raises(ReadError, match=problem) as caught:
        delimited.read(path)
    assert caught.value.where == f"{path}{line}"
