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
            name = f"“{key[0]}”" if column_place is None else f"“{key[0]}” with “{column}”"
            raise BadInput(
                f"{file.name}, row {row.number}: {name} stands twice. Put the two counts together, "
                "or say with --columns which column tells them apart."
            )
        found[key] = _count(row.cells[count_place], f"{file.name}, row {row.number}")
    rows, columns = (tuple(dict.fromkeys(key[place] for key in found)) for place in (0, 1))
    return _table(file.name, rows, columns, found)


def read_wide(file: CsvFile) -> Table:
    """Return a table whose first column names the rows and whose other columns hold counts.

    A row or column called “Total”, “Grand total”, “All” or like it is left out, once it is seen to
    be what the counts add up to: totals are worked out anew.

    Raises:
        BadInput: there is no column of counts, a count is no whole number, a name stands twice,
            a total is not the sum, or a row or column is the sum of the others under another name.
    """
    wanted = {
        name: place for place, name in enumerate(file.columns) if place and not _is_total(name)
    }
    sums = [place for place, name in enumerate(file.columns) if place and _is_total(name)]
    found: dict[tuple[str, str], int] = {}
    totals: list[tuple[str, dict[str, int]]] = []
    for row in file.rows():
        name, where = row.cells[0].strip(), f"{file.name}, row {row.number}"
        counts = {column: _wide_count(row.cells[at], where) for column, at in wanted.items()}
        for place in sums:
            _must_add_up(row.cells[place], sum(counts.values()), where)
        if _is_total(name):
            totals.append((where, counts))
            continue
        if any((name, column) in found for column in counts):
            raise BadInput(f"{where}: “{name}” stands twice.")
        found |= {(name, column): count for column, count in counts.items()}
    for where, counts in totals:
        for column, total in counts.items():
            real = sum(count for (_, other), count in found.items() if other == column)
            _must_add_up(str(total), real, f"{where}, column “{column}”")
    return _table(file.name, tuple(dict.fromkeys(key[0] for key in found)), tuple(wanted), found)


def _must_add_up(total: str, real: int, where: str) -> None:
    if total.strip() and total.strip() != str(real):
        raise BadInput(
            f"{where}: the total is “{total.strip()[:20]}”, but the counts add up to {real}. "
            "Mend it, or leave totals out: they are worked out anew."
        )


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
    if not plain:
        raise BadInput(f"{where}: a count is missing. Write 0 where nobody is counted.")
    if not (plain.isascii() and plain.isdigit() and len(plain) < 10):
        raise BadInput(f"{where}: “{plain[:20]}” is no whole number from 0.")
    return int(plain)


def _wide_count(written: str, where: str) -> int:
    try:
        return _count(written, where)
    except BadInput as problem:
        raise BadInput(
            f"{problem} If the file holds a row for each count, say which columns hold what: "
            "--rows, --columns (if there are any) and --count."
        ) from None


def lines(shown: ShownTable, heading: str = "") -> Iterable[list[str]]:
    """Return the table as lines of cells, totals last; with a line of names first.

    Args:
        shown: the table.
        heading: what the first column was called.
    """
    with_totals = len(shown.columns) > 1
    yield [harmless(heading), *map(harmless, shown.columns), *([TOTAL] if with_totals else [])]
    for name, cells, total in zip(shown.rows, shown.cells, shown.row_totals, strict=True):
        row = [*cells, total] if with_totals else list(cells)
        yield [harmless(name), *map(_said, row)]
    last = [*shown.column_totals, shown.total] if with_totals else list(shown.column_totals)
    if len(shown.rows) > 1:
        yield [TOTAL, *map(_said, last)]


def _said(number: int | None) -> str:
    return HIDDEN if number is None else str(number)
