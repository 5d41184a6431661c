"""Take words out of what the machine wrote about a comment: the suggestions that it is in."""

from collections.abc import Callable
from typing import TypedDict
from uuid import UUID

from msgspec import json

from voice.database import sql
from voice.database.pool import Connection

SQL = sql.load(__file__)
TakeOut = Callable[[str], tuple[str, int]]
"""A text in; the text without the words, and in how many places they stood."""


class Part(TypedDict):
    """A part of a suggestion, as it is stored."""

    name: str
    terms: list[str]
    size: int


async def take_out(db: Connection, response_id: UUID, question_id: str, out: TakeOut) -> None:
    """Change the names, telling words and sentences of every suggestion this comment is in."""
    for row in await db.fetch(SQL.suggestions_with, response_id, question_id):
        parts = [
            Part(name=out(part["name"])[0], terms=_without(part["terms"], out), size=part["size"])
            for part in json.decode(row["parts"], type=list[Part])
        ]
        await db.execute(
            SQL.change_suggestion,
            row["id"],
            out(row["name"])[0],
            _without(row["terms"], out),
            out(row["description"])[0],
            json.encode(parts).decode(),
        )


def _without(terms: list[str], out: TakeOut) -> list[str]:
    return [term for term in terms if not out(term)[1]]
