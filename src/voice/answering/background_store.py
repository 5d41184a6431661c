"""What people chose when they were asked about themselves, counted. It writes nothing."""

from collections.abc import Sequence

from msgspec import Struct, convert

from voice.database import sql
from voice.database.pool import Connection

SQL = sql.load(__file__)


class Chosen(Struct, frozen=True):
    """So many people of one voice and wave chose this answer."""

    wave: str
    voice: str
    question_id: str
    option: str
    n: int


async def background(
    db: Connection, survey_ids: Sequence[str], question_ids: Sequence[str]
) -> list[Chosen]:
    """Return how often each answer to these questions was chosen, of all answers that were sent."""
    rows = await db.fetch(SQL.background, list(survey_ids), list(question_ids))
    return [convert(dict(row), Chosen) for row in rows]
