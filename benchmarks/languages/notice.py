"""NOTICE: what the language packs were learnt from."""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from aligner.encoders.packs.pack import Pack

NOTICE = Path("NOTICE")
HEAD = """\
aligner's language packs (aligner/encoders/packs/data) are vocabularies and numbers. They were
learnt from the packages of Debian below, whose authors hold the rights to their texts; none of
these is contained. Behind each name: version, licences as the package names them, and the
languages whose packs it taught. `python -m benchmarks.languages` learns them anew.
"""


def notice(packs: Iterable[Pack]) -> str:
    """Return what NOTICE must say of packs."""
    taught: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for pack in packs:
        for source in pack.facts["sources"]:
            taught[source["package"], source["version"], source["licence"]].add(pack.lang)
    lines = [
        f"- {name} {version} ({licence}): {' '.join(sorted(langs))}\n"
        for (name, version, licence), langs in sorted(taught.items())
    ]
    return HEAD + "\n" + "".join(lines)
