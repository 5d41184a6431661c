"""Reading an Excel workbook (XLSX) row by row, as text; nothing in it is run or calculated.

A formula gives the value that the spreadsheet program kept beside it. A workbook is a zip, and a
small zip can hold more than any memory, so what it says of its own size is looked at first.
"""

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from voice.characters import clean
from voice.errors import BadInput

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

LARGEST = 600_000_000  # Bytes when unpacked: half a million rows of a long survey.
MOST_TIMES = 200  # As much as XML of a spreadsheet packs to; a bomb packs thousands of times.
SMALL = 5_000_000  # Under this, how well it packs does not matter.
MOST_COLUMNS = 2_000
SHEET = "xl/workbook.xml"


def is_workbook(written: bytes) -> bool:
    """Tell whether these bytes begin as a workbook does."""
    return written.startswith(b"PK\x03\x04")


def rows_of(name: str, written: bytes, sheet_name: str = "") -> Iterator[list[str]]:
    """Yield every row of a sheet, blank ones too, each cell as text.

    Without a name it is the first sheet that is shown. A sheet that is not there has no rows.

    Raises:
        BadInput: it is no workbook, is damaged, or unpacks to more than we read.
    """
    _look_at_size(name, written)
    book = _opened(name, written)
    try:
        if sheet_name and sheet_name not in book.sheetnames:
            return
        shown = (one for one in book.worksheets if one.sheet_state == "visible")
        sheet: Any = book[sheet_name] if sheet_name else next(shown)
        # Else a sheet that claims a million columns would be padded to them.
        sheet.reset_dimensions()
        for row in sheet.iter_rows(values_only=True):
            if len(row) > MOST_COLUMNS:
                raise BadInput(f"{name} has a row with more than {MOST_COLUMNS:,} cells.")
            yield [as_text(value) for value in row]
    except (StopIteration, KeyError, ValueError, SyntaxError, zipfile.BadZipFile) as problem:
        raise _damaged(name) from problem
    finally:
        book.close()


def as_text(value: object) -> str:
    """Return a cell as a person would write it in a CSV file; a day comes year first."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return clean(str(value))


def _look_at_size(name: str, written: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(written)) as packed:
            names = packed.namelist()
            unpacked = sum(one.file_size for one in packed.infolist())
    except (zipfile.BadZipFile, ValueError, OSError):
        raise _damaged(name) from None
    if SHEET not in names:
        raise BadInput(f"{name} is a zip file but no Excel workbook: save it as XLSX or CSV.")
    if unpacked > LARGEST or (unpacked > SMALL and unpacked > MOST_TIMES * len(written)):
        raise BadInput(f"{name} unpacks to more than we read: save it as CSV, or in parts.")


def _opened(name: str, written: bytes) -> "Workbook":
    # Loaded here: most visits to Voice need no workbook.
    from openpyxl import load_workbook

    try:
        return load_workbook(io.BytesIO(written), read_only=True, data_only=True, keep_links=False)
    except Exception as problem:  # openpyxl has no error of its own for a damaged file.
        raise _damaged(name) from problem


def _damaged(name: str) -> BadInput:
    return BadInput(f"{name} cannot be read as an Excel workbook: open it and save it again.")
