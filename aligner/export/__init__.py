"""What to write, and how: doubtful pairs marked or dropped, files suited to one program."""

from aligner.export.exporting import Exported, Wishes, check_wishes, export, sift

__all__ = ["Exported", "Wishes", "check_wishes", "export", "sift"]
