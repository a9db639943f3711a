"""Running a command as though packages were not installed: Python finds none of them."""

import os
from pathlib import Path

# Read by Python when it starts, before anything of ours is imported. What it leaves out is
# absent to import statements and find_spec() alike, and fails as an absent package does.
HIDER = """
import os
import sys

HIDDEN = frozenset(os.environ["HIDDEN"].split())


class Blind:
    def __init__(self, finder):
        self._finder = finder

    def __getattr__(self, name):
        return getattr(self._finder, name)

    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in HIDDEN:
            return None
        return self._finder.find_spec(name, path, target)


sys.meta_path[:] = [Blind(finder) for finder in sys.meta_path]
"""


def without(folder, *modules):
    """Return the environment in which modules are absent; a file for it goes into a folder."""
    (Path(folder) / "sitecustomize.py").write_text(HIDER, "utf-8")
    others = os.environ.get("PYTHONPATH", "")
    paths = [str(folder), *filter(None, [others])]
    return os.environ | {"PYTHONPATH": os.pathsep.join(paths), "HIDDEN": " ".join(modules)}
