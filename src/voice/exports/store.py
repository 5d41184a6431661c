"""What an export reads beyond the replies. It writes nothing."""

from uuid import UUID

from msgspec import convert

from voice.database import sql
from voice.database.pool import Connection
from voice.exports.labelled import Labelled
from voice.review.asked import Asked

SQL = sql.load(__file__)


async def own_voices(db: Connection) -> tuple[int, int]:
    """Return how many answers children and young people gave themselves, and how many there are."""
    row = await db.fetchrow(SQL.own_voices)
    return (row["own"], row["every"]) if row else (0, 0)


async def labelled(db: Connection, this: Asked, *, only_read: bool) -> list[Labelled]:
    """Return the comments of a question that are in an agreed theme, in no telling order."""
    asked = (this.survey_ids, this.question_id, this.asked_of, only_read)
    return [convert(dict(row), Labelled) for row in await db.fetch(SQL.labelled, *asked)]


async def shown_words(db: Connection, survey_id: str, wave: str) -> dict[tuple[UUID, str], str]:
    """Return {(response, question): redacted words} of a wave; not what is held back."""
    rows = await db.fetch(SQL.shown_words, survey_id, wave)
    return {(row["response_id"], row["question_id"]): row["words"] for row in rows}
