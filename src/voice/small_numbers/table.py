"""Tables with totals: hiding small cells, and as many others as it takes to keep them hidden.

Who reads a table can add and subtract. The counts of a table and its totals form a network: each
cell is an arc from its row to its column, each total an arc from or to a node for everybody.
Whatever may be true of hidden counts, given what is shown, differs from the truth by flows round
circles of hidden arcs (Cox 1995; the constraints of a table are those of a network). So a hidden
count could be d larger if d more could flow from its end back to its beginning through other
hidden arcs; an arc against its direction lets no more through than it holds. We hide more counts,
the cheapest circle first, until each small count could be as large as the threshold, for all that
the table shows.

That shown numbers are rounded only adds to what may be true, so we do without it.
"""

import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from msgspec import Struct

from voice.small_numbers.count import LOWEST_THRESHOLD, THRESHOLD, rounded

Arc: TypeAlias = tuple[int, int]
"""Row and column of a count; `ALL` in place of either for a total."""
ALL = -1


class Table(Struct, frozen=True):
    """Counts of people in two groupings; each person is in one cell.

    rows, columns: what the groups are called. counts: one row of counts for each of `rows`.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]


class ShownTable(Struct, frozen=True):
    """A table as the public may see it; None is hidden: small, empty, or hiding one that is.

    Numbers are to the nearest 5, totals of the true counts, so rows need not add up.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[int | None, ...], ...]
    row_totals: tuple[int | None, ...]
    column_totals: tuple[int | None, ...]
    total: int | None


def protect(
    table: Table, *, threshold: int = THRESHOLD, hidden: frozenset[Arc] = frozenset()
) -> ShownTable:
    """Return what may be shown of a table and its totals.

    Every count below the threshold is hidden, 0 among them; and for all that is shown, and all
    that adding and subtracting tells, it could be the threshold or more.

    Args:
        table: the counts.
        threshold: from 5.
        hidden: counts and totals to hide whatever they are, say because another table hides them.

    Raises:
        ValueError: the rows are not all as long as there are columns, a count is under 0, or the
            threshold is under 5.
    """
    network = _Network(table, threshold)
    network.hide(hidden)
    for arc in network.small():
        network.keep_hidden(arc)
    return _shown(table, network, threshold)


def protect_linked(tables: Sequence[Table], *, threshold: int = THRESHOLD) -> list[ShownTable]:
    """Return what may be shown of several tables of the same people with the same columns.

    Say answers by voice, answers by district, answers by wave. They tell of each other by their
    column totals and their total only; a total that one table hides, all hide.

    Raises:
        ValueError: as `protect`; or the columns or their totals are not the same.
    """
    first = tables[0]
    for other in tables:
        _must_be_of_the_same(first, other)
    hidden: frozenset[Arc] = frozenset()
    while True:
        shown = [protect(one, threshold=threshold, hidden=hidden) for one in tables]
        now = hidden | {arc for one in shown for arc in _hidden_totals(one)}
        if now == hidden:
            return shown
        hidden = frozenset(now)


def _must_be_of_the_same(first: Table, other: Table) -> None:
    if other.columns != first.columns:
        apart = sorted(set(other.columns) ^ set(first.columns))
        which = f"“{apart[0]}” is in one only" if apart else "they are in another order"
        raise ValueError(f"the tables need the same columns, and {which}")
    sums = zip(first.columns, _column_sums(first), _column_sums(other), strict=True)
    for column, here, there in sums:
        if here != there:
            raise ValueError(
                "the tables are not of the same people: "
                f"“{column}” adds up to {here} in one and to {there} in the other"
            )


def _column_sums(table: Table) -> list[int]:
    return [sum(row[place] for row in table.counts) for place in range(len(table.columns))]


def _hidden_totals(shown: ShownTable) -> Iterator[Arc]:
    for place, total in enumerate(shown.column_totals):
        if total is None:
            yield (ALL, place)
    if shown.total is None:
        yield (ALL, ALL)


