"""An XLSForm: three sheets of a workbook that say what a survey asks, as ODK and Kobo read them.

https://xlsform.org; what `pyxform` makes of a file is what we mean by it.
"""

import io
import re
from collections.abc import Iterable, Sequence

from msgspec import Struct
from xlsxwriter import Workbook

from voice.bringing.workbook import is_workbook, rows_of
from voice.errors import BadInput

SHEETS = ("survey", "choices", "settings")
LANGUAGE = re.compile(r"(?s)(.+?)\s*\(([A-Za-z-]+)\)")
WELCOME, ASSENT = "voice_welcome", "voice_assent"
"""The rows that stand for our start page."""

OLD = {"image": "media::image", "audio": "media::audio", "list name": "list_name", "value": "name"}
"""Other names of columns that XLSForm knows."""

Cells = dict[str, str]


class XlsForm(Struct, frozen=True):
    """The rows of the three sheets, each a dict from column to cell; empty cells are left out."""

    survey: list[Cells]
    choices: list[Cells]
    settings: Cells


def read_form(name: str, written: bytes) -> XlsForm:
    """Return the form that a workbook holds.

    Raises:
        BadInput: it is no workbook, or has no sheet called survey with a column type.
    """
    if not is_workbook(written):
        raise BadInput(f"{name} is no XLSX file.")
    survey, choices, settings = (_sheet(name, written, sheet) for sheet in SHEETS)
    if not survey or not any("type" in row for row in survey):
        raise BadInput(f"{name} has no sheet “survey” with a column “type”: is it an XLSForm?")
    return XlsForm(survey, choices, settings[0] if settings else {})


def _sheet(name: str, written: bytes, sheet: str) -> list[Cells]:
    rows = rows_of(name, written, sheet)
    header = [_column(cell) for cell in next(rows, [])]
    found = [
        {
            column: cell.strip()
            for column, cell in zip(header, row, strict=False)
            if column and cell.strip()
        }
        for row in rows
    ]
    return [row for row in found if row]


def _column(cell: str) -> str:
    """Return a column's name with “::” between its parts, as newer forms write it."""
    parts = [part.strip() for part in re.split(r"::|(?<=^label):|(?<=^hint):", cell.strip())]
    first = parts[0].lower()
    return "::".join([OLD.get(first, first), *parts[1:]])


def write_form(form: XlsForm) -> bytes:
    """Return the form as a workbook; no cell of it is run as a formula."""
    out = io.BytesIO()
    book = Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    for sheet, rows in zip(SHEETS, (form.survey, form.choices, [form.settings]), strict=True):
        page = book.add_worksheet(sheet)
        columns = _columns(rows)
        for place, column in enumerate(columns):
            page.write_string(0, place, column)
            for line, row in enumerate(rows, 1):
                if row.get(column):
                    page.write_string(line, place, row[column])
    book.close()
    return out.getvalue()


def _columns(rows: Sequence[Cells]) -> list[str]:
    return list(dict.fromkeys(column for row in rows for column in row))


def languages(rows: Iterable[Cells]) -> list[str]:
    """Return the languages that labels are in, in the order they come; "" for labels without."""
    found = dict.fromkeys(
        column.partition("::")[2]
        for row in rows
        for column in row
        if column == "label" or column.startswith("label::")
    )
    return list(found)


def code_of(language: str) -> str:
    """Return the code of a language such as “Polski (pl)”, or nothing."""
    found = LANGUAGE.fullmatch(language)
    return found[2].lower() if found else ""


def in_language(column: str, language: str) -> str:
    """Return the name of a column in a language."""
    return f"{column}::{language}" if language else column
