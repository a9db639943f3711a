"""Readers: one module a format, one line a suffix; `contract.Reader` says what a module has."""

from pathlib import Path
from typing import TYPE_CHECKING

from aligner.formats.contract import ChoosingReader, Reader, SeveralFilesReader
from aligner.formats.foreign_metadata import checked
from aligner.formats.registry import Format, Registry
from aligner.formats.wall import reading
from aligner.languages.language_tags import canonical
from aligner.types import Bitext, Document

if TYPE_CHECKING:
    # mypy holds each module against the contract; the registry imports them by name.
    from aligner.formats.contract import ExactReader
    from aligner.formats.readers import (
        delimited,
        docx,
        epub,
        fb2,
        html,
        jsonl,
        markdown,
        marked_up,
        moses,
        opendocument,
        parquet,
        pdf,
        po,
        presentation,
        qt,
        subtitles,
        tmx,
        txt,
        xliff,
        xlsx,
    )

    _READERS: tuple[Reader, ...] = (
        delimited,
        docx,
        epub,
        fb2,
        html,
        jsonl,
        marked_up,
        markdown,
        moses,
        opendocument,
        parquet,
        pdf,
        po,
        presentation,
        qt,
        subtitles,
        tmx,
        txt,
        xliff,
        xlsx,
    )
    _EXACT: tuple[ExactReader, ...] = (txt,)
    _CHOOSING: tuple[ChoosingReader, ...] = (delimited, parquet, tmx, xliff, xlsx)
    _SEVERAL: tuple[SeveralFilesReader, ...] = (moses,)

_BOOK = "the chapters of the spine; left out: table of contents, nav, aside"
_CUES = "cues with their times; left out: comments, drawings"
_FICTION = "chapters, verses, tables; left out: notes, their marks, the annotation"
_JSON = "what keys source and target hold in every line"
_LINES = "a line of one file with the same line of the other"
_MARKDOWN = "paragraphs, headings, lists, tables; left out: code, HTML, front matter"
_MESSAGES = "messages and their translations; not read: obsolete ones"
_PAGE = "the article, headings, tables; left out: menus, footers, forms, link lists"
_PDF = "paragraphs, put together from lines; left out: running heads, page numbers, notes"
_SLIDES = "titles, text boxes, tables; left out: speaker's notes, comments"
_TABLE = "columns source and target, or the only two; every row is a pair"
_TEXT = "paragraphs or lines; left out: what surrounds the article of a saved web page"
_UNITS = "units of two languages, with their codes"
_XML = "whatever holds text; left out: notes, metadata, code, comments"
_WORD = (
    "paragraphs, headings, tables; left out: notes, comments, running heads, text boxes, "
    "table of contents; not read: deleted text"
)
NOT_READ = (
    "pictures of text (use OCR first), .doc (save as .docx), DRM and passwords, "
    "formulas, text in SVG"
)

# What to do with a file of a format that is not read.
_SAVE_AS = {
    ".ppt": "save it as .pptx",
    **dict.fromkeys((".doc", ".pages", ".rtf"), "save it as .docx"),
    **dict.fromkeys((".ods", ".xls"), "save it as .xlsx"),
    **dict.fromkeys((".azw3", ".mobi"), "convert it to .epub"),
    **dict.fromkeys(
        (".rst", ".adoc", ".asciidoc", ".tex", ".org", ".mdx", ".textile"),
        "convert it to .md or .html, as pandoc does",
    ),
    **dict.fromkeys(
        (".json", ".yaml", ".yml", ".properties", ".strings", ".resx", ".arb"),
        "export it as .po or .xlf, or as a .csv with the columns source and target",
    ),
}


def _hint(path: Path) -> str:
    """Return what a file that no reader answers to is to be turned into, or what stands for it."""
    if not path.suffix:
        return "put the text into a file whose name ends in .txt, or in its format's suffix"
    if path.suffix.lower() in _SAVE_AS:
        return _SAVE_AS[path.suffix.lower()]
    # Imported here: it is needed for this line alone.
    from aligner.languages.language_tags import is_listed

    if is_listed(path.suffix.removeprefix(".")):
        return (
            f"for two files that are alike line for line, name the pair, "
            f"{path.with_suffix('.moses')}; else let the name end in .txt"
        )
    return ""


# What holds times: cues, and the pairs that were made of them.
_TIMED = (_CUES, _TABLE, _UNITS, _JSON)


def _format(suffix: str, module: str, title: str, content: str, *needs: str) -> Format[Reader]:
    timed = content in _TIMED
    return Format(suffix, f"{__name__}.{module}", title, needs, content, timed=timed)


