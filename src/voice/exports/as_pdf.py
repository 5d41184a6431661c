"""A document as files for the typesetter. Nothing is typeset here, so a page may use this."""

from datetime import date
from pathlib import Path

from msgspec import json, to_builtins

from voice.exports.document import Document, Section, Table, said, widths
from voice.languages.language import ENGLISH
from voice.paper.letters import all_printable
from voice.paper.sheets import Bundle
from voice.web.templates import day

POINTS = 11


def bundle(document: Document, templates: Path) -> Bundle:
    """Return the files that make the document's PDF, in English.

    Args:
        document: what it says.
        templates: the folder of our templates.
    """
    content = {
        "size": POINTS,
        "language": {"code": ENGLISH.code, "dir": ENGLISH.direction},
        "survey": None,
        "title": document.title,
        "line": f"{document.layer}. As it was on {day(date.fromisoformat(document.day))}.",
        "about": document.about,
        "demo": document.demo,
        "sections": [_section(section) for section in document.sections],
    }
    return {
        "main.typ": (templates / "exports/document.typ").read_bytes(),
        "look.typ": (templates / "paper/look.typ").read_bytes(),
        "content.json": json.encode(all_printable(content)),
    }


def _section(section: Section) -> dict[str, object]:
    """Return a section with every cell in words."""
    blocks: list[object] = []
    for block in section.blocks:
        if not isinstance(block, Table):
            blocks.append(to_builtins(block))
        elif block.in_print:
            rows = [
                [said(cell, column) for cell, column in zip(row, block.columns, strict=True)]
                for row in block.rows
            ]
            columns = [column.name for column in block.columns]
            table = {"type": "table", "caption": block.caption, "columns": columns, "rows": rows}
            blocks.append(table | {"widths": widths(block)})
    parts = [_section(part) for part in section.parts]
    return {"heading": section.heading, "blocks": blocks, "parts": parts}
