"""What a person fixed, and where it stands in the texts of the next run.

A correction names its segments by their text, white space aside, never by number, so it holds
after another encoder and, where the same sentence ends are found, after another splitting.
What no longer stands in the texts is reported, with the reason.
"""

from aligner.corrections.binding import Bound, bind, check
from aligner.corrections.file import load, load_with_digest

__all__ = ["Bound", "bind", "check", "load", "load_with_digest"]
