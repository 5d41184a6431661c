"""What a report may show of its counts, so that no page of it tells what another one hides.

People are counted in two groupings at most: in some rows (say voices) and in waves. Whichever page
somebody reads, of one wave or of all, its numbers come from one `Crossed`, so that taking the
pages from each other tells nothing that is not on them. Parts of a row (say who helped) are
shown only where the row itself is: then they tell nothing about other rows.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Self, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from voice.languages.say import say
from voice.small_numbers.count import NOT_SHOWN, Shown, by_voice, people, rounded
from voice.small_numbers.table import ALL, Arc, Table, protect

Counts: TypeAlias = Mapping[tuple[str, str], int]
"""How many people by (row, wave); what is not there is 0."""


class Rules(Struct, frozen=True):
    """The waves of a question in order, and under how many people nothing is shown."""

    waves: Sequence[str]
    threshold: int


class Crossed(Struct, frozen=True):
    """Counts as a report may show them: of all waves together, and `cells` as {wave: {row: …}}."""

    total: Shown
    rows: Mapping[str, Shown]
    waves: Mapping[str, Shown]
    cells: Mapping[str, Mapping[str, Shown]]

    def people(self, wave: str) -> Shown:
        """Return how many there are in a wave, or in all ("")."""
        return self.waves[wave] if wave else self.total

    def parts(self, wave: str) -> Mapping[str, Shown]:
        """Return how many there are in each row, in a wave or in all ("")."""
        return self.cells[wave] if wave else self.rows

    def whole_in_every_wave(self, row: str) -> bool:
        """Tell whether a row is shown in each wave."""
        return all(cells[row].number is not None for cells in self.cells.values())

    def without_waves(self) -> Self:
        """Return the same with nothing told of single waves."""
        nothing = {wave: dict.fromkeys(self.rows, hidden()) for wave in self.cells}
        return replace(self, waves=dict.fromkeys(self.waves, hidden()), cells=nothing)

    def only_total(self) -> Self:
        """Return the same with nothing told but how many there are."""
        return replace(self.without_waves(), rows=dict.fromkeys(self.rows, hidden()))

    def nothing(self) -> Self:
        """Return the same with nothing told."""
        return replace(self.only_total(), total=hidden())


def hidden() -> Shown:
    """Return a number that is not shown."""
    return Shown(say(NOT_SHOWN), None)


def crossed(counts: Counts, rows: Sequence[str], rules: Rules) -> Crossed:
    """Return what may be shown of counts of people by row and wave.

    Rows and waves are each parts of the whole. The cells are shown only where all waves are, and
    where `protect` finds that cells can be hidden without taking back a total.
    """
    threshold, waves = rules.threshold, list(rules.waves)
    by_row = {row: sum(counts.get((row, wave), 0) for wave in waves) for row in rows}
    by_wave = {wave: sum(counts.get((row, wave), 0) for row in rows) for wave in waves}
    total = people(sum(by_row.values()), threshold=threshold)
    of_rows = by_voice(by_row, threshold=threshold)
    if len(waves) == 1:
        return Crossed(total, of_rows, {waves[0]: total}, {waves[0]: of_rows})
    of_waves = by_voice(by_wave, threshold=threshold)
    cells: Mapping[str, Mapping[str, Shown]] = {
        wave: dict.fromkeys(rows, hidden()) for wave in waves
    }
    if total.number is not None and all(one.number is not None for one in of_waves.values()):
        cells = _cells(counts, of_rows, waves, threshold) or cells
    return Crossed(total, of_rows, of_waves, cells)


def _cells(
    counts: Counts, of_rows: Mapping[str, Shown], waves: Sequence[str], threshold: int
) -> dict[str, dict[str, Shown]] | None:
    """Return the cells that may stand beside the totals as they are shown; None where none may."""
    rows = list(of_rows)
    matrix = tuple(tuple(counts.get((row, wave), 0) for wave in waves) for row in rows)
    table = Table(tuple(rows), tuple(waves), matrix)
    unseen: frozenset[Arc] = frozenset(
        (place, ALL) for place, row in enumerate(rows) if of_rows[row].number is None
    )
    safe = protect(table, threshold=threshold, hidden=unseen)
    taken_back = any(
        number is None and (place, ALL) not in unseen
        for place, number in enumerate(safe.row_totals)
    )
    if taken_back or safe.total is None or None in safe.column_totals:
        return None
    return {
        wave: {
            row: hidden()
            if (number := safe.cells[r][c]) is None
            else people(number, threshold=threshold)
            for r, row in enumerate(rows)
        }
        for c, wave in enumerate(waves)
    }


def within(outer: Crossed, row: str, inner: Crossed) -> Crossed | None:
    """Return what may be shown of the parts of one row of `outer`; None where it is not shown.

    `inner` counts the same people as the row. Its waves are left out where the row is hidden in
    any of them.
    """
    if outer.rows[row].number is None:
        return None
    return inner if outer.whole_in_every_wave(row) else inner.without_waves()


def beside(base: Counts, counts: Counts, made: Crossed, rules: Rules) -> Crossed:
    """Return what may stand on a page that shows the base too.

    Who takes the one from the other learns how many of a group are *not* counted. Where these are
    fewer than the threshold, only the total is told; where they are so in the total, nothing.
    """
    n, of = sum(counts.values()), sum(base.values())
    if _leaves_few(n, of, rules.threshold):
        return made.nothing()
    groups = _groups(counts)
    every = _groups(base)
    if any(_leaves_few(groups[key], every.get(key, 0), rules.threshold) for key in groups):
        return made.only_total()
    return made


def _leaves_few(n: int, of: int, threshold: int) -> bool:
    return rounded(n, threshold) is not None and of - n < threshold


def _groups(counts: Counts) -> dict[tuple[str, str], int]:
    """Return every cell, row ("row", "") and wave ("", "wave") with its number of people."""
    found: dict[tuple[str, str], int] = {}
    for (row, wave), n in counts.items():
        for key in ((row, wave), (row, ""), ("", wave)):
            found[key] = found.get(key, 0) + n
    return found


def in_row(counts: Mapping[tuple[str, str, str], int], row: str) -> dict[tuple[str, str], int]:
    """Return the counts of one row by (part, wave), of counts by (row, part, wave)."""
    return _added(((part, wave), n) for (of, part, wave), n in counts.items() if of == row)


def by_row(counts: Mapping[tuple[str, str, str], int]) -> dict[tuple[str, str], int]:
    """Return the counts by (row, wave), of counts by (row, part, wave)."""
    return _added(((row, wave), n) for (row, _, wave), n in counts.items())


def _added(items: Iterable[tuple[tuple[str, str], int]]) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = {}
    for key, n in items:
        found[key] = found.get(key, 0) + n
    return found
