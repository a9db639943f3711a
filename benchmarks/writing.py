"""Measure the writers: time beside the library's plain loop, and memory.

    python -m benchmarks.writing [BEADS]

The bitext is made up (100,000 beads unless told otherwise). The plain loop writes the very
cells that ours writes, made before its clock starts, with the same library and nothing else:
no control characters taken out, no formulas made plain, no file beside. For TMX there is a
second, plainer one: the pairs alone, without a property. Times are seconds of processor time,
the best of several turns about; memory is the peak of a process of its own that makes the
bitext and writes it once (for Parquet, half of it is the library and the pandas that it loads
where it is installed).
"""

import csv
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from lxml import etree

from aligner.formats.rows import COLUMNS, to_rows
from aligner.formats.writers import write
from aligner.types import (
    Alignment,
    Bead,
    Bitext,
    Block,
    Document,
    Origin,
    Provenance,
    Segment,
    Span,
)

BEADS = 100_000
TURNS = 5
BEADS_A_BLOCK = 4
SUFFIXES = (".csv", ".tsv", ".tmx", ".jsonl", ".xlf", ".parquet", ".html", ".epub", ".xlsx")
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
MEGABYTE = 1 << 20
TEXTS = {
    "en": "The keeper of the lighthouse had a grey parrot that spoke to him at night, number",
    "ru": "У смотрителя маяка жил серый попугай, который разговаривал с ним по ночам, номер",
}


def make_document(lang: str, count: int) -> Document:
    """Make up one side: sentences of news length, four a paragraph."""
    blocks, segments, start = [], [], 0
    for number in range(count):
        text = f"{TEXTS[lang]} {number}."
        if number % BEADS_A_BLOCK == 0:
            blocks.append(Block("", start=start, place=f"line {len(blocks) + 1}"))
        segments.append(Segment(text, start, start + len(text), len(blocks) - 1))
        start += len(text) + 1
    origin = Origin(f"novel.{lang}.txt", "5a" * 32)
    return Document(tuple(blocks), lang, origin, tuple(segments))


def make_bitext(count: int) -> Bitext:
    """Make up a bitext of pairs."""
    beads = tuple(
        Bead(Span(i, i + 1), Span(i, i + 1), 2.5 + i / 7, 0.9 + i % 9 / 100) for i in range(count)
    )
    settings = (("layout", "auto"), ("max_span", "8"), ("segments", "auto"))
    return Bitext(
        make_document("en", count),
        make_document("ru", count),
        Alignment(beads, count, count),
        Provenance("0.1.0", "embedded", settings, "2025-01-02T03:04:05Z"),
    )


def plain_csv(rows: list[list[object]], path: Path) -> None:
    """Write ready cells with the csv library."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for row in rows:
            writer.writerow(row)


def plain_tmx(units: list[tuple[str, list[tuple[str, list[str]]]]], path: Path) -> None:
    """Write ready units with lxml: each an id, and on either side its properties and text."""
    with path.open("wb") as file, etree.xmlfile(file, encoding="UTF-8") as xml:
        xml.write_declaration()
        with xml.element("tmx", version="1.4"), xml.element("body"):
            for number, sides in units:
                unit = etree.Element("tu", tuid=number)
                for lang, cells in sides:
                    variant = etree.SubElement(unit, "tuv", {XML_LANG: lang})
                    for cell in cells[:-1]:
                        etree.SubElement(variant, "prop", type="x-cell").text = cell
                    etree.SubElement(variant, "seg").text = cells[-1]
                xml.write(unit, pretty_print=True)


def make_units(rows: list[list[object]], *, props: bool) -> list:
    """Make the cells of units ready, with the properties that ours has or without."""
    units = []
    for row in rows:
        cell = dict(zip(COLUMNS, map(str, row), strict=True))
        of_unit = [cell[name] for name in ("type", "score", "confidence")]
        sides = []
        for lang, side, text in (("en", "src", "source"), ("ru", "tgt", "target")):
            traced = [cell[f"{side}_{name}"] for name in ("file", "place", "chars", "blocks")]
            known = (of_unit if side == "src" else []) + traced if props else []
            sides.append((lang, [*known, cell[text]]))
        units.append((cell["id"], sides))
    return units


def best(*jobs: Callable[[], object]) -> list[float]:
    """Return each job's best time; they take turns, so that a busy machine is fair to all."""
    times = [float("inf")] * len(jobs)
    for _ in range(TURNS):
        for index, job in enumerate(jobs):
            start = time.process_time()
            job()
            times[index] = min(times[index], time.process_time() - start)
    return times


