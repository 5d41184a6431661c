"""Rows to CSV that every spreadsheet reads and none runs as a formula."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

# A cell that begins with one of these is run as a formula by one spreadsheet or another.
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
BOM = "\ufeff"

Cell = str | int | None


def to_csv(columns: Sequence[str], rows: Iterable[Mapping[str, Cell]]) -> bytes:
    """Return the rows as UTF-8 with a byte order mark, a line of column names first.

    Text that could run as a formula gets an apostrophe in front; None is an empty cell. The same
    rows always give the same bytes.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([harmless(row[column]) for column in columns])
    return (BOM + out.getvalue()).encode()


def harmless(cell: Cell) -> Cell:
    """Return the cell as it is, or with an apostrophe in front where it could be run."""
    if isinstance(cell, str) and cell.startswith(RISKY):
        return f"'{cell}"
    return cell
