"""Who typed in which paper, in Postgres."""

from uuid import UUID

from msgspec import Struct, convert

from voice.database import sql
from voice.database.pool import Connection

SQL = sql.load(__file__)


class Paper(Struct, frozen=True):
    """A paper that was typed in, as far as its code needs it."""

    response_id: UUID
    code_try: int


async def note_entry(db: Connection, response_id: UUID, wording: str, by: int) -> None:
    """Keep who typed in the paper, when, and in which wording it was printed."""
    await db.execute(SQL.note_entry, response_id, wording, by)


async def find_paper(db: Connection, survey_id: str, wave: str, source_ref: str) -> Paper | None:
    """Return the paper, or None when it was not typed in or was taken back."""
    row = await db.fetchrow(SQL.find_paper, survey_id, wave, source_ref)
    return convert(dict(row), Paper) if row else None


async def entered_today(db: Connection, by: int) -> int:
    """Return how many papers this person typed in today."""
    found: int = await db.fetchval(SQL.entered_today, by)
    return found


async def entered(db: Connection) -> dict[tuple[str, str], int]:
    """Return {(survey id, wave): how many papers were typed in}."""
    rows = await db.fetch(SQL.entered)
    return {(row["survey_id"], row["wave"]): row["n_papers"] for row in rows}
