"""The house's order: dependencies point one way, and importing does nothing."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import aligner

HOUSE = Path(aligner.__file__).parent

# Each room may import from the rooms above it, and from itself.
FLOORS = (
    {"errors", "links", "types", "version"},
    {"figures", "formats", "formulas"},
    {"text", "engine", "evaluation"},
    {"readers", "writers", "encoders", "rows", "ledger", "corrections"},
    {"inputs", "pipeline"},
    {"corpus", "exporting", "filters", "profiles", "verification"},
    {"cli"},
    {"__main__"},
)
FLOOR = {room: number for number, floor in enumerate(FLOORS) for room in floor}

# Rooms of one floor that know each other; no two know each other both ways.
NEIGHBOURS = {
    ("types", "errors"),
    ("types", "links"),
    ("formats", "errors"),
    ("readers", "rows"),
    ("readers", "ledger"),
    ("writers", "rows"),
    ("writers", "ledger"),
    ("pipeline", "inputs"),
    ("exporting", "filters"),
    ("exporting", "profiles"),
    ("profiles", "filters"),
}

HEAVY = (
    *("torch", "transformers", "sentence_transformers", "numba", "numpy", "scipy", "pandas"),
    *("lxml", "jinja2", "py3langid", "sentencepiece", "click", "tqdm"),
)


def modules():
    return sorted(HOUSE.rglob("*.py"))


def room(module):
    first = module.relative_to(HOUSE).parts[0]
    return first.removesuffix(".py")


def imported_rooms(module):
    """The rooms of the package that a module imports, anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: write imports in full"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        parts = [name.split(".") for name in names if name.split(".")[0] == "aligner"]
        found |= {each[1] for each in parts if len(each) > 1}
    return found


@pytest.mark.parametrize("module", modules(), ids=lambda path: str(path.relative_to(HOUSE)))
def test_imports_point_one_way(module):
    here = room(module)
    if here == "__init__":
        pytest.skip("the front door names every room, and enters none until it is asked")
    assert here in FLOOR, f"which floor is {here} on?"
    for other in imported_rooms(module) - {here}:
        assert other in FLOOR, f"{module} imports {other}: which floor is that on?"
        assert FLOOR[other] < FLOOR[here] or (here, other) in NEIGHBOURS, f"{here} -> {other}"


@pytest.mark.parametrize("module", sorted((HOUSE / "engine").glob("*.py")), ids=lambda p: p.name)
def test_the_engine_knows_only_values_and_errors(module):
    assert imported_rooms(module) <= {"engine", "types", "links", "errors"}


@pytest.mark.parametrize("module", sorted((HOUSE / "engine").glob("*.py")), ids=lambda p: p.name)
def test_the_engine_touches_no_files(module):
    calls = {
        node.func.id
        for node in ast.walk(ast.parse(module.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert calls.isdisjoint({"open", "print", "input"})


def loaded_by(statement):
    """The heavy packages that a fresh interpreter has loaded after a statement."""
    program = f"import sys\n{statement}\nprint(*sorted(set({HEAVY!r}) & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


def test_importing_the_package_loads_nothing():
    assert loaded_by("import aligner; aligner.__version__; dir(aligner)") == set()


def test_listing_formats_loads_no_library_of_a_format():
    loaded = loaded_by("from aligner.readers import READERS; from aligner.writers import WRITERS")
    assert loaded == set()


def test_the_command_line_loads_click_alone_until_there_is_work():
    assert loaded_by("import aligner.cli.group") == {"click"}


def test_every_public_name_is_there():
    for name in aligner.__all__:
        assert getattr(aligner, name) is not None
    assert set(dir(aligner)) == set(aligner.__all__)
    with pytest.raises(AttributeError, match="has no attribute 'aling'"):
        aligner.aling  # noqa: B018
