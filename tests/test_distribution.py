"""What is given away: the source distribution, the wheel, and the program out of the wheel."""

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile

import pytest

from tests import IZVESTIA, ROOT

# Given away beside what git keeps: setuptools writes them.
MADE = ("PKG-INFO", "setup.cfg", "bitext_aligner.egg-info/")


def tracked():
    """The files that git keeps; none where this is no checkout."""
    if not (ROOT / ".git").exists() or not shutil.which("git"):
        return ()
    done = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return tuple(name for name in done.stdout.split("\0") if name and (ROOT / name).exists())


@pytest.fixture(scope="module")
def distributions(tmp_path_factory):
    """Both distributions, built of a copy: a build leaves folders behind."""
    pytest.importorskip("setuptools", "77", reason="builds with what is here, from no index")
    folder = tmp_path_factory.mktemp("built")
    source = folder / "source"
    if names := tracked():
        for name in names:
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, source / name)
    else:
        ignore = shutil.ignore_patterns(".venv", ".git", "build", "dist", "demo", ".*_cache")
        shutil.copytree(ROOT, source, ignore=ignore)
    # The wheel comes out of the source distribution, as it does where one is installed.
    made = build("sdist", source, folder)
    with tarfile.open(made) as file:
        file.extractall(folder, filter="data")
    unpacked = folder / made.name.removesuffix(".tar.gz")
    return made, build("wheel", unpacked, folder)


def build(kind, source, target):
    """Build one distribution as pip and `build` do, through the hook of the backend."""
    program = f"import building as b; print(b.build_{kind}({str(target)!r}))"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=source, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return target / done.stdout.splitlines()[-1]


def test_the_source_distribution_holds_all_that_git_keeps(distributions):
    names = tracked()
    if not names:
        pytest.skip("this is no checkout")
    with tarfile.open(distributions[0]) as file:
        inside = {each.name.partition("/")[2] for each in file.getmembers() if each.isfile()}
    assert set(names) - inside == set()
    assert {each for each in inside - set(names) if not each.startswith(MADE)} == set()


def test_the_wheel_holds_the_package_and_nothing_else(distributions):
    with zipfile.ZipFile(distributions[1]) as file:
        inside = set(file.namelist())
    package = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "aligner").rglob("*")
        if path.is_file() and path.parent.name != "__pycache__"
    }
    assert package - inside == set()
    assert {name for name in inside - package if ".dist-info/" not in name} == set()


def test_the_wheel_says_what_it_is(distributions):
    with zipfile.ZipFile(distributions[1]) as file:
        (name,) = (each for each in file.namelist() if each.endswith(".dist-info/METADATA"))
        said = file.read(name).decode()
        assert any(each.endswith("/licenses/LICENSE") for each in file.namelist())
    assert "\nName: bitext-aligner\n" in said
    assert "\nRequires-Python: >=3.11\n" in said
    assert "\nDescription-Content-Type: text/markdown\n" in said


@pytest.fixture(scope="module")
def installed(distributions, tmp_path_factory):
    """A folder with the program out of the wheel; the packages it needs are those here."""
    target = tmp_path_factory.mktemp("installed") / "site"
    with zipfile.ZipFile(distributions[1]) as file:
        file.extractall(target)  # which is all that installing does to modules
    return target


def test_the_program_out_of_the_wheel_does_its_work(installed, tmp_path):
    shutil.copy(IZVESTIA, tmp_path)
    outputs = ("out.tmx", "out.csv", "out.html")
    options = [each for name in outputs for each in ("-o", name)]
    # Nothing of this environment, no home, and the installed folder before the checkout,
    # which an editable installation puts on the path.
    clean = {"PATH": os.environ["PATH"], "PYTHONPATH": str(installed)}
    program = (
        "import sys, aligner; from aligner.cli import main;"
        "print(aligner.__file__); sys.argv[0] = 'aligner'; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "align", IZVESTIA.name, *options],
        cwd=tmp_path,
        env=clean,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[0].startswith(str(installed))
    assert "Aligned" in done.stderr
    for name in outputs:
        assert (tmp_path / name).stat().st_size > 10_000, name
