"""All that was given in one wave of a survey, but for words: to move it to another Voice."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from msgspec import Struct, convert, json

from voice.database import sql
from voice.database.pool import Connection
from voice.surveys.questions import Answer

SQL = sql.load(__file__)


class Given(Struct, frozen=True):
    """A response that was sent, and how it was answered."""

    id: UUID
    voice: str
    wording: str
    helped: str | None
    may_quote: bool
    started_on: date
    source_ref: str | None


async def responses_of(db: Connection, survey_id: str, wave: str) -> list[Given]:
    """Return the responses of a wave that were sent, in no order."""
    return [convert(dict(row), Given) for row in await db.fetch(SQL.responses_of, survey_id, wave)]


async def chosen_of(
    db: Connection, survey_id: str, wave: str
) -> Mapping[UUID, Mapping[str, Answer]]:
    """Return {response: {question id: answer}} of a wave; words that were written are left out."""
    found: dict[UUID, dict[str, Answer]] = {}
    for row in await db.fetch(SQL.chosen_of, survey_id, wave):
        value = None if row["value"] is None else json.decode(row["value"])
        answer = Answer(row["state"], value, row["observed"])
        found.setdefault(row["response_id"], {})[row["question_id"]] = answer
    return found
