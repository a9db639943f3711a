"""The same story saved in every format: by pandoc (docx, epub, html), by a browser (pdf)."""

import pickle
import zipfile
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aligner.errors import ReadError
from aligner.formats.readers import READERS
from aligner.formats.readers.found_blocks import source
from aligner.text.sentences.splitter import segment
from tests import STORY

FORMATS = ["docx", "epub", "html", "pdf", "md", "srt", "vtt", "ass"]


def read(path, **options):
    return READERS.find(path).load().read(path, **options)


def sentences(path, lang):
    document = segment(replace(read(path), lang=lang))
    return [text.removeprefix("- ") for text in document.texts]


def straight(texts):
    return [text.translate(str.maketrans("“”’", '""\'')) for text in texts]


@pytest.mark.parametrize("lang", ["en", "ru"])
@pytest.mark.parametrize("suffix", FORMATS)
def test_every_format_gives_the_sentences_of_plain_text(suffix, lang):
    expected = sentences(STORY / f"story.{lang}.txt", lang)
    found = sentences(STORY / f"story.{lang}.{suffix}", lang)
    if suffix in ("srt", "vtt", "ass"):
        # A cue is no heading: "Chapter 1." and its title were saved as they are.
        assert " ".join(found) == " ".join(expected)
    else:
        assert straight(found) == straight(expected)


@pytest.mark.parametrize("suffix", ["docx", "epub", "html", "pdf", "md", "srt"])
def test_offsets_count_in_the_text_found(suffix):
    document = segment(replace(read(STORY / f"story.ru.{suffix}"), lang="ru"))
    text = source(document)
    for each in (*document.segments, *document.left_out):
        assert text[each.start : each.stop] == each.text
    for block in document.blocks:
        assert text[block.start : block.start + len(block.text)] == block.text


@pytest.mark.parametrize(
    ("suffix", "places"),
    [
        ("docx", ["paragraph 1", "paragraph 2", "paragraph 3"]),
        ("epub", ["chapter 1", "chapter 2", "chapter 2"]),
        ("pdf", ["page 1", "page 1", "page 1"]),
        ("md", ["line 2", "line 5", "line 7"]),
        ("srt", ["00:00:01,000 --> 00:00:04,300", "00:00:04,500 --> 00:00:06,600"]),
    ],
)
def test_places_say_where(suffix, places):
    blocks = read(STORY / f"story.en.{suffix}").blocks
    assert [block.place for block in blocks[: len(places)]] == places


@pytest.mark.parametrize("suffix", ["docx", "epub", "html", "pdf"])
def test_headings_are_headings(suffix):
    document = read(STORY / f"story.en.{suffix}")
    assert [block.text for block in document.blocks if block.kind == "heading"] == [
        "The Lighthouse Keeper’s Parrot",
        "Chapter 1. The Island",
        "Chapter 2. The Visitor",
    ]
    assert document.title in ("The Lighthouse Keeper’s Parrot", "")


def refusal(path):
    with pytest.raises(ReadError) as caught:
        read(path)
    message = str(caught.value)
    assert message.startswith(str(path))
    assert "\n" not in message
    assert str(pickle.loads(pickle.dumps(caught.value))) == message
    return message


@pytest.mark.parametrize("suffix", [*FORMATS, "htm", "markdown", "txt"])
def test_an_empty_file(tmp_path, suffix):
    path = tmp_path / f"a.{suffix}"
    path.touch()
    assert "the file is empty" in refusal(path)


@pytest.mark.parametrize("suffix", ["docx", "epub", "pdf", "srt", "vtt", "ass", "html"])
def test_plain_text_under_the_wrong_suffix(tmp_path, suffix):
    path = tmp_path / f"a.{suffix}"
    path.write_text("Just a line of plain text. And another one.\n")
    assert "this is not a" in refusal(path)


@pytest.mark.parametrize("suffix", ["docx", "epub", "srt", "vtt", "ass", "html", "md", "txt"])
def test_a_pdf_under_the_wrong_suffix(tmp_path, suffix):
    path = tmp_path / f"a.{suffix}"
    path.write_bytes((STORY / "story.en.pdf").read_bytes())
    message = refusal(path)
    assert "this is not" in message or "this is a PDF document" in message


@pytest.mark.parametrize(("wrong", "suffix"), [("epub", "docx"), ("docx", "epub"), ("docx", "pdf")])
def test_one_container_under_the_suffix_of_another(tmp_path, wrong, suffix):
    path = tmp_path / f"a.{suffix}"
    path.write_bytes((STORY / f"story.en.{wrong}").read_bytes())
    assert "this is not a" in refusal(path)


