"""What the columns of a file are called, where a tool writes its headings in one row or in two.

SmartSurvey writes the question in the first row and, for a question with tick boxes, each answer in
the second. Snap can write the code first and the words below it. LimeSurvey and Google write the
question, and in square brackets after it what the column is about.
"""

import re
from collections.abc import Sequence

from msgspec import Struct

BETWEEN = " – "
CODE = re.compile(r"[A-Za-z]{1,8}[._]?\d+[A-Za-z0-9._]*|[A-Z]{2}\.\w+|case|[a-z]+_id|id", re.I)
BRACKETS = re.compile(r"(?s)(.+?)\s*\[([^\[\]]+)\]\s*")
NUMBERED = re.compile(r"(?s)(?:[A-Za-z]{0,8}\d+[A-Za-z0-9_]*[.):]|\d+)\s+(.+)")


class Column(Struct, frozen=True):
    """One column: its name in the file, what is asked, and the part of it that it is about.

    `asked` and `part` are what to look at when the name itself is no question; `short` is what the
    tool calls the column, which is its name unless words stand below a code.
    """

    name: str
    asked: str
    part: str = ""
    short: str = ""

    @property
    def called(self) -> str:
        """What the tool calls the column."""
        return self.short or self.name


def heading_rows(rows: Sequence[Sequence[str]]) -> int:
    """Return how many of the first rows are headings: 1 or 2."""
    if len(rows) < 2 or not rows[1]:
        return 1
    first, second = rows[0], rows[1]
    below = [s for f, s in zip(_wide(first, len(second)), second, strict=False) if not f.strip()]
    if not second[0].strip() and first[0].strip() and any(cell.strip() for cell in below):
        return 2
    named = [cell.strip() for cell in first if cell.strip()]
    if all(CODE.fullmatch(cell) for cell in named) and len(rows) > 2:
        digits = [any(char.isdigit() for char in row[0]) for row in rows[1:3]]
        return 2 if digits == [False, True] else 1
    return 1


def columns_of(rows: Sequence[Sequence[str]]) -> tuple[Column, ...]:
    """Return the columns that these rows of headings name, each under a name of its own."""
    width = max((len(row) for row in rows), default=0)
    if not any(cell.strip() for row in rows for cell in row):
        return ()
    made, used, above = [], dict[str, int](), ""
    upper = _wide(rows[0], width)
    lower = _wide(rows[1], width) if len(rows) > 1 else [""] * width
    for place in range(width):
        top, below = _flat(upper[place]), _flat(lower[place])
        above = top or (above if below else "")
        column = _column(above, below, place)
        used[column.name] = used.get(column.name, 0) + 1
        again = f"{column.name} ({used[column.name]})" if used[column.name] > 1 else column.name
        made.append(Column(again, column.asked, column.part, column.short))
    return tuple(made)


def _column(above: str, below: str, place: int) -> Column:
    name = BETWEEN.join(part for part in (above, below) if part) or f"(column {place + 1})"
    if above and below:
        if CODE.fullmatch(above):
            return Column(name, below, short=above)
        return Column(name, above, below)
    brackets = BRACKETS.fullmatch(name)
    asked, part = (brackets[1], brackets[2]) if brackets else (name, "")
    return Column(name, without_number(asked), part)


def without_number(asked: str) -> str:
    """Return a question without the number or code that a tool writes in front of it."""
    found = NUMBERED.fullmatch(asked)
    return found[1] if found else asked


def _flat(cell: str) -> str:
    return " ".join(cell.split())


def _wide(cells: Sequence[str], width: int) -> list[str]:
    return [*cells, *[""] * (width - len(cells))]
