"""What `benchmarks.fuzz` tries, group by group: how inputs are made, and what must hold of them."""

import io
import json
import random
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

import aligner
from aligner.corrections import bind, load
from aligner.errors import EncoderError
from aligner.formats.pair_digest import of_pairs
from aligner.formats.readers import READERS, read
from aligner.formats.writers import WRITERS, write
from aligner.text.blocks import frames, paragraphs, saved_page
from aligner.text.decoding.encodings import decode
from aligner.text.decoding.normalisation import fold, normalise
from aligner.text.sentences.splitter import segment, split
from aligner.types import (
    Alignment,
    Bead,
    Bitext,
    Block,
    Document,
    LeftOut,
    Origin,
    Provenance,
    Segment,
    Span,
)
from aligner.verification import verify
from benchmarks.generate import generate
from benchmarks.growth_cases import AROUND, CONTAINERS, repeats

LANGS = ("en", "ru", "de", "fr", "zh", "ja", "th", "ko", "ar", "hi", "cs", "fi", "el", "")
# What breaks programs that paste strings together.
NASTY = (
    *("</seg>", "]]>", "&amp;", "&#0;", "<!--", "=HYPERLINK(1)", "'=1", "\x00", "\x0b", "\x1f"),
    *("\u2028", "\x85", "\ufffe", "\ufeff", "\u202e", "\ud800", "😀", "é", "nan", "1e400", "-1"),
    *("null", "../../x", '"', "\\", "{{7*7}}", "%s", "\r\n", "a;b", "\t", "x" * 5000, ""),
)


class Group(NamedTuple):
    """Inputs of a kind: `prepare` gets a folder, and gives what makes and tries one input."""

    name: str
    prepare: Callable[[Path], Callable[[random.Random], None]]


class LostError(Exception):
    """A letter that went in did not come out."""


def _text(chance: random.Random, most: int = 12) -> str:
    """Return a text of marks, words and characters of anywhere."""
    parts = []
    for _ in range(chance.randrange(1, most)):
        kind = chance.random()
        if kind < 0.6:
            parts.append(chance.choice(UNITS) * chance.choice((1, 1, 1, 2, 5)))
        elif kind < 0.8:
            parts.append("".join(chance.choices("abcdeАБвгд .,!?\n", k=chance.randrange(1, 30))))
        else:
            number = chance.randrange(0x110000 - 0x800)
            parts.append(chr(number if number < 0xD800 else number + 0x800))
    return "".join(parts)


UNITS = repeats()


def _letters(text: str) -> str:
    return "".join(text.split())


def _must_be(found: str, wanted: str, what: str) -> None:
    if _letters(found) != _letters(wanted):
        raise LostError(f"{what}: {wanted[:80]!r} became {found[:80]!r}")


def _of_text(_: Path) -> Callable[[random.Random], None]:
    def attempt(chance: random.Random) -> None:
        text = normalise(_text(chance))
        lang = chance.choice(LANGS)
        _must_be(fold(text), text, "fold")
        spans = split(text, lang)
        _must_be("".join(text[start:stop] for start, stop in spans), text, f"split {lang}")
        document = Document(paragraphs.cut(text), lang, Origin("a.txt"))
        _must_be("".join(block.text for block in document.blocks), text, "cut")
        for strip in (saved_page.strip, lambda each: frames.without_frames(each, "ru")):
            kept = segment(strip(document))
            parts = [(each.start, each.text) for each in (*kept.segments, *kept.left_out)]
            _must_be("".join(text for _, text in sorted(parts)), text, "segment")
        raw = bytearray(text.encode(chance.choice(("utf-8", "utf-16", "utf-8-sig"))))
        for _ in range(chance.choice((0, 0, 1, 3))):
            if raw:
                raw[chance.randrange(len(raw))] = chance.randrange(256)
        decode(bytes(raw), "a.txt")

    return attempt


def _samples(folder: Path) -> list[Path]:
    """Write a file of every format that is read."""
    pair = generate(6)
    (folder / "en.txt").write_text("\n".join(pair.src), "utf-8")
    (folder / "ru.txt").write_text("\n".join(pair.tgt), "utf-8")
    bitext = aligner.align(folder / "en.txt", folder / "ru.txt", segments="lines")
    for suffix in sorted(WRITERS.keys() & READERS.keys() - {".html", ".epub", ".srt", ".moses"}):
        write(bitext, folder / f"pair{suffix}")
    text = "\n\n".join(pair.src)
    for suffix, (before, after) in AROUND.items():
        if not (folder / f"pair{suffix}").exists():
            (folder / f"one{suffix}").write_text(before + text + after, "utf-8")
    for number, (suffix, make) in enumerate(CONTAINERS.values()):
        (folder / f"container{number}{suffix}").write_bytes(make(20))
    return sorted(path for path in folder.iterdir() if path.suffix in READERS)


