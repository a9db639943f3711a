"""Now `aligner.export`."""

from aligner.export import Exported, Wishes, check_wishes, export, sift

__all__ = ["Exported", "Wishes", "check_wishes", "export", "sift"]
