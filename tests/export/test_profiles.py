"""Profiles: every fact has a source, files suit the program, and what does not is named."""

import csv
import re
from dataclasses import fields, replace
from pathlib import Path

import pytest

from aligner.errors import WriteError
from aligner.export.exporting import Wishes, export
from aligner.export.profiles import Profile, check, find, names, options
from aligner.export.profiles.programs import units
from aligner.formats.readers import READERS
from aligner.formats.writers import WRITERS, write
from aligner.languages.subtag_registry import with_region
from aligner.types import Bitext
from tests.export.test_filters import FILLER, bitext_of
from tests.formats.writers.tmx_checker import complaints

PROGRAMS = ("omegat", "trados", "memoq", "matecat", "phrase", "excel")
AFTERTHOUGHTS = {"name", "title", "sources"}


def test_the_programs_are_those_that_were_promised() -> None:
    assert names() == PROGRAMS


@pytest.mark.parametrize("name", PROGRAMS)
def test_every_fact_has_a_source(name: str) -> None:
    profile = find(name)
    defaults = {"max_segment": None, "max_bytes": None, "max_rows": None}
    defaults |= {"one_pair": False, "bom": False, "spreadsheet": False}
    facts = {
        field.name
        for field in fields(Profile)
        if field.name not in AFTERTHOUGHTS
        and getattr(profile, field.name) != defaults.get(field.name, "no default")
    }
    assert set(profile.sources) == facts
    assert set(profile.suffixes) <= WRITERS.keys() & READERS.keys()


@pytest.mark.parametrize("name", PROGRAMS)
def test_what_is_written_for_a_program_is_not_refused(
    tmp_path: Path, sample: Bitext, name: str
) -> None:
    profile = find(name)
    paths = [tmp_path / f"out{suffix}" for suffix in profile.suffixes]
    exported = export(sample, paths, Wishes(profile=profile))
    assert exported.refusals == {}
    for path in paths:
        back = READERS.find(path).load().read(path)
        assert back.src.texts
        if path.suffix == ".tmx":
            assert complaints(path) == []
        if path.suffix != ".csv":
            expected = ("en-US", "ru-RU") if profile.regions else ("en", "ru")
            assert (back.src.lang, back.tgt.lang) == expected


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("en", "en-US"),
        ("en-GB", "en-GB"),
        ("es-419", "es-419"),
        ("zh-Hant", "zh-TW"),
        ("sr-Latn", "sr-Latn-RS"),
        ("no", "nb-NO"),
        ("tlh", "tlh"),
    ],
)
def test_a_language_gets_its_likely_region(lang: str, expected: str) -> None:
    assert with_region(lang) == expected


def test_what_is_too_long_stays_out_and_is_counted_and_listed(tmp_path: Path) -> None:
    long = "x" * 1999 + "."
    bitext = bitext_of(FILLER[0], (long + "x", "y"), (long, "😀" * 1001), (long, "z"))
    path = tmp_path / "out.tmx"
    exported = export(bitext, [path], Wishes(profile=find("trados")))
    assert (exported.losses[path].refused, exported.losses[path].nulls) == (2, 0)
    assert exported.refusals == {}
    back = READERS[".tmx"].load().read(path)
    assert back.tgt.texts == [FILLER[0][1], "z"]
    reason = "longer than the 2,000 characters that Trados (Studio, GroupShare and the cloud) takes"
    assert {piece.reason for piece in back.left_out} == {reason}
    assert [piece.text for piece in back.left_out] == [long + "x", long, "y", "😀" * 1001]
    # The others keep the numbers that they have in the other files of the run.
    assert re.findall(r'tuid="(\d+)"', path.read_text("utf-8")) == ["1", "4"]


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_cell_of_40000_characters_stays_out_of_excel(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"out{suffix}"
    bitext = bitext_of(FILLER[0], ("x" * 40_000, "y"), FILLER[1])
    exported = export(bitext, [path], Wishes(profile=find("excel")))
    assert exported.losses[path].refused == 1
    assert exported.refusals == {}
    assert READERS[suffix].load().read(path).src.texts == [FILLER[0][0], FILLER[1][0]]


def test_a_csv_for_excel_has_no_dates_in_it_but_the_real_one(
    tmp_path: Path, sample: Bitext
) -> None:
    path = tmp_path / "out.csv"
    export(sample, [path], Wishes(profile=find("excel"), options={".csv": {"bom": False}}))
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["type"] for row in rows} == {"1–1", "2–1", "1–0", "0–1"}
    assert rows[0]["created"] == "2025-01-02 03:04:05"
    back = READERS[".csv"].load().read(path)
    assert back.alignment.beads == sample.alignment.beads
    assert back.provenance == sample.provenance


def test_a_program_that_imports_none_of_the_outputs_is_named_before_the_work(
    tmp_path: Path, sample: Bitext
) -> None:
    with pytest.raises(WriteError, match=r"OmegaT imports; write \.tmx or \.xlf for it"):
        export(sample, [tmp_path / "out.csv"], Wishes(profile=find("omegat")))
    assert list(tmp_path.iterdir()) == []


