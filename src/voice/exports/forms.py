"""The forms a document can be written in."""

from asyncio import to_thread
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from msgspec import Struct

from voice.exports.as_csv import as_csv
from voice.exports.as_html import as_html
from voice.exports.as_pdf import bundle
from voice.exports.document import Document, canonical
from voice.paper.press import Press

Format = Literal["html", "pdf", "docx", "xlsx", "csv", "json"]


class Form(Struct, frozen=True):
    """One form: its name for people, how its files end, and what browsers call it."""

    name: str
    ending: str
    media_type: str


OFFICE = "application/vnd.openxmlformats-officedocument"
FORMS: dict[Format, Form] = {
    "pdf": Form("PDF, tagged", "pdf", "application/pdf"),
    "docx": Form("Word", "docx", f"{OFFICE}.wordprocessingml.document"),
    "html": Form("A page that stands alone", "html", "text/html"),
    "xlsx": Form("Excel", "xlsx", f"{OFFICE}.spreadsheetml.sheet"),
    "csv": Form("Tables (CSV, in a zip)", "zip", "application/zip"),
    "json": Form("The content itself (JSON)", "json", "application/json"),
}


async def written(document: Document, format: Format, templates: Path, press: Press) -> bytes:
    """Return a document in one form; the same document always gives the same bytes.

    Raises:
        NotPrinted: the PDF cannot be made, or not in time.
    """
    if format == "pdf":
        return await press.typeset(bundle(document, templates))
    if format == "html":
        return await to_thread(as_html, document, templates)
    return await to_thread(_writer(format), document)


def _writer(format: Format) -> Callable[[Document], bytes]:
    """Return what writes a form; the libraries of an office are loaded when one is asked for."""
    if format == "docx":
        from voice.exports.as_docx import as_docx

        return as_docx
    if format == "xlsx":
        from voice.exports.as_xlsx import as_xlsx

        return as_xlsx
    return as_csv if format == "csv" else canonical
