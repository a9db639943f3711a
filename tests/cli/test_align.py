"""`aligner align`, the whole way, as a person runs it."""

import csv
import errno
import io
import os
import pty
import re
import select
import signal
import subprocess
import termios
import time
from typing import get_args

import pytest
from lxml import etree

from aligner.cli.align import align
from aligner.pipeline.aligning import MAX_SPAN, Mode
from aligner.text.bilingual.two_texts import Layout
from tests import IZVESTIA
from tests.cli.running import COMMAND, aligner, environment

OUTPUTS = ("a.tmx", "a.csv", "a.html", "a.beads")


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """One run with every kind of output; the folder and the finished process."""
    folder = tmp_path_factory.mktemp("run")
    options = [each for name in OUTPUTS for each in ("-o", name)]
    done = aligner("align", IZVESTIA, *options, cwd=folder)
    assert done.returncode == 0, done.stderr.decode()
    return folder, done


def beads_of(folder):
    return (folder / "a.beads").read_text("utf-8").splitlines()


def test_it_writes_what_was_asked_for_and_nothing_else(run):
    folder, done = run
    assert sorted(path.name for path in folder.iterdir()) == sorted(OUTPUTS)
    assert done.stdout == b""


def test_the_summary_says_what_happened(run):
    folder, done = run
    text = done.stderr.decode()
    assert "English (en): 51 segments - Russian (ru): 44 segments" in text
    assert f"Beads       {len(beads_of(folder))}: " in text
    assert "line 1: OPD 9 Dec 2024" in text
    assert re.search(r"^Confidence  \d+(\.\d)? % on average", text, re.M)
    assert all(f"Wrote       {name}" in text for name in OUTPUTS)
    assert "% |" not in text  # no progress bar where there is no terminal


def test_the_files_hold_the_pairs(run):
    folder, _ = run
    rows = list(csv.DictReader((folder / "a.csv").read_text("utf-8-sig").splitlines()))
    beads = beads_of(folder)
    assert 44 <= len(beads) <= 46
    assert len(rows) == len(beads)
    assert rows[0]["source"].startswith("International security expert")
    assert rows[0]["target"].startswith("Эксперт по международной безопасности")
    units = etree.parse(folder / "a.tmx").findall(".//tu")
    assert len(units) == sum("[]" not in bead for bead in beads)  # a memory has no nulls
    assert "Олег Шакиров" in (folder / "a.html").read_text("utf-8")


def test_existing_files_are_replaced_only_with_force(run):
    folder, _ = run
    (folder / "a.beads").write_text("old", "utf-8")
    refused = aligner("align", IZVESTIA, "-o", "a.beads", cwd=folder)
    assert refused.returncode == 1
    assert (folder / "a.beads").read_text("utf-8") == "old"
    forced = aligner("align", IZVESTIA, "-o", "a.beads", "--force", cwd=folder)
    assert forced.returncode == 0
    assert (folder / "a.beads").read_text("utf-8").startswith("[0]:[0]")


def test_without_outputs_the_pairs_go_to_standard_output(tmp_path):
    # A shell without UTF-8 must not garble or stop them.
    done = aligner("align", IZVESTIA, "-q", cwd=tmp_path, env_more={"PYTHONIOENCODING": "ascii"})
    assert (done.returncode, done.stderr) == (0, b"")
    table = io.StringIO(done.stdout.decode("utf-8"), newline="")
    rows = list(csv.reader(table, delimiter="\t", quotechar='"'))
    assert rows[0] == [
        *("id", "source", "target", "type", "score", "confidence"),
        *("src_start", "src_stop", "tgt_start", "tgt_stop"),
    ]
    assert rows[1][1].startswith("International security expert")
    assert rows[-1][2].startswith("Автор — старший эксперт")
    assert list(tmp_path.iterdir()) == []


