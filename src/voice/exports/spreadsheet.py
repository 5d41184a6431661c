"""Rows to CSV that every spreadsheet reads and none runs as a formula."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from voice.characters import harmless

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
        writer.writerow([_safe(row[column]) for column in columns])
    return (BOM + out.getvalue()).encode()


def _safe(cell: Cell) -> Cell:
    return harmless(cell) if isinstance(cell, str) else cell
