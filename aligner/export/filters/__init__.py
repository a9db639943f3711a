"""Reasons to doubt a pair, and the decision to leave such pairs out: two things, kept apart.

A check looks at every bead and changes nothing; `mark` writes what the checks found into the
beads' flags, `drop` leaves the beads out that failed, and lists them as left out.
"""

from aligner.export.filters.checks import CHECKS, Check
from aligner.export.filters.sifting import Dropped, Rule, drop, mark

__all__ = ["CHECKS", "Check", "Dropped", "Rule", "drop", "mark"]
