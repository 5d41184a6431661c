"""Shares, their intervals, and what counts as a change."""

from decimal import Decimal

import pytest
from hypothesis import given as whatever
from hypothesis import strategies as st
from scipy.stats import binomtest

from voice.measures.figures import (
    HIDDEN,
    Better,
    Change,
    Figure,
    change,
    is_clear,
    reaches,
    read_share,
    wilson,
)
from voice.small_numbers.count import rounded

OTHER: dict[Better, Better] = {"higher": "lower", "lower": "higher"}
TURNED: dict[Change, Change] = {
    "better": "worse",
    "worse": "better",
    "maybe_better": "maybe_worse",
    "maybe_worse": "maybe_better",
    "same": "same",
}


@st.composite
def figures(draw):
    base = draw(st.integers(20, 400))
    chosen = draw(st.integers(10, base - 10))
    reading = read_share(chosen, base, base, threshold=10)
    return Figure(Decimal(reading.percent or 0), reading.low, reading.high)


@whatever(st.integers(1, 2000), st.data())
def test_the_interval_is_wilsons(base, data):
    chosen = data.draw(st.integers(0, base))
    theirs = binomtest(chosen, base).proportion_ci(method="wilson")
    assert wilson(chosen, base) == pytest.approx((theirs.low, theirs.high), abs=1e-9)


@whatever(st.integers(0, 3000), st.data(), st.sampled_from([5, 10, 15]))
def test_nothing_is_shown_of_few_people_nor_of_few_others(base, data, threshold):
    chosen = data.draw(st.integers(0, base))
    reading = read_share(chosen, base, base + 3, threshold=threshold)
    if chosen < threshold or base - chosen < threshold or base < 20:
        assert reading == HIDDEN
    if reading.percent is not None:
        low, high, people = reading.low, reading.high, reading.people
        assert low is not None
        assert high is not None
        assert people is not None
        assert 0 <= low <= reading.percent <= high <= 100
        assert people == base + 3, "kept, and never shown but as a band"


@whatever(st.integers(20, 400), st.data())
def test_a_reading_never_tells_that_few_left_the_question_out(base, data):
    """For whoever knows how many sent answers, about, it could be of all of them."""
    chosen = data.draw(st.integers(10, max(10, base - 10)))
    sent = base + data.draw(st.integers(0, 9))
    reading = read_share(chosen, base, sent, threshold=10)
    if reading == HIDDEN:
        return
    about = rounded(sent, 10)
    alike = (
        read_share(k, n, n, threshold=10)
        for n in range((about or sent) - 2, (about or sent) + 3)
        for k in range(10, n)
        if n // 25 == sent // 25 or n < 25
    )
    assert any(one.percent == reading.percent for one in alike)


@pytest.mark.parametrize(
    ("chosen", "base", "sent", "shown"),
    [
        (50, 100, 103, (50, 40, 60, 103)),
        (31, 100, 120, (31, 22, 41, 120)),
        (9, 100, 100, (None, None, None, None)),
        (95, 100, 100, (None, None, None, None)),
        (0, 100, 100, (None, None, None, None)),
        (10, 19, 30, (None, None, None, None)),
        (10, 20, 20, (50, 29, 71, 20)),
        (12, 28, 30, (45, 27, 64, 30)),
    ],
)
def test_these_shares_are_shown_so(chosen, base, sent, shown):
    reading = read_share(chosen, base, sent, threshold=10)
    assert (reading.percent, reading.low, reading.high, reading.people) == shown


@whatever(figures(), figures(), st.sampled_from(["higher", "lower"]))
def test_a_decline_is_told_just_as_a_gain_is(before, after, better):
    assert change(before, after, OTHER[better]) == TURNED[change(before, after, better)]
    assert change(after, before, better) == TURNED[change(before, after, better)]


@pytest.mark.parametrize(
    ("before", "after", "better", "found"),
    [
        (Figure(Decimal(40), 35, 45), Figure(Decimal(60), 55, 65), "higher", "better"),
        (Figure(Decimal(60), 55, 65), Figure(Decimal(40), 35, 45), "higher", "worse"),
        (Figure(Decimal(40), 30, 50), Figure(Decimal(45), 35, 55), "higher", "maybe_better"),
        (Figure(Decimal(45), 35, 55), Figure(Decimal(40), 30, 50), "higher", "maybe_worse"),
        (Figure(Decimal(40), 30, 50), Figure(Decimal(40), 35, 45), "lower", "same"),
        (Figure(Decimal("20.5")), Figure(Decimal("18")), "lower", "better"),
        (Figure(Decimal("18")), Figure(Decimal("20.5")), "lower", "worse"),
    ],
)
def test_a_change_is_told_in_one_of_five_ways(before, after, better, found):
    assert change(before, after, better) == found


@whatever(figures(), figures())
def test_intervals_that_do_not_meet_are_a_clear_difference(before, after):
    if before.high < after.low or after.high < before.low:
        assert is_clear(before, after)


@pytest.mark.parametrize(
    ("value", "planned", "better", "found"),
    [(60, 60, "higher", True), (59, 60, "higher", False), (12, 12, "lower", True)],
)
def test_what_was_planned_is_reached_or_not(value, planned, better, found):
    assert reaches(Decimal(value), Decimal(planned), better) == found
