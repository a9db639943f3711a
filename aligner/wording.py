"""How figures and texts are said to people, one way in messages, terminal and page."""

from collections.abc import Mapping


def permille(share: float) -> int:
    """Round a share to thousandths; only all is 1000, and only nothing is 0.

    Doubts are small, and would round away: of 0.9996 there is one left.
    """
    if share in (0, 1):
        return round(share * 1000)
    return min(max(round(share * 1000), 1), 999)


def percent(share: float) -> str:
    """Say a share in percent, to the tenth that `permille` rounds to."""
    whole, tenths = divmod(permille(share), 10)
    return f"{whole}.{tenths} %" if tenths else f"{whole} %"


def counted(number: int, noun: str) -> str:
    """Say how many: "1 bead", "1,200 beads"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def tally(counts: Mapping[str, int]) -> str:
    """Say what was met how often: "empty cells (3), notes (1,200)"; nothing of what was not."""
    return ", ".join(f"{what} ({count:,})" for what, count in counts.items() if count)


def shorten(text: str, chars: int) -> str:
    """Return a text's beginning on one line, without what could steer a terminal.

    Args:
        text: any text.
        chars: the most characters to return; where some are cut off, the last is "…".
    """
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= chars else line[: chars - 1].rstrip() + "…"
