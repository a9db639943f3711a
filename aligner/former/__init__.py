"""Names of rooms that have moved, for programs that were written before: `aligner.exporting` ...

The package looks for its modules here, too (`aligner/__init__.py`).
"""
