"""The tests, a folder a room; and where their files lie."""

from pathlib import Path

ROOT = Path(__file__).parents[1]

SEEDS = ROOT / "seeds"
IZVESTIA = SEEDS / "izvestia.txt"
# A story that other programs saved in many formats.
STORY = ROOT / "tests" / "formats" / "readers" / "files"
