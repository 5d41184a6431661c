"""What a challenge must say, what it may be about, and when its answer is late."""

from datetime import date, timedelta

import pytest
from hypothesis import given as whatever
from hypothesis import strategies as st

from voice.challenges.challenge import (
    ANSWERED,
    About,
    Statement,
    due_on,
    read_about,
    read_statement,
    standing,
)
from voice.safeguarding.clock import is_working_day

TYPED = {
    "words": "Which of the six posts are filled?",
    "easy_words": "You said six people. How many are here?",
    "confidential": "no",
    "confidential_because": "",
}
LONG = "This is one sentence that has far more words in it than anybody could call easy to read."


def problems(answered=None, **typed):
    found = read_statement(TYPED | typed, answered=answered)
    return {} if isinstance(found, Statement) else found


def test_a_whole_form_is_a_statement_that_all_may_read():
    said = read_statement(TYPED)
    assert said == Statement(words=TYPED["words"], easy_words=TYPED["easy_words"])
    assert isinstance(said, Statement)
    assert not said.confidential


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        ({"words": " "}, ["words"]),
        ({"easy_words": ""}, ["easy_words"]),
        ({"easy_words": LONG}, ["easy_words"]),
        ({"words": "a" * 3001}, ["words"]),
        ({"confidential": ""}, ["confidential"]),
        ({"confidential": "perhaps"}, ["confidential"]),
        ({"confidential": "yes"}, ["confidential_because"]),
        ({"confidential": "no", "confidential_because": "A family"}, ["confidential"]),
        ({"confidential": "yes", "confidential_because": "A family", "easy_words": LONG}, []),
    ],
)
def test_what_is_wrong_is_said_at_its_field(typed, fields):
    assert list(problems(**typed)) == fields


def test_nothing_is_confidential_without_a_reason_and_the_reason_is_kept():
    said = read_statement(TYPED | {"confidential": "yes", "confidential_because": "One family."})
    assert isinstance(said, Statement)
    assert said.confidential_because == "One family."


def test_the_words_of_an_answered_challenge_stay_and_only_who_may_read_them_changes():
    before = Statement(words=TYPED["words"], easy_words=TYPED["easy_words"])
    assert problems(before, words="Something else") == {"words": ANSWERED}
    assert problems(before, confidential="yes", confidential_because="One family.") == {}


@pytest.mark.parametrize(
    ("name", "about"),
    [
        ("theme-12", About("theme", "12")),
        ("pledge-003", About("pledge", "3")),
        ("area-every-area/heard", About("area", "every-area/heard")),
        ("area-hertfordshire-2023/IA3", About("area", "hertfordshire-2023/IA3")),
        ("", None),
        ("theme-", None),
        ("theme-x", None),
        ("theme-12345678901", None),
        ("theme-١", None),
        ("area-nothing", None),
        ("area-a/../b", None),
        ("pledge-1; drop", None),
    ],
)
def test_a_challenge_is_about_one_thing_that_can_be_named(name, about):
    assert read_about(name) == about


def test_twenty_working_days_over_christmas_leave_out_weekends_and_bank_holidays():
    assert due_on(date(2026, 12, 1), 20) == date(2026, 12, 31)
    assert due_on(date(2026, 12, 18), 5) == date(2026, 12, 29)


@whatever(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(1, 60))
def test_an_answer_is_due_after_just_so_many_working_days(put_on, days):
    due = due_on(put_on, days)
    between = (put_on + timedelta(days=n) for n in range(1, (due - put_on).days + 1))
    assert sum(is_working_day(day) for day in between) == days
    assert is_working_day(due)


@pytest.mark.parametrize(
    ("answered", "today", "found"),
    [
        (False, date(2027, 1, 7), "waiting"),
        (False, date(2027, 1, 8), "overdue"),
        (True, date(2027, 2, 1), "answered"),
    ],
)
def test_late_is_late_from_the_day_after_it_was_due(answered, today, found):
    assert standing(answered, date(2027, 1, 7), today) == found
