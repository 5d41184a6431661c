"""Worries and what was done about them. Only this module writes `flags` and `flag_actions`."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct, convert

from voice.database import sql
from voice.database.pool import Connection
from voice.database.vault import Vault
from voice.safeguarding.detect import Concern
from voice.staff import audit

SQL = sql.load(__file__)


class Waiting(Struct, frozen=True):
    """An answer, in the words as they were written, that a person must still read."""

    response_id: UUID
    question_id: str
    words: str
    survey_id: str
    voice: str
    route: str
    sent_at: datetime
    concern: bool
    score: float
    kinds: list[str]
    because: list[str]


class Worry(Struct, frozen=True):
    """A flagged answer that waits, without its words; `source_ref` is empty if it came by web."""

    response_id: UUID
    question_id: str
    source_ref: str


class Queue(Struct, frozen=True):
    """How long the queue is; `oldest` is None when nothing waits."""

    answers: int
    concerns: int
    oldest: datetime | None


class Done(Struct, frozen=True):
    """What the safeguarding lead did, without the words it was about."""

    action: str
    reference: str
    done_at: datetime
    question_id: str
    email: str


async def keep_flag(db: Connection, response_id: UUID, question_id: str, concern: Concern) -> None:
    """Keep what the machine thought of an answer, in place of what it thought before."""
    await db.execute(
        SQL.keep_flag,
        response_id,
        question_id,
        concern.concern,
        concern.score,
        concern.kinds,
        concern.because,
    )


async def waiting(db: Connection, vault: Vault, limit: int) -> list[Waiting]:
    """Return the answers that wait for a person, the most worrying first, `limit` at most."""
    rows = await db.fetch(SQL.waiting, limit)
    return [convert({**row, "words": vault.words_of(row)}, Waiting) for row in rows]


async def worries(db: Connection, route: str) -> list[Worry]:
    """Return the flagged answers that came by this route and wait for a person."""
    return [convert(dict(row), Worry) for row in await db.fetch(SQL.worries, route)]


async def how_many_wait(db: Connection) -> Queue:
    """Return how long the queue is."""
    return convert(dict(await db.fetchrow(SQL.how_many_wait) or {}), Queue)


async def keep_action(
    db: Connection, response_id: UUID, question_id: str, action: str, reference: str, person: int
) -> bool:
    """Keep what was done about an answer; False when there is no such answer that waits."""
    kept = await db.fetchval(SQL.keep_action, response_id, question_id, action, reference, person)
    if kept is not None:
        about = f"{action}, response {response_id}, {question_id}"
        await audit.note_of(db, person, "acted on an answer", about)
    return kept is not None


async def done_lately(db: Connection) -> list[Done]:
    """Return the last twenty actions."""
    return [convert(dict(row), Done) for row in await db.fetch(SQL.done_lately)]
