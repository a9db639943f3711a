"""Running the real command in a process of its own, as a person does."""

import ctypes
import os
import subprocess
import sys

from tests import ROOT

COMMAND = (sys.executable, "-m", "aligner")

# Linux: capabilities that let root pass over file permissions, and the call to drop them.
_DAC_OVERRIDE, _DAC_READ_SEARCH, _PR_CAPBSET_DROP = 1, 2, 24


def aligner(*arguments, cwd, env_more=None, **options):
    """Run `aligner ARGUMENTS` in a folder and return the finished process."""
    return subprocess.run(
        [*COMMAND, *map(str, arguments)],
        cwd=cwd,
        env=environment() | (env_more or {}),
        capture_output=True,
        check=False,
        timeout=120,
        **options,
    )


def environment():
    """The environment, with this checkout importable from any folder."""
    return os.environ | {"PYTHONPATH": str(ROOT)}


def obey_permissions():
    """In a child about to start: give up root's right to write everywhere, where it has it."""
    if os.geteuid() == 0:
        for capability in (_DAC_OVERRIDE, _DAC_READ_SEARCH):
            ctypes.CDLL(None).prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0)


def error_line(done):
    """The one line on standard error that says what went wrong."""
    lines = done.stderr.decode().splitlines()
    assert len(lines) == 1, done.stderr.decode()
    assert lines[0].startswith("aligner: ")
    assert done.stdout == b""
    return lines[0]
