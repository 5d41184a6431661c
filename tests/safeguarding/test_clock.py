"""The clock of one working day, by the calendar of England."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.safeguarding.clock import HERE, due, overdue_before


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=HERE)


@pytest.mark.parametrize(
    ("sent", "until"),
    [
        ("2026-11-24 10:30", "2026-11-25 10:30"),  # In the week: the same time tomorrow.
        ("2026-11-27 15:00", "2026-11-30 15:00"),  # A Friday: Monday.
        ("2026-11-27 23:00", "2026-11-30 17:00"),  # At night: by the end of the next day.
        ("2026-11-27 03:00", "2026-11-30 09:00"),  # Before work: at its beginning.
        ("2026-11-28 11:00", "2026-11-30 17:00"),  # A Saturday.
        ("2026-12-24 12:00", "2026-12-29 12:00"),  # Christmas on a Friday, Boxing Day on Monday.
        ("2026-04-02 12:00", "2026-04-07 12:00"),  # Easter.
        ("2026-05-01 12:00", "2026-05-05 12:00"),  # The early May bank holiday.
        ("2031-12-31 12:00", "2032-01-02 12:00"),  # Years ahead, with no list from anywhere.
    ],
)
def test_an_answer_is_due_one_working_day_later(sent, until):
    assert due(at(sent)) == at(until)


def test_the_clock_is_that_of_england_also_in_summer():
    assert due(datetime(2026, 7, 1, 9, 30, tzinfo=UTC)) == at("2026-07-02 10:30")


@given(
    st.datetimes(datetime(2025, 1, 1), datetime(2029, 12, 31), timezones=st.just(UTC)),
    st.timedeltas(timedelta(0), timedelta(days=9)),
)
def test_what_was_sent_before_the_bound_is_overdue_and_nothing_else(now, ago):
    sent = now - ago
    assert (sent < overdue_before(now)) == (due(sent) < now)
