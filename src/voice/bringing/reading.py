"""The rows of a file that somebody brings, CSV or a workbook, and its columns, named once each."""

import csv
import io
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from voice.bringing import workbook
from voice.bringing.heading import Column, columns_of, heading_rows
from voice.bringing.likeness import plain
from voice.bringing.tools import REJECTED
from voice.characters import clean
from voice.csv_file import HEAD, LONGEST_CELL, SAVE_AS, separator_of, text_of
from voice.errors import BadInput

LARGEST = 1_000_000_000  # Bytes of a file: above, memory ends before the reading does.
LOOKED_AT = 5  # Rows from which we tell how many are the heading.


class Row(NamedTuple):
    """One row: its number as a spreadsheet counts, the heading being 1, and its cells."""

    number: int
    cells: tuple[str, ...]


class Brought(NamedTuple):
    """A file that was opened: its columns, its rows to read once, how many rows its heading has."""

    name: str
    columns: tuple[Column, ...]
    rows: Iterator[Row]
    heading: int


def read_file(path: Path) -> bytes:
    """Return what stands in a file.

    Raises:
        BadInput: it cannot be read, or is larger than we read.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise BadInput(f"{path.name} is larger than {LARGEST // 10**6} MB: bring it in parts.")
        return path.read_bytes()
    except OSError as problem:
        raise BadInput(f"{path.name} cannot be opened: {problem.strerror}.") from None


def open_rows(name: str, written: bytes, heading: int = 0) -> Brought:
    """Return the columns and rows of a file; `heading` 0 lets us tell its rows of headings.

    Rows that are wholly blank are none.

    Raises:
        BadInput: the file is empty, or cannot be read; also while rows are read.
    """
    rows = _rows(name, written)
    first = [row for _, row in zip(range(LOOKED_AT), rows, strict=False)]
    if not first:
        raise BadInput(f"{name} is empty: it needs a line of column names, then the rows.")
    n = heading or heading_rows([row.cells for row in first])
    if REJECTED & set(map(plain, first[0].cells)):
        n = 1  # A file of rejected rows is ours, whatever the file it came from looked like.
    columns = columns_of([row.cells for row in first[:n]])
    if not columns:
        raise BadInput(f"{name} has no column names in its first line.")
    return Brought(name, columns, chain(first[n:], rows), n)


def _rows(name: str, written: bytes) -> Iterator[Row]:
    read = workbook.rows_of if workbook.is_workbook(written) else _csv
    for number, cells in enumerate(read(name, written), 1):
        if any(cell and not cell.isspace() for cell in cells):
            yield Row(number, tuple(cells))


def _csv(name: str, written: bytes) -> Iterator[Sequence[str]]:
    text = clean(text_of(name, written))
    csv.field_size_limit(LONGEST_CELL)
    separator = separator_of(text[:HEAD])
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 0
    try:
        for cells in reader:
            number += 1
            yield cells
    except csv.Error:
        raise BadInput(
            f"{name} cannot be read after row {number}: a quotation mark there is never closed or "
            f"not doubled, or a cell is longer than {LONGEST_CELL:,} characters. Mend it, or "
            f"{SAVE_AS}. Nothing was brought in."
        ) from None