def _damaged(raw: bytes, chance: random.Random) -> bytes:
    """Return bytes with stretches changed, moved, doubled, taken out or put in."""
    data = bytearray(raw)
    for _ in range(chance.choice((1, 1, 2, 4, 8))):
        start = chance.randrange(len(data) + 1)
        stop = min(len(data), start + chance.choice((1, 1, 4, 40, 400)))
        piece = data[start:stop]
        match chance.randrange(5):
            case 0:
                data[start:stop] = bytes(chance.randrange(256) for _ in piece)
            case 1:
                del data[start:stop]
            case 2:
                data[start:start] = piece * chance.choice((1, 2, 50))
            case 3:
                word = chance.choice((*NASTY, *UNITS)) * chance.choice((1, 1, 20))
                data[start:start] = word.encode("utf-8", "surrogatepass")
            case 4:
                other = chance.randrange(len(data) + 1)
                data[other:other] = piece
    return bytes(data)


def _damaged_file(path: Path, chance: random.Random) -> bytes:
    """Damage a file: of a container, most often one of its members, so that it still opens."""
    raw = path.read_bytes()
    if not zipfile.is_zipfile(path) or chance.random() < 0.2:
        return _damaged(raw, chance)
    out = io.BytesIO()
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(out, "w") as made:
        names = archive.namelist()
        victims = set(chance.sample(names, min(len(names), chance.choice((1, 1, 2)))))
        for name in names:
            content = archive.read(name)
            made.writestr(name, _damaged(content, chance) if name in victims else content)
    return out.getvalue()


def _of_readers(folder: Path) -> Callable[[random.Random], None]:
    samples = _samples(folder)

    def attempt(chance: random.Random) -> None:
        sample = chance.choice(samples)
        path = folder / f"damaged{sample.suffix}"
        path.write_bytes(_damaged_file(sample, chance))
        found = read(path)
        if not isinstance(found, (Bitext, Document)):
            raise TypeError(f"{found!r} is neither")

    return attempt


class HostileEncoder:
    """An encoder that gives what it should not."""

    name, languages = "hostile", None

    def __init__(self, answer: Callable[[int], Any], dimension: Any) -> None:
        self.answer, self.dimension = answer, dimension

    def encode(self, texts: Any) -> Any:
        """Give whatever this one gives for so many texts."""
        return self.answer(len(texts))


ANSWERS: tuple[Callable[[int], Any], ...] = (
    lambda n: np.full((n, 4), np.nan, np.float32),
    lambda n: np.full((n, 4), np.inf, np.float32),
    lambda n: np.zeros((n, 4), np.float32),
    lambda n: np.ones((n, 4), np.float64),
    lambda n: np.ones((n + 1, 4), np.float32),
    lambda n: np.ones((n, 3), np.float32),
    lambda n: np.ones(n, np.float32),
    lambda n: np.ones((n, 4), np.int64),
    lambda n: np.ones((n, 4), np.complex64),
    lambda n: np.array([["x"] * 4] * n),
    lambda n: [[1.0, 0.0, 0.0, 0.0]] * n,
    lambda n: ["x"] * n,
    lambda _: None,
    lambda _: "x",
    lambda n: np.full((n, 4), 1e38, np.float32),
    lambda n: 1 / 0 if n else None,
)


def _of_encoders(_: Path) -> Callable[[random.Random], None]:
    def attempt(chance: random.Random) -> None:
        texts = [[_text(chance, 4) for _ in range(chance.randrange(0, 6))] for _ in range(2)]
        encoder: Any = HostileEncoder(chance.choice(ANSWERS), chance.choice((4, 4, 4, 0, -1, "4")))
        try:
            found = aligner.align_segments(*texts, src_lang="en", tgt_lang="ru", encoder=encoder)
        except (EncoderError, ZeroDivisionError):
            return  # its own fault comes through as it is
        if (found.n_src, found.n_tgt) != tuple(map(len, texts)):
            raise LostError("segments")

    return attempt


def _value(chance: random.Random) -> Any:
    """Return anything that JSON holds."""
    kinds: tuple[Callable[[], Any], ...] = (
        lambda: chance.choice(NASTY),
        lambda: chance.randrange(-3, 9),
        lambda: None,
        lambda: chance.random() * 1e300,
        lambda: [_value(chance) for _ in range(chance.randrange(3))],
        lambda: {chance.choice(("source", "target", "note", "x")): _value(chance)},
    )
    return chance.choice(kinds)()


