"""What is shipped, and what is pinned."""

import fnmatch
import re
import tomllib

from tests import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def pins():
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def normal(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def test_every_file_of_the_package_is_shipped():
    patterns = PROJECT["tool"]["setuptools"]["package-data"]["*"]
    package = ROOT / "aligner"
    for path in package.rglob("*"):
        if path.is_file() and path.suffix != ".py" and path.parent.name != "__pycache__":
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