class _Network:
    """The counts of a table as arcs between nodes, and which of them are hidden.

    Nodes are ("row", n), ("column", n) and the two ends of the grand total, written as numbers:
    rows first, then columns, then everybody before the rows, then everybody after the columns.
    """

    def __init__(self, table: Table, threshold: int) -> None:
        n_rows, n_columns = len(table.rows), len(table.columns)
        if threshold < LOWEST_THRESHOLD:
            raise ValueError(f"the threshold {threshold} is under {LOWEST_THRESHOLD}")
        if len(table.counts) != n_rows or any(len(row) != n_columns for row in table.counts):
            raise ValueError("each row needs one count for each column")
        if any(count < 0 for row in table.counts for count in row):
            raise ValueError("a count is under 0")
        self._threshold = threshold
        self._n_rows, self._n_columns = n_rows, n_columns
        self._counts: dict[Arc, int] = {
            (r, c): count for r, row in enumerate(table.counts) for c, count in enumerate(row)
        }
        row_sums = [sum(row) for row in table.counts]
        self._counts |= {(r, ALL): total for r, total in enumerate(row_sums)}
        self._counts |= {(ALL, c): total for c, total in enumerate(_column_sums(table))}
        self._counts[ALL, ALL] = sum(row_sums)
        self._hidden: set[Arc] = set()
        self._hidden_next: dict[int, list[tuple[int, Arc, bool]]] = {}
        self._next: dict[int, list[tuple[int, Arc, bool]]] = {}
        for arc in self._counts:
            start, end = self._ends(arc)
            self._next.setdefault(start, []).append((end, arc, True))
            self._next.setdefault(end, []).append((start, arc, False))
        self._add_hidden(arc for arc, count in self._counts.items() if count < threshold)

    def _ends(self, arc: Arc) -> tuple[int, int]:
        row, column = arc
        before, after = self._n_rows + self._n_columns, self._n_rows + self._n_columns + 1
        if row == ALL and column == ALL:
            return after, before
        if column == ALL:
            return before, row
        if row == ALL:
            return self._n_rows + column, after
        return row, self._n_rows + column

    def hide(self, arcs: frozenset[Arc]) -> None:
        self._add_hidden(arcs & set(self._counts))

    def is_hidden(self, arc: Arc) -> bool:
        return arc in self._hidden

    def small(self) -> list[Arc]:
        """Return the counts that must not be worked out, the largest first: they need least."""
        found = [arc for arc, count in self._counts.items() if count < self._threshold]
        return sorted(found, key=lambda arc: (-self._counts[arc], arc))

    def keep_hidden(self, arc: Arc) -> None:
        """Hide the cheapest circle that lets this count be as large as the threshold."""
        more = self._threshold - self._counts[arc]
        start, end = self._ends(arc)
        if not self._is_free(end, start, arc, more):
            self._add_hidden(self._cheapest(end, start, arc, more))

    def _add_hidden(self, arcs: Iterable[Arc]) -> None:
        for arc in set(arcs) - self._hidden:
            self._hidden.add(arc)
            start, end = self._ends(arc)
            self._hidden_next.setdefault(start, []).append((end, arc, True))
            self._hidden_next.setdefault(end, []).append((start, arc, False))

    def _is_free(self, start: int, end: int, without: Arc, more: int) -> bool:
        """Tell whether what is hidden already lets `more` through from start to end."""
        seen, waiting = {start}, [start]
        while waiting:
            for other, arc, with_it in self._hidden_next.get(waiting.pop(), ()):
                if other in seen or arc == without or (not with_it and self._counts[arc] < more):
                    continue
                if other == end:
                    return True
                seen.add(other)
                waiting.append(other)
        return False

    def _cheapest(self, start: int, end: int, without: Arc, more: int) -> set[Arc]:
        """Return the arcs of the way that hides the fewest people and lets `more` through.

        An arc that is hidden costs nothing. Dijkstra (1959). There always is a way: over totals.
        """
        best: dict[int, int] = {start: 0}
        came: dict[int, tuple[int, Arc]] = {}
        waiting = [(0, start)]
        while waiting:
            cost, node = heapq.heappop(waiting)
            if node == end:
                return self._way(came, start, end)
            if cost > best[node]:
                continue
            for other, arc, with_it in self._next[node]:
                if arc == without or (not with_it and self._counts[arc] < more):
                    continue
                price = cost if arc in self._hidden else cost + self._price(arc)
                if price < best.get(other, price + 1):
                    best[other], came[other] = price, (node, arc)
                    heapq.heappush(waiting, (price, other))
        raise AssertionError("there is a way over the totals")

    def _price(self, arc: Arc) -> int:
        """Return how much is lost when a count is hidden: a total costs as much as all else."""
        return 1 + self._counts[arc] + (self._counts[ALL, ALL] if ALL in arc else 0)

    @staticmethod
    def _way(came: Mapping[int, tuple[int, Arc]], start: int, end: int) -> set[Arc]:
        arcs = set()
        while end != start:
            end, arc = came[end]
            arcs.add(arc)
        return arcs


def _shown(table: Table, network: _Network, threshold: int) -> ShownTable:
    def show(arc: Arc, count: int) -> int | None:
        return None if network.is_hidden(arc) else rounded(count, threshold)

    return ShownTable(
        table.rows,
        table.columns,
        tuple(
            tuple(show((r, c), count) for c, count in enumerate(row))
            for r, row in enumerate(table.counts)
        ),
        tuple(show((r, ALL), sum(row)) for r, row in enumerate(table.counts)),
        tuple(show((ALL, c), total) for c, total in enumerate(_column_sums(table))),
        show((ALL, ALL), sum(map(sum, table.counts))),
    )