@pytest.mark.parametrize("suffix", ["docx", "epub", "pdf"])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_truncated_file(tmp_path, suffix, share):
    path = tmp_path / f"a.{suffix}"
    raw = (STORY / f"story.en.{suffix}").read_bytes()
    path.write_bytes(raw[: int(share * len(raw))])
    assert "damaged" in refusal(path)


@pytest.mark.parametrize("suffix", ["docx", "epub"])
def test_a_container_with_flipped_bytes(tmp_path, suffix):
    path = tmp_path / f"a.{suffix}"
    raw = bytearray((STORY / f"story.en.{suffix}").read_bytes())
    for i in range(200, len(raw) // 2, 7):
        raw[i] ^= 0xFF
    path.write_bytes(bytes(raw))
    assert "damaged" in refusal(path)


@pytest.mark.parametrize("suffix", ["docx", "epub"])
def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path, suffix):
    path = tmp_path / f"a.{suffix}"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 60_000_000)
    assert path.stat().st_size < 100_000
    assert "it would unpack to 60 MB" in refusal(path)


@pytest.mark.parametrize("suffix", ["docx", "epub"])
def test_a_container_that_lies_about_its_sizes(tmp_path, suffix):
    path = tmp_path / f"a.{suffix}"
    name = "META-INF/container.xml" if suffix == "epub" else "[Content_Types].xml"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, b" " * 1_000_000)
    raw = path.read_bytes().replace((1_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    path.write_bytes(raw)
    assert "damaged" in refusal(path)


def rewrite(src, dst, changes, flags=0):
    with zipfile.ZipFile(src) as old, zipfile.ZipFile(dst, "w") as new:
        for info in old.infolist():
            data = changes.pop(info.filename, old.read(info.filename))
            new.writestr(info.filename, data)
        for name, data in changes.items():
            new.writestr(name, data)
        for info in new.infolist():
            info.flag_bits |= flags


@pytest.mark.parametrize("suffix", ["docx", "epub"])
def test_a_password(tmp_path, suffix):
    path = tmp_path / f"a.{suffix}"
    rewrite(STORY / f"story.en.{suffix}", path, {}, flags=1)
    assert "protected by a password" in refusal(path)


def test_an_old_word_document(tmp_path):
    path = tmp_path / "a.docx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000))
    assert "old Word document" in refusal(path)


# Ten entities, each ten times the one before: expanded, the last has 10 GB.
LAUGHS = "".join(
    f'<!ENTITY {name} "{f"&{part};" * 10}">'
    for part, name in zip("abcdefghi", "bcdefghij", strict=True)
)
BOMB = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">{LAUGHS}]>'


def test_entities_in_a_docx_are_not_expanded(tmp_path):
    path = tmp_path / "a.docx"
    body = (
        BOMB + '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        "<w:body><w:p><w:r><w:t>Safe &j; text.</w:t></w:r></w:p></w:body></w:document>"
    )
    rewrite(STORY / "story.en.docx", path, {"word/document.xml": body})
    try:
        document = read(path)
    except ReadError as error:
        assert "damaged" in str(error)
    else:
        assert len(source(document)) < 1000


def test_outside_entities_in_an_epub_are_not_read(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    path = tmp_path / "a.epub"
    container = (
        f'<?xml version="1.0"?><!DOCTYPE c [<!ENTITY s SYSTEM "{secret.as_uri()}">]>'
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="EPUB/content.opf"/></rootfiles><x>&s;</x></container>'
    )
    rewrite(STORY / "story.en.epub", path, {"META-INF/container.xml": container})
    assert "secret" not in source(read(path))


def test_a_protected_epub(tmp_path):
    path = tmp_path / "a.epub"
    encryption = (
        '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><EncryptedData '
        'xmlns="http://www.w3.org/2001/04/xmlenc#"><EncryptionMethod '
        'Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/></EncryptedData></encryption>'
    )
    rewrite(STORY / "story.en.epub", path, {"META-INF/encryption.xml": encryption})
    assert "protected (DRM)" in refusal(path)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
@pytest.mark.parametrize("suffix", ["docx", "epub", "html", "pdf", "srt", "ass"])
def test_any_damage_is_read_or_refused_in_one_line(tmp_path, suffix, data):
    raw = bytearray((STORY / f"story.en.{suffix}").read_bytes())
    places = st.integers(0, len(raw) - 1)
    for place, byte in data.draw(st.lists(st.tuples(places, st.integers(0, 255)), max_size=30)):
        raw[place] = byte
    start, stop = sorted(data.draw(st.tuples(places, places)))
    path = tmp_path / f"a.{suffix}"
    path.write_bytes(bytes(raw[:start] + raw[stop:] if data.draw(st.booleans()) else raw))
    try:
        document = read(path)
    except ReadError as error:
        assert "\n" not in str(error)
    else:
        assert document.blocks
