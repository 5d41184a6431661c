"""Disclosure control under attack: how many tables, and how many small numbers are found out.

    python benchmarks/small_numbers.py [--tables N]

Random tables of 1 to 8 rows and columns, of several kinds. Whoever attacks has every number that is
shown, knows the rounding and the threshold, and solves the linear programme for the least and the
most that each hidden count can be (scipy, HiGHS). A count is pinned down if these are less than 1
apart; it is found small if the most is under the threshold. Then the time for 10,000 cells.
"""

import argparse
import sys
import time
from pathlib import Path

import numpy as np

from voice.small_numbers.table import Table, protect

sys.path.insert(0, str(Path(__file__).parents[1]))
from tests.small_numbers.test_table import a_table, attack

KINDS = ("few", "many", "uneven", "sparse")


def drawn(chance: np.random.Generator, kind: str, rows: int, columns: int) -> Table:
    """Return a random table of one kind."""
    if kind == "few":
        counts = chance.integers(0, 25, (rows, columns))
    elif kind == "many":
        counts = chance.integers(0, 400, (rows, columns))
    elif kind == "uneven":
        counts = np.floor(chance.lognormal(2.5, 1.3, (rows, columns)))
    else:
        counts = chance.integers(10, 200, (rows, columns)) * (chance.random((rows, columns)) < 0.5)
    table: Table = a_table(counts.astype(int).tolist())
    return table


def main() -> None:
    """Print the tables."""
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    asked.add_argument("--tables", type=int, default=400)
    n = asked.parse_args().tables
    chance = np.random.default_rng(1)
    print("kind | tables | small counts | pinned down | found small | hidden of all cells")
    for kind in KINDS:
        small = pinned = found = hidden = cells = 0
        for _ in range(n // len(KINDS)):
            table = drawn(chance, kind, *chance.integers(1, 9, 2).tolist())
            shown = protect(table)
            cells += len(table.rows) * len(table.columns)
            hidden += sum(cell is None for row in shown.cells for cell in row)
            for r, c, least, most in attack(shown, 10):
                if table.counts[r][c] < 10:
                    small += 1
                    pinned += most - least < 1 - 1e-6
                    found += most < 10 - 1e-6
        print(f"{kind} | {n // len(KINDS)} | {small} | {pinned} | {found} | {hidden / cells:.0%}")
    print("kind | 100 x 100: seconds | small | hidden | totals hidden")
    for kind in KINDS:
        table = drawn(chance, kind, 100, 100)
        started = time.perf_counter()
        shown = protect(table)
        took = time.perf_counter() - started
        small = sum(count < 10 for row in table.counts for count in row)
        hidden = sum(cell is None for row in shown.cells for cell in row)
        totals = [*shown.row_totals, *shown.column_totals, shown.total].count(None)
        print(f"{kind} | {took:.1f} | {small} | {hidden} | {totals}")


if __name__ == "__main__":
    main()
