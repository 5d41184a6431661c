"""What a measure and a figure must say before they are kept."""

from datetime import date
from decimal import Decimal

import pytest

from voice.measures.measure import (
    Asking,
    Found,
    Measure,
    Planned,
    parse_number,
    read_found,
    read_measure,
    with_unit,
)

TODAY = date(2026, 10, 2)
AREA = "every-area/heard"
YES = Asking("support-parents-carers", "listened", ("yes",))
TYPED = {
    "area": AREA,
    "name": "Plans finished within 20 weeks",
    "easy_name": "Plans that are ready in time.",
    "better": "higher",
    "unit": "%",
    "source": "SEN2, Department for Education",
    "baseline": "40",
    "baseline_on": "31 January 2025",
    "target": "60",
    "target_on": "2028-03-31",
    "milestone_1": "55",
    "milestone_1_on": "2027-09-30",
    "milestone_2": "50.5",
    "milestone_2_on": "2027-03-31",
    "publish": "yes",
}
FIGURE = {"value": "44.5%", "on_day": "31 January 2026", "source": "SEN2, 2026"}


def problems(asking=None, **typed):
    found = read_measure(TYPED | typed, TODAY, asking=asking, areas=[AREA])
    return {} if isinstance(found, Measure) else found


def wrong_figure(**typed):
    found = read_found(FIGURE | typed, TODAY)
    return {} if isinstance(found, Found) else found


def test_a_whole_form_is_a_measure_with_its_milestones_by_day():
    found = read_measure(TYPED, TODAY, asking=None, areas=[AREA], pledges=[3, 1, 3])
    assert isinstance(found, Measure)
    assert found.baseline == Planned(Decimal(40), date(2025, 1, 31))
    assert [step.value for step in found.milestones] == [Decimal("50.5"), Decimal(55)]
    assert found.pledges == (1, 3)
    assert found.published


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        ({"area": "every-area/nope"}, ["area"]),
        ({"name": " "}, ["name"]),
        ({"easy_name": ""}, ["easy_name"]),
        ({"easy_name": "One two three four five six seven eight nine ten " * 2}, ["easy_name"]),
        ({"better": "sideways"}, ["better"]),
        ({"source": ""}, ["source"]),
        ({"baseline_on": ""}, ["baseline_on"]),
        ({"baseline": ""}, ["baseline"]),
        ({"baseline": "", "baseline_on": ""}, []),
        ({"baseline_on": "2027-01-01"}, ["baseline_on"]),
        ({"target": "many"}, ["target"]),
        ({"target_on": "some day"}, ["target_on"]),
        ({"target": "", "target_on": ""}, []),
        ({"milestone_1": "x", "milestone_2_on": "2999-01-01"}, ["milestone_1", "milestone_2_on"]),
        ({"unit": "x" * 31}, ["unit"]),
    ],
)
def test_what_is_wrong_is_said_at_its_field(typed, fields):
    assert list(problems(**typed)) == fields


def test_an_empty_form_has_problems_and_does_not_fall_over():
    found = read_measure({}, TODAY, asking=None, areas=[AREA])
    assert not isinstance(found, Measure)
    assert set(found) == {"area", "name", "easy_name", "better", "source"}


def test_a_share_of_answers_is_in_percent_and_has_no_source_nor_baseline_of_its_own():
    found = read_measure(TYPED, TODAY, asking=YES, areas=[AREA])
    assert isinstance(found, Measure)
    assert (found.unit, found.source, found.baseline) == ("", "", None)
    assert list(problems(YES, target="101")) == ["target"]


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        ({}, []),
        ({"value": "-3"}, ["value"]),
        ({"value": "1,5"}, ["value"]),
        ({"value": "٣"}, ["value"]),
        ({"on_day": "2026-10-03"}, ["on_day"]),
        ({"on_day": ""}, ["on_day"]),
        ({"source": " "}, ["source"]),
        ({"note": "x" * 301}, ["note"]),
    ],
)
def test_a_figure_has_a_number_a_day_that_has_come_and_a_source(typed, fields):
    assert list(wrong_figure(**typed)) == fields


@pytest.mark.parametrize(
    ("value", "unit", "read"),
    [("52.50", "%", "52.5%"), ("20", "weeks", "20 weeks"), ("100", "", "100"), ("0", "%", "0%")],
)
def test_a_figure_is_read_with_its_unit(value, unit, read):
    number = parse_number(value)
    assert number is not None
    assert with_unit(number, unit) == read
