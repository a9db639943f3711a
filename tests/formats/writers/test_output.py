"""Files appear whole or not at all."""

import errno
import os
import resource
import signal
import stat
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from aligner.errors import AlignerError, WriteError
from aligner.formats.writers.output import check_writable, write_whole


def test_the_file_appears_when_the_block_ends(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    with write_whole(path) as out:
        out.write("привет".encode())
        assert not path.exists()
    assert path.read_text("utf-8") == "привет"
    assert list(tmp_path.iterdir()) == [path]


def test_it_gets_the_rights_of_any_new_file(tmp_path: Path) -> None:
    (tmp_path / "plain").write_bytes(b"")
    with write_whole(tmp_path / "ours"):
        pass
    assert (tmp_path / "ours").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_force_replaces_and_keeps_the_rights(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("old")
    path.chmod(0o640)
    with write_whole(path, force=True) as out:
        out.write(b"new")
    assert path.read_text() == "new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_force_writes_through_a_link(tmp_path: Path) -> None:
    real, link = tmp_path / "real.csv", tmp_path / "link.csv"
    real.write_text("old")
    link.symlink_to(real)
    with write_whole(link, force=True) as out:
        out.write(b"new")
    assert link.is_symlink()
    assert real.read_text() == "new"


@pytest.mark.parametrize("wrong", [ValueError, KeyboardInterrupt, SystemExit, MemoryError])
def test_a_failure_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, wrong: type[BaseException]
) -> None:
    path = tmp_path / "out.csv"
    path.write_text("old")
    with pytest.raises(wrong), write_whole(path, force=True) as out:
        out.write(b"half of the n")
        raise wrong
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_appears_meanwhile_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    with pytest.raises(WriteError, match="already exists"), write_whole(path) as out:
        out.write(b"ours")
        path.write_text("theirs")
    assert path.read_text() == "theirs"
    assert list(tmp_path.iterdir()) == [path]


def refusal(path: Path, *, force: bool = False) -> str:
    """The one line of the refusal, the same before the work and when writing."""
    with pytest.raises(WriteError) as early:
        check_writable(path, force=force)
    with pytest.raises(WriteError) as late, write_whole(path, force=force):
        pass
    assert str(early.value) == str(late.value)
    assert "\n" not in str(early.value)
    return str(early.value)


def test_an_existing_file_is_refused_without_force(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("old")
    assert refusal(path).startswith(f"{path}: already exists; ")
    assert path.read_text() == "old"


def test_a_folder_is_refused_even_with_force(tmp_path: Path) -> None:
    assert "is a folder" in refusal(tmp_path, force=True)


def test_a_missing_folder_is_refused(tmp_path: Path) -> None:
    assert "no such folder" in refusal(tmp_path / "missing" / "out.csv")


def test_a_file_where_a_folder_should_be_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    refusal(tmp_path / "file" / "out.csv")


def test_a_device_is_refused() -> None:
    assert "no ordinary file" in refusal(Path("/dev/null"), force=True)


def test_a_name_that_is_too_long_is_refused(tmp_path: Path) -> None:
    assert "too long" in refusal(tmp_path / ("x" * 400 + ".csv"))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    assert "may not be written to" in refusal(tmp_path / "out.csv")


def test_whatever_the_system_says_has_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(WriteError) as caught, write_whole(tmp_path / "out.csv"):
        raise OSError(errno.ENOENT, "No such file or directory")
    assert caught.value.remedy == "choose another folder"


def test_a_disk_without_room_gives_one_clear_line(tmp_path: Path) -> None:
    """A limit on the file size stands in for the full disk: the same write fails."""
    path = tmp_path / "out.csv"
    path.write_text("old")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, limits[1]))
    try:
        with pytest.raises(WriteError) as caught, write_whole(path, force=True) as out:
            out.write(b"x" * 1_000_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)
    assert str(caught.value) == (
        f"{path}: cannot be written (file too large); choose a disk that takes larger files"
    )
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_kill_in_the_middle_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("old")
    program = textwrap.dedent("""
        import sys, time
        from pathlib import Path
        from aligner.formats.writers.output import write_whole
        with write_whole(Path(sys.argv[1]), force=True) as out:
            out.write(b"half")
            out.flush()
            print("half", flush=True)
            time.sleep(60)
    """)
    command = [sys.executable, "-c", program, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"half\n"
        child.kill()
    assert path.read_text() == "old"


def test_ctrl_c_leaves_nothing(tmp_path: Path) -> None:
    program = textwrap.dedent("""
        import sys, time
        from pathlib import Path
        from aligner.formats.writers.output import write_whole
        with write_whole(Path(sys.argv[1])) as out:
            out.write(b"half")
            print("half", flush=True)
            time.sleep(60)
    """)
    command = [sys.executable, "-c", program, str(tmp_path / "out.csv")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as child:
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(0.1)
        child.send_signal(signal.SIGINT)
        child.wait(timeout=20)
    assert list(tmp_path.iterdir()) == []


def test_every_refusal_is_an_aligner_error(tmp_path: Path) -> None:
    with pytest.raises(AlignerError) as caught:
        check_writable(tmp_path)
    assert (caught.value.where, bool(caught.value.remedy)) == (str(tmp_path), True)
