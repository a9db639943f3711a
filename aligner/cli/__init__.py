"""The command line: one module a command, and the one place where failures become lines.

Exit codes: 0 done, 1 failed, 2 wrong usage, 130 interrupted, 143 terminated.
"""

import logging
import signal
import sys
import threading
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NoReturn

from aligner.errors import AlignerError

FAILED = 1
INTERRUPTED = 130  # 128 + SIGINT, as shells report it
TERMINATED = 143  # 128 + SIGTERM


class Terminated(BaseException):
    """Somebody asked the process to end: it cleans up first, as after Ctrl-C."""


def main() -> NoReturn:
    """Run the command line and leave with its exit code."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run one command.

    Args:
        arguments: what follows the program's name.

    Returns:
        The exit code. Whatever went wrong has been said in one line on standard error,
        with a traceback only where `-vv` asked for it.
    """
    try:
        with _politely_killed():
            return _dispatch(arguments)
    except (KeyboardInterrupt, Terminated) as end:
        asked = isinstance(end, Terminated)
        return _fail("terminated", TERMINATED) if asked else _fail("interrupted", INTERRUPTED)
    except Exception as error:  # noqa: BLE001 - the last line of defence
        return _fail(_said(error))


def _said(error: Exception) -> str:
    """Say what went wrong in one line; what is nobody else's is a fault of ours."""
    match error:
        case AlignerError():
            return str(error)
        case ImportError():
            return _of_packages(error)
        case MemoryError():
            return "there is not enough memory; cut the text into parts, chapters for instance"
        case OSError(filename=str(name), strerror=str(reason)):
            return f"{name}: {reason.lower()}; check the path"
        case _:
            return _fault(error)


@contextmanager
def _politely_killed() -> Iterator[None]:
    """Turn a polite kill into an exception; only the main thread may."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def end(*_: object) -> None:
        raise Terminated

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _dispatch(arguments: Sequence[str]) -> int:
    # Imported here, so that Ctrl-C is answered from the first moment.
    import click

    from aligner.cli.group import cli

    try:
        return int(cli.main(list(arguments), "aligner", standalone_mode=False) or 0)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.Abort as error:
        raise KeyboardInterrupt from error


def _of_packages(error: ImportError) -> str:
    """Say which package is missing, where that is why an import failed."""
    from aligner.packages import explain

    return str(explain(error) or _fault(error))


def _fault(error: Exception) -> str:
    return (
        f"a fault in the program ({type(error).__name__}: {error}); "
        "please report it with what -vv prints"
    )


def _fail(message: str, code: int = FAILED) -> int:
    """Say what went wrong, in one line."""
    if code == FAILED and logging.getLogger("aligner").isEnabledFor(logging.DEBUG):
        traceback.print_exc()
    sys.stderr.write(f"aligner: {' '.join(message.split())}\n")
    return code
