"""A table from a spreadsheet, and back: long, with a row for each count, or wide."""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from voice.characters import harmless
from voice.csv_file import CsvFile
from voice.errors import BadInput
from voice.small_numbers.table import ShownTable, Table

HIDDEN = "not shown"
TOTAL = "Total"
TOTALS = frozenset({"total", "totals", "grand total", "all", "overall", "sum"})


class Columns(Struct, frozen=True):
    """Which columns of a long table hold what; `columns` may be None: then it has one only."""

    rows: str
    count: str
    columns: str | None = None


def read_long(file: CsvFile, wanted: Columns) -> Table:
    """Return a table that has a line for each count; what has no line counts 0.

    Raises:
        BadInput: a column is not there, a count is no whole number, or a pair stands twice.
    """
    row_place, count_place = file.place(wanted.rows), file.place(wanted.count)
    column_place = None if wanted.columns is None else file.place(wanted.columns)
    found: dict[tuple[str, str], int] = {}
    for row in file.rows():
        column = wanted.count if column_place is None else row.cells[column_place]
        key = (row.cells[row_place], column)
        if key in found:
            raise BadInput(f"{file.name}, row {row.number}: “{key[0]}”, “{key[1]}” stands twice.")
        found[key] = _count(row.cells[count_place], f"{file.name}, row {row.number}")
    rows, columns = (tuple(dict.fromkeys(key[place] for key in found)) for place in (0, 1))
    return _table(file.name, rows, columns, found)


def read_wide(file: CsvFile) -> Table:
    """Return a table whose first column names the rows and whose other columns hold counts.

    A row or column called “Total”, “Grand total”, “All” or like it is left out: totals are worked
    out anew.

    Raises:
        BadInput: there is no column of counts, a count is no whole number, a name stands twice,
            or a row or column is the sum of the others under a name of its own.
    """
    wanted = {
        name: place for place, name in enumerate(file.columns) if place and not _is_total(name)
    }
    found: dict[tuple[str, str], int] = {}
    for row in file.rows():
        name = row.cells[0].strip()
        if _is_total(name):
            continue
        for column, place in wanted.items():
            if (name, column) in found:
                raise BadInput(f"{file.name}, row {row.number}: “{name}” stands twice.")
            found[name, column] = _count(row.cells[place], f"{file.name}, row {row.number}")
    return _table(file.name, tuple(dict.fromkeys(key[0] for key in found)), tuple(wanted), found)


def _table(
    name: str, rows: Sequence[str], columns: Sequence[str], found: Mapping[tuple[str, str], int]
) -> Table:
    if not rows or not columns:
        raise BadInput(f"{name} holds no counts.")
    counts = tuple(tuple(found.get((row, column), 0) for column in columns) for row in rows)
    _refuse_sums(name, rows, counts)
    _refuse_sums(name, columns, tuple(zip(*counts, strict=True)))
    return Table(tuple(rows), tuple(columns), counts)


def _is_total(name: str) -> bool:
    return name.strip().lower() in TOTALS


def _refuse_sums(name: str, lines: Sequence[str], counts: Sequence[Sequence[int]]) -> None:
    """Refuse a line that adds up the others: counted as people, it would tell what is hidden.

    Of two lines each may be as large as the other by chance, and of one column any sum may be.
    """
    sums = [sum(column) for column in zip(*counts, strict=True)]
    if len(lines) < 3 or len(sums) < 2:
        return
    for line, cells in zip(lines, counts, strict=True):
        if any(cells) and all(2 * cell == both for cell, both in zip(cells, sums, strict=True)):
            raise BadInput(
                f"{name}: “{line}” is the sum of the others. Call it {TOTAL}, or leave it out."
            )


def _count(written: str, where: str) -> int:
    plain = written.strip()
    if not (plain.isascii() and plain.isdigit() and len(plain) < 10):
        raise BadInput(f"{where}: “{plain[:20]}” is no whole number from 0.")
    return int(plain)


def lines(shown: ShownTable) -> Iterable[list[str]]:
    """Return the table as lines of cells, totals last; with a line of names first."""
    with_totals = len(shown.columns) > 1
    yield ["", *map(harmless, shown.columns), *([TOTAL] if with_totals else [])]
    for name, cells, total in zip(shown.rows, shown.cells, shown.row_totals, strict=True):
        row = [*cells, total] if with_totals else list(cells)
        yield [harmless(name), *map(_said, row)]
    last = [*shown.column_totals, shown.total] if with_totals else list(shown.column_totals)
    if len(shown.rows) > 1:
        yield [TOTAL, *map(_said, last)]


def _said(number: int | None) -> str:
    return HIDDEN if number is None else str(number)
