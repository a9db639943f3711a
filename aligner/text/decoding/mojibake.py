"""Repair text that was decoded wrongly before it was saved: "ÐŸÑ€Ð¸Ð²ÐµÑ‚", "GrÃ¶ÃŸe"."""

import logging
import re

_log = logging.getLogger(__name__)

# What UTF-8 looks like read as Windows-1252 or Latin-1, and as Windows-1251: letters that
# begin a UTF-8 character, each followed by what its second byte became.
_SECOND = "\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a€™"
_TRACE = re.compile(
    rf"[ÃÐÑÎÏ×ØÙ][{_SECOND}]|â(?:€|\x80).|(?:[РС][\u00a0-\u00bf\u0400-\u040f\u0450-\u045f‚„…†‡€‰‹‘-”•–—™›]|[РС][ГВБµ°±»ѕј]){{2}}"
)
# Fewer traces in a text can be chance: a name, an example of mojibake.
MIN_TRACES = 5


def repair(text: str, where: str) -> str:
    """Return text with mojibake repaired where that is certain; say in the log what was done.

    It is certain when there is much of it and all of it can be repaired.

    Args:
        text: decoded text.
        where: the file's name, for the log.
    """
    if len(_TRACE.findall(text)) < MIN_TRACES:
        return text
    from ftfy import fix_encoding

    lines = text.split("\n")
    bad = [i for i, line in enumerate(lines) if _TRACE.search(line)]
    for i in bad:
        lines[i] = fix_encoding(lines[i])
    repaired = "\n".join(lines)
    if _TRACE.search(repaired) or "\ufffd" in repaired:
        problem = "%s: %d line(s) look like mojibake that cannot be repaired surely; they stay"
        _log.warning(problem + ", the first is %d", where, len(bad), bad[0] + 1)
        return text
    _log.warning(
        "%s: mojibake repaired in %d line(s), the first is %d", where, len(bad), bad[0] + 1
    )
    return repaired