def problems(path: Path, name: str, **changes: object) -> list[str]:
    return [str(refusal) for refusal in check(path, replace(find(name), **changes), path.suffix)]


def test_what_a_program_would_refuse_is_named(tmp_path: Path) -> None:
    """Each file was not written for the program; the check has eyes of its own."""
    path = tmp_path / "out.tmx"
    write(bitext_of(FILLER[0], ("x" * 2001, "y")), path)
    lines = path.read_text("utf-8").splitlines()
    first, second = (lines.index(f'<tu tuid="{i}">') + 1 for i in (1, 2))
    assert problems(path, "trados", max_bytes=10) == [
        f"the file has {path.stat().st_size:,} bytes, 10 are taken",
        f"unit 1, line {first}: the language en has no region; name one, such as en-XX",
        f"unit 1, line {first}: the language ru has no region; name one, such as ru-XX",
        f"unit 2, line {second}: en has 2,001 characters, 2,000 are taken",
    ]


UNIT = (
    '<tu tuid="7"><tuv xml:lang="en-US"><seg>One</seg></tuv>'
    '<tuv xml:lang="ru-RU"><seg>Раз</seg></tuv></tu>'
)
TMX = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4"><header srclang="en-US" '
    f'creationdate="20250102T030405Z"/><body>{UNIT}\n%s</body></tmx>'
)


@pytest.mark.parametrize(
    ("unit", "problem"),
    [
        (UNIT, None),
        (UNIT.replace("Раз", " "), "unit 7, line 3: ru-RU is empty"),
        (UNIT.replace("ru-RU", "uk-UA"), "its languages are en-US and uk-UA, not en-US and ru-RU"),
        (UNIT.replace("en-US", "en"), "no side is in en-US, the header's srclang"),
        (UNIT.replace("<tuv ", '<tuv creationdate="2025-01-02" '), "the date '2025-01-02'"),
        ("<tu", "it cannot be read"),
    ],
)
def test_a_damaged_memory_is_named_by_its_unit(
    tmp_path: Path, unit: str, problem: str | None
) -> None:
    path = tmp_path / "x.tmx"
    path.write_text(TMX % unit, "utf-8")
    found = problems(path, "trados")
    assert bool(found) == (problem is not None)
    assert problem is None or problem in found[0]


def test_an_unknown_language_is_named(tmp_path: Path) -> None:
    bitext = bitext_of(*FILLER)
    bitext = replace(bitext, src=replace(bitext.src, lang=""), tgt=replace(bitext.tgt, lang="tlh"))
    for suffix in (".tmx", ".xlf"):
        path = tmp_path / f"x{suffix}"
        exported = export(bitext, [path], Wishes(profile=find("matecat")))
        found = [str(refusal) for refusal in exported.refusals[path]]
        assert "the language is not known" in found[0]
        assert "the language tlh has no region" in found[1]


def test_a_long_unit_of_an_xliff_is_named(tmp_path: Path) -> None:
    path = tmp_path / "x.xlf"
    write(bitext_of(("x", "y" * 2001)), path, src_lang="en-US", tgt_lang="ru-RU")
    (problem,) = problems(path, "trados")
    assert re.fullmatch(r"unit 1, line \d+: ru-RU has 2,001 characters, 2,000 are taken", problem)


@pytest.mark.parametrize(
    ("text", "turns"),
    [("12/05/2024", True), ("1-1", True), ("10:30", True), ("007", True), ("1.5", True),
     ("2024", False), ("1-1 draw", False), ("v1.2.3.4", False)],
)  # fmt: skip
def test_a_text_that_excel_turns_into_something_else_is_named(
    tmp_path: Path, text: str, turns: bool
) -> None:
    path = tmp_path / "x.csv"
    exported = export(bitext_of(FILLER[0], ("x", text)), [path], Wishes(profile=find("excel")))
    found = [str(refusal) for refusal in exported.refusals.get(path, ())]
    expected = f"row 3, id 2: target {text!r} would become a date or a number"
    assert found == ([expected] if turns else [])
    # A workbook says what is text.
    workbook = tmp_path / "x.xlsx"
    exported = export(bitext_of(("x", text)), [workbook], Wishes(profile=find("excel")))
    assert exported.refusals == {}


def test_a_table_that_is_too_much_for_excel_is_named(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    write(bitext_of(*FILLER, ("x" * 32_768, "y")), path, bom=False, spreadsheet=True)
    assert problems(path, "excel", max_rows=3) == [
        "there is no byte-order mark, so letters beyond ASCII are garbled",
        "row 4, id 3: source has 32,768 characters, 32,767 are taken",
        "there are 4 rows, 3 are taken",
    ]


@pytest.mark.parametrize(("text", "count"), [("", 0), ("aй中", 3), ("a😀", 3), ("𝔘𝔘", 4)])
def test_lengths_are_counted_as_excel_counts(text: str, count: int) -> None:
    assert units(text) == count == len(text.encode("utf-16-le")) // 2


def test_options_leave_a_file_for_nobody_alone() -> None:
    assert options(find("phrase"), bitext_of(*FILLER), ".tmx") == {"without": {}}
