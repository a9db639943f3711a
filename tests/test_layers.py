"""The house's order: dependencies point one way, and importing does nothing."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import aligner

HOUSE = Path(aligner.__file__).parent

# Each room may import from the floors below it, and from itself.
FLOORS = (
    ("errors", "native", "version", "wording"),
    ("kept_arrays", "packages"),
    ("languages",),
    ("types",),
    ("text", "engine", "evaluation"),
    ("formats", "encoders", "corrections"),
    ("pipeline", "export"),
    ("verification", "former"),
    ("cli",),
    ("__main__",),
)
# The same inside the rooms that have floors of their own.
INSIDE = {
    "text": (("word_lists", "decoding"), ("blocks", "sentences"), ("bilingual",)),
    "formats": (
        ("fingerprint", "losses", "registry", "left_out_list", "spreadsheet_cells", "xml_names"),
        ("document_builder", "foreign_metadata", "pair_digest", "wall"),
        ("contract", "rows"),
        ("readers", "writers"),
    ),
    "encoders": (
        ("contract", "surface", "token_words"),
        ("contextual_spans", "progress", "embedded", "transformers"),
        ("packs",),
        ("sides",),
    ),
    "engine": (
        ("threads", "sides", "nearest"),
        ("search",),
        ("evidence",),
        ("candidates", "learning", "constraints", "moves", "word_links"),
    ),
    "export": (("filters", "profiles"), ("exporting",)),
}
# Of one floor, and yet one knows the other.
NEIGHBOURS = {
    ("engine.nearest", "engine.sides"),
    ("engine.nearest", "engine.threads"),
    ("encoders.embedded", "encoders.token_words"),
    ("text.sentences", "text.blocks"),
}

# What fits in a head: ruff counts the branches (C901).
LINES = 350
FUNCTION_LINES = 60

HEAVY = (
    *("torch", "transformers", "sentence_transformers", "numpy", "scipy", "pandas"),
    *("lxml", "jinja2", "py3langid", "sentencepiece", "click", "tqdm"),
)


def modules():
    return sorted(HOUSE.rglob("*.py"))


def name_of(module):
    """The dotted name of a module inside the package; "" for the front door."""
    parts = module.relative_to(HOUSE).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


def imports(module):
    """The dotted names, inside the package, that a module imports, anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: write imports in full"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        found |= {name.removeprefix("aligner.") for name in names if name.startswith("aligner.")}
    return found


def climbs(here, other):
    """Why a module may not import from another; "" where it may."""
    room, wanted = here.partition(".")[0], other.partition(".")[0]
    if room != wanted:
        return "" if floor(FLOORS, wanted) < floor(FLOORS, room) else f"{room} -> {wanted}"
    inside = INSIDE.get(room)
    own, their = (each.split(".")[1] if "." in each else "" for each in (here, other))
    if inside is None or not own or own == their or their not in {x for f in inside for x in f}:
        return ""
    if floor(inside, their) < floor(inside, own):
        return ""
    pair = f"{room}.{own}", f"{room}.{their}"
    return "" if pair in NEIGHBOURS else " -> ".join(pair)


def floor(floors, room):
    found = [number for number, each in enumerate(floors) if room in each]
    assert found, f"which floor is {room} on?"
    return found[0]


@pytest.mark.parametrize("module", modules(), ids=name_of)
def test_imports_point_one_way(module):
    here = name_of(module)
    if not here:
        pytest.skip("the front door names every room, and enters none until it is asked")
    for other in imports(module):
        assert not climbs(here, other)


@pytest.mark.parametrize(
    ("here", "other"),
    [
        ("types.beads", "pipeline.aligning.align"),
        ("engine.search.band", "engine.evidence.features.Evidence"),
        ("formats.rows", "formats.readers.tmx"),
        ("text.sentences.rules", "text.bilingual.layout"),
        ("languages.table", "types.Bead"),
    ],
)
def test_an_import_upwards_is_seen(here, other):
    assert climbs(here, other)


def test_every_floor_is_that_of_a_room():
    rooms = {each for floors in FLOORS for each in floors}
    assert rooms == {name_of(module).partition(".")[0] for module in modules()} - {""}
    for room, floors in INSIDE.items():
        inside = {name_of(path).split(".")[1] for path in (HOUSE / room).rglob("*.py")
                  if "." in name_of(path)}  # fmt: skip
        assert {each for floor in floors for each in floor} == inside


def sources(*folders):
    return [path for folder in folders for path in sorted((HOUSE.parent / folder).rglob("*.py"))]


def test_no_module_is_long():
    lengths = {
        str(path): len(path.read_text("utf-8").splitlines())
        for path in sources("aligner", "tests", "benchmarks")
    }
    assert len(lengths) > 200
    assert {path: lines for path, lines in lengths.items() if lines > LINES} == {}


def test_no_function_is_long():
    """From `def` to its last line; decorators, such as a command's options, do not count."""
    lengths = {
        f"{path}: {node.name}": node.end_lineno - node.lineno + 1
        for path in sources("aligner", "benchmarks")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert len(lengths) > 500
    assert {name: lines for name, lines in lengths.items() if lines > FUNCTION_LINES} == {}


@pytest.mark.parametrize("module", sorted((HOUSE / "engine").rglob("*.py")), ids=name_of)
def test_the_engine_knows_only_values_and_errors(module):
    rooms = {name.partition(".")[0] for name in imports(module)}
    assert rooms <= {"engine", "native", "types", "errors"}


@pytest.mark.parametrize("module", sorted((HOUSE / "engine").rglob("*.py")), ids=name_of)
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
    loaded = loaded_by(
        "from aligner.formats.readers import READERS; from aligner.formats.writers import WRITERS"
    )
    assert loaded == set()


def test_the_command_line_loads_click_alone_until_there_is_work():
    assert loaded_by("import aligner.cli.group") == {"click"}


def test_rooms_that_have_moved_are_found_under_their_old_names():
    from aligner.exporting import Wishes, sift
    from aligner.filters import Rule
    from aligner.profiles import find

    from aligner import export

    assert (Wishes, sift) == (export.Wishes, export.sift)
    assert Rule.parse("unsure=0.7").limit == 0.7
    assert find("trados").title.startswith("Trados")


def test_every_public_name_is_there():
    for name in aligner.__all__:
        assert getattr(aligner, name) is not None
    assert set(dir(aligner)) == set(aligner.__all__)
    with pytest.raises(AttributeError, match="has no attribute 'aling'"):
        aligner.aling  # noqa: B018
