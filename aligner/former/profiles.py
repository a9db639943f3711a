"""Now `aligner.export.profiles`."""

from aligner.export.profiles import Profile, Refusal, check, find, names, options
from aligner.languages.subtag_registry import with_region

__all__ = ["Profile", "Refusal", "check", "find", "names", "options", "with_region"]
