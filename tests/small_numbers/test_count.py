"""Numbers for the public: what is shown, and what cannot be worked out from it."""

from collections import defaultdict
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voice.small_numbers.count import (
    NO_SHARE,
    NOT_SHOWN,
    Shown,
    by_voice,
    people,
    possible,
    share,
    share_in_words,
)

VOICES = ("child", "young_person", "parent", "practitioner")
COUNTS = st.lists(st.integers(0, 120), min_size=1, max_size=5).map(
    lambda counts: {f"voice {place}": count for place, count in enumerate(counts)}
)
THRESHOLDS = st.integers(5, 15)


def test_a_small_group_and_an_empty_one_look_the_same():
    assert people(0) == people(9) == Shown("fewer than 10 people", None)


@pytest.mark.parametrize(
    ("count", "number"), [(10, 10), (12, 10), (13, 15), (17, 15), (43, 45), (1_204, 1_205)]
)
def test_a_count_is_shown_to_the_nearest_five(count, number):
    assert people(count).number == number


def test_a_count_is_in_words():
    assert people(1_204).words == "about 1,205 people"


def test_a_rounded_count_never_falls_under_the_threshold():
    assert people(7, threshold=7).number == 10


@pytest.mark.parametrize(("count", "threshold"), [(3, 4), (-1, 10)])
def test_a_threshold_under_five_and_a_count_under_nobody_are_refused(count, threshold):
    with pytest.raises(ValueError, match="under"):
        people(count, threshold=threshold)


@given(st.integers(0, 5_000), THRESHOLDS)
def test_a_shown_count_stands_for_a_span_that_holds_the_true_one(count, threshold):
    number = people(count, threshold=threshold).number
    assert (number is None) == (count < threshold)
    if number is not None:
        low, high = possible(number, threshold=threshold)
        assert low <= count <= high


def test_parts_that_are_all_large_are_all_shown():
    counts = {"child": 31, "parent": 44}
    assert [part.number for part in by_voice(counts).values()] == [30, 45]


def test_one_small_part_takes_the_next_smallest_with_it():
    parts = by_voice({"child": 4, "young_person": 21, "parent": 90})
    assert parts["child"] == parts["young_person"] == Shown(NOT_SHOWN, None)
    assert parts["parent"].number == 90


def test_an_empty_part_is_protected_like_a_small_one():
    small, empty = (by_voice({"child": n, "young_person": 23, "parent": 90}) for n in (4, 0))
    assert small == empty


def test_two_small_parts_that_could_each_be_large_take_nobody_with_them():
    parts = by_voice({"child": 9, "young_person": 9, "parent": 90})
    assert parts["parent"].number == 90


def test_two_small_parts_that_are_small_together_take_a_third_with_them():
    parts = by_voice({"child": 1, "young_person": 2, "parent": 88, "practitioner": 41})
    assert [part.number for part in parts.values()] == [None, None, 90, None]


def test_equal_parts_are_hidden_together():
    parts = by_voice({"child": 8, "young_person": 20, "parent": 20, "practitioner": 90})
    assert [part.number for part in parts.values()] == [None, None, None, 90]


def test_the_order_given_is_kept():
    assert list(by_voice({"b": 1, "a": 100})) == ["b", "a"]


@given(COUNTS, THRESHOLDS)
@settings(max_examples=400)
def test_no_hidden_part_can_be_pinned_from_the_total_and_the_parts(counts, threshold):
    parts = by_voice(counts, threshold=threshold)
    total = people(sum(counts.values()), threshold=threshold).number
    hidden = [voice for voice, part in parts.items() if part.number is None]
    spans = [possible(p.number, threshold=threshold) for p in parts.values() if p.number]

    assert {voice for voice, count in counts.items() if count < threshold} <= set(hidden)
    if total is None:
        assert len(hidden) == len(counts)
    elif hidden:
        most = possible(total, threshold=threshold)[1]
        assert len(hidden) > 1
        assert most - sum(low for low, _ in spans) >= threshold


@pytest.mark.parametrize(("n_voices", "largest"), [(2, 40), (3, 28)])
@pytest.mark.parametrize("threshold", [5, 7])
def test_who_knows_how_we_hide_still_cannot_tell_that_a_hidden_part_is_small(
    n_voices, largest, threshold
):
    """Try every set of counts, and look at all that end in the same words."""
    alike = defaultdict(list)
    for counts in product(range(largest), repeat=n_voices):
        parts = by_voice(dict(zip(VOICES, counts, strict=False)), threshold=threshold)
        total = people(sum(counts), threshold=threshold).number
        alike[total, tuple(part.number for part in parts.values())].append(counts)

    for (total, numbers), possibilities in alike.items():
        if total is None:
            continue
        for place, number in enumerate(numbers):
            most = max(counts[place] for counts in possibilities)
            assert number is not None or most >= threshold, (total, numbers)


def test_a_share_is_of_the_rounded_base():
    assert share(23, 98) == Shown("about 25%", 25)


@pytest.mark.parametrize(("count", "base"), [(12, 19), (9, 500), (0, 500), (19, 20)])
def test_a_share_of_too_few_is_hidden(count, base):
    assert share(count, base) == Shown(NO_SHARE, None)


def test_a_large_group_may_be_all_or_next_to_nothing():
    assert share(40, 40) == Shown("all or nearly all", 100)
    assert share(20, 9_000) == Shown("under 1%", 0)


@given(st.integers(0, 300), st.integers(0, 300), THRESHOLDS)
def test_a_share_tells_no_more_than_the_two_rounded_counts(count, more, threshold):
    base = count + more
    seen = share(count, base, threshold=threshold)
    if seen.number is not None:
        part, whole = people(count, threshold=threshold), people(base, threshold=threshold)
        assert base >= 20
        assert seen.number == int(100 * (part.number or 0) / (whole.number or 1) + 0.5)
        assert 0 < seen.number < 100 or count >= 20


@pytest.mark.parametrize(
    ("count", "base", "words"),
    [
        (10, 400, "fewer than 1 in 10"),
        (40, 400, "about 1 in 10"),
        (100, 400, "about 1 in 4"),
        (200, 400, "about half"),
        (270, 400, "about 2 in 3"),
        (398, 400, "nearly everyone"),
        (3, 400, NO_SHARE),
    ],
)
def test_a_share_is_said_as_a_child_would_say_it(count, base, words):
    assert share_in_words(count, base) == words
