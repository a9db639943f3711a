"""Profiles: what a program that imports our files wants of them, as data with sources.

`options` turns a profile into a writer's options, `check` reads a written file again and names
what the program would refuse. What is known of each program is in `tools.toml`.
"""

from aligner.profiles.check import Refusal, check
from aligner.profiles.tools import Profile, find, names, options, with_region

__all__ = ["Profile", "Refusal", "check", "find", "names", "options", "with_region"]
