"""The command line: one module a command, and the one place where failures become lines.

Exit codes: 0 done, 1 failed, 2 wrong usage, 130 interrupted.
"""

import logging
import sys
import traceback
from collections.abc import Sequence
from typing import NoReturn

from aligner.errors import AlignerError

FAILED = 1
INTERRUPTED = 130  # 128 + SIGINT, as shells report it


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
        return _dispatch(arguments)
    except KeyboardInterrupt:
        return _fail("interrupted", INTERRUPTED)
    except AlignerError as error:
        return _fail(str(error))
    except ImportError as error:
        return _fail(_of_packages(error))
    except MemoryError:
        return _fail("there is not enough memory; cut the text into parts, chapters for instance")
    except Exception as error:  # noqa: BLE001 - the last line of defence: a fault of ours
        return _fail(_fault(error))


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
