"""Exact counts and redacted words for a report, read from Postgres. Nothing is written here.

No page shows them as they are: `voice.report.safe` stands between.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import TypeVar

from asyncpg import Record
from msgspec import convert

from voice.database import sql
from voice.database.pool import Connection
from voice.report.counted import Answered, Member, Quotable, Said, Theme, Wrote
from voice.themes.praise import Split

SQL = sql.load(__file__)
T = TypeVar("T")
# Quotes of one theme that are read in its middle and at its edge; between them thrice as many.
AT_AN_END = 20
MOST_READ = 2000  # Comments that are read for telling words.


async def answered(db: Connection, survey_ids: Sequence[str]) -> list[Answered]:
    """Return who sent answers to these surveys, counted."""
    return _all(await db.fetch(SQL.answered, list(survey_ids)), Answered)


async def wrote(
    db: Connection, survey_ids: Sequence[str], asked_of: str, question_id: str
) -> list[Wrote]:
    """Return what became of the question among those who sent answers, counted."""
    return _all(await db.fetch(SQL.wrote, list(survey_ids), question_id, asked_of), Wrote)


async def themes(db: Connection, asked_of: str, question_id: str) -> list[Theme]:
    """Return the question’s agreed themes."""
    rows = await db.fetch(SQL.themes, asked_of, question_id)
    return [
        Theme(
            row["id"],
            row["name"],
            row["description"],
            Split(row["positive"], row["negative"], row["mixed"]),
        )
        for row in rows
    ]


async def members(db: Connection, theme_ids: Sequence[int]) -> list[Member]:
    """Return who is in these themes, counted."""
    return _all(await db.fetch(SQL.members, list(theme_ids)), Member)


async def quotable(db: Connection, theme_ids: Sequence[int]) -> dict[int, list[Quotable]]:
    """Return {theme: words that may be quoted}, nearest to its middle first.

    Of many: `AT_AN_END` in the middle and at the edge, and a sample of the others.
    """
    found: dict[int, list[Quotable]] = defaultdict(list)
    for row in await db.fetch(SQL.quotable, list(theme_ids), AT_AN_END):
        found[row["theme_id"]].append(
            Quotable(row["words"], row["voice"], row["score"], row["demo"])
        )
    return found


async def words_said(
    db: Connection, survey_ids: Sequence[str], question_id: str, theme_ids: Sequence[int]
) -> list[Said]:
    """Return comments of the question, up to `MOST_READ`, with the themes that each is in."""
    asked = (list(survey_ids), question_id, list(theme_ids), MOST_READ)
    return _all(await db.fetch(SQL.words_said, *asked), Said)


def _all(rows: Sequence[Record], kind: type[T]) -> list[T]:
    return [convert(dict(row), kind) for row in rows]
