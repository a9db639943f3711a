"""Profiles: what a program that imports our files wants of them, as data with sources.

`options` turns a profile into a writer's options, `check` reads a written file again and names
what the program would refuse. What is known of each program is in `programs.toml`.
"""

from aligner.export.profiles.programs import Profile, find, names, options
from aligner.export.profiles.refusals import Refusal, check

__all__ = ["Profile", "Refusal", "check", "find", "names", "options"]
