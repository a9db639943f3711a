"""Cells that a spreadsheet would run as formulas or turn into dates, made plain and back.

An apostrophe is what spreadsheets themselves put before such a cell. It goes before text
that begins with apostrophes and then a formula's sign, too, so that nothing is ambiguous.
"""

import re

# What spreadsheets take for a formula's beginning (OWASP, "CSV injection"); the wide forms
# are what a Japanese or Chinese keyboard types.
SIGNS = "=+-@\t\r\n＝＋－＠"
WOULD_RUN = re.compile(f"'*[{re.escape(SIGNS)}]")
MADE_PLAIN = re.compile(f"'+[{re.escape(SIGNS)}]")
FIRST = frozenset(f"'{SIGNS}")


def neutralise(cell: str) -> str:
    """Put an apostrophe before a cell that would run as a formula."""
    # Nearly every cell begins with a letter: asking for that is quicker than matching.
    if cell[:1] not in FIRST:
        return cell
    return f"'{cell}" if WOULD_RUN.match(cell) else cell


def restore(cell: str) -> str:
    """Undo `neutralise`."""
    return cell[1:] if MADE_PLAIN.match(cell) else cell


# A spreadsheet makes a date of "1-1", not of what has an en dash.
DASHES = str.maketrans("-", "–")
# A moment as programs write it (ISO 8601, UTC), and as every spreadsheet takes it.
MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)Z")
SPREADSHEET_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)")


def date(moment: str) -> str:
    """Write a moment in a form that a spreadsheet takes for one."""
    return MOMENT.sub(r"\1 \2", moment)


def undate(cell: str) -> str:
    """Undo `date`."""
    return SPREADSHEET_MOMENT.sub(r"\1T\2Z", cell)
