"""A day, as tools and spreadsheets write it; the hour is not kept, it could point at somebody."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Literal

NUMBERS = re.compile(r"\s*(\d{1,4})[-/.](\d{1,2})[-/.](\d{1,4})(?=$|[\sT,])")
NAMED = re.compile(
    r"\s*(?:[A-Za-z]+,?\s+)?(\d{1,2})[\s-]+([A-Za-z]{3})[a-z]*[\s,-]+(\d{4}|\d{2})\b"
)
MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
NO_DAY = {date(1980, 1, 1)}
"""What LimeSurvey writes where it was told not to keep the day."""


class NotADay(ValueError):
    """This is no day that we can read."""


def read_day(written: str, order: Literal["dmy", "mdy"] = "dmy") -> date | None:
    """Return the day, None where none was kept.

    Args:
        written: such as 2026-11-20, 20/11/2026 14:03, 11/20/26 2:03 PM or 20 Nov 2026.
        order: which of day and month comes first where the year comes last.

    Raises:
        NotADay: it says no day there is.
    """
    if not written.strip():
        return None
    try:
        found = _day(written, order)
    except ValueError:
        raise NotADay from None
    return None if found in NO_DAY else found


def order_of(written: Iterable[str]) -> Literal["dmy", "mdy"]:
    """Return in which order these days are written; day first, where both orders fit."""
    some = list(written)
    fits = {order: all(_fits(one, order) for one in some) for order in ("dmy", "mdy")}
    return "mdy" if fits["mdy"] and not fits["dmy"] else "dmy"


def _fits(written: str, order: Literal["dmy", "mdy"] | str) -> bool:
    try:
        read_day(written, "mdy" if order == "mdy" else "dmy")
    except NotADay:
        return False
    return True


def _day(written: str, order: str) -> date:
    named = NAMED.match(written)
    if named:
        return date(_year(named[3]), MONTHS.index(named[2].lower()) + 1, int(named[1]))
    found = NUMBERS.match(written)
    if not found:
        raise NotADay
    first, second, third = found.groups()
    if len(first) == 4:
        return date(int(first), int(second), int(third))
    day, month = (second, first) if order == "mdy" else (first, second)
    return date(_year(third), int(month), int(day))


def _year(written: str) -> int:
    if len(written) not in (2, 4):
        raise NotADay
    return int(written) + (2000 if len(written) == 2 else 0)
