"""The clock: until when a person must have read an answer, by the working days of England.

An answer is due at the same time of the next working day: never before 9 in the morning, when
nobody works yet, nor after 5 in the afternoon. What came on a day off is due at 5 on the first
working day after it. Bank holidays are worked out here, with no connection, for any year.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

HERE = ZoneInfo("Europe/London")
OPENS, CLOSES = time(9), time(17)
SATURDAY = 5


def is_working_day(day: date) -> bool:
    """Tell whether people work on this day: no weekend, no bank holiday of England."""
    return day.weekday() < SATURDAY and day not in _bank_holidays(day.year)


def next_working_day(day: date) -> date:
    """Return the first working day after this one."""
    return _working_day(day, timedelta(days=1))


def due(sent_at: datetime) -> datetime:
    """Return until when an answer that was sent at this moment must have been read.

    `sent_at` has a time zone; so has what is returned: that of England.
    """
    sent = sent_at.astimezone(HERE)
    at = sent.time() if is_working_day(sent.date()) else CLOSES
    return datetime.combine(next_working_day(sent.date()), min(max(at, OPENS), CLOSES), HERE)


def overdue_before(now: datetime) -> datetime:
    """Return the moment before which an answer was sent if it is overdue now, and at or after
    which if it is not.

    So one comparison in the database finds the overdue ones among any number.
    """
    here = now.astimezone(HERE)
    today = here.date()
    if is_working_day(today) and here.time() > CLOSES:
        return _begin(today)
    before = _working_day(today, timedelta(days=-1))
    if not is_working_day(today) or here.time() <= OPENS:
        return _begin(before)
    return datetime.combine(before, here.time(), HERE).astimezone(UTC)


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(0), HERE).astimezone(UTC)


def _working_day(day: date, step: timedelta) -> date:
    day += step
    while not is_working_day(day):
        day += step
    return day


@cache
def _bank_holidays(year: int) -> frozenset[date]:
    from holidays import country_holidays  # Half a second, which no start of the web app waits for.

    return frozenset(country_holidays("GB", subdiv="ENG", years=year))
