"""A language is learnt from packages: what is read of them, and what the pack then knows."""

import gzip
import io
import lzma
import struct
import tarfile

import numpy as np
import pytest
from click.testing import CliRunner

from aligner.encoders import get_encoder
from aligner.encoders.packs.encoder import PackedEncoder
from aligner.encoders.packs.pack import Pack
from aligner.errors import ReadError
from benchmarks.languages import __main__ as command
from benchmarks.languages.corpus import collect
from benchmarks.languages.debian import Package, fetch
from benchmarks.languages.judging import retrieval
from benchmarks.languages.pairs import cleaned

# A cipher of English: nobody's encoder knows it, and a pack can.
CIPHER = str.maketrans("abcdefghijklmnopqrstuvwxyz", "qźfžpłgcšiđbońęvdýmtørhájk")
WHO = ("the miller", "a sailor", "the old queen", "our teacher", "my brother", "the judge")
DOES = ("sold", "found", "forgot", "painted", "carried", "stole")
WHAT = ("a horse", "the bread", "two candles", "the letter", "some salt", "a wooden bridge")
WHEN = ("before winter", "last night", "in the garden", "without a word", "near the river")
SAID = tuple(f"{a} {b} {c} {d}" for a in WHO for b in DOES for c in WHAT for d in WHEN)


def ciphered(text):
    return text.translate(CIPHER)


def catalogue(pairs):
    """A compiled gettext catalogue."""
    pairs = sorted((a.encode(), b.encode()) for a, b in {"": "Content-Type: text/plain; charset=UTF-8\n", **pairs}.items())  # fmt: skip  # noqa: E501
    start = 28 + 16 * len(pairs)
    tables, data = [], b""
    for side in (0, 1):
        for pair in pairs:
            tables.append(struct.pack("<II", len(pair[side]), start + len(data)))
            data += pair[side] + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 0)
    return head + b"".join(tables) + data


def digits(value):
    order = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    found = ""
    while value or not found:
        value, digit = divmod(value, 64)
        found = order[digit] + found
    return found


def dictionary(words):
    """The two files of a dictionary: an index, and what it points to."""
    index, body = "", b""
    for word, senses in words.items():
        entry = "\n".join([f"{word} /x/ <n>", *senses]).encode()
        index += f"{word}\t{digits(len(body))}\t{digits(len(entry))}\n"
        body += entry
    return index.encode(), gzip.compress(body)


def package(folder, name, files):
    """A Debian package of these files."""
    tar = io.BytesIO()
    with tarfile.open(fileobj=tar, mode="w") as archive:
        for path, content in files.items():
            member = tarfile.TarInfo(f"./{path}")
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    parts = {"debian-binary": b"2.0\n", "data.tar.xz": lzma.compress(tar.getvalue())}
    raw = b"!<arch>\n"
    for part, content in parts.items():
        raw += f"{part:<16}{0:<12}{0:<6}{0:<6}{644:<8}{len(content):<10}`\n".encode() + content
        raw += b"\n" * (len(content) % 2)
    path = folder / f"{name}_1.0-1_all.deb"
    path.write_bytes(raw)
    return Package(path, name, "1.0-1")


COPYRIGHT = b"Files: *\nLicense: GPL-2+\n\nFiles: debian/*\nLicense: MIT\n"


