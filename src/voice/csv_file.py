"""Reading a CSV file that a person gives us: row by row, losing nothing, or saying what is wrong.

No message here may hold words from the file: a cell could be what a child wrote.
"""

import csv
import difflib
import io
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, NamedTuple, TextIO

from voice.errors import BadInput

LONGEST_LINE = 2_000_000
LONGEST_CELL = 131_072
SEPARATORS = (",", ";", "\t")
HEAD = 65_536

SAVE_AS = "open it in your spreadsheet program and save it again as “CSV UTF-8”"
NOT_TEXT = {
    b"PK\x03\x04": "looks like an Excel workbook or a zip file",
    b"\xd0\xcf\x11\xe0": "looks like an old Excel workbook",
    b"%PDF": "looks like a PDF",
    b"\x1f\x8b": "looks like a packed (gzip) file",
}
# Bytes that are no UTF-8 arrive as these characters, so that the row can be named.
UNDECODED = re.compile("[\udc80-\udcff]")


class Row(NamedTuple):
    """One row: its number from 1 (the line of column names not counted), and a cell per column."""

    number: int
    cells: tuple[str, ...]


class Comment(NamedTuple):
    """One comment of a file: its id there, its text, and other cells asked for, as written."""

    id: str
    text: str
    also: tuple[str, ...] = ()


class CsvFile:
    """An open CSV file: its columns, and its rows to read once, from first to last."""

    def __init__(self, name: str, stream: TextIO, separator: str) -> None:
        """Read the line of column names.

        Raises:
            BadInput: the file is empty, or its first line cannot be read.
        """
        self.name = name
        self._number = 0
        csv.field_size_limit(LONGEST_CELL)
        self._reader = csv.reader(_lines(self, stream), delimiter=separator, strict=True)
        header = self._next_cells()
        if header is None:
            raise BadInput(f"{name} is empty: it needs a line of column names, then the rows.")
        self.columns = tuple(cell.strip() for cell in header)

    def place(self, column: str) -> int:
        """Return the place of a column, from 0.

        Raises:
            BadInput: no column has this name, or more than one has.
        """
        places = [place for place, name in enumerate(self.columns) if name == column]
        if len(places) == 1:
            return places[0]
        if places:
            raise BadInput(f"{self.name} has {len(places)} columns called “{column}”: rename one.")
        raise BadInput(f"{self.name} has no column called “{column}”. {self._near(column)}")

    def rows(self) -> Iterator[Row]:
        """Yield every row with one cell for each column; a cell that is missing is empty.

        Lines that are wholly blank are no rows.

        Raises:
            BadInput: a row has more cells than there are columns, or cannot be read.
        """
        while (cells := self._next_cells()) is not None:
            self._number += 1
            wanted = len(self.columns)
            if any(cells[wanted:]):
                raise BadInput(
                    f"{self.where()} has {len(cells)} cells but there are {wanted} columns. "
                    "If a cell holds the separator, put the cell in quotation marks."
                )
            cells = cells[:wanted] + [""] * (wanted - len(cells))
            yield Row(self._number, tuple(cells))

    def where(self) -> str:
        """Say where in the file we are, for a message."""
        return f"{self.name}: row {self._number} (line {self._reader.line_num})"

    def _next_cells(self) -> list[str] | None:
        try:
            return next((cells for cells in self._reader if cells), None)
        except csv.Error:
            self._number += 1
            raise BadInput(
                f"{self.where()} cannot be read: a quotation mark in it, or in a row shortly "
                "before it, is never closed or not doubled, or a cell is longer than "
                f"{LONGEST_CELL:,} characters."
            ) from None
        except UnicodeError:
            raise BadInput(f"{self.name} is damaged after row {self._number}: {SAVE_AS}.") from None
        except OSError as problem:
            raise BadInput(f"{self.name} cannot be read: {problem.strerror}.") from None

    def _near(self, column: str) -> str:
        # Only a name much like the one asked for is shown: without a line of column names,
        # the first line is somebody's comment.
        by_lower = {name.lower(): name for name in self.columns}
        near = difflib.get_close_matches(column.strip().lower(), by_lower, n=1, cutoff=0.75)
        if near and len(near[0]) <= len(column) + 3:
            return f"Did you mean “{by_lower[near[0]]}”?"
        return f"Its first line has {len(self.columns)} column names; look there for the name."


@contextmanager
def open_csv(path: Path) -> Iterator[CsvFile]:
    """Open a CSV file in UTF-8 or UTF-16, separated by commas, semicolons or tabs.

    Raises:
        BadInput: it cannot be opened, is empty, or is not text.
    """
    try:
        stream = path.open("rb", buffering=HEAD)
    except OSError as problem:
        raise BadInput(f"{path.name} cannot be opened: {problem.strerror}.") from None
    with stream:
        text = _decoded(path.name, stream)
        head = text[1]
        yield CsvFile(path.name, text[0], separator_of(head))


