"""Who reads every page of a report, adds and subtracts, finds out no small number."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from tests.small_numbers.test_table import bounds
from voice.report.safe import Crossed, Rules, beside, by_row, crossed, in_row, within
from voice.small_numbers.count import by_voice

ROWS, WAVES = ("child", "young_person", "parent", "practitioner"), ("spring", "autumn", "winter")
counts = st.one_of(st.integers(0, 12), st.integers(0, 60), st.sampled_from([0, 9, 10, 11, 300]))


def counted(numbers, rows=ROWS, waves=WAVES):
    return {
        (row, wave): n
        for row, line in zip(rows, numbers, strict=True)
        for wave, n in zip(waves, line, strict=True)
    }


@st.composite
def people_counted(draw):
    waves = WAVES[: draw(st.integers(1, 3))]
    numbers = [[draw(counts) for _ in waves] for _ in ROWS]
    return counted(numbers, waves=waves), Rules(waves, draw(st.sampled_from([5, 10, 12])))


def groups(made: Crossed, found, rules):
    """Yield each number of all pages: whom it counts, how many they are, and what is shown."""
    keys = list(found)
    yield [True] * len(keys), made.total
    for row, one in made.rows.items():
        yield [key[0] == row for key in keys], one
    for wave, one in made.waves.items():
        yield [key[1] == wave for key in keys], one
        for row, cell in made.cells[wave].items():
            yield [key == (row, wave) for key in keys], cell


def most_of(members, made, found, rules) -> float:
    """The most that a group can hold for all that the pages show: a linear programme."""
    sums, limits = [], []
    for others, shown in groups(made, found, rules):
        low, high = bounds(shown.number, rules.threshold)
        if shown.number is not None:
            sums += [np.array(others, float), -np.array(others, float)]
            limits += [high, -low]
    aim = -np.array(members, float)
    solved = linprog(aim, sums or None, limits or None, method="highs")
    return float("inf") if solved.status == 3 else -solved.fun


@settings(max_examples=120, deadline=None)
@given(people_counted())
def test_every_small_group_could_be_large_for_who_has_read_every_page(drawn):
    found, rules = drawn
    made = crossed(found, ROWS, rules)
    for members, shown in groups(made, found, rules):
        n = sum(count for count, inside in zip(found.values(), members, strict=True) if inside)
        if n >= rules.threshold:
            assert shown.number is None or abs(shown.number - n) <= 4
            continue
        assert shown.number is None, "a small number is shown"
        if sum(members) < len(members) and sum(found.values()) >= rules.threshold:
            assert most_of(members, made, found, rules) >= rules.threshold - 1e-6


@settings(max_examples=60, deadline=None)
@given(people_counted())
def test_voices_of_all_waves_are_what_the_public_page_of_a_reply_shows(drawn):
    """Else one could be taken from the other."""
    found, rules = drawn
    voices = {row: sum(found[row, wave] for wave in rules.waves) for row in ROWS}
    shown = by_voice(voices, threshold=rules.threshold)
    assert crossed(found, ROWS, rules).rows == shown


def test_large_numbers_are_shown_in_every_wave_and_in_all():
    found = counted([[20, 31], [44, 12], [60, 60], [25, 25]], waves=WAVES[:2])
    made = crossed(found, ROWS, Rules(WAVES[:2], 10))
    assert [one.number for one in made.parts("").values()] == [50, 55, 120, 50]
    assert [one.number for one in made.parts("autumn").values()] == [30, 10, 60, 25]
    assert (made.people("").number, made.people("spring").number) == (275, 150)
    assert made.whole_in_every_wave("child")


def test_a_small_wave_takes_the_cells_of_all_waves_with_it():
    found = counted([[20, 1], [44, 2], [60, 0], [25, 4]], waves=WAVES[:2])
    made = crossed(found, ROWS, Rules(WAVES[:2], 10))
    assert made.waves["autumn"].number is None
    assert made.waves["spring"].number is None, "all less spring would be autumn"
    assert {cell.number for wave in made.cells.values() for cell in wave.values()} == {None}
    assert made.rows["parent"].number == 60


def test_cells_that_would_take_back_a_total_are_not_shown_beside_it():
    """The totals stand on other pages; with some cells beside them, nine children could be told."""
    found = counted([[9, 9, 0], [26, 11, 20], [9, 9, 38]], rows=ROWS[:3])
    made = crossed(found, ROWS[:3], Rules(WAVES, 10))
    assert [one.number for one in made.rows.values()] == [20, 55, 55]
    assert [one.number for one in made.waves.values()] == [45, 30, 60]
    assert {cell.number for wave in made.cells.values() for cell in wave.values()} == {None}


def test_where_one_wave_is_hidden_another_table_of_the_same_people_cannot_tell_it():
    found = counted([[40, 40, 1], [60, 60, 2], [60, 60, 0], [80, 80, 4]])
    made = crossed(found, ROWS, Rules(WAVES, 10))
    assert None in {one.number for one in made.waves.values()}
    assert {cell.number for wave in made.cells.values() for cell in wave.values()} == {None}


def test_parts_of_a_row_are_shown_only_where_the_row_is():
    outer = crossed({("child", ""): 5, ("parent", ""): 50}, ("child", "parent"), Rules([""], 10))
    inner = crossed({("alone", ""): 5}, ("alone", "helped"), Rules([""], 10))
    assert within(outer, "child", inner) is None


def test_parts_tell_of_no_wave_in_which_their_row_is_hidden():
    found = {("child", "a"): 9, ("child", "b"): 41, ("parent", "a"): 60, ("parent", "b"): 60}
    rules = Rules(("a", "b"), 10)
    outer = crossed(found, ("child", "parent"), rules)
    helped = {("alone", "a"): 0, ("alone", "b"): 20, ("helped", "a"): 9, ("helped", "b"): 21}
    inner = within(outer, "child", crossed(helped, ("alone", "helped"), rules))
    assert outer.rows["child"].number == 50
    assert not outer.whole_in_every_wave("child")
    assert inner is not None
    assert [one.number for one in inner.rows.values()] == [20, 30]
    assert {one.number for one in inner.waves.values()} == {None}
    assert {cell.number for wave in inner.cells.values() for cell in wave.values()} == {None}


def test_nobody_learns_how_few_did_not_say_it():
    rules = Rules(("a",), 10)
    base = {("child", "a"): 40, ("parent", "a"): 200}
    some = {("child", "a"): 20, ("parent", "a"): 20}
    most = {("child", "a"): 35, ("parent", "a"): 20}
    nearly_all = {("child", "a"): 39, ("parent", "a"): 196}

    def told(these):
        return beside(base, these, crossed(these, ("child", "parent"), rules), rules)

    assert [one.number for one in told(some).rows.values()] == [20, 20]
    assert told(most).total.number == 55
    assert {one.number for one in told(most).rows.values()} == {None}
    assert told(nearly_all).total.number is None


def test_counts_of_rows_and_of_their_parts_come_from_the_same_people():
    three = {("child", "alone", "a"): 3, ("child", "helped", "a"): 4, ("parent", "alone", "a"): 5}
    assert by_row(three) == {("child", "a"): 7, ("parent", "a"): 5}
    assert in_row(three, "child") == {("alone", "a"): 3, ("helped", "a"): 4}