def test_pairs_of_every_kind_are_found(tmp_path):
    english = "<p id='a'>The door is <b>open</b>.</p><p id='b'>Nobody came.</p>"
    finnish = "<p id='b'>Ketään ei tullut.</p><p id='a'>Ovi on auki.</p>"
    help_pages = {"en-US": english, "fi": finnish}
    index, body = dictionary({"horse": ["hevonen, ratsu"], "00database": ["x"]})
    counted = {"C": "<page><title>Keys</title><p>Press it.</p></page>",
               "fi": "<page><title>Näppäimet</title><p>Paina.</p></page>"}  # fmt: skip
    found = collect(
        [
            package(tmp_path, "tool", {
                "usr/share/locale/fi/LC_MESSAGES/tool.mo": catalogue(
                    {"_Open file": "_Avaa tiedosto", "menu\x04Close": "Sulje", "%s": "%s"}
                ),
                "usr/share/locale/de/LC_MESSAGES/tool.mo": catalogue({"Open": "Öffnen"}),
                "usr/share/doc/tool/copyright": COPYRIGHT,
            }),
            *(
                package(tmp_path, f"office-help-{lang.lower()}", {
                    f"usr/share/libreoffice/help/{lang}/text/one.html": page.encode(),
                })
                for lang, page in help_pages.items()
            ),
            package(tmp_path, "keys", {
                f"usr/share/help/{lang}/keys/index.page": page.encode()
                for lang, page in counted.items()
            }),
            package(tmp_path, "dict-freedict-eng-fin", {
                "usr/share/dictd/freedict-eng-fin.index": index,
                "usr/share/dictd/freedict-eng-fin.dict.dz": body,
            }),
        ],
        frozenset({"fi"}),
    )  # fmt: skip
    assert found.keys() == {"fi"}
    assert set(found["fi"].pairs) == {
        ("Open file", "Avaa tiedosto"),
        ("Close", "Sulje"),
        ("The door is open.", "Ovi on auki."),
        ("Nobody came.", "Ketään ei tullut."),
        ("Keys", "Näppäimet"),
        ("Press it.", "Paina."),
        ("horse", "hevonen"),
        ("horse", "ratsu"),
    }
    (tool,) = [source for source in found["fi"].sources if source.package == "tool"]
    assert (tool.version, tool.licence, tool.pairs) == ("1.0-1", "GPL-2+, MIT", 2)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("_File name:", "File name"),
        ("Copy &amp; paste\\n<b>now</b>", "Copy & paste now"),
        ("%d of %(total)s files…", "of files"),
        ("{{PLURAL:$1|page}} [[Help]] $2", "Help"),
        ("snake_case stays", "snakecase stays"),
        ("42", ""),
        ("x" * 401, ""),
    ],
)
def test_marks_for_programs_are_no_text(raw, text):
    assert cleaned(raw) == text


def test_what_is_no_package_is_refused(tmp_path):
    (tmp_path / "bad_1_all.deb").write_bytes(b"!<arch>\n")
    (bad,) = fetch(["bad"], tmp_path)
    with pytest.raises(ReadError, match="no Debian package"):
        collect([bad], frozenset({"fi"}))


def test_the_nearest_by_margin():
    vectors = np.eye(6, dtype=np.float32)
    assert retrieval(vectors, vectors) == (1.0, 1.0)
    assert retrieval(vectors, np.roll(vectors, 1, axis=0)) == (0.0, 0.0)


def test_a_language_is_learnt(tmp_path):
    shuffled = np.random.default_rng(3).permutation(SAID).tolist()
    learnt, never_seen = shuffled[:-200], shuffled[-200:]
    package(tmp_path, "cipher", {
        "usr/share/locale/fi/LC_MESSAGES/cipher.mo": catalogue({x: ciphered(x) for x in learnt}),
        "usr/share/doc/cipher/copyright": COPYRIGHT,
    })  # fmt: skip
    arguments = ["fi", "--packages", tmp_path, "--package", "cipher", "-o", tmp_path / "packs"]
    arguments += ["--drawn", "0.03"]
    stored = []
    for _ in range(2):
        done = CliRunner().invoke(command.main, [str(x) for x in arguments])
        assert done.exit_code == 0, done.output
        stored.append((tmp_path / "packs" / "fi.npz").read_bytes())
    assert stored[0] == stored[1]
    assert done.output.startswith("fi: ")
    pack = Pack.from_bytes("fi", stored[0])
    (source,) = pack.facts["sources"]
    assert source["licence"] == "GPL-2+, MIT"
    english = get_encoder()
    said = [ciphered(text) for text in never_seen]
    before = retrieval(english.encode(never_seen), english.encode(said))
    after = retrieval(english.encode(never_seen), PackedEncoder(english, pack).encode(said))
    assert max(before) < 0.5 < 0.9 < min(after)


def test_a_language_that_no_package_has(tmp_path):
    package(tmp_path, "empty", {"usr/share/doc/empty/copyright": COPYRIGHT})
    arguments = ["fi", "--packages", tmp_path, "--package", "empty", "-o", tmp_path / "packs"]
    done = CliRunner().invoke(command.main, [str(x) for x in arguments])
    assert done.exit_code == 1
    assert "fi: the packages have no text in it" in done.output
