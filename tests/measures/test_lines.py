"""A measure as lines: baseline, target, milestones, what was found, and what became of it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests import given
from voice.measures.asked import TWICE
from voice.measures.lines import in_order, latest, lines
from voice.measures.measure import Asking, Planned
from voice.measures.store import Actual, Kept

TODAY = date(2026, 10, 2)
YES = Asking(given.SURVEY, "listened", ("yes",))


def kept(**said):
    measure = given.a_measure(**said)
    fields = {name: getattr(measure, name) for name in measure.__struct_fields__}
    return Kept(**fields, number=1, version=1, updated_on=TODAY, demo=False)


def actual(value, *, on=0, **said):
    plain = {
        "number": 1,
        "id": on + 1,
        "on_day": date(2026, 1, 31) + timedelta(days=on),
        "source": "SEN2",
        "value": None if value is None else Decimal(value),
        "not_comparable": "",
        "note": "",
        "wave": None,
        "asked": "",
        "people": None,
        "low": None,
        "high": None,
        "written_on": TODAY,
    }
    return Actual(**plain | said)


def wave(name, value, *, asked="Are you heard?", n=100, **said):
    sure = {"people": n, "low": value - 8, "high": value + 8} if value is not None else {}
    return actual(value, wave=name, asked=asked, source="", **sure | said)


def changes(measure, found):
    return [line.change for line in lines(measure, found, TODAY) if line.part.startswith("Actual")]


def test_the_lines_are_baseline_milestones_target_and_each_actual():
    steps = (Planned(Decimal(50), date(2027, 3, 31)),)
    found = lines(kept(milestones=steps), [actual(44), actual(46, on=30)], TODAY)
    assert [(line.part, line.figure) for line in found] == [
        ("Baseline", "40%"),
        ("Milestone 1", "50%"),
        ("Target", "60%"),
        ("Actual 1", "44%"),
        ("Actual 2", "46%"),
    ]
    assert found[0].source == found[3].source[:4] + ", DfE"
    assert found[3].when == "31 January 2026"


def test_a_decline_stands_where_a_gain_would_and_as_plainly():
    assert changes(kept(), [actual(44), actual(41, on=30)]) == [
        "Better than before (31 January 2025)",
        "Worse than before (31 January 2026)",
    ]
    assert changes(kept(better="lower"), [actual(44), actual(41, on=30)]) == [
        "Worse than before (31 January 2025)",
        "Better than before (31 January 2026)",
    ]


def test_a_figure_counted_in_another_way_is_not_comparable_and_says_why():
    found = lines(kept(), [actual(70, not_comparable="Counted from the day of asking.")], TODAY)
    assert found[-1].change == "Not comparable with before (31 January 2025)"
    assert found[-1].reason == "Counted from the day of asking."


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        ("Are you heard?", "Do people listen?", "The question was asked in other words."),
        (
            "",
            "Are you heard?",
            "It is not known whether the question was asked in the same words.",
        ),
        (
            "Are you heard?",
            f"Are you heard?{TWICE}Do people listen?",
            "The words of the question changed in the middle.",
        ),
    ],
)
def test_waves_asked_in_other_words_are_not_comparable(before, after, why):
    found = [wave("2026-spring", 30, asked=before), wave("2026-autumn", 60, on=5, asked=after)]
    last = lines(kept(asking=YES), found, TODAY)[-1]
    assert last.change == "Not comparable with before (spring 2026)"
    assert last.why == why


def test_a_share_of_answers_begins_with_the_first_wave_that_can_be_shown():
    found = [
        wave("2026-autumn", 60, on=200),
        wave("2025-autumn", None),
        wave("2026-spring", 40, on=100),
        wave("2027-spring", 57, on=300),
    ]
    every = lines(kept(asking=YES), found, TODAY)
    assert [(line.part, line.when, line.figure) for line in every] == [
        ("Baseline", "spring 2026", "40%"),
        ("Target", "by 31 March 2030", "60%"),
        ("Actual 1", "autumn 2025", ""),
        ("Actual 2", "autumn 2026", "60%"),
        ("Actual 3", "spring 2027", "57%"),
    ]
    assert every[2].more == ["not shown, so that nobody can be picked out"]
    assert [line.change for line in every[3:]] == [
        "Better than before (spring 2026)",
        "Worse than before (autumn 2026). The difference may be chance.",
    ]
    assert every[3].more == ["100 to 249 people sent answers", "likely between 52% and 68%"]


def test_nothing_found_and_no_target_are_said():
    every = lines(kept(asking=YES, target=None), [], TODAY)
    assert [(line.part, *line.more) for line in every] == [
        ("Baseline", "Not known yet."),
        ("Target", "No target has been set."),
    ]
    assert latest(kept(asking=YES), [], TODAY) is None


@pytest.mark.parametrize(
    ("value", "by", "said"),
    [
        (60, date(2026, 9, 1), "Reached"),
        (59, date(2026, 9, 1), "Missed"),
        (59, date(2027, 9, 1), "Not reached yet"),
        (60, date(2026, 1, 1), "Missed"),  # What is reached after its day was missed.
    ],
)
def test_what_was_planned_is_reached_missed_or_to_come(value, by, said):
    measure = kept(target=Planned(Decimal(60), by))
    assert lines(measure, [actual(value)], TODAY)[1].change == said


def test_a_mended_figure_takes_the_place_of_the_one_before():
    wrong, right = actual(99), actual(44, id=9)
    assert in_order(kept(), [wrong, right]) == [right]
    assert latest(kept(), [wrong, right], TODAY) == lines(kept(), [right], TODAY)[-1]


def test_easy_words_have_the_same_figures():
    plain = lines(kept(), [actual(44)], TODAY)
    easy = lines(kept(), [actual(44)], TODAY, easy=True)
    assert [line.part for line in easy] == [
        "Where we began",
        "Where we want to be",
        "Where we are: 1",
    ]
    assert [line.figure for line in easy] == [line.figure for line in plain]
