"""Which packages of others a module imports, anywhere in it."""

import ast
import sys

OURS = frozenset({"aligner", "benchmarks", "tests"})


def third_party(tree):
    """The top-level names that a module's tree imports, without Python's own and ours."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            found.add(node.module.partition(".")[0])
    return found - sys.stdlib_module_names - OURS
