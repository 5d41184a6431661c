"""Keeping words no longer than we say: a daily job, with a dry run, and holds that stop it.

How long is a setting each. Numbers, themes, decisions and replies stay; words go.
"""

from datetime import date, datetime, timedelta
from uuid import UUID

from msgspec import Struct, convert, json, to_builtins

from voice.database import sql
from voice.database.pool import Connection
from voice.jobs import queue
from voice.settings import Settings

SQL = sql.load(__file__)
MONTH = timedelta(days=30.4375)


class Removed(Struct, frozen=True):
    """How many: responses whose raw words went, redacted comments, responses never sent."""

    raw_words: int
    comments: int
    unsent: int


class Hold(Struct, frozen=True):
    """A survey, and a wave or (None) all of it, whose words are kept beyond their time, and why."""

    id: int
    survey_id: str
    wave: str | None
    reason: str
    since: date


class _Due(Struct, frozen=True):
    raw_words: list[UUID]
    comments: list[tuple[UUID, str]]
    waves: list[tuple[str, str]]
    unsent: list[UUID]


async def due(db: Connection, settings: Settings, now: datetime) -> Removed:
    """Return what `remove` would remove, and change nothing."""
    return _counted(await _due(db, settings, now))


async def remove(db: Connection, settings: Settings, now: datetime) -> Removed:
    """Remove all words that are due, in the caller's transaction, and keep how many they were.

    What a hold stands on is left. Doing it twice does it once.
    """
    found = await _due(db, settings, now)
    await db.execute(SQL.forget_keys, found.raw_words)
    await db.execute(SQL.forget_worries, found.raw_words)
    await db.execute(
        SQL.forget_comments, [one for one, _ in found.comments], [one for _, one in found.comments]
    )
    await db.execute(SQL.forget_responses, found.unsent)
    for one in found.waves:  # Telling words of suggested themes were made from them, too.
        await queue.add(db, "find_again", one)
    await db.execute(SQL.forget_expired)
    await ask_to_scrub(db)
    removed = _counted(found)
    await db.execute(SQL.note_run, json.encode(to_builtins(removed)).decode())
    return removed


async def ask_to_scrub(db: Connection) -> None:
    """Queue the job that removes deleted words from the database's files, too.

    One that has not begun is enough; one that has may have passed the table where words went.
    """
    if not await queue.has_not_begun(db, "scrub"):
        await queue.add(db, "scrub", None)


async def holds(db: Connection) -> list[Hold]:
    """Return the holds that stand, oldest first."""
    return [convert(dict(row), Hold) for row in await db.fetch(SQL.held)]


async def waves(db: Connection, survey_id: str) -> list[str]:
    """Return the waves of the survey that have answers, in order of name."""
    return [row["wave"] for row in await db.fetch(SQL.waves_of, survey_id)]


async def hold(db: Connection, survey_id: str, wave: str | None, reason: str) -> int:
    """Let a survey's words, of one wave or all, be kept until the hold is lifted; return its id."""
    found: int = await db.fetchval(SQL.hold, survey_id, wave, reason)
    return found


async def lift(db: Connection, hold_id: int) -> bool:
    """Lift a hold; False when none with this id stands."""
    return await db.fetchval(SQL.lift, hold_id) is not None


async def _due(db: Connection, settings: Settings, now: datetime) -> _Due:
    raw = await db.fetch(
        SQL.raw_words_due,
        now,
        settings.keep_raw_months * MONTH,
        settings.keep_raw_longest_months * MONTH,
    )
    comments = await db.fetch(SQL.comments_due, now, settings.keep_comments_months * MONTH)
    unsent = await db.fetch(SQL.unsent_due, now, timedelta(days=settings.keep_unsent_days))
    return _Due(
        [row["id"] for row in raw],
        [(row["response_id"], row["question_id"]) for row in comments],
        sorted({(row["survey_id"], row["wave"]) for row in comments}),
        [row["id"] for row in unsent],
    )


def _counted(found: _Due) -> Removed:
    return Removed(len(found.raw_words), len(found.comments), len(found.unsent))
