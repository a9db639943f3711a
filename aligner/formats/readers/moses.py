"""Moses: two plain files, line for line, told by their languages: `out.en` and `out.ru`."""

from pathlib import Path

from aligner.errors import ReadError
from aligner.formats.readers.files import CUT, MAX_PAIRS, origin, read_bytes
from aligner.formats.rows import from_rows
from aligner.languages.language_tags import canonical, is_listed
from aligner.text.decoding.encodings import decode
from aligner.types import Bitext

# What the writer calls the two where it does not know two languages.
UNKNOWN = (".src", ".tgt")


def read(path: Path, *, encoding: str | None = None) -> Bitext:
    """Read the pair of files that a name stands for; every line is a bead.

    Args:
        path: `out.moses` stands for `out.en` and `out.ru`, whatever the languages; the first
            by name is the source, as the languages do not say which it is.
        encoding: of the files; found out where it is None.

    Raises:
        ReadError: there are no two such files, or one has more lines.
    """
    pair = files(path)
    raws = [read_bytes(file) for file in pair]
    if raws[0].count(b"\n") > MAX_PAIRS:
        raise ReadError(f"the file has more than {MAX_PAIRS:,} lines", str(pair[0]), CUT)
    sides = [
        _decode(raw, str(file), encoding).removesuffix("\n").split("\n")
        for file, raw in zip(pair, raws, strict=True)
    ]
    if len(sides[0]) != len(sides[1]):
        counts = f"{len(sides[0]):,} lines and {len(sides[1]):,}"
        raise ReadError(f"{pair[0].name} and {pair[1].name} have {counts}", str(path))
    made_by = [origin(file, raw) for file, raw in zip(pair, raws, strict=True)]
    constant = {"src_file": made_by[0].path, "tgt_file": made_by[1].path}
    constant |= {"src_sha256": made_by[0].sha256, "tgt_sha256": made_by[1].sha256}
    constant |= {"src_lang": _language(pair[0]), "tgt_lang": _language(pair[1])}
    return from_rows(
        (f"{path}, line {number}", {**constant, "source": source, "target": target})
        for number, (source, target) in enumerate(zip(*sides, strict=True), start=1)
    )


def _decode(raw: bytes, where: str, encoding: str | None) -> str:
    """Decode, exactly where that is possible: our own files come back as they were."""
    if encoding is None:
        try:
            return raw.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError:
            pass
    return decode(raw, where, encoding)


def files(path: Path) -> tuple[Path, Path]:
    """Return the two files that a name stands for.

    Raises:
        ReadError: there are not two.
    """
    unknown = tuple(path.with_suffix(suffix) for suffix in UNKNOWN)
    if all(file.is_file() for file in unknown):
        return unknown[0], unknown[1]
    alike = (file for file in path.parent.glob("*") if file.stem == path.stem)
    found = sorted(file for file in alike if _language(file))
    if len(found) != 2:
        names = ", ".join(file.name for file in found) or "none"
        raise ReadError(
            f"there are no two files {path.stem}.LANGUAGE beside it (found: {names})",
            str(path),
            "name them by their languages, such as out.en and out.ru",
        )
    return found[0], found[1]


def _language(file: Path) -> str:
    """Return the language that a file's suffix names; "" where it names none."""
    tag = file.suffix.removeprefix(".")
    return canonical(tag) if is_listed(tag) else ""
