"""A document as CSV: a zip with one file for each sheet."""

import io
from collections.abc import Mapping
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from voice.exports.document import Document
from voice.exports.sheets import sheets_of
from voice.exports.spreadsheet import to_csv

NO_TIME = (1980, 1, 1, 0, 0, 0)  # The earliest that a zip knows: the same files, the same bytes.


def as_csv(document: Document) -> bytes:
    """Return the zip; the same document always gives the same bytes."""
    return zipped(
        {
            f"{sheet.name}.csv": to_csv(
                sheet.columns,
                (dict(zip(sheet.columns, row, strict=True)) for row in sheet.rows),
            )
            for sheet in sheets_of(document)
        }
    )


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return files as a zip that keeps no time."""
    out = io.BytesIO()
    with ZipFile(out, "w") as archive:
        for name, content in files.items():
            about = ZipInfo(name, NO_TIME)
            about.compress_type = ZIP_DEFLATED
            about.external_attr = 0o644 << 16
            archive.writestr(about, content)
    return out.getvalue()
