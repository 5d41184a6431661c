"""The days of a pledge: how they may be written, and which of them may still be to come."""

from collections.abc import Collection, Mapping
from datetime import date, datetime

FIRST_YEAR = 2014
YEARS_AHEAD = 10
DAY_FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%d %B %Y", "%d %b %Y")
STILL_OPEN = ("listening", "doing")
OVER = ("done", "partly_done", "cannot_do")
PAST = ("measured_on", "evidence_on")


def parse_day(text: str) -> date | None:
    """Return the day that is written as 2027-05-03, 3/5/2027 or 3 May 2027, else None."""
    for form in DAY_FORMATS:
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None


def day_problems(
    typed: Mapping[str, str],
    days: Mapping[str, date | None],
    today: date,
    due_before: Collection[date | None],
) -> dict[str, str]:
    """Find days that are missing or cannot be: {field: problem}.

    Args:
        typed: each field's text, by name.
        days: the day of each field that could be read.
        today: nothing was done, measured or shown after it, and nothing new is due before it.
        due_before: days that stood there before; they may be left as they were.
    """
    problems = {name: _form_problem(typed.get(name, ""), day, today) for name, day in days.items()}
    if not typed.get("on_day"):
        problems["on_day"] = "Give the day: when it was done, is due, or was decided."
    due = {"next_update_on"} | ({"on_day"} if typed.get("status") in STILL_OPEN else set())
    past = {*PAST} | ({"on_day"} if typed.get("status") in OVER else set())
    for name, day in days.items():
        if problems[name] or day is None:
            continue
        if name in due and day < today and day not in due_before:
            problems[name] = "This day has passed. Give a day that is still to come."
        elif name in past and day > today:
            problems[name] = "This day is still to come. Give the day when it happened."
    return {name: problem for name, problem in problems.items() if problem}


def _form_problem(text: str, day: date | None, today: date) -> str:
    if not text:
        return ""
    if day is None:
        return "Write the day like this: 3 May 2027."
    if not FIRST_YEAR <= day.year <= today.year + YEARS_AHEAD:
        return f"Check the year: it says {day.year}."
    return ""
