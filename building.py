"""Builds the package: what setuptools does, and the compiled loops of `aligner/native`.

A system's compiler is used where there is one that can; elsewhere the build asks for one that
comes as a package (`ziglang`). The loops are plain functions that no Python is compiled into: one
wheel serves every version of Python on a platform.
"""

import os
import platform
import shlex
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from setuptools import Extension, build_meta
from setuptools.build_meta import *  # noqa: F403  # a build backend is a module of these functions
from setuptools.command.bdist_wheel import bdist_wheel
from setuptools.command.build_ext import build_ext

PACKAGED_COMPILER = "ziglang>=0.13"
SOURCE = Path("aligner/native/source/loops.cpp")
FLAGS = (
    *("-x", "c++", "-std=c++17", "-O3", "-fPIC", "-shared", "-s", "-fvisibility=hidden"),
    *("-fno-exceptions", "-fno-rtti", "-fno-math-errno", "-fno-trapping-math"),
    # No product and sum in one rounding: processors that cannot would give other bits.
    "-ffp-contract=off",
)
PROBE = "#include <math.h>\ntemplate <class T> T root(T x) { return sqrt(x); }\n"
X86 = ("x86_64", "amd64")
LEVELS = {1: "x86-64", 3: "x86-64-v3", 4: "x86-64-v4"}


def levels() -> dict[int, str]:
    """Return the levels of processors to compile for, and what compilers call each."""
    return LEVELS if platform.machine().lower() in X86 else {1: ""}


def compile_library(compiler: list[str], source: Path, level: int, library: Path) -> str | None:
    """Compile a library; return what is wrong, None if nothing is."""
    packaged = "ziglang" in compiler
    name = levels()[level]
    target = []
    if packaged and sys.platform == "linux":  # else for the C library of this system and newer
        libc = "gnu.2.17" if platform.libc_ver()[0] == "glibc" else "musl"
        target = ["-target", f"{platform.machine()}-linux-{libc}"]
    if name:
        target.append(f"-mcpu={name.replace('-', '_')}" if packaged else f"-march={name}")
    command = [*compiler, *FLAGS, *target, str(source), "-o", str(library), "-lm"]
    with tempfile.TemporaryDirectory() as cache:  # there may be no home
        own = {"ZIG_GLOBAL_CACHE_DIR": cache, "ZIG_LOCAL_CACHE_DIR": cache} if packaged else {}
        try:
            subprocess.run(
                command, env=os.environ | own, capture_output=True, text=True, check=True
            )
        except OSError as error:
            return str(error)
        except subprocess.CalledProcessError as error:
            return str(error.stderr)
    return None


@cache
def system_compiler() -> list[str] | None:
    """Return a compiler that this system has and that knows all levels; None if there is none."""
    for name in filter(None, (os.environ.get("CC"), "cc", "gcc", "clang")):
        compiler = shlex.split(name)
        with tempfile.TemporaryDirectory() as folder:
            source, library = Path(folder) / "probe.cpp", Path(folder) / "probe"
            source.write_text(PROBE, "utf-8")
            if not any(compile_library(compiler, source, level, library) for level in levels()):
                return compiler
    return None


def _with_compiler(required: list[str]) -> list[str]:
    return required if system_compiler() else [*required, PACKAGED_COMPILER]


def get_requires_for_build_wheel(settings: Any = None) -> list[str]:
    """Ask for what a wheel is built with."""
    return _with_compiler(build_meta.get_requires_for_build_wheel(settings))


def get_requires_for_build_editable(settings: Any = None) -> list[str]:
    """Ask for what an editable install is built with."""
    return _with_compiler(build_meta.get_requires_for_build_editable(settings))


def extensions() -> list[Extension]:
    """Return the libraries to be compiled: `aligner.native.loops-N`."""
    files = [SOURCE, *SOURCE.parent.glob("*.h")]
    return [
        Extension(f"aligner.native.loops-{level}", [str(SOURCE)], depends=list(map(str, files)))
        for level in levels()
    ]


class BuildLoops(build_ext):
    """Compile the loops for each level of processors."""

    def build_extension(self, ext: Extension) -> None:
        """Compile one library."""
        compiler = system_compiler() or [sys.executable, "-m", "ziglang", "cc"]
        library = Path(self.get_ext_fullpath(ext.name))
        library.parent.mkdir(parents=True, exist_ok=True)
        level = int(ext.name.rpartition("-")[2])
        wrong = compile_library(compiler, SOURCE, level, library)
        if wrong:
            raise SystemExit(f"{library.name}: {shlex.join(compiler)} cannot compile it\n{wrong}")

    def get_ext_filename(self, ext_name: str) -> str:
        """Return a name without a version of Python."""
        ending = {"win32": "dll", "darwin": "dylib"}.get(sys.platform, "so")
        return str(Path(*ext_name.split("."))) + f".{ending}"


class AnyPythonWheel(bdist_wheel):
    """A wheel for one platform and any Python 3."""

    def get_tag(self) -> tuple[str, str, str]:
        """Say what a wheel is for."""
        return "py3", "none", super().get_tag()[2]