def read_csv(name: str, written: bytes) -> CsvFile:
    """Return the CSV file that these bytes are, in UTF-8 or UTF-16, whatever separates its cells.

    Raises:
        BadInput: it is empty, or is not text.
    """
    text, head = _decoded(name, io.BufferedReader(io.BytesIO(written), HEAD))
    return CsvFile(name, text, separator_of(head))


def read_comments(
    path: Path, *, text: str, id: str | None = None, also: Sequence[str] = ()
) -> Iterator[Comment]:
    """Yield every comment of a file in order, each with an id of its own.

    Args:
        path: the file.
        text: the column that holds the comments.
        id: the column that holds the ids; None takes the column comment_id if there is one,
            and else the row number from 1.
        also: other columns; each comment brings its cells of them, in this order.

    Raises:
        BadInput: as `open_csv`; a column is missing; an id is empty or comes twice; or there
            are no rows at all.
    """
    with open_csv(path) as file:
        place = file.place(text)
        also_places = [file.place(column) for column in also]
        if id is None and "comment_id" in file.columns:
            id = "comment_id"
        id_place = None if id is None else file.place(id)
        seen: dict[str, int] = {}
        for row in file.rows():
            comment_id = str(row.number) if id_place is None else row.cells[id_place].strip()
            if not comment_id:
                raise BadInput(f"{file.where()} has no id in the column “{id}”.")
            if (earlier := seen.setdefault(comment_id, row.number)) != row.number:
                raise BadInput(f"{file.where()} has the same id as row {earlier}.")
            others = tuple(row.cells[other] for other in also_places)
            yield Comment(comment_id, row.cells[place], others)
        if not seen:
            raise BadInput(f"{path.name} has a line of column names but no comments below it.")


def text_of(name: str, written: bytes) -> str:
    """Return the whole text of a file in UTF-8, UTF-16 or, as older spreadsheets save, cp1252.

    Raises:
        BadInput: it is no text.
    """
    encoding, _ = _encoding(name, written[:HEAD])
    try:
        return written.decode(encoding)
    except UnicodeError:
        if encoding == "utf-16":
            raise BadInput(f"{name} is damaged: {SAVE_AS}.") from None
    try:
        return written.decode("cp1252")
    except UnicodeError:
        raise BadInput(f"{name} is not in an encoding that we know: {SAVE_AS}.") from None


def _decoded(name: str, stream: BinaryIO) -> tuple[TextIO, str]:
    try:
        head = stream.peek(HEAD)  # type: ignore[attr-defined]  # A buffered file has it.
    except OSError as problem:
        raise BadInput(f"{name} cannot be read: {problem.strerror}.") from None
    encoding, errors = _encoding(name, head)
    text = io.TextIOWrapper(stream, encoding=encoding, errors=errors, newline="")
    return text, head.decode(encoding, errors="replace")


def _encoding(name: str, head: bytes) -> tuple[str, str]:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16", "strict"
    for start, what in NOT_TEXT.items():
        if head.startswith(start):
            raise BadInput(f"{name} {what}, not a CSV file: {SAVE_AS}.")
    if b"\0" in head:
        raise BadInput(f"{name} is not a text file that we can read: {SAVE_AS}.")
    return "utf-8-sig", "surrogateescape"


def separator_of(head: str) -> str:
    """Return what parts the cells of a text: the one that makes most columns of its first line."""

    def n_columns(separator: str) -> int:
        try:
            reader = csv.reader(io.StringIO(head, newline=""), delimiter=separator)
            return len(next((cells for cells in reader if cells), []))
        except csv.Error:
            return 0

    return max(SEPARATORS, key=n_columns)


def _lines(file: CsvFile, stream: TextIO) -> Iterator[str]:
    """Yield lines of a bounded length, so that no file can fill the memory."""
    number = 0
    while line := stream.readline(LONGEST_LINE + 1):
        number += 1
        where = f"{file.name}: line {number}"
        if len(line) > LONGEST_LINE:
            raise BadInput(f"{where} is longer than {LONGEST_LINE:,} characters: is it a CSV file?")
        if "\0" in line:
            raise BadInput(f"{where} holds a byte that is not text (NUL): {SAVE_AS}.")
        if not line.isascii() and UNDECODED.search(line):
            raise BadInput(f"{where} is not in the encoding UTF-8: {SAVE_AS}.")
        yield line