READERS: Registry[Reader] = Registry(
    "read",
    [
        _format(".ass", "subtitles", "subtitles, SubStation Alpha", _CUES, "pysubs2", "lxml"),
        _format(".csv", "delimited", "comma-separated values", _TABLE),
        _format(".dbk", "marked_up", "DocBook", _XML, "lxml"),
        _format(".dfxp", "subtitles", "subtitles, TTML", _CUES, "pysubs2", "lxml"),
        _format(".dita", "marked_up", "DITA", _XML, "lxml"),
        _format(".docx", "docx", "Word document", _WORD, "docx", "lxml"),
        _format(".epub", "epub", "e-book", _BOOK, "lxml"),
        _format(".fb2", "fb2", "e-book, FictionBook", _FICTION, "lxml"),
        _format(".fb2.zip", "fb2", "e-book, FictionBook", _FICTION, "lxml"),
        _format(".htm", "html", "web page", _PAGE, "lxml", "trafilatura"),
        _format(".html", "html", "web page", _PAGE, "lxml", "trafilatura"),
        _format(".jsonl", "jsonl", "JSON lines", _JSON),
        _format(".lrc", "subtitles", "lines of a song", _CUES, "pysubs2", "lxml"),
        _format(".markdown", "markdown", "Markdown", _MARKDOWN, "markdown_it"),
        _format(".md", "markdown", "Markdown", _MARKDOWN, "markdown_it"),
        _format(
            ".moses",
            "moses",
            "two files, line for line: out.en, out.ru",
            _LINES,
        ),
        _format(".odp", "opendocument", "OpenDocument presentation", _SLIDES, "lxml"),
        _format(".odt", "opendocument", "OpenDocument text", _WORD, "lxml"),
        _format(
            ".parquet",
            "parquet",
            "Parquet, for data tools",
            _TABLE,
            "pyarrow",
        ),
        _format(".mqxliff", "xliff", "XLIFF of memoQ", _UNITS, "lxml"),
        _format(".mxliff", "xliff", "XLIFF of Phrase", _UNITS, "lxml"),
        _format(".pdf", "pdf", "PDF with a text layer", _PDF, "pypdfium2"),
        _format(".po", "po", "gettext catalogue", _MESSAGES, "polib"),
        _format(".pptx", "presentation", "PowerPoint presentation", _SLIDES, "lxml"),
        _format(".sbv", "subtitles", "subtitles, YouTube", _CUES, "pysubs2", "lxml"),
        _format(".sdlxliff", "xliff", "XLIFF of Trados", _UNITS, "lxml"),
        _format(".srt", "subtitles", "subtitles, SubRip", _CUES, "pysubs2", "lxml"),
        _format(".ssa", "subtitles", "subtitles, SubStation Alpha", _CUES, "pysubs2", "lxml"),
        _format(".sub", "subtitles", "subtitles, MicroDVD", _CUES, "pysubs2", "lxml"),
        _format(".tei", "marked_up", "TEI", _XML, "lxml"),
        _format(".tmx", "tmx", "translation memory, TMX", _UNITS, "lxml"),
        _format(".ts", "qt", "catalogue of Qt Linguist", _MESSAGES, "lxml"),
        _format(".tsv", "delimited", "tab-separated values", _TABLE),
        _format(".ttml", "subtitles", "subtitles, TTML", _CUES, "pysubs2", "lxml"),
        _format(".txlf", "xliff", "XLIFF of Wordfast", _UNITS, "lxml"),
        _format(".txml", "xliff", "TXML of Wordfast", _UNITS, "lxml"),
        _format(".txt", "txt", "plain text", _TEXT),
        _format(".vtt", "subtitles", "subtitles, WebVTT", _CUES, "pysubs2", "lxml"),
        _format(".xhtml", "html", "web page", _PAGE, "lxml", "trafilatura"),
        _format(".xlf", "xliff", "XLIFF 1.2 and 2.x", _UNITS, "lxml"),
        _format(".xliff", "xliff", "XLIFF 1.2 and 2.x", _UNITS, "lxml"),
        _format(".xlsx", "xlsx", "Excel workbook", _TABLE, "openpyxl"),
        _format(".xml", "marked_up", "XML: DocBook, DITA, TEI or other", _XML, "lxml"),
    ],
    _hint,
)


def read(
    path: str | Path,
    *,
    encoding: str | None = None,
    src_lang: str | None = None,
    tgt_lang: str | None = None,
) -> Document | Bitext:
    """Read a file; the suffix picks the format.

    Args:
        path: the file.
        encoding: of the file; found out where it is None.
        src_lang: BCP-47 tag; it chooses among the languages of a file that may hold several,
            of others it says nothing.
        tgt_lang: likewise.

    Returns:
        The bitext that was written, of a file in one of our own formats; of any other a
        document of blocks, not yet cut into segments.

    Raises:
        FormatError: no reader answers to the suffix.
        ReadError: the file cannot be read, or does not hold these languages.
        LanguageError: not the shape of a language tag.
    """
    path = Path(path)
    reader = READERS.find(path).load()
    with reading(str(path), f"a {path.suffix.lower()} file"):
        if isinstance(reader, ChoosingReader):
            src, tgt = (canonical(tag) if tag else "" for tag in (src_lang, tgt_lang))
            found: Document | Bitext = reader.read_pair(path, (src, tgt), encoding=encoding)
        else:
            found = reader.read(path, encoding=encoding)
        return checked(found, str(path)) if isinstance(found, Bitext) else found


def files_of(path: Path) -> tuple[Path, ...]:
    """Return the files that a path stands for: itself, or those of a format of several.

    Raises:
        ReadError: there are no such files.
    """
    if path.suffix.lower() not in READERS:
        return (path,)
    reader = READERS.find(path).load()
    return reader.files(path) if isinstance(reader, SeveralFilesReader) else (path,)
