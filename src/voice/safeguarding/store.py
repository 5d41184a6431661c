"""Worries and what was done about them. Only this module writes `flags` and `flag_actions`."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from uuid import UUID

from asyncpg import Record
from msgspec import Struct, convert, json

from voice.database import sql
from voice.database.pool import Connection
from voice.database.vault import Vault
from voice.safeguarding.detect import Concern
from voice.staff import audit

SQL = sql.load(__file__)
BECAUSE = " because"
BEGINNING = datetime(1, 1, 1, tzinfo=UTC)


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


class Late(Struct, frozen=True):
    """An answer that should have been read by now, without its words."""

    response_id: UUID
    question_id: str
    survey_id: str
    sent_at: datetime


class Queue(Struct, frozen=True):
    """How long the queue is; `oldest` is None when nothing waits."""

    answers: int
    concerns: int
    overdue: int
    oldest: datetime | None


class Done(Struct, frozen=True):
    """What the safeguarding lead did, without the words it was about."""

    action: str
    reference: str
    done_at: datetime
    question_id: str
    email: str


class Flag(Struct, frozen=True):
    """What the machine thought of one answer."""

    response_id: UUID
    question_id: str
    concern: Concern


async def keep_flags(db: Connection, vault: Vault, flags: Sequence[Flag]) -> None:
    """Keep what the machine thought of answers, in place of what it thought before.

    The words that made it worry are sealed as the answers are.
    """
    ids = [flag.response_id for flag in flags]
    keys = {row["response_id"]: row["wrapped"] for row in await db.fetch(SQL.keys_of, ids)}
    await db.execute(
        SQL.keep_flags,
        ids,
        [flag.question_id for flag in flags],
        [flag.concern.concern for flag in flags],
        [flag.concern.score for flag in flags],
        [",".join(flag.concern.kinds) for flag in flags],
        [_sealed(flag, vault, keys.get(flag.response_id)) for flag in flags],
    )


def _sealed(flag: Flag, vault: Vault, key: bytes | None) -> bytes | None:
    because = json.encode(flag.concern.because)
    return vault.seal(key, because, flag.response_id, flag.question_id + BECAUSE) if key else None


async def waiting(
    db: Connection,
    vault: Vault,
    limit: int,
    overdue_before: datetime = BEGINNING,
    *,
    offset: int = 0,
) -> list[Waiting]:
    """Return the answers that wait for a person, `limit` at most, without the first `offset`.

    First those sent before `overdue_before`, then the others, each the most worrying first.
    """
    rows = await db.fetch(SQL.waiting, limit, overdue_before, offset)
    return [
        convert({**row, "words": vault.words_of(row), "because": _because(row, vault)}, Waiting)
        for row in rows
    ]


def _because(row: Record, vault: Vault) -> list[str]:
    """Return the words that made the machine worry; none where their key has been deleted."""
    if not row["because_sealed"] or not row["wrapped"]:
        return []
    about = (row["response_id"], row["question_id"] + BECAUSE)
    return json.decode(vault.open(row["wrapped"], row["because_sealed"], *about), type=list[str])


async def overdue(db: Connection, overdue_before: datetime, day: date) -> list[Late]:
    """Return the answers that wait and were sent before `overdue_before`, the oldest first.

    Those that `note_alarms` noted for this day are left out.
    """
    return [convert(dict(row), Late) for row in await db.fetch(SQL.overdue, overdue_before, day)]


async def note_alarms(db: Connection, late: Sequence[Late], day: date) -> None:
    """Keep that a mail went out about these answers on this day."""
    ids, questions = [one.response_id for one in late], [one.question_id for one in late]
    await db.execute(SQL.note_alarms, ids, questions, day)


async def worries(db: Connection, route: str) -> list[Worry]:
    """Return the flagged answers that came by this route and wait for a person."""
    return [convert(dict(row), Worry) for row in await db.fetch(SQL.worries, route)]


async def how_many_wait(db: Connection, overdue_before: datetime = BEGINNING) -> Queue:
    """Return how long the queue is; answers sent before `overdue_before` are overdue."""
    return convert(dict(await db.fetchrow(SQL.how_many_wait, overdue_before) or {}), Queue)


async def keep_action(
    db: Connection, response_id: UUID, question_id: str, action: str, reference: str, person: int
) -> bool:
    """Keep what was done about an answer; False when there is no such answer that waits."""
    kept = await db.fetchval(SQL.keep_action, response_id, question_id, action, reference, person)
    if kept is not None:
        # Not which answer: the record stays when a person takes their answers back.
        await audit.note_of(db, person, "acted on an answer", action)
    return kept is not None


async def done_lately(db: Connection) -> list[Done]:
    """Return the last twenty actions."""
    return [convert(dict(row), Done) for row in await db.fetch(SQL.done_lately)]


async def any_worry(db: Connection, response_ids: Sequence[UUID]) -> bool:
    """Tell whether one of these responses speaks of a worry, or somebody has acted on one."""
    return bool(await db.fetchval(SQL.any_worry, response_ids))