def _of_corrections(folder: Path) -> Callable[[random.Random], None]:
    texts = ["One.", "Two.", "One.", "Three."]
    segments = tuple(Segment(text, 5 * i, 5 * i + len(text)) for i, text in enumerate(texts))
    side = Document((Block(" ".join(texts)),), "en", Origin("a.txt"), segments)
    path = folder / "corrections.json"

    def entry(chance: random.Random) -> Any:
        quote = [chance.choice(texts) for _ in range(chance.randrange(3))]
        made = {"source": quote, "target": [chance.choice(texts)], "note": "n"}
        if chance.random() < 0.5:
            made["after"] = {"source": chance.choice(texts)}
        if chance.random() < 0.4:
            made[chance.choice([*made, "x"])] = _value(chance)
        return made if chance.random() < 0.9 else _value(chance)

    def attempt(chance: random.Random) -> None:
        content: dict[str, Any] = {"format": "aligner corrections", "version": 1}
        for name in ("pins", "cuts", "forbids", "notes", "stars"):
            content[name] = [entry(chance) for _ in range(chance.randrange(3))]
        if chance.random() < 0.2:
            content[chance.choice([*content])] = _value(chance)
        raw = json.dumps(content).encode()
        path.write_bytes(_damaged(raw, chance) if chance.random() < 0.3 else raw)
        bind(load(path), side, side)

    return attempt


def _bitext(chance: random.Random) -> Bitext:
    """Return a bitext of hostile texts and metadata."""

    def said() -> str:
        text = chance.choice(NASTY) if chance.random() < 0.5 else _text(chance, 3)
        return text.replace("\ud800", "")

    def side(count: int, lang: str) -> Document:
        segments, start = [], 0
        for _ in range(count):
            text = fold(said()) or "x"
            segments.append(Segment(text, start, start + len(text)))
            start += len(text) + 1
        blocks = (Block(" ".join(each.text for each in segments), place=said()),)
        left_out = (LeftOut(said(), start, start + 5, said(), said()),)
        origin = Origin(said(), "0" * 64)
        return Document(blocks, lang, origin, tuple(segments), left_out, title=said())

    count = chance.randrange(1, 5)
    beads = tuple(
        Bead(Span(i, i + 1), Span(i, i + 1), chance.random(), chance.random(), (said(),))
        for i in range(count)
    )
    made = Provenance(said(), said(), ((said().replace("|", ""), said()),), said())
    lang = chance.choice(LANGS[:-1])
    return Bitext(side(count, lang), side(count, "ru"), Alignment(beads, count, count), made)


HELD = (".csv", ".jsonl", ".parquet", ".tmx", ".tsv", ".xlf", ".xlsx")


def _of_writers(folder: Path) -> Callable[[random.Random], None]:
    suffixes = sorted(WRITERS.keys() - {".srt"})

    def attempt(chance: random.Random) -> None:
        bitext, suffix = _bitext(chance), chance.choice(suffixes)
        path = folder / f"out{suffix}"
        losses = write(bitext, path, force=True)
        if suffix in HELD:
            found = read(path)
            assert isinstance(found, Bitext)
            if not losses.characters and not losses.nulls:
                _must_be("".join(found.src.texts), "".join(bitext.src.texts), suffix)

    return attempt


def _of_verify(folder: Path) -> Callable[[random.Random], None]:
    samples = [path for path in _samples(folder) if path.stem == "pair" and path.suffix in HELD]
    inputs = folder / "en.txt", folder / "ru.txt"
    digests = {path: of_pairs(aligner.read(path)) for path in samples}  # type: ignore[arg-type]

    def attempt(chance: random.Random) -> None:
        sample = chance.choice(samples)
        path = folder / f"damaged{sample.suffix}"
        path.write_bytes(_damaged_file(sample, chance))
        found = read(path)
        if isinstance(found, Bitext):
            result = verify(found, *inputs)
            # Line ends and characters that XML cannot hold are no damage.
            whole = of_pairs(found) == digests[sample]
            if result.holds and result.signed and not whole:
                raise LostError(f"{sample.suffix}: a damaged export is proved")

    return attempt


GROUPS = (
    Group("text", _of_text),
    Group("readers", _of_readers),
    Group("encoders", _of_encoders),
    Group("corrections", _of_corrections),
    Group("writers", _of_writers),
    Group("verify", _of_verify),
)
