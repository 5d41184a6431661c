"""How far machine and people agree, in figures."""

import random

import pytest

from voice.review.agreement import ReadComment, agreement, sample_f1


def comment(machine, people):
    return ReadComment("a", "q", frozenset(machine), frozenset(people))


def measured(read):
    made = agreement(read)
    assert made is not None
    return made


@pytest.mark.parametrize(
    ("machine", "people", "f1"),
    [
        ({1}, {1}, 1.0),
        ({1}, {2}, 0.0),
        ({1}, set(), 0.0),
        (set(), {1}, 0.0),
        ({1, 2}, {1}, 2 / 3),
        ({1, 2}, {2, 3}, 0.5),
    ],
)
def test_one_comment_counts_what_both_give_it(machine, people, f1):
    assert sample_f1(machine, people) == pytest.approx(f1)


def test_under_thirty_comments_nothing_is_said():
    assert agreement([comment({1}, {1})] * 29) is None
    assert measured([comment({1}, {1})] * 30).words == "1.00 (1.00 to 1.00)"


def test_the_figures_are_the_same_each_time_whatever_the_order():
    read = [comment({1}, {1})] * 30 + [comment({1}, {2})] * 10 + [comment({1, 2}, {1})] * 5
    one = measured(read)
    random.Random(1).shuffle(read)
    assert measured(read) == one
    assert one.f1 == pytest.approx((30 + 5 * 2 / 3) / 45)
    assert one.low < one.f1 < one.high


def test_the_interval_holds_the_truth_about_as_often_as_it_says():
    dice = random.Random(7)
    held = 0
    for _ in range(200):
        right = [dice.random() < 0.8 for _ in range(100)]
        made = measured([comment({1}, {1} if one else {2}) for one in right])
        held += made.low <= 0.8 <= made.high
    assert 180 <= held <= 199


def test_many_comments_make_it_narrow_and_take_no_longer():
    few = measured([comment({1}, {1})] * 40 + [comment({1}, {2})] * 10)
    many = measured([comment({1}, {1})] * 40_000 + [comment({1}, {2})] * 10_000)
    assert many.f1 == few.f1
    # A binomial of 50,000 with 0.8: 1.96 × sqrt(0.8 × 0.2 / 50,000) to each side.
    assert many.high - many.low == pytest.approx(2 * 0.0035, abs=0.0006)
