"""What can go wrong, said in one line: what it is, where, and what to do.

Every error keeps its parts as attributes and survives pickling, so worker processes can
raise it and a program can act on it.
"""


class AlignerError(Exception):
    """Any failure that the user can understand and mend.

    Args:
        problem: what is wrong.
        where: file, or file and line or character; empty where there is none.
        remedy: what to do about it; empty where nothing helps.
    """

    def __init__(self, problem: str, where: str = "", remedy: str = "") -> None:
        super().__init__(problem, where, remedy)
        self.problem = problem
        self.where = where
        self.remedy = remedy

    def __str__(self) -> str:
        head = f"{self.where}: {self.problem}" if self.where else self.problem
        said = f"{head}; {self.remedy}" if self.remedy else head
        # What a library said, or a file is called, may have line ends.
        return " ".join(said.split())


class ReadError(AlignerError):
    """An input cannot be read: missing, empty, damaged, or not what its suffix says."""


class LanguageError(AlignerError):
    """The languages are not two, or not known."""


class WriteError(AlignerError):
    """An output cannot be written, or would overwrite a file."""


class FormatError(AlignerError):
    """No reader or writer answers to a suffix."""


class MissingExtraError(AlignerError):
    """An optional package is not installed; the remedy is the exact command that installs it."""


class EncoderError(AlignerError):
    """An encoder cannot be loaded, or its weights are not the expected ones."""


class CorrectionError(AlignerError):
    """A corrections file is damaged or contradicts itself."""
