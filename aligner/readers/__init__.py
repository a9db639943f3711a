"""Readers: one module a format, one line a suffix.

A reader module has `read(path, *, encoding=None) -> Document | Bitext`: a document of
blocks, not yet segmented (`lang` "" where the format does not say), or, from our own
formats, the bitext that was written.
"""

from aligner.formats import Format, Registry

READERS = Registry(
    "read",
    [
        Format(".csv", "aligner.readers.tabular", "table of pairs, comma-separated"),
        Format(".jsonl", "aligner.readers.jsonl", "JSON lines"),
        Format(".tmx", "aligner.readers.tmx", "translation memory"),
        Format(".tsv", "aligner.readers.tabular", "table of pairs, tab-separated"),
        Format(".txt", "aligner.readers.txt", "plain text"),
    ],
)
