"""A document as a Word file: headings, lists and tables that a screen reader knows as such."""

import io
from datetime import UTC, date, datetime
from zipfile import ZipFile

from docx import Document as new_document
from docx.document import Document as WordFile
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm
from docx.table import Table as WordTable
from docx.table import _Row
from docx.text.paragraph import Paragraph

from voice.exports.as_csv import zipped
from voice.exports.document import (
    NARROW,
    Block,
    Document,
    Points,
    Quote,
    Section,
    Table,
    Words,
    said,
    widths,
)
from voice.web.templates import day

LANGUAGE = "en-GB"
PAGE = Cm(15.2)  # Between the margins.


def as_docx(document: Document) -> bytes:
    """Return the Word file; the same document always gives the same bytes.

    All text is put in as text: nothing in it can become a field, which Word would work out.
    """
    file = new_document()
    _describe(file, document)
    page = file.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm((21 - PAGE.cm) / 2)
    file.add_heading(document.title, level=1)
    when = day(date.fromisoformat(document.day))
    file.add_paragraph(f"{document.layer}. As it was on {when}.")
    if document.demo:
        words = " some of these answers were made up to show how Voice works."
        _words(file.add_paragraph(), Words(words, "Demo:"))
    for words in document.about:
        file.add_paragraph(words)
    for section in document.sections:
        _section(file, section, 2)
    out = io.BytesIO()
    file.save(out)
    with ZipFile(out) as made:
        return zipped({name: made.read(name) for name in made.namelist()})


def _describe(file: WordFile, document: Document) -> None:
    """Say title and language, and take the day of the document for every time."""
    on = date.fromisoformat(document.day)
    about = file.core_properties
    about.title, about.author, about.language = document.title, "Voice", LANGUAGE
    about.comments = ""
    about.created = about.modified = datetime(on.year, on.month, on.day, tzinfo=UTC)
    for language in file.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)


def _section(file: WordFile, section: Section, level: int) -> None:
    file.add_heading(section.heading, level=level)
    for block in section.blocks:
        _block(file, block)
    for part in section.parts:
        _section(file, part, level + 1)


def _block(file: WordFile, block: Block) -> None:
    if isinstance(block, Words):
        _words(file.add_paragraph(), block)
    elif isinstance(block, Points):
        for point in block.points:
            file.add_paragraph(point, style="List Bullet")
    elif isinstance(block, Quote):
        file.add_paragraph(block.words, style="Quote")
        if block.whose:
            file.add_paragraph(block.whose)
    elif block.in_print:
        _table(file, block)


def _words(paragraph: Paragraph, words: Words) -> None:
    if words.strong:
        paragraph.add_run(words.strong).bold = True
        paragraph.add_run(" ")
    paragraph.add_run(words.words)


def _table(file: WordFile, table: Table) -> None:
    """Add a table whose first line is a header, repeated on each page; its caption is above it."""
    caption = file.add_paragraph(table.caption, style="Caption")
    caption.paragraph_format.keep_with_next = True
    made = file.add_table(rows=1, cols=len(table.columns), style="Table Grid")
    _head(made)
    _describe_table(made, table.caption)
    wide = [one or NARROW for one in widths(table)]
    for place, column in enumerate(table.columns):
        made.columns[place].width = int(PAGE * wide[place] / sum(wide))
        made.rows[0].cells[place].paragraphs[0].add_run(column.name).bold = True
    for row in table.rows:
        _fill(made.add_row(), [said(c, k) for c, k in zip(row, table.columns, strict=True)])
    file.add_paragraph()


def _fill(row: _Row, texts: list[str]) -> None:
    for cell, text in zip(row.cells, texts, strict=True):
        cell.paragraphs[0].add_run(text)


def _head(made: WordTable) -> None:
    """Mark the first line as a header, for print and for screen readers."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    made.rows[0]._tr.get_or_add_trPr().append(mark)


def _describe_table(made: WordTable, caption: str) -> None:
    """Give the table its caption as a description, for who cannot see what stands above it."""
    words = OxmlElement("w:tblCaption")
    words.set(qn("w:val"), caption)
    made._tbl.tblPr.append(words)
