"""Characters that no text of ours may hold, and those that no cell of ours may begin with."""

import re

# What Postgres cannot keep (NUL), what no person types, halves of characters, and the marks that
# turn the text after them round, on every page where it is shown.
UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def clean(text: str) -> str:
    """Return the text without control characters; line ends and tabs stay."""
    return UNWANTED.sub("", text)


# A cell that begins with one of these is run as a formula by one spreadsheet or another.
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def harmless(cell: str) -> str:
    """Return the text of a cell, with an apostrophe in front where a spreadsheet could run it."""
    return f"'{cell}" if cell.startswith(RISKY) else cell
