"""Readers: one module a format, one line a suffix.

A reader module has `read(path, *, encoding=None) -> Document | Bitext`: a document of
blocks, not yet segmented (`lang` "" where the format does not say), or, from our own
formats, the bitext that was written. One whose offsets count in the decoded file has, too,
`decoded(path, *, encoding=None) -> str`: what `verify` holds an export against.
"""

from aligner.formats import Format, Registry

READERS = Registry(
    "read",
    [
        Format(".ass", "aligner.readers.subtitles", "subtitles, SubStation Alpha"),
        Format(".csv", "aligner.readers.tabular", "comma-separated values"),
        Format(".docx", "aligner.readers.docx", "Word document"),
        Format(".epub", "aligner.readers.epub", "e-book"),
        Format(".htm", "aligner.readers.html", "web page"),
        Format(".html", "aligner.readers.html", "web page"),
        Format(".jsonl", "aligner.readers.jsonl", "JSON lines"),
        Format(".markdown", "aligner.readers.markdown", "Markdown"),
        Format(".md", "aligner.readers.markdown", "Markdown"),
        Format(".moses", "aligner.readers.moses", "two files, line for line: out.en, out.ru"),
        Format(".parquet", "aligner.readers.parquet", "Parquet, for data tools"),
        Format(".pdf", "aligner.readers.pdf", "PDF with a text layer"),
        Format(".po", "aligner.readers.po", "gettext catalogue"),
        Format(".srt", "aligner.readers.subtitles", "subtitles, SubRip"),
        Format(".ssa", "aligner.readers.subtitles", "subtitles, SubStation Alpha"),
        Format(".tmx", "aligner.readers.tmx", "translation memory, TMX"),
        Format(".tsv", "aligner.readers.tabular", "tab-separated values"),
        Format(".txt", "aligner.readers.txt", "plain text"),
        Format(".vtt", "aligner.readers.subtitles", "subtitles, WebVTT"),
        Format(".xhtml", "aligner.readers.html", "web page"),
        Format(".xlf", "aligner.readers.xliff", "XLIFF 1.2 and 2.x"),
        Format(".xliff", "aligner.readers.xliff", "XLIFF 1.2 and 2.x"),
        Format(".xlsx", "aligner.readers.xlsx", "Excel workbook"),
    ],
)
