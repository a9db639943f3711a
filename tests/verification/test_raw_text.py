"""What a reader loses is told, by a way to the letters that is not the reader's."""

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from aligner.formats.readers import READERS, html, read
from aligner.types import Document
from aligner.verification import verify
from aligner.verification.raw_text import WAYS, Unread, unread
from tests import STORY
from tests.verification.test_verification import pair_up

PAGE = "<html><head><title>T</title></head><body>{}</body></html>"


def of(path: Path, document: Document | None = None) -> Unread:
    found = document or read(path)
    assert isinstance(found, Document)
    lost = unread(path, found)
    assert lost is not None
    return lost


@pytest.mark.parametrize("lang", ["en", "ru"])
@pytest.mark.parametrize("suffix", ["ass", "docx", "epub", "html", "md", "srt", "vtt"])
def test_of_our_readers_nothing_is_lost(suffix: str, lang: str) -> None:
    assert of(STORY / f"story.{lang}.{suffix}") == Unread(0, 0.0, "")


@pytest.mark.parametrize("suffix", ["ass", "docx", "epub", "html", "md", "srt", "vtt"])
def test_what_is_lost_is_counted_and_shown(suffix: str) -> None:
    path = STORY / f"story.en.{suffix}"
    whole = read(path)
    assert isinstance(whole, Document)
    half = replace(whole, blocks=whole.blocks[: len(whole.blocks) // 2])
    lost = of(path, half)
    gone = "".join(block.text for block in whole.blocks[len(half.blocks) :])
    assert lost.letters == sum(map(str.isalpha, gone))
    assert 0.2 < lost.share < 0.9
    assert lost.sample.split()[0] in gone


def test_every_way_is_of_a_format_that_is_read() -> None:
    assert WAYS.keys() <= READERS.keys()
    assert unread(STORY / "story.en.pdf", read(STORY / "story.en.pdf")) is None  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("<p>One</p><script>var x</script><p>Two</p>", "OneTwo"),
        ("<p>One<div hidden>No<div>No</div>No</div>Two</p>", "OneTwo"),
        ('<p style="display: none">No</p><p>One</p>', "One"),
        ("<p>One<br hidden>Two<img hidden>", "OneTwo"),
        ("<p><font>" * 2000 + "deep &amp; &eacute;t&eacute;", "deepété"),
        ("<svg><text>No</text></svg><math><mi>x</mi></math>One <b>bo</b>ld", "Onebold"),
    ],
)
def test_a_page_without_its_markup(tmp_path: Path, body: str, shown: str) -> None:
    path = tmp_path / "a.html"
    path.write_text(PAGE.format(body), "utf-8")
    nothing = Document((), "", read(STORY / "story.en.txt").origin)  # type: ignore[union-attr]
    assert unread(path, nothing) == Unread(
        len(shown), 1.0, " ".join(WAYS[".html"](path, None).replace("&", "").split())
    )


def test_pages_in_their_own_encodings(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    head = '<meta charset="koi8-r">'
    path.write_bytes(f"<html>{head}<p>Наречие утвердилось</p></html>".encode("koi8-r"))
    assert of(path).letters == 0
    path.write_bytes(f"<html>{head}<p>Наречие утвердилось</p></html>".encode())
    assert of(path).letters == 0


def test_of_a_book_the_spine_is_looked_at(tmp_path: Path) -> None:
    path = tmp_path / "a.epub"
    path.write_bytes((STORY / "story.en.epub").read_bytes())
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("OEBPS/other.xhtml", PAGE.format("<p>Of no chapter at all.</p>"))
    assert of(path).letters == 0


def test_the_proof_says_what_the_reader_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [tmp_path / "a.html", tmp_path / "b.html"]
    for path, text in zip(
        paths, ("Here is the first half of it.", "Здесь его первая часть."), strict=True
    ):
        path.write_text(PAGE.format(f"<p>{text}</p>" * 8), "utf-8")
    shorter = html.blocks
    monkeypatch.setattr(html, "blocks", lambda root: list(shorter(root))[:2])
    found = verify(pair_up(*paths), *paths).findings
    assert [(each.kind, each.file) for each in found] == [("unread", str(path)) for path in paths]
    assert found[0].text.startswith("75.0% of its letters")


def test_a_little_is_told_and_no_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = [tmp_path / "a.html", tmp_path / "b.html"]
    texts = ("Here is the first half of it.", "End"), ("Здесь его первая часть.", "Всё")
    for path, (text, end) in zip(paths, texts, strict=True):
        path.write_text(PAGE.format(f"<p>{text}</p>" * 9 + f"<p>{end}.</p>"), "utf-8")
    shorter = html.blocks
    monkeypatch.setattr(html, "blocks", lambda root: list(shorter(root))[:-1])
    result = verify(pair_up(*paths), *paths)
    assert result.holds
    assert f"of the letters of {paths[0]} are not read: End" in result.notes[0]
