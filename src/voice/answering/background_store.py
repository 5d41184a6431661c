"""What people chose from the answers that were offered, counted. It writes nothing."""

from collections.abc import Sequence
from datetime import date

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


class Choosing(Struct, frozen=True):
    """In one wave, so many people chose one of some answers, of all who answered a question.

    `sent` counts everybody who sent answers to the survey, whatever they said. `last_on` is the
    last day on which one of those who answered the question began.
    """

    wave: str
    base: int
    chosen: int
    sent: int
    last_on: date


async def choosing(
    db: Connection, survey_id: str, question_id: str, options: Sequence[str]
) -> list[Choosing]:
    """Return exact counts of who chose one of these options, wave by wave.

    Only answers that people gave themselves, alone or with help, and that were sent.
    """
    rows = await db.fetch(SQL.choosing, survey_id, question_id, list(options))
    return [convert(dict(row), Choosing) for row in rows]
