"""Prove that an export has every sentence of its inputs exactly once, or lists it as left out.

The proof needs the export and the inputs alone. Every piece of the export (a segment, or an
entry of its list of what was left out) accounts for the characters of the input where it
stands: at the offsets that the export names where the text there is the same, else where the
text is found. What is then not accounted for is missing; what is accounted for twice is
doubled; what stands nowhere was changed or added.
"""

from aligner.verification.findings import Finding, Kind, Verification
from aligner.verification.proof import verify

__all__ = ["Finding", "Kind", "Verification", "verify"]
