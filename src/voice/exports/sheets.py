"""A document as sheets: every table, and a sheet with all that stands between the tables."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from voice.exports.document import (
    Block,
    Cell,
    Column,
    Document,
    Points,
    Quote,
    Section,
    Words,
    bare,
    tables_of,
)

WORDS = "words"
OF_WORDS = ("section", "kind", "words", "whose")


class Sheet(Struct, frozen=True):
    """One sheet, or one CSV file: a name, the names of its columns, and rows."""

    name: str
    columns: tuple[str, ...]
    rows: Sequence[Sequence[Cell]]


class UnlikeTables(ValueError):
    """Two tables of one sheet have other columns: a mistake in the program."""


def sheets_of(document: Document) -> list[Sheet]:
    """Return the sheet of words first, then one for each kind of table, in their order."""
    columns: dict[str, tuple[str, ...]] = {}
    rows: dict[str, list[Sequence[Cell]]] = {}
    for table in tables_of(document.sections):
        names = tuple(name for name, _ in table.keys) + tuple(c.name for c in table.columns)
        if columns.setdefault(table.sheet, names) != names:
            raise UnlikeTables(f"{table.sheet}: {names} after {columns[table.sheet]}")
        keys = [cell for _, cell in table.keys]
        rows.setdefault(table.sheet, []).extend(
            [*keys, *_bare(row, table.columns)] for row in table.rows
        )
    words = Sheet(WORDS, OF_WORDS, list(_words(document)))
    return [words, *(Sheet(name, columns[name], rows[name]) for name in columns)]


def _bare(row: Sequence[Cell], columns: Sequence[Column]) -> list[Cell]:
    return [bare(cell, column) for cell, column in zip(row, columns, strict=True)]


def _words(document: Document) -> Iterator[Sequence[Cell]]:
    yield ["", "title", document.title, ""]
    yield ["", "day", document.day, ""]
    yield ["", "layer", document.layer, ""]
    for words in document.about:
        yield ["", "words", words, ""]
    for section in document.sections:
        yield from _of_section(section, "")


def _of_section(section: Section, above: str) -> Iterator[Sequence[Cell]]:
    path = f"{above} > {section.heading}" if above else section.heading
    for block in section.blocks:
        yield from _of_block(block, path)
    for part in section.parts:
        yield from _of_section(part, path)


def _of_block(block: Block, path: str) -> Iterator[Sequence[Cell]]:
    if isinstance(block, Words):
        yield [path, "words", f"{block.strong} {block.words}".strip(), ""]
    elif isinstance(block, Quote):
        yield [path, "quote", block.words, block.whose]
    elif isinstance(block, Points):
        for point in block.points:
            yield [path, "point", point, ""]