def test_a_reader_that_stops_early_is_no_failure_of_ours(tmp_path):
    with subprocess.Popen(
        [*COMMAND, "align", IZVESTIA, "-q"],
        cwd=tmp_path,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        process.stdout.close()  # as `head` does when it has seen enough
        assert process.stderr.read() == b""


def test_verbose_lists_everything_that_was_left_out(tmp_path):
    done = aligner("align", IZVESTIA, "-v", "-o", "a.tsv", cwd=tmp_path)
    lines = done.stderr.decode().splitlines()
    at = next(i for i, line in enumerate(lines) if line.startswith("Left out"))
    count = int(lines[at].split()[2])
    assert count > 20
    listed = lines[at + 1 : at + 1 + count]
    assert all(line.startswith("            line ") for line in listed)
    assert "Hot this week" in "".join(listed)


def test_no_heavy_library_is_loaded_on_the_way(tmp_path):
    program = (
        "import sys; from aligner.cli import run;"
        f"assert run(['align', {str(IZVESTIA)!r}, '-q', '-o', 'a.html', '-o', 'a.tmx']) == 0;"
        "print(sorted({'torch', 'sentence_transformers', 'transformers', 'pandas', 'sklearn',"
        " 'matplotlib'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [COMMAND[0], "-c", program],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "[]\n"


def test_the_options_are_those_of_the_pipeline():
    choices = {each.name: getattr(each.type, "choices", None) for each in align.params}
    assert tuple(choices["layout"]) == get_args(Layout)
    assert tuple(choices["segments"]) == get_args(Mode)
    limit = next(each.type.max for each in align.params if each.name == "max_span")
    assert limit == MAX_SPAN


class OnATerminal:
    """The command with its standard error on a terminal of its own."""

    def __init__(self, *arguments, cwd):
        here, there = pty.openpty()
        termios.tcsetwinsize(there, (24, 80))
        self.screen = here
        self.process = subprocess.Popen(
            [*COMMAND, *map(str, arguments)],
            cwd=cwd,
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=there,
            start_new_session=True,
        )
        os.close(there)
        self.seen = ""

    def read_until(self, text, seconds=60):
        """Read the screen until a text is on it; the process's end ends the reading, too."""
        end = time.monotonic() + seconds
        while text not in self.seen and time.monotonic() < end:
            if not select.select([self.screen], [], [], 0.1)[0]:
                continue
            try:
                chunk = os.read(self.screen, 1 << 16)
            except OSError:  # Linux says so when the other end is closed
                chunk = b""
            if not chunk:
                break
            self.seen += chunk.decode("utf-8", "replace")
        return text in self.seen


def test_a_terminal_gets_a_progress_bar(tmp_path):
    run = OnATerminal("align", IZVESTIA, "-o", "a.beads", cwd=tmp_path)
    assert run.read_until("Wrote"), run.seen
    assert all(stage in run.seen for stage in ("reading", "encoding"))
    assert run.process.wait(10) == 0


def test_quiet_means_quiet_on_a_terminal(tmp_path):
    run = OnATerminal("align", IZVESTIA, "-o", "a.beads", "--quiet", cwd=tmp_path)
    run.read_until("nothing of the kind")
    assert run.seen == ""
    assert run.process.wait(10) == 0


def test_ctrl_c_leaves_nothing_behind(tmp_path):
    source, target = IZVESTIA.read_text("utf-8").split("Эксперт по международной", 1)
    (tmp_path / "a.txt").write_text(source * 30, "utf-8")
    (tmp_path / "b.txt").write_text(target * 30, "utf-8")
    before = sorted(tmp_path.iterdir())
    run = OnATerminal("align", "a.txt", "b.txt", "-o", "a.tmx", "-o", "a.csv", cwd=tmp_path)
    assert run.read_until("encoding"), run.seen
    run.process.send_signal(signal.SIGINT)
    run.read_until("aligner: interrupted")
    assert run.process.wait(20) == 130
    assert run.seen.splitlines()[-1] == "aligner: interrupted"
    assert "Traceback" not in run.seen
    assert sorted(tmp_path.iterdir()) == before


def wait_for_a_reader(pipe):
    """Wait until a program has opened the pipe to read; the descriptor that keeps it waiting."""
    give_up = time.monotonic() + 60
    while True:
        try:
            return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        except OSError as error:  # nobody reads yet
            if error.errno != errno.ENXIO or time.monotonic() > give_up:
                raise
            time.sleep(0.05)


@pytest.mark.parametrize(("end", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_end_before_the_work_begins(tmp_path, end, code):
    os.mkfifo(tmp_path / "slow.txt")  # reading it waits for a writer that never comes
    run = OnATerminal("align", "slow.txt", "-o", "a.tsv", cwd=tmp_path)
    writer = wait_for_a_reader(tmp_path / "slow.txt")
    time.sleep(0.5)  # between opening and reading, Python may sleep through a signal
    run.process.send_signal(end)
    assert run.process.wait(20) == code
    os.close(writer)
    assert [path.name for path in tmp_path.iterdir()] == ["slow.txt"]


def test_what_needs_times_is_refused_before_the_work(tmp_path):
    os.mkfifo(tmp_path / "slow.txt")  # it is not even opened
    done = aligner("align", "slow.txt", "-o", "a.srt", cwd=tmp_path)
    line = "a.srt: subtitles need times, and neither text comes from subtitles"
    assert (done.returncode, line in done.stderr.decode()) == (1, True)


def test_several_outputs_are_there_together_or_not_at_all(tmp_path):
    """Of three, the last cannot hold its texts."""
    (tmp_path / "a.txt").write_text("word " * 7000 + ".\n")
    (tmp_path / "b.txt").write_text("слово " * 7000 + ".\n")
    (tmp_path / "out.tmx").write_text("old")
    outputs = ("-o", "out.tmx", "-o", "out.moses", "-o", "out.xlsx")
    done = aligner(
        "align", "a.txt", "b.txt", "--segments", "lines", "--force", *outputs, cwd=tmp_path
    )
    assert done.returncode == 1
    assert b"a cell of Excel holds 32,767" in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", "b.txt", "out.tmx"]
    assert (tmp_path / "out.tmx").read_text() == "old"
