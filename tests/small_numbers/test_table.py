"""Tables under attack: who adds and subtracts finds out no small number."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from voice.small_numbers.table import ShownTable, Table, protect, protect_linked

counts = st.one_of(st.integers(0, 12), st.integers(0, 60), st.sampled_from([0, 9, 10, 11, 300]))


sizes = st.integers(1, 5)


@st.composite
def tables(draw, n_rows=sizes, n_columns=sizes):
    rows, columns = draw(n_rows), draw(n_columns)
    cells = [[draw(counts) for _ in range(columns)] for _ in range(rows)]
    return a_table(cells)


def a_table(cells: list[list[int]]) -> Table:
    return Table(
        tuple(f"r{n}" for n in range(len(cells))),
        tuple(f"c{n}" for n in range(len(cells[0]))),
        tuple(tuple(row) for row in cells),
    )


def bounds(number, threshold):
    """What a shown number can stand for; None for one that is hidden: anything."""
    if number is None:
        return 0, None
    return max(threshold, number - 2) if number <= threshold + 4 else number - 2, number + 2


def attack(shown: ShownTable, threshold: int, *, exact: Table | None = None):
    """Yield row, column, least and most of each hidden cell: a linear programme each way.

    With `exact`, whoever attacks knows every shown number exactly, not only rounded.
    """
    n_rows, n_columns = len(shown.rows), len(shown.columns)

    def limits(number, true):
        return (true, true) if exact and number is not None else bounds(number, threshold)

    true = np.array(exact.counts if exact else np.zeros((n_rows, n_columns)))
    cells = [limits(shown.cells[r][c], true[r, c]) for r in range(n_rows) for c in range(n_columns)]
    sums, limit = [], []

    def total(number, members, really):
        low, high = limits(number, really)
        row = np.zeros(n_rows * n_columns)
        row[members] = 1
        sums.append(-row)
        limit.append(-low)
        if high is not None:
            sums.append(row)
            limit.append(high)

    grid = np.arange(n_rows * n_columns).reshape(n_rows, n_columns)
    for r in range(n_rows):
        total(shown.row_totals[r], grid[r], true[r].sum())
    for c in range(n_columns):
        total(shown.column_totals[c], grid[:, c], true[:, c].sum())
    total(shown.total, grid.ravel(), true.sum())
    for place, (r, c) in enumerate(np.ndindex(n_rows, n_columns)):
        if shown.cells[r][c] is None:
            aim = np.zeros(n_rows * n_columns)
            aim[place] = 1
            least = linprog(aim, sums, limit, bounds=cells, method="highs")
            most = linprog(-aim, sums, limit, bounds=cells, method="highs")
            high = np.inf if most.status == 3 else -most.fun
            yield r, c, least.fun, high


@settings(max_examples=150, deadline=None)
@given(tables(), st.sampled_from([5, 10, 12]))
def test_every_small_cell_could_be_large_for_who_solves_all_that_is_shown(table, threshold):
    shown = protect(table, threshold=threshold)
    for r, c, least, most in attack(shown, threshold):
        if table.counts[r][c] < threshold:
            assert most >= threshold - 1e-6, (r, c)
            assert most - least > 0.5, (r, c)


@settings(max_examples=100, deadline=None)
@given(tables())
def test_even_who_knows_each_shown_number_exactly_finds_none(table):
    shown = protect(table)
    for r, c, _, most in attack(shown, 10, exact=table):
        if table.counts[r][c] < 10:
            assert most >= 10 - 1e-6, (r, c)


@settings(max_examples=100, deadline=None)
@given(tables())
def test_nothing_small_is_shown_and_what_is_shown_is_right_to_the_nearest_five(table):
    shown = protect(table)
    for row, cells, total in zip(table.counts, shown.cells, shown.row_totals, strict=True):
        for count, cell in zip([*row, sum(row)], [*cells, total], strict=True):
            if count < 10:
                assert cell is None
            if cell is not None:
                assert cell % 5 == 0
                assert abs(cell - count) <= 2


@settings(max_examples=60, deadline=None)
@given(tables(n_columns=st.just(3)), st.integers(1, 4), st.randoms())
def test_tables_of_the_same_people_hide_the_same_totals(table, n_other, chance):
    """The same people in other rows: by district in place of by voice, or by wave."""
    other = [[0, 0, 0] for _ in range(n_other)]
    for row in table.counts:
        for column, count in enumerate(row):
            for _ in range(count):
                other[chance.randrange(n_other)][column] += 1
    first, second = protect_linked([table, a_table(other)])
    assert first.column_totals == second.column_totals
    assert first.total == second.total
    for one, true in ((first, table), (second, a_table(other))):
        for r, c, _, most in attack(one, 10):
            if true.counts[r][c] < 10:
                assert most >= 10 - 1e-6


def test_a_table_without_small_numbers_is_shown_whole():
    shown = protect(a_table([[20, 31], [44, 12]]))
    assert shown.cells == ((20, 30), (45, 10))
    assert (shown.row_totals, shown.column_totals, shown.total) == ((50, 55), (65, 45), 105)


def test_one_small_cell_hides_three_more_and_no_total():
    shown = protect(a_table([[3, 50, 60], [40, 50, 60], [70, 80, 90]]))
    assert sum(cell is None for row in shown.cells for cell in row) == 4
    assert None not in (*shown.row_totals, *shown.column_totals, shown.total)


def test_small_and_empty_look_the_same():
    assert (
        protect(a_table([[3, 50], [60, 70]])).cells == protect(a_table([[0, 50], [60, 70]])).cells
    )


@pytest.mark.parametrize(
    ("cells", "threshold", "why"),
    [
        ([[1, 2], [3]], 10, "one count for each column"),
        ([[1, -2]], 10, "under 0"),
        ([[1, 2]], 4, "under 5"),
    ],
)
def test_what_is_no_table_is_refused(cells, threshold, why):
    table = Table(("a",) * len(cells), ("x", "y"), tuple(tuple(row) for row in cells))
    with pytest.raises(ValueError, match=why):
        protect(table, threshold=threshold)


def test_tables_of_other_people_are_not_linked():
    with pytest.raises(ValueError, match="same people"):
        protect_linked([a_table([[20, 30]]), a_table([[20, 31]])])
