"""What a file says, whatever its form: one structure, from which each form is written.

Sections hold words, points, quotes and tables. Who adds a figure adds it here, once.
"""

import hashlib
import re
from collections.abc import Collection, Iterable
from typing import Any, TypeAlias

import msgspec
from msgspec import Struct, json, structs

from voice.characters import clean
from voice.report.chart import NOT_SHOWN

Cell: TypeAlias = str | int | None
NARROW, MOST_WIDE = 14, 40  # Letters: what is longer takes several lines.
TAKEN_BACK = "[These words may not be shown any more.]"
# Two characters that XML may not hold, beside those that no text of ours may.
NO_XML = re.compile("[\ufffe\uffff]")


class Words(Struct, frozen=True, tag="words"):
    """A paragraph; `strong` is read first, as “Because:”. Its lines may be several."""

    words: str
    strong: str = ""


class Points(Struct, frozen=True, tag="points"):
    """A list."""

    points: tuple[str, ...]


class Quote(Struct, frozen=True, tag="quote"):
    """Words of one person who allowed it; `whose` says what may be said of them, or ""."""

    words: str
    whose: str = ""


class Column(Struct, frozen=True):
    """A column of a table. `people`: rounded numbers of people, None where one is not shown."""

    name: str
    people: bool = False


class Table(Struct, frozen=True, tag="table", kw_only=True):
    """A table: the first cell of a row names the row.

    Tables of one `sheet` have the same columns and stand below each other in a spreadsheet, where
    no heading tells them apart: `keys` are columns that say there what the headings say.
    `in_print` False leaves a table to spreadsheets: it is too wide for a page.
    """

    sheet: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    keys: tuple[tuple[str, Cell], ...] = ()
    in_print: bool = True


Block: TypeAlias = Words | Points | Quote | Table


class Section(Struct, frozen=True):
    """A heading with what stands under it; `parts` are sections one level down."""

    heading: str
    blocks: tuple[Block, ...] = ()
    parts: tuple["Section", ...] = ()


class Document(Struct, frozen=True, kw_only=True):
    """A whole file. `day` is the day it is of, as 2027-05-03; `demo`: there are made-up answers."""

    kind: str
    title: str
    day: str
    layer: str
    about: tuple[str, ...]
    demo: bool
    sections: tuple[Section, ...]


def canonical(document: Document) -> bytes:
    """Return the document as JSON, its names in order and nothing between: one text, one hash."""
    return json.encode(document, order="sorted")


def sha256(content: bytes) -> str:
    """Return the hash of a document as it is kept, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def opened(content: bytes) -> Document:
    """Return the document that was kept."""
    return json.decode(content, type=Document)


def cleaned(document: Document) -> Document:
    """Return the document without characters that a form could not hold."""
    return msgspec.convert(_cleaned(msgspec.to_builtins(document)), Document)


def said(cell: Cell, column: Column) -> str:
    """Return a cell in words, for print: “about 45”, or that it is not shown."""
    if column.people and cell is None:
        return NOT_SHOWN
    if column.people and isinstance(cell, int):
        return f"about {cell:,}"
    return "" if cell is None else str(cell)


def widths(table: Table) -> list[int]:
    """Return how wide each column should be beside the others; 0: as narrow as its words are."""
    found = []
    for place, column in enumerate(table.columns):
        texts = [said(row[place], column) for row in table.rows]
        longest = max(map(len, [*texts, *column.name.split()]), default=1)
        usual = sum(map(len, texts)) // max(1, len(texts))
        found.append(0 if longest <= NARROW else min(MOST_WIDE, max(NARROW, usual)))
    return found if any(found) else [1 for _ in found]


def bare(cell: Cell, column: Column) -> Cell:
    """Return a cell for a spreadsheet: a number stays a number, and a hidden one says so."""
    return NOT_SHOWN if column.people and cell is None else cell


def tables_of(sections: Iterable[Section]) -> list[Table]:
    """Return all tables, in order."""
    found: list[Table] = []
    for section in sections:
        found += [block for block in section.blocks if isinstance(block, Table)]
        found += tables_of(section.parts)
    return found


def quotes_of(sections: Iterable[Section]) -> list[str]:
    """Return the words of every quote that is still there, each once, in order."""
    found: dict[str, None] = {}
    for section in sections:
        quotes = [block.words for block in section.blocks if isinstance(block, Quote)]
        found |= dict.fromkeys([*quotes, *quotes_of(section.parts)])
    return [words for words in found if words != TAKEN_BACK]


def without(document: Document, gone: Collection[str]) -> Document:
    """Return the document without these quotes; where one stood it says that it was taken out."""
    sections = tuple(_without(section, gone) for section in document.sections)
    return structs.replace(document, sections=sections)


def _without(section: Section, gone: Collection[str]) -> Section:
    blocks = tuple(_block_without(block, gone) for block in section.blocks)
    parts = tuple(_without(part, gone) for part in section.parts)
    return structs.replace(section, blocks=blocks, parts=parts)


def _block_without(block: Block, gone: Collection[str]) -> Block:
    """Return a quote or a table without these words; the table of pledges has quotes in it."""
    if isinstance(block, Quote) and block.words in gone:
        return structs.replace(block, words=TAKEN_BACK)
    if isinstance(block, Table):
        rows = tuple(
            tuple(TAKEN_BACK if cell in gone else cell for cell in row) for row in block.rows
        )
        return structs.replace(block, rows=rows)
    return block


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return NO_XML.sub("", clean(value))
    if isinstance(value, dict):
        return {key: _cleaned(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_cleaned(one) for one in value]
    return value
