"""A document as a page that stands alone."""

from datetime import date
from pathlib import Path
from typing import ClassVar

from voice.exports.document import Block, Cell, Column, Document, Table, said, tables_of
from voice.web import templates
from voice.web.views import View


class DocumentPage(View, frozen=True):
    """The whole file."""

    template: ClassVar[str] = "exports/document.html"
    document: Document

    @property
    def day(self) -> str:
        """The day it is of, in words."""
        return templates.day(date.fromisoformat(self.document.day))

    def kind(self, block: Block) -> str:
        """Return what a block is: words, points, quote or table."""
        return str(block.__struct_config__.tag)

    def number(self, block: Table) -> int:
        """Return which table of the document it is, so that each has a name of its own."""
        every = tables_of(self.document.sections)
        return next(place for place, one in enumerate(every, 1) if one is block)

    def said(self, cell: Cell, column: Column) -> str:
        """Return a cell in words."""
        return said(cell, column)


def as_html(document: Document, folder: Path) -> bytes:
    """Return the page; `folder` holds our templates."""
    page = DocumentPage(title=document.title, document=document)
    template = templates.environment(folder).get_template(page.template)
    return template.render(view=page).encode()
