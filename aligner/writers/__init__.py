"""Writers: one module a format, one line a suffix; the mirror of readers.

A writer module has `write(bitext, out)`, where `out` is a binary stream; options of a
format are keyword arguments with defaults.
"""

from aligner.formats import Format, Registry

WRITERS = Registry(
    "write",
    [],
)
