"""Files of pairs, however they come: through a pipe, in any encoding, under any name."""

import os

import pytest

from aligner.errors import ReadError
from aligner.formats.readers import READERS, files

CONTENTS = {
    "csv": "source,target\nÜber uns,О нас\n",
    "jsonl": '{"source": "Über uns", "target": "О нас"}\n',
    "tmx": '<tmx version="1.4"><header srclang="de"/><body><tu><tuv xml:lang="de"><seg>Über uns'
    '</seg></tuv><tuv xml:lang="ru"><seg>О нас</seg></tuv></tu></body></tmx>',
}


def read(path, **options):
    bitext = READERS.find(path).load().read(path, **options)
    return bitext.src.texts, bitext.tgt.texts


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("suffix", CONTENTS)
def test_a_pipe_is_read_once(tmp_path, suffix, encoding):
    out, into = os.pipe()
    os.write(into, CONTENTS[suffix].encode(encoding))
    os.close(into)
    path = tmp_path / f"pipe.{suffix}"
    path.symlink_to(f"/dev/fd/{out}")
    assert read(path) == (["Über uns"], ["О нас"])
    os.close(out)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("suffix", ["csv", "jsonl"])
def test_an_encoding_that_is_given_wins(tmp_path, suffix, encoding):
    path = tmp_path / f"a.{suffix}"
    path.write_bytes(CONTENTS[suffix].replace("Über", "🙂").encode(encoding))
    assert read(path, encoding=encoding) == (["🙂 uns"], ["О нас"])


def test_a_character_that_the_first_bytes_cut_in_two_is_no_damage(tmp_path):
    lines = CONTENTS["csv"].replace("Über", "x" * (files.HEAD_BYTES // 2 - 15) + "🙂")
    assert lines.index("🙂") * 2 == files.HEAD_BYTES - 2
    path = tmp_path / "a.csv"
    path.write_bytes(lines.encode("utf-16-le"))
    assert read(path)[1] == ["О нас"]


@pytest.mark.parametrize("suffix", CONTENTS)
def test_a_name_that_no_file_can_have(tmp_path, suffix):
    with pytest.raises(ReadError, match="cannot be read"):
        read(tmp_path / f"{'a' * 300}.{suffix}")


def test_one_language_spelled_in_two_ways_is_one_side(tmp_path):
    file = tmp_path / "p.tmx"
    unit = '<tu><tuv xml:lang="{}"><seg>a{}</seg></tuv><tuv xml:lang="{}"><seg>b</seg></tuv></tu>'
    body = unit.format("en-us", 1, "de") + unit.format("EN-US", 2, "DE")
    file.write_text(
        f'<tmx version="1.4"><header srclang="EN-US"/><body>{body}</body></tmx>', "utf-8"
    )
    assert read(file) == (["a1", "a2"], ["b", "b"])


def test_more_than_two_languages_are_told(tmp_path, caplog):
    file = tmp_path / "p.tmx"
    texts = "".join(f'<tuv xml:lang="{lang}"><seg>a</seg></tuv>' for lang in ("en", "de", "fr"))
    file.write_text(
        f'<tmx version="1.4"><header srclang="de"/><body><tu>{texts}</tu></body></tmx>', "utf-8"
    )
    read(file)
    assert caplog.messages == [f"{file}: read are de and en, not fr"]
