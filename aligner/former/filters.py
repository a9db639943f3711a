"""Now `aligner.export.filters`."""

from aligner.export.filters import CHECKS, Check, Dropped, Rule, drop, mark

__all__ = ["CHECKS", "Check", "Dropped", "Rule", "drop", "mark"]
