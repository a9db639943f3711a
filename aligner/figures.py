"""Shares as people read them, one way in the terminal and on the page."""


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
