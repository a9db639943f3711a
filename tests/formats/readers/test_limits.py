"""Files that are too much: one clear line, in little time and memory."""

import resource
import time

import pytest

from aligner.errors import ReadError
from aligner.formats.readers import READERS, files

pytestmark = pytest.mark.no_cover  # measuring takes time

MB = 1_000_000
TMX = b'<tmx version="1.4"><header srclang="en"/><body>'
# Seconds of processor time: many times what reading takes by itself, since the collector of a
# long test run is slow; what grows with the square would take hours.
LINEAR = 60

HOSTILE = {
    "zeros.csv": (b"\0" * 20 * MB, "binary file"),
    "zeros.tsv": (b"\0" * 20 * MB, "binary file"),
    "zeros.jsonl": (b"\0" * 20 * MB, "binary file"),
    "zeros.tmx": (b"\0" * 20 * MB, "no valid TMX"),
    "zeros.xlf": (b"\0" * 20 * MB, "no valid XLIFF"),
    "zeros.po": (b"\0" * 20 * MB, "binary file"),
    "cell.csv": (b"source,target\n" + b"a" * 21 * MB, "a line has more than"),
    "quote.csv": (b'source,target\n"' + b"some words\n" * 2 * MB, "no table"),
    "nested.jsonl": (b"[" * 5 * MB, "no JSON"),
    "nested.tmx": (TMX + b"<a>" * 5 * MB, "no valid TMX"),
    "flat.tmx": (TMX + b"<a/>" * 2 * MB, "hold no unit"),
    "one.tmx": (TMX + b"<tu>" + b"<tuv/>" * 2 * MB, "hold no unit"),
    "flat.xlf": (b"<xliff>" + b"<a/>" * 2 * MB, "hold no unit"),
    "long.po": (b'msgid "a"\nmsgstr ""\n' + b'"b"\n' * 20_000, "lines"),
    "lines.txt": (b"a\n" * 3 * MB, "lines"),
    "tags.html": (b"<p>a" * 3 * MB, "tags"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused_in_one_line(tmp_path, name):
    content, problem = HOSTILE[name]
    path = tmp_path / name
    path.write_bytes(content)
    start = time.process_time()
    with pytest.raises(ReadError, match=problem) as caught:
        READERS.find(path).load().read(path)
    assert time.process_time() - start < LINEAR
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 400


@pytest.mark.parametrize(
    "content", ["[" * MB, "*a " * 200_000, "![" * 100_000, "NOTE\n\n" * 50_000]
)
@pytest.mark.parametrize("suffix", [".md", ".vtt"])
def test_time_does_not_grow_with_the_square(tmp_path, content, suffix):
    path = tmp_path / f"nasty{suffix}"
    path.write_text(content if suffix == ".md" else f"WEBVTT\n\n{content}\n")
    start = time.process_time()
    try:
        READERS.find(path).load().read(path)
    except ReadError as error:
        assert "\n" not in str(error)
    assert time.process_time() - start < LINEAR


@pytest.mark.parametrize("suffix", ["csv", "jsonl", "tmx", "xlf"])
def test_more_pairs_than_memory_holds_are_refused(tmp_path, monkeypatch, suffix):
    monkeypatch.setattr(files, "MAX_PAIRS", 10)
    unit = '<tu><tuv xml:lang="en"><seg>a</seg></tuv><tuv xml:lang="ru"><seg>б</seg></tuv></tu>'
    texts = {
        "csv": "source,target\n" + "a,б\n" * 11,
        "jsonl": '{"source": "a", "target": "б"}\n' * 12,
        "tmx": f'<tmx version="1.4"><header srclang="en"/><body>{unit * 11}</body></tmx>',
        "xlf": '<xliff version="1.2"><file source-language="en" target-language="ru"><body>'
        + "<trans-unit><source>a</source><target>б</target></trans-unit>" * 11
        + "</body></file></xliff>",
    }
    path = tmp_path / f"many.{suffix}"
    path.write_text(texts[suffix], "utf-8")
    with pytest.raises(ReadError, match="more than 10 pairs"):
        READERS.find(path).load().read(path)


def test_a_large_memory_is_read_bit_by_bit(tmp_path):
    seg = "слово " * 20
    unit = (
        f'<tu><tuv xml:lang="en"><seg>word {seg}</seg></tuv><note>{"x" * 5000}</note>'
        f'<tuv xml:lang="ru"><seg>{seg}</seg></tuv></tu>'
    ).encode()
    path = tmp_path / "large.tmx"
    path.write_bytes(TMX + unit * 8000 + b"</body></tmx>")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    bitext = READERS.find(path).load().read(path)
    assert len(bitext.alignment) == 8000
    # The file has 45 MB, the texts 8: the notes do not stay.
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 40_000
