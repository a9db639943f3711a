"""Readers: one module a format, one line a suffix.

A reader module has `read(path, *, encoding=None) -> Document | Bitext`: a document of
blocks, not yet segmented (`lang` "" where the format does not say), or, from our own
formats, the bitext that was written. One whose offsets count in the decoded file has, too,
`decoded(path, *, encoding=None) -> str`: what `verify` holds an export against. One whose
format is several files has, too, `files(path) -> tuple[Path, ...]`, which names them.
"""

from pathlib import Path

from aligner.formats import Format, Registry

_BOOK = "the chapters of the spine; left out: table of contents, nav, aside"
_CUES = "cues with their times; left out: comments, drawings"
_JSON = "what keys source and target hold in every line"
_LINES = "a line of one file with the same line of the other"
_MARKDOWN = "paragraphs, headings, lists, tables; left out: code, HTML, front matter"
_MESSAGES = "messages and their translations; not read: obsolete ones"
_PAGE = "the article, headings, tables; left out: menus, footers, forms, link lists"
_PDF = "paragraphs, put together from lines; left out: running heads, page numbers"
_TABLE = "columns source and target, or the only two; every row is a pair"
_TEXT = "paragraphs or lines; left out: what surrounds the article of a saved web page"
_UNITS = "units of two languages; not read: markup codes"
_WORD = (
    "paragraphs, headings, tables; left out: notes, comments, running heads, text boxes, "
    "table of contents; not read: deleted text"
)
NOT_READ = (
    "pictures of text (use OCR first), .doc and .odt (save as .docx), DRM and passwords, "
    "formulas, text in SVG"
)

# What to do with a file of a format that is not read.
_SAVE_AS = {
    **dict.fromkeys((".doc", ".odt", ".pages", ".rtf"), "save it as .docx"),
    **dict.fromkeys((".ods", ".xls"), "save it as .xlsx"),
    **dict.fromkeys((".azw3", ".fb2", ".mobi"), "convert it to .epub"),
}


def _hint(path: Path) -> str:
    """Return what a file that no reader answers to is to be turned into, or what stands for it."""
    if not path.suffix:
        return "put the text into a file whose name ends in .txt, or in its format's suffix"
    if path.suffix.lower() in _SAVE_AS:
        return _SAVE_AS[path.suffix.lower()]
    # Imported here: it is needed for this line alone.
    from aligner.text.tags import is_known

    if is_known(path.suffix.removeprefix(".")):
        return (
            f"for two files that are alike line for line, name the pair, "
            f"{path.with_suffix('.moses')}; else let the name end in .txt"
        )
    return ""


READERS = Registry(
    "read",
    [
        Format(".ass", "aligner.readers.subtitles", "subtitles, SubStation Alpha", _CUES),
        Format(".csv", "aligner.readers.tabular", "comma-separated values", _TABLE),
        Format(".docx", "aligner.readers.docx", "Word document", _WORD),
        Format(".epub", "aligner.readers.epub", "e-book", _BOOK),
        Format(".htm", "aligner.readers.html", "web page", _PAGE),
        Format(".html", "aligner.readers.html", "web page", _PAGE),
        Format(".jsonl", "aligner.readers.jsonl", "JSON lines", _JSON),
        Format(".markdown", "aligner.readers.markdown", "Markdown", _MARKDOWN),
        Format(".md", "aligner.readers.markdown", "Markdown", _MARKDOWN),
        Format(
            ".moses", "aligner.readers.moses", "two files, line for line: out.en, out.ru", _LINES
        ),
        Format(".parquet", "aligner.readers.parquet", "Parquet, for data tools", _TABLE, "parquet"),
        Format(".pdf", "aligner.readers.pdf", "PDF with a text layer", _PDF),
        Format(".po", "aligner.readers.po", "gettext catalogue", _MESSAGES),
        Format(".srt", "aligner.readers.subtitles", "subtitles, SubRip", _CUES),
        Format(".ssa", "aligner.readers.subtitles", "subtitles, SubStation Alpha", _CUES),
        Format(".tmx", "aligner.readers.tmx", "translation memory, TMX", _UNITS),
        Format(".tsv", "aligner.readers.tabular", "tab-separated values", _TABLE),
        Format(".txt", "aligner.readers.txt", "plain text", _TEXT),
        Format(".vtt", "aligner.readers.subtitles", "subtitles, WebVTT", _CUES),
        Format(".xhtml", "aligner.readers.html", "web page", _PAGE),
        Format(".xlf", "aligner.readers.xliff", "XLIFF 1.2 and 2.x", _UNITS),
        Format(".xliff", "aligner.readers.xliff", "XLIFF 1.2 and 2.x", _UNITS),
        Format(".xlsx", "aligner.readers.xlsx", "Excel workbook", _TABLE, "xlsx"),
    ],
    _hint,
)


def files_of(path: Path) -> tuple[Path, ...]:
    """Return the files that a path stands for: itself, or those of a format of several.

    Raises:
        ReadError: there are no such files.
    """
    if path.suffix.lower() not in READERS:
        return (path,)
    module = READERS.find(path).load()
    files: tuple[Path, ...] = module.files(path) if hasattr(module, "files") else (path,)
    return files