def time_csv(bitext: Bitext, folder: Path) -> list[float]:
    """Return the seconds of our csv, and of the plain loop."""
    rows = list(to_rows(bitext))
    return best(
        lambda: write(bitext, folder / "ours.csv", force=True),
        lambda: plain_csv(rows, folder / "plain"),
    )


def time_tmx(bitext: Bitext, folder: Path) -> list[float]:
    """Return the seconds of our TMX, of the plain loop, and of that with pairs alone."""
    rows = list(to_rows(bitext))
    full, bare = make_units(rows, props=True), make_units(rows, props=False)
    return best(
        lambda: write(bitext, folder / "ours.tmx", force=True),
        lambda: plain_tmx(full, folder / "plain"),
        lambda: plain_tmx(bare, folder / "plain"),
    )


def measure_times(count: int, folder: Path) -> None:
    """Print the times beside those of the plain loops."""
    bitext = make_bitext(count)
    ours_csv, theirs_csv = time_csv(bitext, folder)
    ours_tmx, theirs_tmx, bare_tmx = time_tmx(bitext, folder)
    print(f"{count:,} beads, processor time, best of {TURNS}")
    print("      ours     plain loop")
    print(f"csv   {ours_csv:5.2f} s  {theirs_csv:5.2f} s, {ours_csv / theirs_csv:.2f} x")
    print(f"tmx   {ours_tmx:5.2f} s  {theirs_tmx:5.2f} s, {ours_tmx / theirs_tmx:.2f} x")
    print(f"tmx   {ours_tmx:5.2f} s  {bare_tmx:5.2f} s, {ours_tmx / bare_tmx:.2f} x (pairs alone)")


def measure_one(suffix: str, count: int) -> None:
    """Make the bitext, write it, and print megabytes and seconds: the work of one process."""
    bitext = make_bitext(count)
    before = peak()
    with tempfile.TemporaryDirectory() as folder:
        start = time.process_time()
        write(bitext, Path(folder) / f"out{suffix}")
        print(f"{before:.0f} {peak():.0f} {time.process_time() - start:.2f}")


def peak() -> float:
    """Return the most memory that this process has held, in megabytes."""
    status = Path("/proc/self/status")
    if status.exists():
        # Linux's ru_maxrss begins with what the parent process held.
        line = next(row for row in status.read_text().splitlines() if row.startswith("VmHWM"))
        return int(line.split()[1]) * 1024 / MEGABYTE
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / MEGABYTE


def in_a_process(suffix: str, count: int) -> tuple[float, float, float]:
    """Return megabytes before and at the peak, and seconds, of a process that writes once."""
    command = [sys.executable, "-m", "benchmarks.writing", suffix, str(count)]
    root = Path(__file__).parents[1]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=root)
    before, after, seconds = map(float, done.stdout.split())
    return before, after, seconds


def measure_memory(count: int) -> None:
    """Print the memory and the time of every format."""
    print("\n          bitext  peak     time")
    for suffix in SUFFIXES:
        before, after, seconds = in_a_process(suffix, count)
        print(f"{suffix:9} {before:3.0f} MB  {after:3.0f} MB  {seconds:5.2f} s")


def main() -> None:
    """Measure."""
    arguments = sys.argv[1:]
    if arguments and arguments[0].startswith("."):
        measure_one(arguments[0], int(arguments[1]))
        return
    count = int(arguments[0]) if arguments else BEADS
    with tempfile.TemporaryDirectory() as folder:
        measure_times(count, Path(folder))
    measure_memory(count)


if __name__ == "__main__":
    main()
