"""A document as a workbook: a sheet for each kind of table, and no cell that runs."""

import io
from datetime import UTC, date, datetime

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from voice.characters import RISKY
from voice.exports.document import Document
from voice.exports.sheets import Sheet, sheets_of

LONGEST = 32_767  # Letters in a cell, by the file's own rules.
WIDEST, NARROWEST = 60, 10


def as_xlsx(document: Document) -> bytes:
    """Return the workbook; the same document always gives the same bytes."""
    out = io.BytesIO()
    workbook = Workbook(
        out,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
    )
    day = date.fromisoformat(document.day)
    workbook.set_properties(
        {
            "title": document.title,
            "author": "Voice",
            "created": datetime(day.year, day.month, day.day, tzinfo=UTC),
        }
    )
    wrap = {"text_wrap": True, "valign": "top"}
    look = {
        "head": workbook.add_format({"bold": True, "bottom": 1, **wrap}),
        "plain": workbook.add_format(wrap),
        # Excel shows such a cell as text, and keeps it text when somebody edits it.
        "risky": workbook.add_format({"quote_prefix": True, **wrap}),
    }
    for sheet in sheets_of(document):
        _write(workbook.add_worksheet(sheet.name), sheet, look)
    workbook.close()
    return out.getvalue()


def _write(page: Worksheet, sheet: Sheet, look: dict[str, Format]) -> None:
    """Write a sheet: the first line stays in sight and is repeated on each printed page."""
    page.freeze_panes(1, 0)
    page.repeat_rows(0)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    for place, name in enumerate(sheet.columns):
        cells = [row[place] for row in sheet.rows]
        longest = max((len(str(cell)) for cell in [name, *cells]), default=0)
        page.set_column(place, place, min(WIDEST, max(NARROWEST, longest + 2)))
        page.write_string(0, place, name, look["head"])
        for line, cell in enumerate(cells, 1):
            if isinstance(cell, int):
                page.write_number(line, place, cell, look["plain"])
            elif cell:
                kind = "risky" if cell.startswith(RISKY) else "plain"
                page.write_string(line, place, cell[:LONGEST], look[kind])
    if sheet.rows:
        page.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)
