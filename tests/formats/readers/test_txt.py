import hashlib
import os
from pathlib import Path

import pytest

from aligner.errors import ReadError
from aligner.formats.readers import files, txt


def test_a_file_becomes_blocks_with_their_origin(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes("Привет, мир.\r\n\r\nКак дела?\r\n".encode("cp1251"))
    document = txt.read(path, encoding="cp1251")
    assert [block.text for block in document.blocks] == ["Привет, мир.", "Как дела?"]
    assert [block.start for block in document.blocks] == [0, 14]
    assert document.origin.path == str(path)
    assert document.origin.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert document.lang == ""


def refusal(path, **options):
    with pytest.raises(ReadError) as caught:
        txt.read(path, **options)
    message = str(caught.value)
    assert message.startswith(str(path))
    assert "\n" not in message
    return message


def test_missing_file(tmp_path):
    assert "there is no such file" in refusal(tmp_path / "no.txt")


def test_folder(tmp_path):
    assert "this is a folder" in refusal(tmp_path)


def test_path_through_a_file(tmp_path):
    (tmp_path / "a.txt").write_text("x")
    assert "cannot be read" in refusal(tmp_path / "a.txt" / "b.txt")


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_unreadable_file(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("x")
    path.chmod(0)
    assert "Permission denied" in refusal(path)


def test_empty_file(tmp_path):
    path = tmp_path / "a.txt"
    path.touch()
    assert "the file is empty" in refusal(path)


def test_white_space_only(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("\ufeff \n\t\u00a0\n\n")
    assert "only white space" in refusal(path)


def test_gigabyte_of_one_line_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(1_000_000_000)
    assert "too large (1,000 MB; the limit is 100 MB)" in refusal(path)


def test_endless_device_is_refused_at_the_limit():
    with pytest.raises(ReadError, match="too large"):
        files.read_bytes(Path("/dev/zero"), limit=1000)


def test_pipe_is_read(tmp_path):
    path = tmp_path / "pipe.txt"
    os.mkfifo(path)
    if os.fork() == 0:
        path.write_text("One. Two.")
        os._exit(0)
    document = txt.read(path)
    os.wait()
    assert [block.text for block in document.blocks] == ["One. Two."]
