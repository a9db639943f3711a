"""The one wall between the libraries that formats are read and written with and the program.

Libraries answer damaged bytes with whatever they stumble over; here it becomes one line that
says which file it was and what to do.
"""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from aligner.errors import AlignerError, ReadError, WriteError

# Characters of what a library said that are told: some repeat the whole file.
MAX_SAID = 200
MEND = "open it in its program and save it again"


@contextmanager
def reading(where: str, what: str, remedy: str = MEND) -> Iterator[None]:
    """Turn whatever goes wrong inside into what to tell of the file that is read.

    Args:
        where: the file, for messages.
        what: it should be, as a person says it: "an Excel workbook".
        remedy: what to do about a damaged one.

    Raises:
        ReadError: anything went wrong.
    """
    with warnings.catch_warnings():
        # What a library thinks of the file is no use to the person who wants the text.
        warnings.simplefilter("ignore")
        try:
            yield
        except (AlignerError, ImportError, MemoryError):
            raise
        except RecursionError as error:
            problem = f"this is nested too deep for {what}"
            raise ReadError(problem, where, remedy) from error
        except Exception as error:
            problem = f"this is not {what}, or it is damaged ({_said(error)})"
            raise ReadError(problem, where, remedy) from error


@contextmanager
def writing(where: str) -> Iterator[None]:
    """Turn whatever a library could not write into one line; full disks are others' to tell.

    Raises:
        WriteError: anything went wrong but with the disk.
    """
    try:
        yield
    except (AlignerError, ImportError, MemoryError, OSError):
        raise
    except Exception as error:
        remedy = "write another format, and report it with what -vv prints"
        raise WriteError(f"cannot be written ({_said(error)})", where, remedy) from error


def _said(error: Exception) -> str:
    said = " ".join(str(error).split())
    said = said if len(said) <= MAX_SAID else f"{said[:MAX_SAID]}…"
    # "KeyError: 'x'" says more than "'x'".
    return said if isinstance(error, OSError) and said else f"{type(error).__name__}: {said}"
