"""The list of a pack's pictures: a CSV file with one row for each."""

import re
from collections.abc import Container
from datetime import date
from pathlib import PurePosixPath

from msgspec import Struct

from voice.characters import clean
from voice.csv_file import read_csv
from voice.errors import BadInput
from voice.surveys.licences import LICENSED, PASSED_ON, Refusal, Terms
from voice.surveys.pictures import KINDS
from voice.symbols.pack import is_safe

COLUMNS = ("file", "id", "shows", "author", "licence", "source")

LICENSED_TO = re.compile(
    r"licensed to (?P<held_by>.+?) until (?P<until>\d{4}-\d{2}-\d{2}|further notice)", re.IGNORECASE
)
HOW_TO_SAY_LICENSED = (
    "Write: licensed to NAME until 2027-03-31 (or: until further notice), with the licence’s own "
    "last day."
)
# The licences by how people write them: “CC BY-SA 4.0” is “CC-BY-SA-4.0”.
WRITTEN = {re.sub(r"[^a-z0-9]", "", licence.lower()): licence for licence in PASSED_ON} | {
    "cc0": "CC0-1.0",
    "ogl": "OGL-UK-3.0",
    "oglv30": "OGL-UK-3.0",
    "opengovernmentlicencev30": "OGL-UK-3.0",
}


class PictureRow(Struct, frozen=True):
    """One row of the list, as written, without spaces at the ends of cells.

    `number` counts from 1; the line of column names is not counted. Folders in `file` are parted
    by “/”, whatever computer the list was written on.
    """

    number: int
    file: str
    id: str
    shows: str
    author: str
    licence: str
    source: str

    @property
    def known_as(self) -> str:
        """Its name at its source: the id, or else the file's name."""
        return self.id or PurePosixPath(self.file).stem


def read_rows(name: str, written: bytes) -> list[PictureRow]:
    """Return the rows of a list.

    Raises:
        BadInput: it is no CSV file, lacks a column, or has no rows.
    """
    file = read_csv(name, written)
    places = [file.place(column) for column in COLUMNS]
    rows = []
    for row in file.rows():
        cells = [_one_line(row.cells[place]) for place in places]
        if any(cells):
            rows.append(PictureRow(row.number, cells[0].replace("\\", "/"), *cells[1:]))
    if not rows:
        raise BadInput(f"{name} has a line of column names but no pictures below it.")
    return rows


def fault_in(row: PictureRow, place: str, files: Container[str]) -> Refusal | None:
    """Return what is wrong with a row itself: an empty cell, or a file that cannot be taken.

    `place` is where its file should be among the `files` of the pack.
    """
    empty = [field for field in ("file", "shows", "author", "source") if not getattr(row, field)]
    if empty:
        return Refusal(f"It has no “{empty[0]}”.", "Fill in the cell.")
    if not is_safe(row.file):
        return Refusal("It leads out of the pack.", "Put the picture into the pack.")
    if place not in files:
        why = "There is no such file in the pack."
        return Refusal(why, "Look how its name is written, capitals too.")
    if PurePosixPath(row.file).suffix.lower() not in KINDS:
        why = "It is not a kind of picture we can show."
        return Refusal(why, "Save it as SVG, PNG, JPEG or WebP.")
    return None


def terms_of(row: PictureRow) -> Terms | Refusal:
    """Return under which terms the picture of a row is shown, or what is wrong with its licence."""
    if row.licence.lower().startswith(LICENSED):
        found = LICENSED_TO.fullmatch(row.licence)
        until = _day(found["until"]) if found else None
        if found is None or (until is None and found["until"][0].isdigit()):
            return Refusal("It does not say who holds the licence until when.", HOW_TO_SAY_LICENSED)
        return Terms(
            source=row.source,
            author=row.author,
            licence=LICENSED,
            held_by=found["held_by"],
            until=until,
        )
    known = WRITTEN.get(re.sub(r"[^a-z0-9]", "", row.licence.lower()), row.licence)
    return Terms(source=row.source, author=row.author, licence=known)


def name_of(file: str, prefix: str = "") -> str:
    """Return what a picture is called here: small letters, figures and hyphens, as in addresses.

    “EN/Boxing_Day.SVG” is “boxing-day.svg”. Empty when nothing is left of the name.
    """
    path = PurePosixPath(file)
    stem = re.sub(r"[^a-z0-9]+", "-", f"{prefix}{path.stem}".lower()).strip("-")
    return f"{stem}{path.suffix.lower().replace('jpeg', 'jpg')}" if stem else ""


def _one_line(cell: str) -> str:
    return " ".join(clean(cell).split())


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None
